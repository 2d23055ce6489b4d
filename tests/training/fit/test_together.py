"""Two processes train like one, but for rounding, and none waits for one that is gone."""

from __future__ import annotations

import os
import signal
import sys

import pytest
import torch
from safetensors.torch import load_file

from gac_core.contract.errors import RequestError, as_user_error
from gac_core.contract.message import Message
from tests.training.fit.pair import together
from tests.training.fit.test_faults import Broken, Hungry
from tests.training.fit.tiny import EMA, Killed, Tiny, train
from training.fit import flags
from training.fit.checkpoint import LAST, read_checkpoint
from training.fit.flags import run_command
from training.fit.stage_training import SMALLER_PIECES
from training.fit.step import Shard

TWO = {"devices": 2, **EMA}
SLOW = pytest.mark.slow
"""Other ways to what is tested anyway: two more processes each."""


def both(out, module=None, **settings):
    """Train in two processes; module: called with the rank."""

    def work(rank):
        # This process ends with the work: nothing else is patched.
        flags.as_user_error = identified
        own = None if module is None else module(rank)
        return run_command(lambda: train(out, own, **{**TWO, **settings})[1])

    return together(out.parent / f"{out.name}-said", work)


def identified(error):
    """As `as_user_error`, and print the error's identifier."""
    error = as_user_error(error)
    print(f"problem: {getattr(error, 'problem', '')}", file=sys.stderr)
    return error


def ended_by(said, problem):
    return f"problem: {problem}\n" in said


def well(found):
    assert [status for status, _ in found] == [0, 0], found


def held(out):
    """Weights and progress of a training."""
    checkpoint = read_checkpoint(out / LAST)
    return {key: checkpoint[key] for key in ("trained", "progress", "optimiser", "average")}


def near(one, other):
    """Compare two checkpoints, numbers but for the order of sums."""
    if isinstance(one, torch.Tensor):
        return torch.allclose(one, other, rtol=1e-3, atol=1e-5)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(near(one[k], other[k]) for k in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(near, one, other))
    return one == (pytest.approx(other, rel=1e-2) if isinstance(other, float) else other)


def test_two_processes_give_the_weights_of_one(straight, tmp_path):
    found = both(tmp_path / "two")
    well(found)
    assert near(held(tmp_path / "two"), held(straight[0]))
    parts = [load_file(out / "best/t.safetensors") for out in (tmp_path / "two", straight[0])]
    assert near(*parts)
    told = [[line for line in said.splitlines() if "validation" in line] for _, said in found]
    assert told[0] and not told[1], "one of them tells"


@pytest.mark.parametrize(("size", "count", "pairs"), [(1, 5, 13), (2, 3, 5)])
def test_pieces_that_do_not_come_out_even(tmp_path, size, count, pairs):
    """Three and two, whose sum depends on its order; two and one, of which one is short."""
    settings = {"batch_size": size, "grad_accum_steps": count, "pairs": pairs, "epochs": 1, **EMA}
    train(tmp_path / "one", **settings)
    well(both(tmp_path / "two", **settings))
    assert near(held(tmp_path / "two"), held(tmp_path / "one"))


def test_a_batch_of_one_piece_is_cut(tmp_path):
    settings = {"epochs": 1, **EMA}
    found = both(tmp_path / "two", batch_size=4, grad_accum_steps=1, epochs=1)
    well(found)
    assert Message(SMALLER_PIECES, 4, 2, 2) in found[0][1]
    train(tmp_path / "one", batch_size=2, grad_accum_steps=2, **settings)
    assert near(held(tmp_path / "two"), held(tmp_path / "one"))


@pytest.mark.parametrize("where", [pytest.param("loss", marks=SLOW), "gradient"])
def test_what_is_no_number_in_one_is_left_out_by_both(tmp_path, where):
    well(both(tmp_path / "two", lambda rank: Broken({2} if rank else {}, where), epochs=1))
    train(tmp_path / "one", Broken({4}, where), epochs=1, **EMA)
    assert held(tmp_path / "two")["progress"]["taken"] == 2
    assert near(held(tmp_path / "two"), held(tmp_path / "one"))


class Full(Tiny):
    """Has no memory left in the backward pass of a call."""

    def __init__(self, call):
        super().__init__()
        self.left = call

    def losses(self, batch):
        self.left -= 1
        parts = super().losses(batch)
        if not self.left:
            parts["level"].total.register_hook(self._fail)
        return parts

    @staticmethod
    def _fail(_):
        raise torch.OutOfMemoryError("cannot allocate memory")


