"""Child processes that end with their parent, in whatever way that ends."""

from __future__ import annotations

import os
import threading
import time
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

import psutil


def exit_with_parent(parent: int | None = None, interval: float = 1.0) -> None:
    """End this process soon after its parent has ended, in whatever way.

    Python's clean-up is skipped: code in it that waits for the parent would wait for ever.

    Args:
        parent: Process ID of the parent, if it may have ended before this call; None: it is alive.
        interval: Seconds between checks.
    """
    parent = os.getppid() if parent is None else parent
    threading.Thread(target=_watch, args=(parent, interval), daemon=True).start()


class ChildProcess(SpawnProcess):
    """Spawned process that ends with its parent, from the very start.

    Unpickling its task may take long: monitoring starts before that.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (os.getpid(),), self.__dict__


class ChildContext(SpawnContext):
    """Multiprocessing context of such processes, for functions that take one."""

    Process = ChildProcess


def _unpickle(parent: int) -> ChildProcess:
    exit_with_parent(parent)
    return ChildProcess.__new__(ChildProcess)


def _watch(parent: int, interval: float) -> None:
    # Windows still reports the ID of a parent that has ended, and may reuse it later.
    try:
        process = psutil.Process(parent)
        while os.getppid() == parent and process.is_running():
            time.sleep(interval)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)
