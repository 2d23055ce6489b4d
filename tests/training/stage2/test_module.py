"""Stage 2's module: starts as the identity, learns, and changes what it may."""

from __future__ import annotations

import copy

import pytest
import torch

from gac_core.contract.errors import GacError
from tests.bench.training_memory import take_step
from tests.problems import raises
from training.fit import FitSettings
from training.fit.step import build_optimiser
from training.stage2.refiner_module import metadata_of

FULL = {"models": {"load_in_8bit": False}}
AGAIN = {"models": {"recompute": True}}
FROZEN = {"freeze_backbone": True}


def steps(module, batch, count, lr=1e-3):
    module.train()
    torch.manual_seed(1)
    settings = FitSettings(lr=lr)
    optimiser = build_optimiser(module.trained().values(), settings, torch.device("cpu"))
    return [take_step(module, batch, optimiser) for _ in range(count)]


def frozen_tensors(module):
    return {n: p.detach().clone() for n, p in module.named_parameters() if not p.requires_grad}


@pytest.mark.parametrize("options", [{}, FULL, FROZEN, {"unfreeze_last": 1}])
def test_untrained_it_is_opt_v1(build, batch, options):
    module = build(**options)
    assert torch.equal(module.before(batch), batch["opt_v1"][:, [1, 2, 3, 7]])
    # There and back from roots: single precision.
    assert torch.allclose(module.predict(batch), module.before(batch), rtol=1e-5, atol=1e-2)


@pytest.mark.parametrize(
    ("options", "adapted", "unfrozen"),
    [
        ({}, {0, 1}, set()),
        (FULL, {0, 1}, set()),
        (AGAIN, {0, 1}, set()),
        (FROZEN, set(), set()),
        ({"unfreeze_last": 1}, {0}, {1}),
        ({"unfreeze_last": 1, **AGAIN}, {0}, {1}),
        ({"unfreeze_last": 2, **FULL}, set(), {0, 1}),
        ({"unfreeze_last": 1, **FROZEN}, set(), {1}),
    ],
)
def test_loss_falls_and_only_what_may_changes(build, batch, options, adapted, unfrozen):
    module = build(**options)
    before, frozen = module.trained_state(), frozen_tensors(module)
    before = {name: value.clone() for name, value in before.items()}
    losses = steps(module, batch, 6)
    assert losses[-1] < 0.97 * losses[0]

    for name, parameter in module.trained().items():
        assert parameter.grad is not None and parameter.grad.abs().sum() > 0, name
        assert not torch.equal(parameter, before[name]), name
    for name, parameter in module.named_parameters():
        if not parameter.requires_grad:
            assert parameter.grad is None and torch.equal(parameter, frozen[name]), name

    def blocks(mark):
        names = [n for n in before if "prithvi" in n and mark(n)]
        return {int(n.split("blocks.")[1].split(".")[0]) for n in names}

    assert blocks(lambda name: "lora_" in name) == adapted
    assert blocks(lambda name: "lora_" not in name) == unfrozen
    assert sum("lora_" in name for name in before) == 4 * len(adapted)
    head = {f"refiner.head.{name}" for name, _ in module.refiner.head.named_parameters()}
    assert head == {name for name in before if "prithvi" not in name}


@pytest.mark.parametrize(("share", "learns"), [(0.0, True), (1.0, False)])
def test_hidden_features_teach_prithvi_nothing(build, batch, share, learns):
    module = build(no_prithvi=share)
    steps(module, batch, 1)
    module.train()
    sum(part.mean for part in module.losses(batch).values()).backward()
    lora = [p.grad for name, p in module.trained().items() if "lora_B" in name]
    assert len(lora) == 4 and all(bool(grad.abs().sum() > 0) is learns for grad in lora)
    assert module.refiner.head.keep.grad.abs().sum() > 0


def test_only_frozen_blocks_are_in_8_bits(build):
    module = build(unfreeze_last=1)
    first, last = module.refiner.prithvi.blocks
    assert first.mlp.fc1.weight.dtype == torch.int8
    assert last.mlp.fc1.weight.dtype == torch.float32


@pytest.mark.parametrize("options", [{}, FULL, {"unfreeze_last": 1}])
def test_recomputing_changes_no_bit(build, batch, options):
    kept = build(**options)
    again = build(**{**options, "models": {**options.get("models", {}), "recompute": True}})
    assert steps(kept, batch, 3) == steps(again, batch, 3)
    assert all(
        torch.equal(a, b)
        for a, b in zip(kept.trained().values(), again.trained().values(), strict=True)
    )


