"""A folder that one process at a time writes to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from gac_core.errors import OutputError

LOCK = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Holds a folder, which is made, against other processes that would write to it.

    Raises:
        OutputError: If another one does, or the folder cannot be made.
    """
    # The system lets go of the lock when a process ends, however it ends.
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"Another process is writing to {folder}.",
            "Wait until it is done, or name another --output-dir.",
        ) from error
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made or written to: {error.strerror}.",
            "Check that the disk has room and that you may write there, or name another "
            "--output-dir.",
        ) from error
    try:
        yield
    finally:
        lock.release()
