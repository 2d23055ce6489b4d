"""The smaller parts: schedule, seeds, optimiser, modules' tensors, logs and pictures."""

from __future__ import annotations

import csv
import random
import sys

import numpy as np
import pytest
import torch
from lightning.fabric import Fabric
from lightning.fabric.plugins.precision.amp import MixedPrecision
from PIL import Image
from torch import nn

from gac_core.contract.errors import BundleError
from tests.problems import raises
from tests.training.fit.tiny import SIZE, Source, Tiny, datasets, train
from training.data.dataset import make_loader
from training.fit import FitSettings
from training.fit.checkpoint import read_checkpoint
from training.fit.step import MicroBatches, Shard, Stepper, build_optimiser, determinism, reseed
from training.fit.validation import GAP, Report, Row, sheet
from training.processes import Team
from training.stretch import NODATA


def test_seeds_depend_on_the_place_alone():
    def draw(*place):
        generator = reseed(1, *place)
        return (
            torch.rand(1).item(),
            random.random(),
            np.random.rand(),
            torch.rand(1, generator=generator).item(),
        )

    first = draw(0, 2, 3)
    assert draw(0, 3, 2) != first
    assert draw(0, 2, 3) == first
    assert len(set(first)) == 4


def put():
    """Write over a tensor's elements: which of two values stays is nowhere settled."""
    return torch.zeros(4).put_(torch.tensor([1, 1]), torch.tensor([1.0, 2.0]))


def test_determinism_is_asked_for_and_given_back():
    with determinism(True):
        assert torch.are_deterministic_algorithms_enabled()
        with pytest.raises(RuntimeError, match="deterministic"):
            put()
    assert not torch.are_deterministic_algorithms_enabled()
    with determinism(False):
        assert not torch.are_deterministic_algorithms_enabled()


def test_determinism_that_warns_lets_the_training_go_on():
    with determinism("warn"):
        with pytest.warns(UserWarning, match="deterministic"):
            put()
        assert torch.is_deterministic_algorithms_warn_only_enabled()
    assert not torch.is_deterministic_algorithms_warn_only_enabled()
    with determinism("warn"), determinism(True), pytest.raises(RuntimeError, match="deterministic"):
        put()


def test_weights_decay_and_biases_do_not():
    module = nn.Conv2d(2, 3, 3)
    optimiser = build_optimiser(
        module.parameters(), FitSettings(weight_decay=0.3), torch.device("cpu")
    )
    decay = {id(p): g["weight_decay"] for g in optimiser.param_groups for p in g["params"]}
    assert decay == {id(module.weight): 0.3, id(module.bias): 0.0}


def test_parameters_may_have_rates_of_their_own(tmp_path):
    """A multiple of the common one, whatever that is at a step."""

    class Faster(Tiny):
        def rate_factor(self, parameter):
            return 20.0 if parameter is self.head.weight else 1.0

    module = Faster()
    settings = FitSettings(lr=0.5)
    optimiser = build_optimiser(
        module.trained().values(), settings, torch.device("cpu"), module.rate_factor
    )
    rates = {id(p): g["lr"] for g in optimiser.param_groups for p in g["params"]}
    assert rates.pop(id(module.head.weight)) == 10.0 and set(rates.values()) == {0.5}
    factors = {g["factor"] for g in optimiser.param_groups}
    assert factors == {1.0, 20.0}

    # With the same gradients, AdamW's first step goes as far as its rate says.
    moved = []
    for kind in (Tiny, Faster):
        module = kind()
        before = module.head.weight.detach().clone()
        one = {"epochs": 1, "lr": 1e-4, "weight_decay": 0.0, "clip": 0.0, "warmup_steps": 1}
        train(tmp_path / kind.__name__, module, **one)
        state = read_checkpoint(tmp_path / kind.__name__ / "last.ckpt")["trained"]
        moved.append(float((state["head.weight"] - before).abs().max()))
    assert moved[1] > 5 * moved[0]


def test_eight_bits_need_cuda_and_are_left_aside_without():
    found = build_optimiser(
        Tiny().trained().values(), FitSettings(optimiser="adamw8bit"), torch.device("cpu")
    )
    assert type(found) is torch.optim.AdamW


def test_tensors_of_another_module_are_refused():
    module = Tiny()
    state = {name: value.clone() for name, value in module.trained_state().items()}
    assert set(state) == {"head.weight", "head.bias", "scale"}
    lacking = {name: value for name, value in state.items() if name != "scale"}
    wrong = {**state, "scale": torch.ones(5, 1, 1)}
    more = {**state, "more": torch.ones(1)}
    for other, name in ((lacking, "scale"), (more, "more"), (wrong, "scale")):
        with raises(BundleError, "checkpoint-not-fitting", name):
            module.load_trained_state(other)
    state["scale"] += 1
    module.load_trained_state(state)
    assert module.scale.eq(2.0).all()


def test_parts_keep_their_modes(tmp_path):
    class Modes(Tiny):
        def predict(self, batch):
            seen.append((self.head.training, self.base.training))
            return super().predict(batch)

        def losses(self, batch):
            seen.append((self.head.training, self.base.training))
            return super().losses(batch)

    seen = []
    module = Modes()
    module.base.eval()
    train(tmp_path, module, epochs=1)
    # A validation of two batches, three steps of two pieces, a validation.
    assert seen == [(False, False)] * 2 + [(True, False)] * 6 + [(False, False)] * 2


