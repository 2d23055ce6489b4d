"""A batch that dies at a call of the system's is resumed to the byte."""

from __future__ import annotations

import itertools
import os
import pathlib
import signal
import sys

import pytest

from tests.core.engine.batch.conftest import hashes

CALLS = {
    "fsync": (os, "fsync"),
    "replace": (pathlib.Path, "replace"),
    "unlink": (pathlib.Path, "unlink"),
    "mkdir": (pathlib.Path, "mkdir"),
}


def kill_at(call, at):
    """End this process at the `at`-th call."""
    owner, name = CALLS[call]
    real, count = getattr(owner, name), itertools.count(1)

    def counted(*args, **kwargs):
        if next(count) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(owner, name, counted)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="processes are not forked there")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("at", [2, 9, 31])
def test_a_batch_that_dies_at_a_call(batch, undisturbed, tmp_path, call, at):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            kill_at(call, at)
            batch()
            status = 0
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(ended) in (0, -signal.SIGKILL)
    assert batch()["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)
    assert not list((tmp_path / "out").rglob("*.part"))
