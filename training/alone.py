"""One process at a time writes to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from gac_core.contract.errors import OutputError
from gac_core.raster.space import unwritable

LOCK = ".lock"

_kept: list[FileLock] = []


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold a folder, made where there is none; this process may hold it already.

    The system lets go of it when the process ends, however it ends.

    Raises:
        OutputError: If another process holds it, or it cannot be written.
    """
    lock = _acquired(out)
    try:
        yield
    finally:
        lock.release()


def stay_alone(out: Path) -> None:
    """Hold a folder as `alone` does, until `let_go`.

    Raises:
        OutputError: Likewise.
    """
    _kept.append(_acquired(out))


def let_go() -> None:
    """Others may have what `stay_alone` held."""
    while _kept:
        _kept.pop().release()


def _acquired(out: Path) -> FileLock:
    try:
        out.mkdir(parents=True, exist_ok=True)
        # A singleton counts how often its process acquires it.
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