def test_rows_of_pictures_have_the_stretch_of_their_real_image():
    real = np.stack([np.linspace(0, 1000, 30).reshape(5, 6)] * 4).astype(np.float32)
    s1 = np.stack([np.full((5, 6), -12.0), np.full((5, 6), -30.0)]).astype(np.float32)
    bright = real + 8000
    picture = sheet([Row(s1, bright, real, real), Row(s1, bright, real, bright)])
    assert picture.shape == (2 * 5 + GAP, 4 * 6 + 3 * GAP, 3)
    assert (picture[5:9] == 255).all(), "a white line between rows"
    radar, before, stage, truth = (
        picture[:, start : start + 6].astype(int) for start in range(0, 40, 6 + GAP)
    )
    assert (radar[:5] == 128).all()
    assert (before[:5] == 255).all() and np.array_equal(stage[:5], truth[:5])
    # Below, the real image is the bright one.
    assert np.array_equal(before[9:], truth[9:]) and (stage[9:] == 0).all()
    for picture in (truth[:5], truth[9:]):
        assert picture.min() == 0 and picture.max() == 255 and 100 < np.median(picture) < 155


def test_pictures_show_nodata_as_such(tmp_path, monkeypatch):
    """Samples hold 0 where nothing is known: no colour, and nothing for the stretch."""
    rows = []
    monkeypatch.setattr(
        "training.fit.stage_training.sheet", lambda some: rows.extend(some) or sheet(some)
    )
    plain = Source.read

    def read(self, i):
        pair = plain(self, i)
        pair.s2[:, :40] = np.nan
        return pair

    monkeypatch.setattr(Source, "read", read)
    train(tmp_path, epochs=1, pairs=4, pictures=1)
    for row in rows:
        assert np.isnan(row.real[:, :40]).all() and np.isfinite(row.real[:, 40:]).all()
    assert len(rows) == 2
    picture = sheet(rows[:1])[:, -SIZE:]
    assert (picture[:40] == NODATA).all()
    assert picture[40:].min() == 0 and 40 < np.median(picture[40:]) < 215


def test_logs_and_pictures(tmp_path, capsys):
    train(tmp_path, epochs=1, val_every=0, pictures=2)
    with (tmp_path / "logs" / "version_0" / "metrics.csv").open() as file:
        rows = list(csv.DictReader(file))
    steps = [row for row in rows if row["train/loss"]]
    assert [row["step"] for row in steps] == ["1", "2", "3"]
    for row in steps:
        parts = float(row["train/level"]) + float(row["train/squared"])
        assert float(row["train/loss"]) == pytest.approx(parts)
    judged = [row for row in rows if row["val/cfog"]]
    assert [row["step"] for row in judged] == ["0", "3"], "before the first step and at the end"
    for key in ("psnr", "ssim", "sam", "cfog_gap"):
        sign = -1 if key in ("sam", "cfog_gap") else 1
        gain = sign * (float(judged[1][f"val/{key}"]) - float(judged[1][f"before/{key}"]))
        assert float(judged[1][f"gain/{key}"]) == pytest.approx(gain)
    assert list((tmp_path / "logs" / "version_0").glob("events.out.tfevents.*"))
    for step in (0, 3):
        with Image.open(tmp_path / "pictures" / f"step_{step:06d}.png") as image:
            assert image.size == (4 * SIZE + 3 * GAP, 2 * SIZE + GAP)
    told = capsys.readouterr().err
    assert "3/3" in told and "\r" not in told, "no bar where nobody looks"


def test_fewer_pairs_than_a_step_wants_are_one_step(tmp_path):
    _, result = train(tmp_path, pairs=3, epochs=2, grad_accum_steps=8)
    assert result.steps == 2


def test_half_precision_finds_its_scale_without_counting_it_as_a_fault():
    """The scaler that CUDA uses, on the CPU: gradients are infinite until the scale is low."""
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**40, growth_interval=1000)
    precision = MixedPrecision("16-mixed", "cpu", scaler)
    fabric = Fabric(accelerator="cpu", devices=1, plugins=precision)
    module, settings = Tiny(), FitSettings(batch_size=2, seed=1)
    wrapped, optimiser = fabric.setup(module, torch.optim.SGD(module.trained().values(), lr=1e-3))
    micro = MicroBatches(2, print)
    stepper = Stepper(wrapped, fabric, optimiser, settings, micro, Shard.of(4, 2), Team())
    loader = make_loader(datasets()[0], batch_size=4, workers=0, shuffle=False, seed=0)
    batch = next(iter(loader))
    taken = []
    while not taken or (not taken[-1] and len(taken) < 200):
        before = module.head.bias.detach().clone()
        outcome = stepper.step(batch, 0, 0, 1e-3)
        assert not stepper.is_failure(outcome)
        assert outcome.taken != module.head.bias.equal(before), (
            "only what is taken changes anything"
        )
        taken.append(outcome.taken)
    assert taken[-1] and not any(taken[:-1]) and len(taken) > 1
    assert scaler.get_scale() == 2.0 ** (40 - len(taken) + 1)


def test_a_person_sees_a_bar(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    report = Report(tmp_path, 40, 10)
    report.step(11, {"train/loss": 0.5})
    report.say("a word")
    report.close()
    told = capsys.readouterr().err
    assert "11/40" in told and "a word" in told
