"""Memory that the engine frees goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from gac_core.bundles.library import engine_root

THREADS_COME_AND_GO = """
import gac_core.engine
from concurrent.futures import ThreadPoolExecutor
import numpy as np

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6

def work(seed):
    # A large tensor and a small one in turns, as layers and what is kept of them.
    large, small = [], []
    for _ in range(20):
        large.append(np.ones(6_000_000 // 8))
        small.append(np.ones(3000))
    return small

with ThreadPoolExecutor(4) as pool:
    list(pool.map(work, range(4)))
before = resident()
with ThreadPoolExecutor(4) as pool:
    kept = list(pool.map(work, range(40)))
print(resident() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_freed_tensors_leave_no_trace() -> None:
    found = subprocess.run(
        [sys.executable, "-c", THREADS_COME_AND_GO],
        cwd=engine_root(),
        check=True,
        capture_output=True,
        text=True,
    )
    # What is kept is 20 MB.
    assert float(found.stdout) < 40


PIECES_BETWEEN = """
import gac_core.engine
import numpy as np
from gac_core.process import PeriodicTrim

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6

tidy = PeriodicTrim(pause=60.0)
tidy()
before = resident()
kept = []
for _ in range(200):
    # Below what is the system's own: large ones go back by themselves.
    large = np.ones(1_000_000 // 8)
    kept.append((large, np.ones(3000)))
kept = [small for _, small in kept]
del large
tidy()
print(resident() - before)
PeriodicTrim()()
print(resident() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_what_is_free_between_pieces_in_use_is_given_back_now_and_then() -> None:
    found = subprocess.run(
        [sys.executable, "-c", PIECES_BETWEEN],
        cwd=engine_root(),
        check=True,
        capture_output=True,
        text=True,
    )
    pausing, tidied = map(float, found.stdout.split())
    assert pausing > 150, "no more than once in its pause"
    assert tidied < 40


@pytest.mark.parametrize("has_torch", [True, False])
def test_leaving_keeps_output_status_and_exit_functions(has_torch):
    code = (
        "import atexit, sys, types\n"
        "from gac_core.process import leave\n"
        "atexit.register(lambda: print('cleaned up'))\n"
        f"sys.modules.update({{'torch': types.ModuleType('torch')}} if {has_torch} else {{}})\n"
        "print('done', end=' ')\n"
        "leave(7)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=engine_root(), capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout) == (7, "done cleaned up\n")
