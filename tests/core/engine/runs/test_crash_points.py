"""A run that dies, or is refused, at a call of the system's is resumed to the byte."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import signal
import sys

import pytest

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import RECORD, WORK
from gac_core.engine.pipeline import run
from gac_core.progress import Silent
from tests.core.engine.crash import CALLS, exit_code, run_alone


@pytest.fixture
def small(request_for):
    """Requests of seconds, over a part of the scene."""
    extent = (500_800.0, 5_398_600.0, 501_200.0, 5_399_000.0)
    return lambda out, **changes: request_for(out, extent=extent, **changes)


@pytest.fixture(scope="module")
def whole(request_for, cache, tmp_path_factory):
    """Hashes of the results that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole")
    extent = (500_800.0, 5_398_600.0, 501_200.0, 5_399_000.0)
    run(request_for(out, extent=extent), cache, Silent())
    return hashes(out)


def hashes(out):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("opt_v*.tif")
    }


def arm(monkeypatch, call, at, act):
    """Act instead of the call, the `at`-th time."""
    owner, name = CALLS[call]
    real, count = getattr(owner, name), itertools.count(1)

    def counted(*args, **kwargs):
        if next(count) == at:
            act()
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, counted)


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EDQUOT"])
@pytest.mark.parametrize(("call", "at"), [("fsync", 3), ("replace", 9), ("mkdir", 6)])
def test_a_call_that_is_refused(small, cache, whole, tmp_path, monkeypatch, call, at, error):
    number = getattr(errno, error)

    def refuse():
        raise OSError(number, os.strerror(number), "x")

    with monkeypatch.context() as patch:
        arm(patch, call, at, refuse)
        with pytest.raises(OutputError) as caught:
            run(small(tmp_path), cache, Silent())
    assert caught.value.remedy
    record = tmp_path / RECORD
    assert not record.exists() or '"complete"' not in record.read_text()
    run(small(tmp_path), cache, Silent())
    assert hashes(tmp_path) == whole and not (tmp_path / WORK).exists()


@pytest.mark.parametrize("error", ["EINVAL", "EOPNOTSUPP"])
def test_a_file_system_that_cannot_sync(small, cache, whole, tmp_path, monkeypatch, error):
    def refuse(number):
        raise OSError(getattr(errno, error), "no such thing here")

    monkeypatch.setattr(os, "fsync", refuse)
    run(small(tmp_path), cache, Silent())
    assert hashes(tmp_path) == whole


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("at", [1, 2, 4, 7, 11, 16, 22, 29])
def test_a_process_that_dies_at_a_call(small, cache, whole, tmp_path, call, at):
    ended = exit_code(call, at, run_alone, small(tmp_path))
    assert ended in (0, -signal.SIGKILL)
    if ended:
        assert hashes(tmp_path) != whole or (tmp_path / WORK).exists()
    run(small(tmp_path), cache, Silent())
    assert hashes(tmp_path) == whole and not (tmp_path / WORK).exists()
