"""A step's loss and gradient are those of its samples, however it is cut and dealt."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
import torch
from lightning.fabric import Fabric

from tests.training.fit.pair import together
from tests.training.fit.test_together import near
from tests.training.fit.tiny import EMA, SETTINGS, SIZE, Source, Tiny, datasets
from training.data.dataset import PairDataset, make_loader
from training.fit import FitSettings, fit
from training.fit.checkpoint import LAST, read_checkpoint
from training.fit.flags import run_command
from training.fit.step import MicroBatches, Shard, Stepper
from training.processes import Team


class Gaps(Source):
    """Every other pair lacks bands, the third is wholly unknown, the fifth for the most part."""

    def read(self, i):
        pair = super().read(i)
        number = int(self.names[i][4:])
        if number % 5 == 4:
            pair.s2[:, : SIZE - 10] = float("nan")
        if number % 8 == 2:
            pair.s2[:] = float("nan")
        bands = tuple(band < 11 or number % 2 == 0 for band in range(12))
        pair.s2[[not has for has in bands]] = float("nan")
        return replace(pair, bands=bands)


class Quiet(Tiny):
    """Without noise, which a sample gets by its place in the batch."""

    def prepare_batch_noise(self, generator):
        torch.manual_seed(0)

    def losses(self, batch):
        target = batch["s2"][:, [1, 2, 3, 7]]
        return self.compare(batch, (self.predict(batch) - target) / 1000)


def batch_of(count=8):
    dataset = PairDataset(Gaps(count), range(count), crop=SIZE, augment=False, seed=0)
    return next(iter(make_loader(dataset, batch_size=count, workers=0, shuffle=False, seed=0)))


def step(module, batch, size, memory=None):
    """Take a step in pieces of a size; its outcome, and the gradient by name."""
    fabric = Fabric(accelerator="cpu", devices=1)
    wrapped, optimiser = fabric.setup(module, torch.optim.SGD(module.trained().values(), lr=1.0))
    before = {name: value.clone() for name, value in module.trained_state().items()}
    settings = FitSettings(batch_size=size, clip=0, seed=1)
    deal, micro = Shard.of(len(batch["name"]), size), MicroBatches(memory or size, print)
    stepper = Stepper(wrapped, fabric, optimiser, settings, micro, deal, Team())
    outcome = stepper.step(batch, 0, 0, 1.0)
    after = module.trained_state()
    return outcome, {name: before[name] - after[name] for name in before}


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_pieces_make_the_loss_and_gradient_of_the_batch(size):
    """Samples that lack bands, or all data, count in none of its parts, wherever they fall."""
    batch = batch_of()
    whole, gradient = step(Quiet(), batch, 8)
    cut, again = step(Quiet(), batch, size)
    assert cut.taken and set(cut.parts) == {"level", "squared"}
    for name, value in whole.parts.items():
        assert value > 0.1 and cut.parts[name] == pytest.approx(value, rel=1e-5), name
    for name, value in gradient.items():
        assert value.abs().max() > 1e-4 or name == "scale"
        torch.testing.assert_close(again[name], value, rtol=1e-4, atol=1e-6)


def test_a_step_of_known_means():
    """Against means written out plainly."""
    batch = batch_of()
    outcome, _ = step(Quiet(), batch, 2)
    error = ((Quiet().predict(batch) - batch["s2"][:, [1, 2, 3, 7]]) / 1000).detach()
    masks = zip(error, batch["valid"], batch["bands"], strict=True)
    samples = [(e[:, v], bands.all()) for e, v, bands in masks]
    level = [e.abs().mean() for e, _ in samples if e.numel()]
    squared = [e.square().mean() for e, whole in samples if e.numel() and whole]
    assert len(level) == 7 and len(squared) == 3
    assert outcome.parts["level"] == pytest.approx(float(torch.stack(level).mean()), rel=1e-5)
    assert outcome.parts["squared"] == pytest.approx(
        0.5 * float(torch.stack(squared).mean()), rel=1e-5
    )


def test_without_memory_a_step_is_still_the_same():
    """Counted again in smaller pieces, where the whole was one piece and needed no counting."""

    class Hungry(Quiet):
        def losses(self, batch):
            if len(batch["name"]) > 2:
                super().losses(batch)["level"].mean.backward()
                raise torch.OutOfMemoryError("cannot allocate memory")
            return super().losses(batch)

    batch = batch_of()
    whole, gradient = step(Quiet(), batch, 8)
    cut, again = step(Hungry(), batch, 8)
    assert cut.parts == pytest.approx(whole.parts, rel=1e-5)
    for name, value in gradient.items():
        torch.testing.assert_close(again[name], value, rtol=1e-4, atol=1e-6)


def test_one_piece_is_not_counted_beforehand():
    class Uncounted(Quiet):
        def counts(self, batch):
            raise AssertionError("there is no need to")

    assert step(Uncounted(), batch_of(), 8)[0].taken


def test_nothing_to_compare_is_a_step_without_loss():
    batch = batch_of()
    batch["valid"][:] = False
    for size in (8, 2):
        outcome, gradient = step(Quiet(), batch, size)
        assert outcome.parts == {"level": 0.0, "squared": 0.0}
        assert all((value == 0).all() for value in gradient.values())


def train_gaps(out, pairs=8, **settings):
    chosen = FitSettings(**{**SETTINGS, **EMA, "epochs": 2, "val_every": 0, **settings})
    data = PairDataset(Gaps(pairs), range(pairs), crop=SIZE, augment=True, seed=5)
    return fit(Quiet(), data, datasets()[1], chosen, out, False)


@pytest.mark.parametrize(("size", "count"), [(1, 8), (2, 4)])
def test_two_processes_divide_by_the_same_counts(tmp_path, size, count):
    """Samples that one process lacks are made up for by the other's."""
    settings = {"batch_size": size, "grad_accum_steps": count}
    train_gaps(tmp_path / "one", **settings)

    def work(rank):
        return run_command(lambda: train_gaps(tmp_path / "two", devices=2, **settings))

    ended = together(tmp_path / "said", work)
    assert [status for status, _ in ended] == [0, 0], ended
    one, two = (read_checkpoint(tmp_path / name / LAST) for name in ("one", "two"))
    assert near(one["trained"], two["trained"]) and near(one["average"], two["average"])
    logged = []
    for name in ("one", "two"):
        with next((tmp_path / name / "logs").rglob("metrics.csv")).open() as file:
            logged.append([row["train/loss"] for row in csv.DictReader(file) if row["train/loss"]])
    assert len(logged[0]) == 2
    assert list(map(float, logged[0])) == pytest.approx(list(map(float, logged[1])), rel=1e-5)
