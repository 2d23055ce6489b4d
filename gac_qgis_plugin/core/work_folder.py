"""Working folder of an unfinished run inside its output folder: reading and removing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gac_qgis_plugin.contract import layout, removal, rename
from gac_qgis_plugin.core import records
from gac_qgis_plugin.core.records import JournalRecord, Reading, Request

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@dataclass(frozen=True)
class Journal:
    """An unfinished run that can be resumed.

    Attributes:
        out: The run's folder.
        request: Its request, as the worker expects it for resuming.
        stage: Current stage, from 1; 0 if unknown.
        stages: Number of stages.
        tile: Tiles of that stage that are computed.
        tiles: Number of tiles of that stage.
        updated: Time of the journal's last write, ISO 8601.
        started: Start of the run, ISO 8601; "" if unknown.
    """

    out: Path
    request: Request
    stage: int
    stages: int
    tile: int
    tiles: int
    updated: str
    started: str = ""


def read_journal(out: Path) -> Journal | None:
    """Return the unfinished run in a folder, or None if there is none that can be read."""
    return parse_journal(out, read_journal_fields(out))


def read_journal_fields(out: Path) -> Reading[JournalRecord]:
    """Return the fields of a folder's journal and its damage."""
    return records.read(out / layout.WORK / layout.JOURNAL, JournalRecord)


def parse_journal(out: Path, reading: Reading[JournalRecord]) -> Journal | None:
    """Return the unfinished run that a journal describes, or None if it cannot be resumed."""
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
        values.get("started", ""),
    )


def is_busy(out: Path) -> bool:
    """Return whether a worker is active in a folder; it holds a lock there while it lives."""
    return is_locked(out / layout.WORK / layout.LOCK)


def is_locked(path: Path) -> bool:
    """Return whether a process on this computer holds a lock file of the engine."""
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


def discard_work(out: Path, pauses: Iterable[float] = rename.PAUSES) -> bool:
    """Remove the working folder of an unfinished run; complete stages and active runs stay.

    Args:
        out: The run's folder.
        pauses: Seconds to wait before each further attempt (`removal.remove_file`).

    Returns:
        True if nothing of it remains.
    """
    if is_busy(out):
        return False
    removal.remove_folder(out / layout.WORK, ignore_errors=True, pauses=pauses)
    return not (out / layout.WORK).exists()


def discard_run(out: Path, pauses: Iterable[float] = rename.PAUSES) -> bool:
    """Remove the working folder, and the run's folder too if that is then empty."""
    gone = discard_work(out, pauses)
    with suppress(OSError):
        out.rmdir()
    return gone
