"""Stage 3's adapter under training: what it computes, what learns, and what it leaves."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.grid import Window
from gac_core.models.bundle import WeightFile
from gac_core.models.library import Library
from gac_core.models.lineage import base_of, with_parts
from gac_core.models.loading import Models
from gac_core.models.part import read_part
from gac_core.models.terramind import (
    decode_tokens,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.models.weights import sha256
from gac_core.stages.base import noise_for
from gac_core.stages.ground import Ground
from tests.training.engine import run_stages
from training.config import load
from training.losses import GroundLoss, GroundWeights
from training.sections import Stage3Config
from training.stage3.adapt import Tuning, adapted
from training.stage3.codes import find_codes
from training.stage3.module import GroundModule, Use, known
from training.stage3.prepare import prepare

CPU = torch.device("cpu")
WINDOW = Window(-960, 96, 96, 96)


def build(bundle, library, tuning=None, weights=None, codes=True, **use):
    torch.manual_seed(0)
    models, adapter = adapted(bundle, library, tuning or Tuning(lora_rank=4))
    loss = GroundLoss(weights or GroundWeights())
    found = find_codes(bundle, library) if codes else None
    return GroundModule(models, adapter, loss, found, Use(timesteps=2, **use), {"bundle": "tiny"})


def disturb(module):
    """An adapter that does something: fresh ones change nothing."""
    torch.manual_seed(5)
    with torch.no_grad():
        for name, parameter in module.trained().items():
            if "lora_B" in name:
                parameter.normal_(std=0.3)


def total(module, batch, seed=3):
    torch.manual_seed(seed)
    return torch.stack(list(module.losses(batch).values())).sum()


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


@pytest.mark.parametrize("cross_only", [True, False])
def test_gradients_reach_every_adapter_tensor_and_nothing_else(bundle, library, batch, cross_only):
    module = build(bundle, library, Tuning(lora_rank=4, cross_attention_only=cross_only))
    disturb(module)
    total(module, batch).backward()
    trained = module.trained()
    # Two decoder blocks; q, kv, proj, and qkv, proj of self-attention; A and B of each.
    assert len(trained) == 2 * 2 * (3 if cross_only else 5)
    for name, parameter in module.named_parameters():
        assert (parameter.grad is not None) == (name in trained), name
        if name in trained:
            assert "lora_" in name
            assert parameter.grad.abs().max() > 0, name


def test_the_picture_alone_reaches_the_adapter(bundle, library, batch):
    """Without the tokens' cross-entropy: through the straight-through codes and nothing else."""
    module = build(bundle, library, codes=False)
    disturb(module)
    parts = module.losses(batch)
    assert "tokens" not in parts and "sar" in parts and "level" in parts
    torch.stack(list(parts.values())).sum().backward()
    assert all(p.grad.abs().max() > 0 for p in module.trained().values())


def test_computing_again_gives_the_same_gradients(bundle, library, batch):
    gradients = []
    for recompute in (False, True):
        module = build(bundle, library, Tuning(lora_rank=4, recompute=recompute))
        disturb(module)
        total(module, batch).backward()
        gradients.append({n: p.grad for n, p in module.trained().items()})
    for name, found in gradients[0].items():
        assert torch.allclose(found, gradients[1][name], rtol=1e-4, atol=1e-8), name


def test_the_loss_of_the_tokens_falls_on_one_batch(bundle, library, batch):
    off = dict.fromkeys((f.name for f in fields(GroundWeights)), 0.0)
    module = build(bundle, library, weights=GroundWeights(**{**off, "tokens": 1.0}))
    disturb(module)
    found = losses_of(module, {name: value[:1] for name, value in batch.items()}, rate=3e-2)
    assert found == sorted(found, reverse=True)
    assert found[-1] < 0.995 * found[0]


def test_the_loss_of_the_picture_falls_on_one_batch(batch):
    """Of the demo bundle: what a decoder with random weights paints, no code makes better."""
    library = Library.default()
    module = build(library.find("demo"), library, codes=False)
    found = losses_of(module, {name: value[:1] for name, value in batch.items()}, rate=3e-3)
    assert min(found[1:]) < 0.98 * found[0]


def test_the_demo_bundle_learns_the_tokens_where_it_has_codes(tiny, batch, tmp_path):
    """As its command line prepares it, by the shipped weights of the loss."""
    library = Library.default()
    demo = library.find("demo")
    file = tiny / "codes.safetensors"
    coded = replace(demo, codes=WeightFile(str(file), sha256(file)))
    config = load(Stage3Config, ["train/stage3.lowvr"], {"models.recompute": False})
    module = prepare(coded, library, config, {})
    one = {name: value[:1] for name, value in batch.items()}
    optimiser = torch.optim.AdamW(module.trained().values(), lr=1e-2)
    found = []
    for _ in range(3):
        optimiser.zero_grad()
        tokens = _parts(module, one)["tokens"]
        tokens.backward()
        optimiser.step()
        found.append(float(tokens.detach()))
    assert 0 < found[-1] < found[1] < found[0]
    plain = prepare(replace(demo, codes=None), library, config, {})
    assert plain.codes is None and "tokens" not in _parts(plain, one)


def losses_of(module, batch, rate, steps=4):
    """Losses on one batch with the same noise, each before another step."""
    optimiser = torch.optim.AdamW(module.trained().values(), lr=rate)
    found = []
    for _ in range(steps):
        loss = total(module, batch)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        found.append(float(loss.detach()))
    return found


def test_missing_bands_never_count(module, batch):
    batch["bands"][1] = False
    batch["bands"][1, list(OUTPUT_INDEX[:3])] = True
    first = {k: float(v.detach()) for k, v in _parts(module, batch).items()}
    batch["s2"][1, ~batch["bands"][1]] = 9999.0
    second = {k: float(v.detach()) for k, v in _parts(module, batch).items()}
    assert first == second
    assert not known(batch)[1, 3].any() and known(batch)[1, :3].all()
    assert (module._wanted(batch, module.codes)[1] == -1).all()
    assert (module._wanted(batch, module.codes)[0] >= 0).all()


def _parts(module, batch):
    torch.manual_seed(1)
    return module.losses(batch)


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
