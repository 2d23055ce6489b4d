"""Stage 3's adapter under training: what learns, and from what."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
import torch

from gac_core.models.bundle import WeightFile
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from tests.training.stage3.adapters import build, disturb, parts, total
from training.config import load
from training.cycle import Regressor
from training.losses import GroundWeights
from training.sections import Stage3Config
from training.stage3.adapt import Tuning
from training.stage3.prepare import prepare


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
    assert not {"tokens", "cycle"} & set(module.losses(batch))
    assert {"sar", "level"} <= set(module.losses(batch))
    total(module, batch).backward()
    assert all(p.grad.abs().max() > 0 for p in module.trained().values())


def test_the_cycle_alone_reaches_the_adapter(bundle, library, batch):
    """Through the frozen regressor, which stays as it was."""
    torch.manual_seed(0)
    regressor = Regressor(8, 1)
    regressor.optical_mean += 7
    regressor.optical_std *= 0.7
    torch.nn.init.normal_(regressor.network.out.weight, std=0.5)
    off = dict.fromkeys((f.name for f in fields(GroundWeights)), 0.0)
    weights = GroundWeights(**{**off, "cycle": 1.0})
    module = build(bundle, library, weights=weights, regressor=regressor, codes=False)
    disturb(module)
    assert set(module.losses(batch)) == {"cycle"}
    total(module, batch).backward()
    assert all(p.grad.abs().max() > 0 for p in module.trained().values())
    assert all(p.grad is None and not p.requires_grad for p in regressor.parameters())


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
        tokens = parts(module, one)["tokens"]
        tokens.backward()
        optimiser.step()
        found.append(float(tokens.detach()))
    assert 0 < found[-1] < found[1] < found[0]
    plain = prepare(replace(demo, codes=None), library, config, {})
    assert plain.codes is None and "tokens" not in parts(plain, one)


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
