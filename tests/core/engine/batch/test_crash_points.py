"""A batch that dies at a call of the system's is resumed to the byte."""

from __future__ import annotations

import signal
import sys

import pytest

from gac_core.engine.batch import Batch
from tests.core.engine.batch.conftest import SETTINGS, SIDE, hashes
from tests.core.engine.crash import CALLS, batch_alone, exit_code


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("at", [2, 9, 31])
def test_a_batch_that_dies_at_a_call(
    batch, radar, tiny_bundle, here, undisturbed, tmp_path, call, at
):
    settings = {**SETTINGS, "bundle": str(tiny_bundle)}
    whole = Batch((str(radar),), tmp_path / "out", settings, SIDE, 1, here)
    assert exit_code(call, at, batch_alone, whole) in (0, -signal.SIGKILL)
    assert batch()["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)
    assert not list((tmp_path / "out").rglob("*.part"))
