"""Dask's workers as processes of this computer."""

from __future__ import annotations

import atexit
import ctypes.util
import logging
import os
import subprocess  # nosec B404
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from distributed import LocalCluster, Worker, WorkerPlugin
from distributed.security import Security
from distributed.system import MEMORY_LIMIT

from gac_core.contract import errors
from gac_core.contract.errors import DeviceError

HOST = "127.0.0.1"

_WORKERS: dict[str, Any] = {
    # A worker's memory holds networks, which Dask cannot write to a disk: one that it pauses when
    # much of the limit is in use would be paused for good. One that comes to the limit is ended.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
}

_UNSEEN: dict[str, Any] = {
    # Dask starts a server for its pages in any case, without TLS: it shall have nothing to show.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # What only the pages show: a look at the stack of each task a hundred times a second.
    "distributed.worker.profile.enabled": False,
}


_KNOWN = tuple(
    f"{name}("
    for name, each in vars(errors).items()
    if isinstance(each, type) and issubclass(each, errors.GacError)
)


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line of Dask's log is more than what a batch tells itself, in words.

    Args:
        record: Of a worker that failed at a task, say: its fourth value is the error.
    """
    values = record.args if isinstance(record.args, tuple) else ()
    failed = str(record.msg).startswith("Compute") and len(values) > 3
    return not (failed and str(values[3]).startswith(_KNOWN))


class OwnWorker(WorkerPlugin):
    """Ends a worker's process without clearing PyTorch's modules away, and keeps its log to news.

    To clear away takes four seconds, after which Dask kills the process and warns of it. All that a
    task writes is on the disk before it answers.
    """

    name = "gac-own-worker"

    def setup(self, worker: Worker) -> None:
        """Called in the worker's process."""
        atexit.register(os._exit, 0)
        if not os.environ.get("GAC_DEBUG"):
            logging.getLogger("distributed.worker").addFilter(is_news)


def settings(dashboard: bool, scratch: Path) -> dict[str, Any]:
    """Return Dask's configuration for workers of this computer.

    Args:
        dashboard: Whether Dask's pages are asked for.
        scratch: Folder for Dask's own files (`scratch.scratch_folder`).
    """
    own = {
        **_WORKERS,
        "temporary-directory": str(scratch),
        # Nobody else is in there, and the batch's own lock says when it can go.
        "distributed.worker.use-file-locking": False,
    }
    return own if dashboard else own | _UNSEEN


def local_cluster(
    processes: int,
    gpus: int,
    scratch: Path,
    memory: int | None = None,
    dashboard: int | None = None,
) -> Any:
    """A scheduler and workers that nobody but this process can reach, nor other users.

    Args:
        processes: How many workers; each takes one task at a time.
        scratch: Folder for their own files (`scratch.scratch_folder`).
        gpus: That are to be used; several workers get one each.
        memory: Bytes that each may take; None: this computer's shared among them.
        dashboard: Port of Dask's page; None: no page.

    Raises:
        DeviceError: If several GPUs are to be used and dask-cuda is not installed, or a worker does
            not start.
    """
    options = {
        "n_workers": processes,
        "threads_per_worker": 1,
        "host": HOST,
        "dashboard_address": f"{HOST}:{dashboard or 0}",
        "worker_dashboard_address": f"{HOST}:0",
        "scheduler_kwargs": {"dashboard": dashboard is not None, "local_directory": str(scratch)},
        "local_directory": str(scratch),
        "memory_limit": memory or MEMORY_LIMIT // processes,
        # Whoever reaches a scheduler can run code as the user whose it is, and 127.0.0.1 is
        # open to all users of a computer. This key never leaves the processes' memory.
        "security": Security.temporary(),
    }
    if gpus < 2 or processes < 2:
        return _started(LocalCluster, {**options, "processes": True})
    try:
        from dask_cuda import LocalCUDACluster
    except ImportError as error:
        raise DeviceError(
            "To give each worker a GPU of its own, dask-cuda is needed, and not installed.",
            "Install dask-cuda, or use one GPU with --workers 1.",
        ) from error
    return _started(LocalCUDACluster, options)


def _started(cluster: Callable[..., Any], options: dict[str, Any]) -> Any:
    try:
        return cluster(**options)
    except RuntimeError as error:
        # Dask's word for a worker that was killed, by the system for want of memory say.
        raise DeviceError(
            "A worker's process ended while it started.",
            "Most often memory is too small: use fewer workers, and run the same command again.",
        ) from error


@cache
def count_gpus() -> int:
    """How many GPUs PyTorch can use.

    It is asked in a process of its own: nothing else here needs its half gigabyte. And not at all
    where NVIDIA's driver is not installed.
    """
    if ctypes.util.find_library("nvcuda" if os.name == "nt" else "cuda") is None:
        return 0
    program = "import torch; print(torch.cuda.device_count())"
    asked = subprocess.run(  # nosec B603
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    return int(asked.stdout) if asked.returncode == 0 else 0
