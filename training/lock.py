"""Exclusive folder access by one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from gac_core.contract.errors import OutputError
from gac_core.io import write_error

LOCK = ".lock"

_locks: list[FileLock] = []


@contextmanager
def folder_lock(out: Path) -> Iterator[None]:
    """Lock a folder within the context, creating it if needed; reentrant within a process.

    The system releases the lock when the process ends, however it ends.

    Raises:
        OutputError: If another process holds the lock, or the folder cannot be written.
    """
    lock = _acquire(out)
    try:
        yield
    finally:
        lock.release()


def acquire_lock(out: Path) -> None:
    """Lock a folder as `folder_lock` does, until `release_locks`.

    Raises:
        OutputError: Likewise.
    """
    _locks.append(_acquire(out))


def release_locks() -> None:
    """Release all locks of `acquire_lock`."""
    while _locks:
        _locks.pop().release()


def _acquire(out: Path) -> FileLock:
    try:
        out.mkdir(parents=True, exist_ok=True)
        # A singleton is reentrant within its process.
        lock = FileLock(out.resolve() / LOCK, timeout=0, is_singleton=True)
        lock.acquire()
    except Timeout as error:
        raise OutputError(
            f"Another process is at work in {out}.",
            "Wait until it ends, or choose another --output-dir.",
        ) from error
    except OSError as error:
        raise write_error(out, error) from error
    return lock
