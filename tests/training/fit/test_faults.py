"""Faults of a training: numbers that are none, too little memory, a full disk."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from gac_core.contract.errors import DeviceError, RequestError, SceneError
from gac_core.contract.message import Message
from tests.problems import arguments_of, raises
from tests.training.fit.test_resume import same
from tests.training.fit.tiny import Source, Tiny, train
from training.data.dataset import PairDataset
from training.fit import FitSettings, fit
from training.fit.checkpoint import LAST, read_checkpoint
from training.fit.step import HALVED, NotANumber


class Broken(Tiny):
    """Its loss, or its gradient, is no number in some calls."""

    def __init__(self, calls, where="loss"):
        super().__init__()
        self.calls, self.where, self.number = calls, where, 0

    def losses(self, batch):
        parts = super().losses(batch)
        self.number += 1
        if self.number in self.calls:
            if self.where == "loss":
                parts["level"] = parts["level"].weighted(torch.nan)
            else:
                # The root's slope at 0 is infinite, and 0 times that is no number.
                total = parts["level"].total + torch.sqrt(0 * self.scale.sum())
                parts["level"] = replace(parts["level"], total=total)
        return parts


@pytest.mark.parametrize("where", ["loss", "gradient"])
def test_a_step_that_is_no_number_is_left_out(tmp_path, where):
    _, result = train(tmp_path, Broken({4}, where), epochs=1, val_every=0)
    held = read_checkpoint(tmp_path / LAST)
    assert (held["progress"]["step"], held["progress"]["taken"]) == (3, 2)
    assert all(torch.isfinite(value).all() for value in held["trained"].values())
    assert result.scores["gain"]["psnr"] > 0


@pytest.mark.parametrize("where", ["loss", "gradient"])
def test_too_many_in_a_row_stop_the_training(tmp_path, where):
    with raises(NotANumber, "loss-not-finite", "3") as caught:
        train(tmp_path, Broken(range(5, 99), where), nan_limit=3)
    assert "--lr" in caught.value.remedy
    assert ("'level'" in arguments_of(caught.value.message)) == (where == "loss")
    held = read_checkpoint(tmp_path / LAST)
    assert held["progress"]["step"] == 2, "what was good before is kept"
    train(tmp_path, resume=True)


class Hungry(Tiny):
    """Takes only so many samples at once."""

    def __init__(self, most, error=torch.OutOfMemoryError, predicts=99):
        super().__init__()
        self.most, self.error, self.predicts, self.sizes = most, error, predicts, []

    def losses(self, batch):
        size = len(batch["s1"])
        parts = super().losses(batch)
        if size > self.most:
            # Too late: a part of the gradient is there already.
            parts["level"].mean.backward()
            raise self.error("cannot allocate memory")
        self.sizes.append(size)
        return parts

    def predict(self, batch):
        if len(batch["s1"]) > self.predicts:
            raise self.error("cannot allocate memory")
        return super().predict(batch)


@pytest.mark.parametrize("error", [torch.OutOfMemoryError, RuntimeError])
def test_without_memory_batches_are_halved_and_steps_stay_as_large(tmp_path, error, capsys):
    module, _ = train(tmp_path, Hungry(1, error), batch_size=4, grad_accum_steps=1)
    assert module.sizes == [1] * 24, "six steps over four samples each"
    assert Message(HALVED, 2) in capsys.readouterr().err
    assert read_checkpoint(tmp_path / LAST)["progress"]["micro"] == 1
    train(tmp_path / "small", batch_size=1, grad_accum_steps=4)
    one, other = (read_checkpoint(p / LAST) for p in (tmp_path, tmp_path / "small"))
    assert same(one["trained"], other["trained"]), "as if it had been so small from the start"


def test_a_step_is_the_same_however_it_is_cut(tmp_path):
    """But for rounding, where nothing random differs."""

    class Quiet(Tiny):
        def prepare_batch_noise(self, generator):
            torch.manual_seed(0)

        def losses(self, batch):
            return self.compare(batch, (self.predict(batch) - 1000) / 1000)

    found = []
    for size in (4, 1):
        train(tmp_path / str(size), Quiet(), batch_size=size, grad_accum_steps=4 // size)
        found.append(read_checkpoint(tmp_path / str(size) / LAST)["trained"])
    for name, value in found[0].items():
        torch.testing.assert_close(value, found[1][name], rtol=1e-3, atol=1e-5)


def test_validations_are_cut_too(tmp_path):
    train(tmp_path, Hungry(99, predicts=1), epochs=1)
    assert read_checkpoint(tmp_path / LAST)["progress"]["micro"] == 1


def test_without_memory_for_one_sample_it_says_what_to_do(tmp_path):
    with raises(DeviceError, "image-beyond-memory") as caught:
        train(tmp_path, Hungry(0))
    assert "--crop" in caught.value.remedy


def test_other_errors_are_not_taken_for_want_of_memory(tmp_path):
    class Faulty(Tiny):
        def losses(self, batch):
            raise RuntimeError("shapes do not fit")

    with pytest.raises(RuntimeError, match="shapes"):
        train(tmp_path, Faulty())


def test_images_that_cannot_be_judged(tmp_path):
    class Flat(Source):
        def read(self, i):
            pair = super().read(i)
            pair.s2[:] = float("nan")
            return pair

    source = Flat(3)
    data = [PairDataset(source, range(3), crop=64, augment=False, seed=0)] * 2
    with raises(SceneError, "score-not-measured"):
        fit(Tiny(), *data, FitSettings(device="cpu"), tmp_path, False)


@pytest.mark.parametrize(
    "settings", [{"optimiser": "sgd"}, {"precision": "8"}, {"device": "tpu"}], ids=str
)
def test_settings_that_make_no_sense(tmp_path, settings):
    name, value = next(iter(settings.items()))
    with raises(RequestError, "setting-not-a-choice", name, repr(value)) as caught:
        train(tmp_path, **settings)
    assert caught.value.remedy


def test_a_module_in_which_nothing_trains(tmp_path):
    with raises(RequestError, "nothing-to-train"):
        train(tmp_path, Tiny().requires_grad_(False))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_device_that_is_not_there(tmp_path):
    with raises(DeviceError, "cuda-missing"):
        train(tmp_path, device="cuda")
