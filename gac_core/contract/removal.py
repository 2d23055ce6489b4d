"""Removals that survive files which another program holds open for moments."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from .rename import HELD, PAUSES, while_held

_NOT_EMPTY = 145
"""Windows' error for a folder whose last file is removed but still held."""


def remove_file(path: Path, *, missing_ok: bool = False, pauses: Iterable[float] = PAUSES) -> None:
    """Remove a file or a link.

    On Windows it waits for a virus scanner, an indexer or a cloud folder: what they have open
    cannot be removed.

    Args:
        path: The file.
        missing_ok: True if it need not exist.
        pauses: Seconds to wait before each further attempt; () where it may as well stay. Several
            removals that share `iter(PAUSES)` wait that long in all, however many files are held.

    Raises:
        OSError: If it cannot be removed.
    """
    while_held(lambda: path.unlink(missing_ok=missing_ok), pauses)


def remove_folder(
    folder: Path | str, *, ignore_errors: bool = False, pauses: Iterable[float] = PAUSES
) -> None:
    """Remove a folder and what is in it; waits as `remove_file` does.

    Args:
        folder: The folder.
        ignore_errors: True to leave what cannot be removed, and to accept that it is missing.
        pauses: As for `remove_file`.

    Raises:
        OSError: If it cannot be removed, unless errors are ignored.
    """
    try:
        while_held(lambda: shutil.rmtree(folder), pauses, (*HELD, _NOT_EMPTY))
    except OSError:
        if not ignore_errors:
            raise
        shutil.rmtree(folder, ignore_errors=True)
