"""What can go wrong in a training: numbers that are none, too little memory, a full disk."""

from __future__ import annotations

import errno

import pytest
import torch
from filelock import FileLock
from safetensors import SafetensorError

from gac_core.errors import DeviceError, DiskFull, OutputError, RequestError, SceneError
from tests.training.fit.test_resume import same
from tests.training.fit.tiny import Source, Tiny, train
from training.data.dataset import PairDataset
from training.fit import FitSettings, checkpoint, fit
from training.fit.alone import LOCK
from training.fit.checkpoint import LAST, read_checkpoint
from training.fit.step import NotANumber


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
                parts["level"] = parts["level"] * torch.nan
            else:
                # The root's slope at 0 is infinite, and 0 times that is no number.
                parts["level"] = parts["level"] + torch.sqrt(0 * self.scale.sum())
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
    with pytest.raises(NotANumber) as caught:
        train(tmp_path, Broken(range(5, 99), where), nan_limit=3)
    assert "3 steps in a row" in caught.value.message and "--lr" in caught.value.remedy
    assert ("'level'" in caught.value.message) == (where == "loss")
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
            parts["level"].backward()
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
    assert "Out of memory: going on with 2" in capsys.readouterr().err
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
            level = (self.predict(batch) - 1000) / 1000
            return {"level": level.abs().mean(), "squared": level.square().mean()}

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
    with pytest.raises(DeviceError) as caught:
        train(tmp_path, Hungry(0))
    assert "--crop" in caught.value.remedy


def test_other_errors_are_not_taken_for_want_of_memory(tmp_path):
    class Faulty(Tiny):
        def losses(self, batch):
            raise RuntimeError("shapes do not fit")

    with pytest.raises(RuntimeError, match="shapes"):
        train(tmp_path, Faulty())


def test_a_full_disk_leaves_the_last_checkpoint(tmp_path, monkeypatch):
    """The third checkpoint meets a full disk half-way; later there is room again."""
    written = 0
    real = checkpoint.whole_file

    class Full:
        def __init__(self, part):
            self.part = part

        def write_bytes(self, data):
            self.part.write_bytes(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")

    class Fills:
        def __init__(self, path):
            self.inner = real(path)

        def __enter__(self):
            nonlocal written
            written += 1
            part = self.inner.__enter__()
            return Full(part) if written == 4 else part

        def __exit__(self, *error):
            return self.inner.__exit__(*error)

    train(tmp_path / "straight")
    monkeypatch.setattr(checkpoint, "whole_file", Fills)
    out = tmp_path / "full"
    with pytest.raises(DiskFull):
        train(out)
    assert read_checkpoint(out / LAST)["progress"]["step"] == 2
    assert not list(out.glob(".*.part"))
    train(out, resume=True)
    one, other = (read_checkpoint(p / LAST) for p in (out, tmp_path / "straight"))
    assert same(one, other)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (SafetensorError("I/O error: No space left on device (os error 28)"), OutputError),
    ],
)
def test_a_part_that_cannot_be_written_leaves_the_one_before(tmp_path, error, kind):
    class Unlucky(Tiny):
        parts = 0

        def save_part(self, folder, training, scores):
            super().save_part(folder, training, scores)
            self.parts += 1
            if self.parts == 2:
                raise error

    with pytest.raises(kind, match="best"):
        train(tmp_path, Unlucky())
    assert not list(tmp_path.glob(".best*"))
    assert '"steps": 0' in (tmp_path / "best" / "part.json").read_text()
    _, result = train(tmp_path, resume=True)
    assert f'"steps": {result.step}' in (result.best / "part.json").read_text()
    assert not list(tmp_path.glob(".best*"))


def test_logs_that_cannot_be_written_stop_it_in_words(tmp_path):
    """What reads fails in words of its own; only what writes is said not to be written."""
    (tmp_path / "pictures").write_text("a file where a folder must be")
    with pytest.raises(OutputError, match="could not be written"):
        train(tmp_path)

    class Unread(Tiny):
        def losses(self, batch):
            raise FileNotFoundError("weights")

    with pytest.raises(FileNotFoundError, match="weights"):
        train(tmp_path / "unread", Unread())


def test_images_that_cannot_be_judged(tmp_path):
    class Flat(Source):
        def read(self, i):
            pair = super().read(i)
            pair.s2[:] = float("nan")
            return pair

    source = Flat(3)
    data = [PairDataset(source, range(3), crop=64, augment=False, seed=0)] * 2
    with pytest.raises(SceneError, match="No validation image"):
        fit(Tiny(), *data, FitSettings(device="cpu"), tmp_path, False)


@pytest.mark.parametrize(
    "settings", [{"optimiser": "sgd"}, {"precision": "8"}, {"device": "tpu"}], ids=str
)
def test_settings_that_make_no_sense(tmp_path, settings):
    with pytest.raises(RequestError) as caught:
        train(tmp_path, **settings)
    assert "Choose of" in caught.value.remedy


def test_two_trainings_in_one_folder(tmp_path):
    with FileLock(tmp_path / LOCK), pytest.raises(OutputError, match="at work"):
        train(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    train(tmp_path, epochs=1, val_every=0)
    with FileLock(tmp_path / LOCK, timeout=0):
        pass


def test_a_module_in_which_nothing_trains(tmp_path):
    with pytest.raises(RequestError, match="Nothing is free"):
        train(tmp_path, Tiny().requires_grad_(False))


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_device_that_is_not_there(tmp_path):
    with pytest.raises(DeviceError, match="CUDA"):
        train(tmp_path, device="cuda")
