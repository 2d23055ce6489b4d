"""A process that others started must not outlive the one that needs it."""

from __future__ import annotations

import os
import threading
import time

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


def _watch(parent: int, interval: float) -> None:
    # Windows goes on naming a parent that has ended, and gives its number to others later.
    try:
        process = psutil.Process(parent)
        while os.getppid() == parent and process.is_running():
            time.sleep(interval)
    except psutil.NoSuchProcess:
        pass
    os._exit(1)
