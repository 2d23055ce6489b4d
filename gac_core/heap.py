"""The C library's heap, kept small."""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""`M_TRIM_THRESHOLD` and so on, of glibc's malloc.h."""

LARGE = 4 << 20
"""Bytes from which on a piece of memory is the system's own, and goes back to it when freed."""


def tidy_heap() -> None:
    """Have memory that was freed go back to the system, where the C library is glibc.

    Left alone, glibc gives each thread a heap of its own, of which no other thread can use what is
    free, and learns from the first large tensors that are freed to keep such in a heap, where small
    ones that live longer hold their places. With lanes that compute side by side, memory then grows
    from stage to stage, and with the area, by hundreds of megabytes that nobody needs. Nothing
    happens where the C library is another one.
    """
    mallopt = _function("mallopt")
    # Another C library may have a function of that name, which does not know these numbers.
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, LARGE)
        mallopt(_TRIM_THRESHOLD, 2 * LARGE)


def trim_heap() -> None:
    """Give back what is free between pieces that are in use."""
    malloc_trim = _function("malloc_trim")
    if malloc_trim is not None:
        malloc_trim(0)


class Tidy:
    """Trims the heap now and then, in a loop that takes and frees large pieces.

    Pieces that live long come to lie between those that do not, and hold what is free there. Over
    a large area that is half a gigabyte. To trim takes some 5 ms: hence the pause.
    """

    def __init__(self, pause: float = 0.25) -> None:
        self._pause, self._next = pause, 0.0

    def __call__(self) -> None:
        """Trim, unless it was done less than the pause ago."""
        now = time.monotonic()
        if now >= self._next:
            trim_heap()
            self._next = now + self._pause


def _function(name: str) -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found
