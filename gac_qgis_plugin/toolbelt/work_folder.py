"""What a run keeps in its output folder until it is done: reading it, and removing it."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gac_qgis_plugin.contract import layout
from gac_qgis_plugin.toolbelt import records
from gac_qgis_plugin.toolbelt.records import JournalRecord, Reading, Request

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


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
    request: Request
    stage: int
    stages: int
    tile: int
    tiles: int
    updated: str

    @property
    def when(self) -> str:
        """`updated` as people here read it."""
        return records.local_time(self.updated) or self.updated


def read_journal(out: Path) -> Journal | None:
    """The unfinished run in a folder; None: there is none, or none that can be read."""
    return journal_of(out, look_at_journal(out))


def look_at_journal(out: Path) -> Reading[JournalRecord]:
    """What a folder's journal holds, and what is wrong with it."""
    return records.read(out / layout.WORK / layout.JOURNAL, JournalRecord)


def journal_of(out: Path, reading: Reading[JournalRecord]) -> Journal | None:
    """The unfinished run that a journal tells of; None: none that can be gone on with."""
    values = reading.values
    request = values.get("request")
    if reading.damage or values.get("format") != layout.JOURNAL_FORMAT or request is None:
        return None
    progress = values.get("progress", {})
    return Journal(
        out,
        request,
        progress.get("stage", 0),
        progress.get("stages", 0),
        progress.get("tile", 0),
        progress.get("tiles", 0),
        values.get("updated", ""),
    )


def is_busy(out: Path) -> bool:
    """Whether a worker is at work in a folder now; it holds a lock there while it lives."""
    return is_locked(out / layout.WORK / layout.LOCK)


def is_locked(path: Path) -> bool:
    """Whether a program of this computer holds a lock file of the engine's."""
    if not records.is_file(path):
        return False
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
    shutil.rmtree(out / layout.WORK, ignore_errors=True)
    return not (out / layout.WORK).exists()


def discard_run(out: Path) -> bool:
    """As `discard_work`, and removes the run's own folder too if nothing is left in it."""
    gone = discard_work(out)
    with suppress(OSError):
        out.rmdir()
    return gone
