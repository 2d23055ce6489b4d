"""Trainings that were killed or stopped go on to the same weights, to the bit."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest
import torch

from tests.problems import raises
from tests.training.fit.tiny import EMA, Tiny, die, train
from training.fit.checkpoint import LAST, read_checkpoint
from training.processes import Stopped, StopSignals, until_stopped


def same(one, other):
    """Compare two checkpoints, tensors to the bit."""
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def agree(out, straight):
    for name in ("last.ckpt", "best.ckpt"):
        assert same(read_checkpoint(out / name), read_checkpoint(straight / name)), name
    files = ("part.json", "t.safetensors")
    for name in files:
        assert (out / "best" / name).read_bytes() == (straight / "best" / name).read_bytes()


def test_two_runs_with_one_seed_are_identical_and_others_are_not(straight, tmp_path):
    out, result = straight
    _, again = train(tmp_path / "again", **EMA)
    agree(tmp_path / "again", out)
    assert again.scores == result.scores
    train(tmp_path / "other", seed=4, **EMA)
    one, other = (read_checkpoint(p / LAST)["trained"] for p in (out, tmp_path / "other"))
    assert not same(one, other)


def test_a_killed_process_is_resumed_to_the_same_weights(straight, tmp_path):
    """Killed in the second half of the accumulation of the fifth step, in the second epoch."""
    # Forked: a process that begins anew imports for as long as ten trainings take.
    process = multiprocessing.get_context("fork").Process(target=die, args=(tmp_path, 10))
    process.start()
    process.join(60)
    ended = process.exitcode
    process.kill()
    assert ended == -signal.SIGKILL
    held = read_checkpoint(tmp_path / LAST)["progress"]
    assert (held["step"], held["epoch"], held["batch"]) == (4, 1, 1)
    train(tmp_path, resume=True, **EMA)
    agree(tmp_path, straight[0])


class Dies(Tiny):
    """Fails at a given call of its losses, or of its predictions."""

    def __init__(self, losses=0, predictions=0):
        super().__init__()
        self.left = {"losses": losses, "predictions": predictions}

    def _count(self, name):
        self.left[name] -= 1
        if self.left[name] == 0:
            raise ZeroDivisionError("a fault")

    def losses(self, batch):
        self._count("losses")
        return super().losses(batch)

    def predict(self, batch):
        self._count("predictions")
        return super().predict(batch)


@pytest.mark.parametrize(
    "death",
    [
        {"losses": 1},
        {"losses": 7},
        {"losses": 12},
        {"predictions": 1},
        {"predictions": 4},
        {"predictions": 6},
    ],
    ids=str,
)
def test_wherever_it_dies(straight, tmp_path, death):
    """In the first and in the last step, at an epoch's start, in each validation."""
    with pytest.raises(ZeroDivisionError):
        train(tmp_path, Dies(**death), **EMA)
    train(tmp_path, resume=True, **EMA)
    agree(tmp_path, straight[0])


def test_it_saves_only_so_often(straight, tmp_path):
    """Then it goes on from the last that was saved, and still comes to the same."""
    with pytest.raises(ZeroDivisionError):
        train(tmp_path, Dies(losses=8), save_every=3, **EMA)
    assert read_checkpoint(tmp_path / LAST)["progress"]["step"] == 3
    train(tmp_path, resume=True, save_every=3, **EMA)
    one, other = (read_checkpoint(p / LAST) for p in (tmp_path, straight[0]))
    assert same(one, other)


class Interrupted(Tiny):
    """Is asked to stop at a given call."""

    def __init__(self, number, where, call):
        super().__init__()
        self.number, self.where, self.left = number, where, call

    def _at(self, where):
        self.left -= self.where == where
        if self.where == where and self.left == 0:
            os.kill(os.getpid(), self.number)

    def losses(self, batch):
        self._at("losses")
        return super().losses(batch)

    def predict(self, batch):
        self._at("predict")
        return super().predict(batch)


@pytest.mark.parametrize(
    ("number", "where", "call"), [(signal.SIGINT, "losses", 7), (signal.SIGTERM, "predict", 3)]
)
def test_a_stop_is_obeyed_after_the_step(straight, tmp_path, number, where, call):
    """In the fourth step, and in the validation that follows it."""
    # A shell that starts tests in the background has them ignore SIGINT: not the default, then.
    as_it_was = signal.getsignal(signal.SIGINT)
    with raises(Stopped, "training-stopped", 4, 6) as caught:
        train(tmp_path, Interrupted(number, where, call), save_every=100, **EMA)
    assert "--resume" in caught.value.remedy
    train(tmp_path, resume=True, **EMA)
    agree(tmp_path, straight[0])
    assert signal.getsignal(signal.SIGINT) is as_it_was


def test_a_loader_whose_workers_were_stopped_too():
    """Ctrl-C reaches worker processes as well; without it, a loader's error is an error."""
    stop = StopSignals()

    def broken():
        yield 1
        raise FileNotFoundError("a worker's socket")

    for asked, error in ((False, FileNotFoundError), (True, Stopped)):
        items = until_stopped(broken(), stop)
        assert next(items) == 1
        stop.is_requested = asked
        with pytest.raises(error):
            next(items)


def test_a_finished_training_resumes_to_its_end(straight):
    out, result = straight
    module, again = train(out, resume=True, **EMA)
    assert again == result
    best = read_checkpoint(out / "best.ckpt")["trained"]
    assert same(module.trained_state(), best), "the module holds what validated best"


def test_resuming_what_is_not_there_begins(straight, tmp_path):
    train(tmp_path, resume=True, **EMA)
    agree(tmp_path, straight[0])


def test_stopped_before_the_first_step_it_begins_again(tmp_path):
    with raises(Stopped, "training-stopped") as caught:
        train(tmp_path, Interrupted(signal.SIGTERM, "predict", 1), **EMA)
    assert caught.value.remedy
    assert not (tmp_path / LAST).exists()