def test_recomputing_keeps_no_activations(build, batch):
    """Nothing of a block but its input stays until the way back, 8-bit layers' inputs included."""

    def kept_inside(module):
        sizes = []
        linear = module.refiner.prithvi.blocks[0].mlp.fc2
        linear.register_forward_hook(lambda *_: sizes.append(torch.is_grad_enabled()))
        module.train()
        module.losses(batch)
        return sizes

    assert kept_inside(build()) == [True]
    assert kept_inside(build(**AGAIN)) == [False]


def test_autocast_leaves_the_frozen_base_as_it_was(build, batch):
    module = build()
    module.predict(batch)
    frozen = frozen_tensors(module)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        losses = module.train().losses(batch)
        module.predict(batch)
    sum(part.mean for part in losses.values()).backward()
    assert all(part.total.dtype == torch.float32 for part in losses.values())
    for name, value in frozen_tensors(module).items():
        assert value.dtype == frozen[name].dtype and torch.equal(value, frozen[name]), name
    assert all(p.grad.dtype == torch.float32 for p in module.trained().values())


def test_metadata_reach_the_image_once_trained(build, batch):
    module = build()
    steps(module, batch, 3)
    told = module.predict(batch)
    assert torch.equal(told, module.predict(batch))
    unknown = torch.zeros_like(batch["month"])
    assert not torch.equal(told, module.predict({**batch, "month": unknown}))
    assert not torch.equal(told, module.predict({**batch, "biome": unknown}))
    nowhere = {**batch, "place": torch.full((2, 2), torch.nan)}
    assert not torch.equal(told, module.predict(nowhere))
    placeless = {name: value for name, value in batch.items() if name != "place"}
    assert torch.equal(module.predict(nowhere), module.predict(placeless))


def test_the_radar_reaches_the_image_as_what_it_is(build, batch):
    """Each sample's standardised by its own kind, and all in one batch as each alone."""
    module = build()
    steps(module, batch, 3)
    told = module.predict(batch)
    other = {**batch, "s1": batch["s1"].flip(-1)}
    assert (told - module.predict(other)).abs().max() > 0.1
    grd = module.predict({**batch, "modality": ["S1GRD"] * 2})
    assert torch.allclose(told[0], grd[0], atol=0.01)
    assert (told[1] - grd[1]).abs().max() > 0.1


def test_the_bands_that_nobody_sees_are_learned_too(build, batch):
    module = build(**FULL)
    metadata = metadata_of(batch)

    def error():
        with torch.no_grad():
            image = module.refiner(batch["opt_v1"], batch["s1"], batch["modality"], metadata)
        return float((image - batch["s2"])[:, [0, 4, 5, 6, 8, 9, 10, 11]].abs().mean())

    before = error()
    steps(module, batch, 6)
    assert error() < 0.97 * before
    none = {**batch, "bands": batch["bands"].clone()}
    none["bands"][:, [0, 4, 5, 6, 8, 9, 10, 11]] = False
    parts = module.losses(none)
    assert parts["spectrum"].count == 0 and parts["level"].count == 2


def test_doubt_is_for_training_alone(build, batch):
    """Hiding and moving depend on torch's seed, and prediction sees none of it."""
    module = build(gain=0.3)
    module.train()

    def loss(seed):
        torch.manual_seed(seed)
        with torch.no_grad():
            return float(sum(part.mean for part in module.losses(batch).values()))

    assert loss(0) == loss(0) != loss(1)
    assert torch.allclose(module.predict(batch), module.before(batch), rtol=1e-5, atol=1e-2)


def test_what_is_unknown_does_not_count(build, batch):
    module = build()
    steps(module, batch, 2)
    holed = copy.deepcopy(batch)
    holed["valid"][:, :40] = False
    holed["bands"][:, 7] = False

    def loss(other):
        with torch.no_grad():
            return float(sum(part.mean for part in module.losses(other).values()))

    spoilt = copy.deepcopy(holed)
    spoilt["s2"][:, :, :40] = 9000
    spoilt["s2"][:, 7] = 9000
    assert loss(holed) == loss(spoilt) != loss(batch)


def test_counts_are_those_of_the_losses(build, batch):
    """Known before anything trains, also where a sample lacks bands or all data."""
    module = build(gain=0.3)
    batch = copy.deepcopy(batch)
    batch["bands"][0, 7] = False
    batch["valid"][1] = False
    counts = {name: int(count) for name, count in module.counts(batch).items()}
    assert counts == {name: int(part.count) for name, part in module.losses(batch).items()}
    assert counts["level"] == 1 and counts["ndvi"] == 0


def test_trained_tensors_come_back(build, batch):
    module, other = build(), build(seed=5)
    steps(module, batch, 2)
    other.load_trained_state(module.trained_state())
    assert torch.equal(module.predict(batch), other.predict(batch))


def test_more_blocks_than_there_are(build):
    with raises(GacError, "too-few-blocks", 2):
        build(unfreeze_last=3)
