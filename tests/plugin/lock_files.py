"""Locks on files as the engine holds them, on every system."""

from __future__ import annotations

import sys
from typing import IO, Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def lock_file(file: IO[Any]) -> None:
    """Lock an open file until it is closed.

    Raises:
        OSError: If another process holds it.
    """
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
