"""A training that is killed leaves no process behind."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

from gac_core.bundles.library import engine_root

SECONDS = 6
"""That processes get to see that they are alone."""


@pytest.mark.slow
def test_a_killed_training_leaves_no_loader_behind(tmp_path):
    """Loaders end, idle after validation or hanging in reads for training."""
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


UNPICKLES_SLOWLY = """
import time
from gac_core.process import ChildContext

class Slow:
    def __reduce__(self):
        return time.sleep, (600,)

process = ChildContext().Process(target=print, args=(Slow(),))
process.start()
print(process.pid, flush=True)
time.sleep(600)
"""


def test_a_process_that_still_loads_what_it_is_to_do_ends_too():
    program = [sys.executable, "-c", UNPICKLES_SLOWLY]
    with subprocess.Popen(program, cwd=engine_root(), stdout=subprocess.PIPE, text=True) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        time.sleep(2)
        assert child.is_running()
        parent.kill()
    try:
        child.wait(timeout=SECONDS)
    finally:
        if child.is_running():
            child.kill()


def _until(done, seconds):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.2)
