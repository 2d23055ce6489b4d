"""Processes that train together, forked: one that begins anew imports for as long as ten train."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

from lightning.fabric.plugins.environments.lightning import find_free_network_port


def together(folder, work, size=2):
    """Do work in processes that find each other as those of torchrun and Slurm do.

    Args:
        folder: For what they print.
        work: Called with the rank, gives the exit status.
        size: How many.

    Returns:
        For each its exit status, and what it wrote to standard error.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    port = find_free_network_port()
    fork = multiprocessing.get_context("fork")
    processes = [fork.Process(target=_run, args=(folder, work, r, size, port)) for r in range(size)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    found = []
    for rank, process in enumerate(processes):
        ended = process.exitcode
        process.kill()
        found.append((ended, (folder / f"said{rank}").read_text()))
    return found


def _run(folder, work, rank, size, port):
    # As torchrun and Slurm have it: the processes are there, and know their numbers.
    told = {"LOCAL_RANK": rank, "NODE_RANK": 0, "WORLD_SIZE": size, "OMP_NUM_THREADS": 1}
    os.environ.update({name: str(value) for name, value in told.items()})
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    sys.stderr = (folder / f"said{rank}").open("w", buffering=1)
    sys.exit(work(rank))
