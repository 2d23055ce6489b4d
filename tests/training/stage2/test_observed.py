"""Stage 2 trained between simulated clouds."""

from __future__ import annotations

import pytest
import torch

from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of, read_part
from gac_core.contract.errors import RequestError
from tests.training.stage2.conftest import CERTAIN, IN_8BIT, LORA
from training.fit import FitSettings
from training.sections import CloudsSection, ModelsSection, Stage2Config, Stage2Section
from training.stage2.refiner_module import build_module


@pytest.fixture
def module(tiny):
    config = Stage2Config(
        fit=FitSettings(seed=0),
        models=ModelsSection(**IN_8BIT),
        clouds=CloudsSection(share=0.5),
        stage2=Stage2Section(**{**CERTAIN, **LORA, "gain": 0.3}),
    )
    return build_module(tiny, Library(), tiny.refiner, config, base_of(tiny, Library()))


@pytest.fixture
def clouded(batch):
    """The first window is observed in its western half, where it is the real image."""
    observed = torch.zeros(2, 64, 64, dtype=torch.bool)
    observed[0, :, :32] = True
    opt_v1 = torch.where(observed[:, None], batch["s2"], batch["opt_v1"])
    fitted = torch.tensor([True, False])
    return {**batch, "opt_v1": opt_v1, "observed": observed, "fitted": fitted}


def parts(module, batch):
    torch.manual_seed(0)
    return {name: part.mean for name, part in module.losses(batch).items()}


def test_observed_pixels_count_too(module, clouded):
    """Fusion after the stage goes by the difference between its image and what was observed."""
    module.train()
    spoilt = {**clouded, "s2": clouded["s2"].clone()}
    spoilt["s2"][0, :, :, :32] = 9000.0
    first, second = parts(module, clouded), parts(module, spoilt)
    assert second["level"] > 1.5 * first["level"]
    assert module.counts(clouded).keys() == first.keys()


def test_the_mask_is_learned_from(module, clouded):
    module.train()
    torch.nn.init.normal_(module.refiner.head.correct.out.weight, std=0.05)
    sum(parts(module, clouded).values()).backward()
    stem = module.refiner.head.correct.stem.weight
    assert stem.grad[:, -4:].abs().sum() > 0
    with torch.no_grad():
        shown = module.predict(clouded)
        hidden = module.predict({k: v for k, v in clouded.items() if k != "observed"})
    assert not torch.equal(shown[0], hidden[0])


def test_what_was_observed_sets_the_level(module, clouded):
    torch.manual_seed(0)
    image = module.augmentation.image(clouded["opt_v1"], clouded["fitted"])
    assert torch.equal(image[0], clouded["opt_v1"][0])
    assert not torch.allclose(image[1], clouded["opt_v1"][1], rtol=1e-2)


def test_the_part_says_so(module, tmp_path):
    module.save_part(tmp_path, {}, {})
    assert read_part(tmp_path).section["head"]["shape"]["observed"] is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 0.7, "other_dates": 0.4, "series": ["a"]},
        {"share": -0.1},
        {"sizes": []},
        {"sizes": [5.0]},
        {"covers": [0.5]},
        {"covers": [0.8, 0.2]},
        {"other_dates": 0.1},
    ],
)
def test_impossible_settings_are_refused(wrong):
    with pytest.raises(RequestError):
        CloudsSection(**wrong)
