"""Stage 3 trained between simulated clouds."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from gac_core.bundles.part import base_of, read_part
from tests.training.stage3.adapters import disturb
from training.sections import (
    BridgeSection,
    CloudsSection,
    DataSection,
    FitSettings,
    GroundWeights,
    ModelsSection,
    Stage3Config,
)
from training.stage3.ground_module import prepare


@pytest.fixture
def module(bundle, library):
    config = Stage3Config(
        fit=FitSettings(seed=0),
        data=DataSection(crop=96),
        models=ModelsSection(bundle=bundle.name, recompute=False),
        loss=replace(GroundWeights(), cycle=0.0, features=0.0, adversary=0.0),
        clouds=CloudsSection(share=0.5),
        bridge=BridgeSection(reduced=8, widths=[8, 16], depths=[1, 1], context=8),
    )
    return prepare(bundle, library, config, base_of(bundle, library))


@pytest.fixture
def clouded(batch):
    """All windows are observed in their western half."""
    observed = torch.zeros(4, 96, 96, dtype=torch.bool)
    observed[:, :, :48] = True
    image = torch.where(observed[:, None], batch["s2"], batch["opt_v1"])
    return {**batch, "opt_v1": image, "observed": observed, "fitted": torch.ones(4).bool()}


def parts(module, batch):
    torch.manual_seed(0)
    return {name: part.mean for name, part in module.losses(batch).items()}


def test_observed_pixels_count_too(module, clouded):
    disturb(module)
    counts = module.counts(clouded)
    wild = {**clouded, "s2": clouded["s2"].clone()}
    wild["s2"][..., :40] *= torch.rand(4, 12, 96, 40) * 2
    first, second = parts(module, clouded), parts(module, wild)
    assert first.keys() == counts.keys() and counts["flow"] == 4
    assert float(second["flow"]) > 1.5 * float(first["flow"])


def test_the_mask_is_learned_from(module, clouded):
    disturb(module)
    sum(parts(module, clouded).values()).backward()
    assert module.bridge.flow.stem.weight.grad[:, -4:].abs().sum() > 0
    with torch.no_grad():
        shown = module.predict(clouded)
        hidden = module.predict({k: v for k, v in clouded.items() if k != "observed"})
    assert not torch.equal(shown, hidden)


def test_the_part_says_so(module, tmp_path):
    module.save_part(tmp_path, {}, {})
    assert read_part(tmp_path).section["bridge"]["shape"]["observed"] is True
