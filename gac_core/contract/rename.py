"""Renames that survive files which another program holds open for moments."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

HELD = (5, 32)
"""Windows' errors where another program has a file open: access denied, sharing violation."""
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts."""


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
    for pause in pauses:
        try:
            return part.replace(path)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in HELD:
                raise
            time.sleep(pause)
    return part.replace(path)
