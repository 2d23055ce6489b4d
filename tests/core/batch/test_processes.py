"""Workers that are processes, ended by force; a scheduler that dies. Slow: each loads PyTorch."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from gac_core.batch.cluster import Workers
from tests.core.batch.conftest import hashes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


@pytest.mark.parametrize("count", [2, 3])
def test_a_worker_is_killed_and_the_files_are_those_of_one_process(batch, tmp_path, caplog, count):
    """The reference is computed in this very process."""
    logging.getLogger("distributed.nanny").addHandler(caplog.handler)
    batch(out=tmp_path / "one")
    clients, killed = [], []

    def kill(progress):
        if progress.done == 6 and not killed:
            victim = next(iter(clients[0].run(os.getpid).values()))
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    workers = Workers(count=count, threads=1, device="cpu")
    summary = batch(out=tmp_path / "many", workers=workers, tell=kill, on_client=clients.append)
    assert killed and summary["status"] == "complete"
    (scene,) = summary["scenes"].values()
    assert len(scene["workers"]) >= count and not scene["beside_holes"]
    assert hashes(tmp_path / "one") == hashes(tmp_path / "many")
    # At the end a worker ends when it is told to.
    assert "still alive" not in caplog.text


def test_a_scheduler_dies_and_another_one_takes_over(batch, tmp_path):
    batch(out=tmp_path / "one")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = []

    def start(*words):
        command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
        running.append(subprocess.Popen([*command, "--host", "127.0.0.1", "--no-dashboard"]))

    def start_both():
        start("dask_scheduler", "--port", str(port))
        start("dask_worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-nanny")

    restarted = []

    def restart(progress):
        if progress.done == 6 and not restarted:
            restarted.append(progress)
            for process in running:
                process.kill()
            start_both()

    try:
        start_both()
        time.sleep(2)
        workers = Workers(address=f"tcp://127.0.0.1:{port}", threads=1, patience=200)
        summary = batch(out=tmp_path / "two", workers=workers, tell=restart)
    finally:
        for process in running:
            process.kill()
            process.wait()
    assert restarted and summary["status"] == "complete"
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")
