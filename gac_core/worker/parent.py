"""Processes that must not outlive the one that started them, however that ends."""

from __future__ import annotations

import os
import threading
import time
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

import psutil


def die_with_parent(parent: int | None = None, interval: float = 1.0) -> None:
    """End this process soon after its parent has ended, however that ended.

    Python's clean-up is left out: what waits there for the parent would wait for ever.

    Args:
        parent: Number of the parent's process, where that may have ended before this is called;
            None: it lives.
        interval: Seconds between looks.
    """
    parent = os.getppid() if parent is None else parent
    threading.Thread(target=_watch, args=(parent, interval), daemon=True).start()


class ChildProcess(SpawnProcess):
    """A spawned process that ends with its parent from its very beginning.

    What it is to do may take long to import, or to read: it watches before that is unpickled.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _begin, (os.getpid(),), self.__dict__


class ChildContext(SpawnContext):
    """The context of such processes, for what takes one of `multiprocessing`'s."""

    Process = ChildProcess


def _begin(parent: int) -> ChildProcess:
    die_with_parent(parent)
    return ChildProcess.__new__(ChildProcess)


def _watch(parent: int, interval: float) -> None:
    # Windows goes on naming a parent that has ended, and gives its number to others later.
    try:
        process = psutil.Process(parent)
        while os.getppid() == parent and process.is_running():
            time.sleep(interval)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)
