"""Renames that survive files which another program holds open for moments."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

HELD = (5, 32)
"""Windows' errors where another program has a file open: access denied, sharing violation."""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts."""

Result = TypeVar("Result")


def replace_path(part: Path, path: Path, pauses: Sequence[float] = PAUSES) -> Path:
    """Rename a file or folder to its final name, over what a file of that name held.

    On Windows it waits for a virus scanner, an indexer or a cloud folder: they open new files for
    moments, and what is open cannot be renamed.

    Args:
        part: Present name.
        path: Final name, on the same disk.
        pauses: Seconds to wait before each further attempt.

    Returns:
        `path`.

    Raises:
        OSError: If it cannot be renamed.
    """
    return while_held(lambda: part.replace(path), pauses)


def while_held(
    attempt: Callable[[], Result], pauses: Iterable[float], errors: Sequence[int] = HELD
) -> Result:
    """Return what an attempt returns; it is repeated while another program holds a file.

    Args:
        attempt: What is done with the file.
        pauses: Seconds to wait before each further attempt. An iterator that several attempts
            share is used up by those that fail: they wait no longer than it lasts in all.
        errors: Windows' errors that pass.

    Raises:
        OSError: The attempt's other errors at once, and the last one's.
    """
    left = iter(pauses)
    while True:
        try:
            return attempt()
        except OSError as error:
            if getattr(error, "winerror", None) not in errors:
                raise
            pause = next(left, None)
            if pause is None:
                raise
        time.sleep(pause)
