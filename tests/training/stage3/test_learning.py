"""Stage 3 under training: what learns, and from what."""

from __future__ import annotations

from dataclasses import fields

import pytest
import torch
from torch.nn import functional

from gac_core.networks.bridge import BridgeShape
from gac_core.networks.convnext import from_root, to_root
from tests.training.stage3.adapters import build, disturb, total
from training.fit import FitSettings
from training.fit.step import build_optimiser
from training.losses import GroundWeights
from training.stage3.cycle_regressor import Regressor
from training.stage3.ground_module import Tuning, recompute_grounding

OFF = dict.fromkeys((f.name for f in fields(GroundWeights)), 0.0)
FLOW = GroundWeights(**{**OFF, "flow": 1.0})


@pytest.mark.parametrize("cross_only", [True, False])
def test_gradients_reach_what_is_new_and_nothing_else(bundle, library, batch, cross_only):
    module = build(bundle, library, Tuning(lora_rank=4, cross_attention_only=cross_only))
    disturb(module)
    total(module, batch).backward()
    trained = module.trained()
    adapter = {name for name in trained if "lora_" in name}
    # Two decoder blocks; q, kv, proj, and qkv, proj of self-attention; A and B of each.
    assert len(adapter) == 2 * 2 * (3 if cross_only else 5)
    bridge = {f"bridge.{name}" for name, _ in module.bridge.named_parameters()}
    critic = {f"critic.{name}" for name, _ in module.critic.named_parameters()}
    assert set(trained) == adapter | bridge | critic
    for name, parameter in module.named_parameters():
        assert (parameter.grad is not None) == (name in trained), name
    films = [name for name in bridge if ".films." in name]
    assert films, "the flow is told the time"
    for name in adapter | bridge:
        assert trained[name].grad.abs().max() > 0, name


def test_the_flow_alone_reaches_the_adapter(bundle, library, batch):
    """Through TerraMind's features; no token is chosen, and no tokenizer is there."""
    module = build(bundle, library, weights=FLOW)
    disturb(module)
    assert set(module.losses(batch)) == {"flow"}
    total(module, batch).backward()
    assert all(p.grad.abs().max() > 0 for n, p in module.trained().items() if "lora_" in n)
    assert not any("tokenizer" in name for name, _ in module.named_parameters())


def test_the_cycle_alone_reaches_both(bundle, library, batch):
    """Through the frozen regressor, which stays as it was."""
    torch.manual_seed(0)
    regressor = Regressor(8, 1)
    regressor.optical_mean += 7
    regressor.optical_std *= 0.7
    torch.nn.init.normal_(regressor.network.out.weight, std=0.5)
    weights = GroundWeights(**{**OFF, "cycle": 1.0})
    module = build(bundle, library, weights=weights, regressor=regressor)
    disturb(module)
    assert set(module.losses(batch)) == {"cycle"}
    total(module, batch).backward()
    moved = [p.grad.abs().max() > 0 for n, p in module.trained().items() if "lora_" in n]
    assert all(moved) and module.bridge.flow.out.weight.grad.any()
    assert all(p.grad is None and not p.requires_grad for p in regressor.parameters())


def test_computing_again_gives_the_same_gradients(bundle, library, batch):
    gradients = []
    for recompute in (False, True):
        module = build(bundle, library)
        if recompute:
            recompute_grounding(module.terramind, module.bridge)
        disturb(module)
        total(module, batch).backward()
        gradients.append({n: p.grad for n, p in module.trained().items()})
    for name, gradient in gradients[0].items():
        assert torch.allclose(gradient, gradients[1][name], rtol=1e-4, atol=1e-7), name


def test_bridge_and_critic_have_rates_of_their_own(bundle, library):
    module = build(bundle, library)
    module._rates = {"bridge": 20.0, "critic": 5.0}
    optimiser = build_optimiser(
        module.trained().values(), FitSettings(lr=1e-4), torch.device("cpu"), module.rate_factor
    )
    rates = {id(p): g["lr"] for g in optimiser.param_groups for p in g["params"]}
    for name, parameter in module.trained().items():
        rate = {"bridge": 2e-3, "critic": 5e-4}.get(name.partition(".")[0], 1e-4)
        assert rates[id(parameter)] == pytest.approx(rate), name


def patterned(images, rows):
    """Samples whose real image is opt_v2 and a pattern, bright where the radar is."""
    s1, s2 = (image[rows] for image in images)
    smooth = functional.avg_pool2d(s2, 9, stride=1, padding=4, count_include_pad=False)
    drawn = torch.Generator().manual_seed(rows.start)
    pattern = torch.randn((len(s1), 1, 24, 24), generator=drawn).sign().repeat_interleave(4, -1)
    pattern = pattern.repeat_interleave(4, -2)
    count, side = len(s1), s1.shape[-1]
    return {
        "s1": s1 + 3 * pattern,
        "s2": from_root(to_root(smooth) + 0.3 * pattern),
        "opt_v1": smooth,
        "bands": torch.ones(count, 12, dtype=torch.bool),
        "valid": torch.ones(count, side, side, dtype=torch.bool),
        "name": [f"patterned {i}" for i in range(count)],
        "modality": ["S1GRD"] * count,
    }


def test_sixty_steps_learn_a_pattern_of_the_radar_on_other_places(bundle, library, images):
    shape = BridgeShape(reduced=8, widths=(16, 32), depths=(1, 1), context=8, noise=0.1, steps=2)
    module = build(bundle, library, weights=FLOW, shape=shape)
    batch, held = patterned(images, slice(0, 2)), patterned(images, slice(2, 4))

    def flow():
        with torch.no_grad():
            return sum(float(total(module, held, seed)) for seed in range(4)) / 4

    def error():
        real = to_root(held["s2"][:, [1, 2, 3, 7]])
        return float((to_root(module.predict(held)) - real).square().mean())

    before, far = flow(), float((to_root(held["opt_v1"]) - to_root(held["s2"])).square().mean())
    optimiser = torch.optim.AdamW(module.trained().values(), lr=3e-3)
    for step in range(60):
        loss = total(module, batch, seed=100 + step)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert flow() < 0.5 * before
    # And what it draws is nearer to the real image than opt_v2 is, of places that it never saw.
    assert error() < 0.7 * far
