"""Stage 3's fusion network under training."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.detail import local_mean
from gac_core.models.lineage import with_parts
from gac_core.models.loading import Models
from gac_core.models.part import read_part
from gac_core.models.terramind import output_std
from tests.training.engine import run_stages
from training.losses import GroundLoss, GroundWeights
from training.stage3.adapt import Tuning, adapted
from training.stage3.fusion import FusionModule, FusionShape
from training.stage3.module import Use

LEVELS = ("network.out.bias", "network.blocks.0.mlp.fc2.bias")


@pytest.fixture(scope="module")
def adapter(bundle, library, tmp_path_factory):
    folder = tmp_path_factory.mktemp("adapter")
    _, handle = adapted(bundle, library, Tuning(lora_rank=4))
    handle.save_pretrained(str(folder))
    return folder


@pytest.fixture
def batch(batch):
    """One small sample with its answer: sharper than what was shown, and off in colour."""
    answer = 0.7 * batch["s2"][:, list(OUTPUT_INDEX)] + 300
    batch["opt_v1"] = torch.cat([batch["opt_v1"], answer], dim=1)
    images = {name: batch[name][:1, ..., :64, :64] for name in ("s1", "s2", "opt_v1", "valid")}
    return {**{name: value[:1] for name, value in batch.items()}, **images}


def build(adapter, detail=None, residual=0.25):
    torch.manual_seed(0)
    off = dict.fromkeys((f.name for f in fields(GroundWeights)), 0.0)
    weights = GroundWeights(**{**off, "level": 1.0, "edges": 0.5})
    use = Use(timesteps=1, strength=0.5, residual=residual)
    return FusionModule(FusionShape(16, 1), GroundLoss(weights), use, detail, adapter, {"a": 1})


def trained(module, batch, steps=6):
    optimiser = torch.optim.AdamW(module.trained().values(), lr=1e-2)
    found = []
    for _ in range(steps):
        loss = torch.stack([part.mean for part in module.losses(batch).values()]).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        found.append(float(loss.detach()))
    return found


def test_it_starts_as_the_residual_share(adapter, batch):
    module = build(adapter)
    before, answer = module.before(batch), batch["opt_v1"][:, 12:]
    assert torch.allclose(module.predict(batch), before + 0.25 * (answer - before), atol=0.01)
    assert torch.equal(before, batch["opt_v1"][:, list(OUTPUT_INDEX)])


def test_counts_are_those_of_the_losses(adapter, batch):
    module = build(adapter)
    batch["valid"][:] = False
    own = {name: int(part.count) for name, part in module.losses(batch).items()}
    counts = {name: int(count) for name, count in module.counts(batch).items()}
    assert own == counts == {"level": 0, "edges": 0}


@pytest.mark.parametrize("detail", [None, 6.0])
def test_the_loss_falls_and_every_tensor_learns(adapter, batch, detail):
    module = build(adapter, detail)
    losses = trained(module, batch)
    assert losses[-1] < 0.995 * losses[0]
    assert set(module.trained()) == {name for name, _ in module.named_parameters()}
    for name, parameter in module.trained().items():
        # What is added everywhere alike is no detail, and taken away again.
        level = detail is not None and name in LEVELS
        assert (parameter.grad.abs().max() > 1e-6) != level, name


def test_kept_to_detail_it_learns_no_colour(adapter, batch):
    """What is shown is 15 percent too bright: a free network mends that, this one may not."""
    shifts = {}
    for detail in (None, 6.0):
        module = build(adapter, detail, residual=0.0)
        trained(module, batch, steps=10)
        change = (module.predict(batch) - module.before(batch)) / output_std(batch["s1"])
        shifts[detail] = float(local_mean(change, 12.0).abs().mean())
    assert shifts[6.0] < 0.2 * shifts[None]


def test_a_part_is_a_bundles_stage(bundle, library, adapter, batch, images, tmp_path):
    module = build(adapter, 6.0)
    trained(module, batch, steps=2)
    module.save_part(tmp_path, {}, {})
    part = read_part(tmp_path)
    assert part.section["fusion"]["detail"] == 6.0
    assert part.section["residual"] == 0.25 and part.section["strength"] == 0.5
    models = Models(with_parts(bundle, part), library, torch.device("cpu"))
    for name, tensor in models.fusion.state_dict().items():
        assert torch.equal(tensor, module.network.state_dict()[name])
    _, second, third = run_stages(models, images[0][0].numpy(), 6, 4, timesteps=(1, 1))
    assert np.isfinite(third).all() and np.abs(third - second).max() > 1
