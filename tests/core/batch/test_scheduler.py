"""Answers that come, fail, or come just after a look for them."""

from __future__ import annotations

import pytest

from gac_core.batch.scheduler import PendingResult, waiting_message


class Future:
    """One of Dask's, of which a look ends in the very moment in which its task does."""

    def __init__(self, value=None, error=None):
        self._value, self._error, self.status = value, error, "pending"

    def done(self):
        return self.status != "pending"

    def result(self, timeout=None):
        if not self.done():
            self.status = "error" if self._error else "finished"
            raise TimeoutError(f"timed out after {timeout} s.")
        if self._error:
            raise self._error
        return self._value


class Client:
    """A client of a scheduler that answers, and has a worker."""

    status = "running"

    def __init__(self, future):
        self._future = future

    def submit(self, task, *values, **options):
        return self._future

    def scheduler_info(self):
        return {"workers": {"tcp://a:1": {"status": "running", "nthreads": 1}}}


def test_an_answer_that_comes_as_a_look_for_it_ends_is_the_answer():
    assert PendingResult(Client(Future(3)), max, 3).answer(print) == 3


def test_a_task_that_times_out_itself_says_so():
    future = Future(error=TimeoutError("the store does not answer"))
    with pytest.raises(TimeoutError, match="the store"):
        PendingResult(Client(future), max, 3).answer(print)


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], "Waiting for workers"),
        (["init"], "Waiting for workers"),
        (["closing", "paused"], "Waiting for workers: Dask has paused them, their memory is full"),
        (["paused", "running"], ""),
    ],
)
def test_only_what_is_paused_is_said_to_be(monkeypatch, statuses, words):
    workers = {f"tcp://a:{n}": {"status": s, "nthreads": 1} for n, s in enumerate(statuses)}
    client = Client(Future())
    monkeypatch.setattr(client, "scheduler_info", lambda: {"workers": workers}, raising=False)
    assert waiting_message(client) == words
