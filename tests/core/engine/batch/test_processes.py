"""`gac batch` with processes of its own, ended by force or in order. Each loads PyTorch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

import gac_core
from gac_core.engine.executors import Workers
from tests.core.engine.batch.conftest import SETTINGS, SIDE, hashes

pytestmark = [
    pytest.mark.timeout(1500),
    pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals"),
]


@pytest.fixture
def command(radar, tiny_bundle, tmp_path):
    """Starts `gac batch` in `tmp_path / "out"`, and ends it at the end of a test."""
    processes = []

    def start(workers=1):
        words = ["batch", str(radar), "--out", str(tmp_path / "out"), "--bundle", str(tiny_bundle)]
        for name, value in SETTINGS.items():
            words += [f"--{name.replace('_', '-')}", str(value)]
        words += ["--block", str(SIDE), "--retries", "1", "--threads", "1", "--json"]
        processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "gac_core.cli", *words, "--workers", str(workers)],
                cwd=Path(gac_core.__file__).parents[1],
                stdout=subprocess.PIPE,
                text=True,
                # As a terminal does: a signal of its can reach all of a group.
                start_new_session=True,
            )
        )
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def until_done(process, number):
    """Read a batch's events until so many steps are done; return its processes."""
    for line in process.stdout:
        event = json.loads(line)
        assert event["event"] == "progress", event
        if event["done"] >= number:
            return psutil.Process(process.pid).children(recursive=True)
    raise AssertionError("it ended")


def workers_of(children):
    return [each for each in children if "spawn_main" in " ".join(each.cmdline())]


def are_gone(children):
    _, alive = psutil.wait_procs(children, timeout=20)
    return not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def test_a_batch_that_is_told_to_end_while_it_computes_goes_on(
    batch, command, undisturbed, tmp_path
):
    """As by a queue, which signals all processes; the same after the parent is killed."""
    process = command()
    children = until_done(process, 2)
    os.killpg(process.pid, signal.SIGTERM)
    assert process.wait(60) == 130 and are_gone(children)
    out = tmp_path / "out"
    assert json.loads((out / "summary.json").read_text())["status"] == "stopped"
    assert 0 < len(hashes(out)) < len(hashes(undisturbed))
    assert batch()["status"] == "complete"
    assert hashes(out) == hashes(undisturbed)


@pytest.mark.slow
def test_a_batch_that_is_killed_takes_its_processes_along_and_goes_on(
    batch, command, undisturbed, tmp_path
):
    process = command(2)
    children = until_done(process, 3)
    process.kill()
    assert are_gone(children)
    assert batch()["status"] == "complete"
    assert hashes(tmp_path / "out") == hashes(undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("all_of_them", [False, True])
def test_processes_are_killed_and_the_files_are_those_of_one(
    batch, command, undisturbed, tmp_path, all_of_them
):
    process = command(2)
    victims = workers_of(until_done(process, 4))
    assert len(victims) == 2
    for victim in victims if all_of_them else victims[:1]:
        victim.kill()
    (*_, last) = map(json.loads, process.stdout)
    assert process.wait() == 0 and last["result"]["status"] == "complete"
    (scene,) = last["result"]["scenes"].values()
    assert len(scene["workers"]) >= 3 and not scene["beside_holes"]
    assert hashes(tmp_path / "out") == hashes(undisturbed)


@pytest.mark.slow
def test_a_batch_with_several_processes_through_python(batch, undisturbed, tmp_path):
    summary = batch(workers=Workers(count=2, threads=1, device="cpu"))
    (scene,) = summary["scenes"].values()
    assert len(scene["workers"]) == 2
    assert hashes(tmp_path / "out") == hashes(undisturbed)
