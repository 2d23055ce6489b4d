"""A training that is killed leaves no process behind."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

from gac_core.models.library import engine_root

SECONDS = 6
"""That processes get to see that they are alone."""


@pytest.mark.slow
def test_a_killed_training_leaves_no_loader_behind(tmp_path):
    """Those that validated and wait, and those that train and hang in reading."""
    program = [sys.executable, "-m", "tests.training.fit.hung", str(tmp_path)]
    with subprocess.Popen(program, cwd=engine_root()) as training:
        try:
            _until(lambda: len([p for p in tmp_path.iterdir() if p.name.isdigit()]) == 2, 240)
            children = psutil.Process(training.pid).children(recursive=True)
            assert len(children) >= 4
        finally:
            training.kill()
    try:
        _, alive = psutil.wait_procs(children, timeout=SECONDS)
        assert not alive
    finally:
        for child in children:
            if child.is_running():
                child.kill()


def _until(done, seconds):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.2)
