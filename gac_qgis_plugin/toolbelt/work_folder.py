"""What a run keeps in its output folder until it is done: reading it, and removing it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WORK = ".gac-work"
JOURNAL = "journal.json"
LOCK = "lock"
FORMAT = 1


@dataclass(frozen=True)
class Journal:
    """An unfinished run that can be gone on with.

    Attributes:
        out: The run's folder.
        request: Its request, as the worker wants it again.
        stage: The stage it is in, from 1; 0 unknown.
        stages: How many it has.
        tile: Tiles of that stage that are computed.
        tiles: How many it has.
        updated: When the worker last wrote the journal, ISO 8601.
    """

    out: Path
    request: dict[str, Any]
    stage: int
    stages: int
    tile: int
    tiles: int
    updated: str

    @property
    def when(self) -> str:
        """`updated` as people here read it."""
        # Python 3.9 does not know the Z.
        try:
            moment = datetime.fromisoformat(self.updated.replace("Z", "+00:00"))
        except ValueError:
            return self.updated
        return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def read_journal(out: Path) -> Journal | None:
    """The unfinished run in a folder; None: there is none, or none that can be read."""
    try:
        values = json.loads((out / WORK / JOURNAL).read_text(encoding="utf-8"))
        if values.get("format") != FORMAT or not isinstance(values["request"], dict):
            return None
        progress = values.get("progress") or {}
        stage, stages, tile, tiles = (
            int(progress.get(key) or 0) for key in ("stage", "stages", "tile", "tiles")
        )
        when = str(values.get("updated") or "")
        return Journal(out, values["request"], stage, stages, tile, tiles, when)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def is_busy(out: Path) -> bool:
    """Whether a worker is at work in a folder now; it holds a lock there while it lives."""
    return is_locked(out / WORK / LOCK)


def is_locked(path: Path) -> bool:
    """Whether a program of this computer holds a lock file of the engine's."""
    try:
        lock = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            msvcrt.locking(lock, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False


def discard_work(out: Path) -> bool:
    """Removes what an unfinished run keeps; complete stages stay, and so does a run at work.

    Returns:
        Whether nothing of it is left.
    """
    if is_busy(out):
        return False
    shutil.rmtree(out / WORK, ignore_errors=True)
    return not (out / WORK).exists()


def discard_run(out: Path) -> bool:
    """As `discard_work`, and removes the run's own folder too if nothing is left in it."""
    gone = discard_work(out)
    with suppress(OSError):
        out.rmdir()
    return gone
