"""Exclusive folder access by one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from gac_core.contract.errors import OutputError
from gac_core.io import unwritable

LOCK = ".lock"

_kept: list[FileLock] = []


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Lock a folder within the context, creating it if needed; reentrant within a process.

    The system releases the lock when the process ends, however it ends.

    Raises:
        OutputError: If another process holds the lock, or the folder cannot be written.
    """
    lock = _acquired(out)
    try:
        yield
    finally:
        lock.release()


def stay_alone(out: Path) -> None:
    """Lock a folder as `alone` does, until `let_go`.

    Raises:
        OutputError: Likewise.
    """
    _kept.append(_acquired(out))


def let_go() -> None:
    """Release all locks of `stay_alone`."""
    while _kept:
        _kept.pop().release()


def _acquired(out: Path) -> FileLock:
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
        raise unwritable(out, error) from error
    return lock
