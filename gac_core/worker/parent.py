"""The worker must not outlive the program that started it."""

from __future__ import annotations

import os
import threading
import time


def die_with_parent(interval: float = 1.0) -> None:
    """End this process soon after its parent has ended, however that ended.

    The worker's standard input closes then too; this helps where another process inherited it.
    """
    threading.Thread(target=_watch, args=(os.getppid(), interval), daemon=True).start()


def _watch(parent: int, interval: float) -> None:
    while os.getppid() == parent:
        time.sleep(interval)
    os._exit(1)