def test_when_one_lacks_memory_both_end_and_can_be_resumed_with_smaller_pieces(tmp_path):
    found = both(tmp_path / "two", lambda rank: Hungry(1 if rank else 99))
    assert [status for status, _ in found] == [1, 1]
    assert all(ended_by(said, "process-memory-exhausted") for _, said in found)
    assert "--batch-size" in found[0][1]
    smaller = {"batch_size": 1, "grad_accum_steps": 4}
    well(both(tmp_path / "two", resume=True, **smaller))
    train(tmp_path / "one", **EMA, **smaller)
    assert near(held(tmp_path / "two"), held(tmp_path / "one"))


def test_without_memory_for_the_exchange_none_waits(straight, tmp_path):
    """The third call is the only piece of the third step, whose gradients both exchange."""
    found = both(tmp_path / "two", lambda rank: Full(3 if rank else 99))
    assert [status for status, _ in found] == [1, 1]
    assert ended_by(found[0][1], "process-lost")
    assert ended_by(found[1][1], "process-memory-exhausted")
    well(both(tmp_path / "two", resume=True))
    assert near(held(tmp_path / "two"), held(straight[0]))


def test_it_is_resumed_by_another_number(straight, tmp_path):
    class Dies(Killed):
        def losses(self, batch):
            self.left -= 1
            if not self.left:
                raise ZeroDivisionError("a fault")
            return Tiny.losses(self, batch)

    with pytest.raises(ZeroDivisionError):
        train(tmp_path / "1-2", Dies(7), **EMA)
    well(both(tmp_path / "1-2", resume=True))
    assert near(held(tmp_path / "1-2"), held(straight[0]))

    found = both(tmp_path / "2-1", lambda rank: Dies(4 if rank else 99))
    assert [status for status, _ in found] == [1, 1]
    assert "ZeroDivisionError: a fault" in found[0][1], "the lead tells what the other had"
    assert "ZeroDivisionError" not in found[1][1]
    train(tmp_path / "2-1", resume=True, **EMA)
    assert near(held(tmp_path / "2-1"), held(straight[0]))


class Asked(Tiny):
    """Is asked to stop in a call of its losses, or of its predictions."""

    def __init__(self, where, call):
        super().__init__()
        self.left = {"losses": 0, "predict": 0, where: call}

    def _at(self, where):
        self.left[where] -= 1
        if self.left[where] == 0:
            os.kill(os.getpid(), signal.SIGTERM)

    def losses(self, batch):
        self._at("losses")
        return super().losses(batch)

    def predict(self, batch):
        self._at("predict")
        return super().predict(batch)


@pytest.mark.parametrize(
    ("rank", "where"),
    [(0, "predict"), pytest.param(0, "losses", marks=SLOW), (1, "losses")],
)
def test_when_one_is_asked_to_stop_both_do(straight, tmp_path, rank, where):
    found = both(tmp_path / "two", lambda own: Asked(where, 3) if own == rank else None)
    assert [status for status, _ in found] == [130, 130]
    assert all(ended_by(said, "training-stopped") for _, said in found)
    well(both(tmp_path / "two", resume=True))
    assert near(held(tmp_path / "two"), held(straight[0]))


@pytest.mark.parametrize("rank", [0, 1])
def test_when_one_is_killed_the_other_ends_with_words(straight, tmp_path, rank):
    found = both(tmp_path / "two", lambda own: Killed(3) if own == rank else None)
    assert found[rank][0] == -signal.SIGKILL
    status, said = found[1 - rank]
    assert status == 1 and ended_by(said, "process-lost") and "--resume" in said
    assert held(tmp_path / "two")["progress"]["step"] == 2
    well(both(tmp_path / "two", resume=True))
    assert near(held(tmp_path / "two"), held(straight[0]))


def test_more_processes_than_samples_are_refused(tmp_path):
    found = both(tmp_path / "two", batch_size=1, grad_accum_steps=1)
    assert [status for status, _ in found] == [1, 1]
    assert all(ended_by(said, "fewer-samples-than-processes") for _, said in found)
    assert "--devices" in found[0][1]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
@pytest.mark.parametrize(("batch", "piece"), [(16, 16), (16, 1), (7, 2), (13, 4), (9, 99)])
def test_shares_are_whole_pieces_and_together_the_batch(batch, piece, size):
    deals = [Shard.of(batch, piece, rank, size) for rank in range(size)]
    assert all(deal.samples and deal.start % deal.micro_batch_size == 0 for deal in deals)
    assert (
        len({deal.micro_batch_size for deal in deals}) == 1 and deals[0].micro_batch_size <= piece
    )
    given = [n for deal in deals for n in range(deal.start, deal.stop)]
    assert given == list(range(batch))


def test_a_share_of_no_sample_is_refused():
    with pytest.raises(RequestError):
        Shard.of(3, 1, 0, 4)
