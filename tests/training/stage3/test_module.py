"""Stage 3's adapter under training: what it computes, and what it leaves."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.grid import Window
from gac_core.models.lineage import base_of, with_parts
from gac_core.models.loading import Models
from gac_core.models.part import read_part
from gac_core.models.terramind import (
    decode_tokens,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.stages.ground import Ground
from gac_core.stages.tensors import noise_for
from tests.training.engine import run_stages
from tests.training.stage3.adapters import build, disturb, parts
from training.stage3.adapt import Tuning
from training.stage3.module import known

CPU = torch.device("cpu")
WINDOW = Window(-960, 96, 96, 96)


@pytest.fixture
def module(bundle, library):
    return build(bundle, library)


def test_logits_in_training_are_those_of_a_run(module, batch):
    disturb(module)
    shown = batch["opt_v1"]
    with torch.enable_grad():
        logits = module._logits(batch, shown)
    assert logits.requires_grad
    tokens = logits.detach().argmax(-1).view(4, 6, 6)
    # One step of a run's diffusion from the same noise is the picture of the loss.
    noise = torch.randn(shown.shape, generator=torch.manual_seed(3))
    torch.manual_seed(3)
    picture = module._picture(logits, shown)
    with torch.no_grad():
        run = decode_tokens(module.models.terramind.tokenizer, tokens, noise, 1)
    assert torch.allclose(picture, run, atol=1e-5)


def test_predict_is_what_the_engine_computes(module, batch, bundle, library, tmp_path, monkeypatch):
    """With the part loaded from its folder, and the same noise."""
    disturb(module)
    module.save_part(tmp_path, {}, {})
    models = Models(with_parts(bundle, read_part(tmp_path)), library, CPU)
    one = {name: value[:1] for name, value in batch.items()}
    noise = torch.from_numpy(noise_for([WINDOW], 12, 0, 3))
    monkeypatch.setattr(torch, "randn", lambda *args, **kwargs: noise)
    found = module.predict(one)
    inputs = {
        "s1": one["s1"].numpy(),
        "opt_v1": one["opt_v1"].numpy(),
        "opt_v2": one["opt_v1"][:, OUTPUT_INDEX].numpy(),
    }
    run = Ground(models, "S1GRD", 0, 2, lambda: None).compute([WINDOW], inputs)
    assert np.abs(run - one["opt_v1"][:, OUTPUT_INDEX].numpy()).max() > 10
    assert np.allclose(found.numpy(), run, atol=0.05)


def test_an_image_is_the_same_in_any_batch(module, batch):
    disturb(module)
    whole = module.predict(batch)
    alone = module.predict({name: value[2:3] for name, value in batch.items()})
    assert torch.allclose(whole[2:3], alone, atol=0.05)
    assert torch.equal(whole, module.predict(batch))
    assert torch.equal(module.before(batch), batch["opt_v1"][:, OUTPUT_INDEX])


def test_missing_bands_never_count(module, batch):
    batch["bands"][1] = False
    batch["bands"][1, list(OUTPUT_INDEX[:3])] = True
    first = {k: float(v.detach()) for k, v in parts(module, batch).items()}
    batch["s2"][1, ~batch["bands"][1]] = 9999.0
    second = {k: float(v.detach()) for k, v in parts(module, batch).items()}
    assert first == second
    assert not known(batch)[1, 3].any() and known(batch)[1, :3].all()
    assert (module._wanted(batch, module.codes)[1] == -1).all()
    assert (module._wanted(batch, module.codes)[0] >= 0).all()


def test_counts_are_those_of_the_losses(module, batch, monkeypatch):
    """Of samples without bands or data too, and neither network nor codes are computed for them."""
    batch["bands"][1, 0] = False
    batch["bands"][2, 7] = False
    batch["valid"][3, :50] = False
    own = {name: int(part.count) for name, part in module.losses(batch).items()}
    monkeypatch.setattr(type(module), "_logits", None)
    monkeypatch.setattr(type(module.codes), "forward", None)
    assert {name: int(count) for name, count in module.counts(batch).items()} == own
    assert own["tokens"] == 36 + 2 * 6 and own["level"] == 4 and own["ndvi"] == 3


def test_a_part_is_a_bundles_stage(bundle, library, batch, images, tmp_path):
    """One that adapts self-attention too: the engine takes any adapter that fits."""
    module = build(bundle, library, Tuning(lora_rank=4, cross_attention_only=False))
    disturb(module)
    module._base = base_of(bundle, library)
    module.save_part(tmp_path, {"epochs": 1}, {"stage": {"psnr": 20.0}})
    part = read_part(tmp_path)
    assert part.stage == 3 and part.base["bundle"] == "tiny" and part.training == {"epochs": 1}
    assert not (tmp_path / "adapter" / "README.md").exists()
    models = Models(with_parts(bundle, part), library, CPU)
    radar = standardise_radar(batch["s1"], "S1GRD")
    with torch.no_grad():
        loaded = token_logits(
            models.terramind.model, radar, "S1GRD", standardise_optical(batch["opt_v1"])
        )
        trained = module._logits(batch, batch["opt_v1"])
    assert torch.allclose(loaded, trained, atol=1e-5)
    first, second, third = run_stages(models, images[0][0].numpy(), 6, 4, timesteps=(1, 1))
    assert np.isfinite(third).all() and np.abs(third - second).max() > 1
    assert first.shape == (12, 96, 96)
