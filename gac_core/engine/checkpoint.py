"""Checkpoint of an unfinished run: journal, tiles, resume.

Finished rows are in the stage's working file. Tiles that reach into unfinished rows are stored
beside it, one file each, until those rows are finished; the rows being blended are rebuilt from
them.

The journal is in the run's working folder. It is rewritten atomically with every tile; it mentions
rows only after the rows themselves are on disk.
"""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import JOURNAL, JOURNAL_FORMAT, RECORD, WORK
from gac_core.contract.message import Message, join, restored, with_words
from gac_core.contract.removal import remove_file
from gac_core.contract.rename import replace_path
from gac_core.contract.request import RunRequest
from gac_core.engine.folder import WorkFolder, write_sealed
from gac_core.engine.identity import FORMAT, SETTINGS, content_hashes, differing_keys
from gac_core.engine.provenance import input_files
from gac_core.grid import Window
from gac_core.io import (
    read_record,
    read_regular,
    unsealed,
    write_error,
)
from gac_core.raster import StripWriter
from gac_core.scene.source import InputFiles, change_times, changed_error
from gac_core.stages.base import Array

STAGE_KEYS = ("file", "seconds", "tiles", "score", "bytes", "sha256")
"""Keys of a complete stage's entry."""
Values = dict[str, Any]

OTHER_VERSION = Message(
    "The unfinished run in this folder is of another version of GAC. Everything was computed again."
)
"""Note on a run that begins anew."""


@dataclass
class Journal:
    """Journal of a run.

    Attributes:
        path: Path of the journal file.
        request: The run's request, as JSON-ready values.
        identity: Everything that the run's pixels depend on (`identity.identity_of`).
        rows: By stage name, the first row of the stage's area that is not written yet.
        sums: By stage name, the checksum of the rows above that one.
        seconds: By stage name, the time spent on it.
        batches: By stage name, how many tiles a GPU computes together: another batch size would
            round differently.
        stages: By stage name, the records of complete stages.
        progress: Stage, stages, tile, tiles; informational.
        started: Start of the run, ISO 8601 UTC.
        resumed: Times at which it was resumed.
    """

    path: Path
    request: Values
    identity: Values
    rows: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    stages: dict[str, Values] = field(default_factory=dict)
    progress: dict[str, int] = field(default_factory=dict)
    started: str = ""
    resumed: list[str] = field(default_factory=list)

    @property
    def is_worth_keeping(self) -> bool:
        """True if anything was computed."""
        return bool(self.rows or self.stages or self.progress.get("tile"))

    def save(self, *, sync: bool = False) -> None:
        """Write the journal.

        Raises:
            OutputError: If it cannot be written.
        """
        values = {key: value for key, value in vars(self).items() if key != "path"}
        values = {"format": JOURNAL_FORMAT, **values, "updated": now()}
        write_sealed(self.path, with_words(values), sync=sync)

    @classmethod
    def read(cls, work: Path) -> Journal | None:
        """Return the journal in a working folder, or None if there is no readable one.

        Raises:
            OutputError: If a newer version of GAC wrote it.
        """
        path = work / JOURNAL
        try:
            values = read_record(path)
            version = values.pop("format")
            if not isinstance(version, int) or isinstance(version, bool):
                return None
            if version <= JOURNAL_FORMAT:
                values = restored(unsealed({"format": version, **values}))
                del values["format"], values["updated"]
                journal = cls(path, **values)
                return journal if journal._is_sound() else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        raise OutputError(
            Message("{} holds an unfinished run of a newer version of GAC.", work.parent),
            Message("Update GAC to resume it, choose another folder, or remove {}.", work),
            problem="unfinished-run-newer",
        )

    def _is_sound(self) -> bool:
        """Return whether all values have the types that this version writes."""
        return (
            isinstance(self.started, str)
            and all(isinstance(v, dict) for v in (self.request, self.identity))
            and _maps_to(self.rows, int)
            and _maps_to(self.sums, int)
            and _maps_to(self.seconds, (int, float))
            and _maps_to(self.batches, int)
            and all(batch > 0 for batch in self.batches.values())
            and _maps_to(self.stages, dict)
            and _maps_to(self.progress, int)
            and isinstance(self.resumed, list)
            and all(set(STAGE_KEYS) <= set(v) for v in self.stages.values())
            and _maps_to({k: v["score"] for k, v in self.stages.items()}, dict)
            and _maps_to({k: v["bytes"] for k, v in self.stages.items()}, int)
            and _maps_to({k: v["sha256"] for k, v in self.stages.items()}, str)
        )


def _maps_to(values: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(values, dict) and all(isinstance(v, kind) for v in values.values())


def unfinished_request(out: Path) -> RunRequest | None:
    """Return the request of the unfinished run in an output folder, or None."""
    journal = Journal.read(out / WORK)
    return None if journal is None else RunRequest.from_dict(journal.request)


def recorded_results(out: Path) -> set[str]:
    """Return the names of the results that GAC wrote into a folder, by its own records there."""
    names: set[str] = set()
    for path in (out / WORK / JOURNAL, out / RECORD):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            names |= {str(stage["file"]) for stage in read_record(path)["stages"].values()}
    return names


class Stopwatch:
    """Time spent on a stage, summed over all the processes that worked on it.

    Args:
        journal: Journal that stores the time.
        name: Name of the stage.
    """

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal, self._name = journal, name
        self._began = time.monotonic() - journal.seconds.get(name, 0.0)

    def read(self) -> float:
        """Return the seconds so far, and update the journal."""
        seconds = round(time.monotonic() - self._began, 3)
        self._journal.seconds[self._name] = seconds
        return seconds


def now() -> str:
    """Return the current time, ISO 8601 UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Checkpoint:
    """Checkpoint of one stage; `mosaic.run_tiled` stores its tiles in it.

    A tile file that is damaged, for instance truncated by a full disk or a power cut, counts as
    missing: the tile is computed again, to the same pixels.

    Args:
        journal: The run's journal.
        name: The stage's name.
        folder: Folder of the tiles.
        writer: Writer of the stage's working file.
        watch: Stopwatch of the stage.
    """

    def __init__(
        self, journal: Journal, name: str, folder: Path, writer: StripWriter, watch: Stopwatch
    ) -> None:
        self._journal, self._name, self._writer, self._watch = journal, name, writer, watch
        self._folder = folder

    @property
    def first_row(self) -> int:
        """First row that is not written yet."""
        return self._journal.rows.get(self._name, self._writer.file.window.row)

    def load(self, tile: Window) -> Array | None:
        """Return a tile's stored values, (C, H, W) or empty; None if they are missing."""
        return load_tile(self._path(tile), (len(self._writer.file.bands), *tile.shape))

    def keep(self, tile: Window, values: Array) -> None:
        """Store a computed tile.

        Raises:
            OutputError: If it cannot be written.
        """
        path = self._path(tile)
        # The name of a tile file means nothing to the user.
        save_tile(path, values, path.with_suffix(".part"), self._writer.file.path)

    def rows_done(self, stop_row: int) -> None:
        """Record that all rows above `stop_row` are written; delete tiles that lie only in those.

        Raises:
            OutputError: If the rows cannot be flushed to disk.
        """
        self._writer.sync()
        name, first = self._name, self.first_row
        before = self._journal.sums.get(name, 0)
        checksum = self._writer.checksum(stop_row, first_row=first, before=before)
        self._journal.rows[name], self._journal.sums[name] = stop_row, checksum
        self._watch.read()
        self._journal.save(sync=True)
        for path in self._folder.glob("*_*_*.npz"):
            with suppress(ValueError, OSError):
                if int(path.stem.split("_")[1]) <= stop_row:
                    remove_file(path, pauses=())

    def _path(self, tile: Window) -> Path:
        return self._folder / f"{tile.row}_{tile.stop_row}_{tile.col}.npz"


ARRAY = "values.npy"
MAX_ARCHIVE_OVERHEAD = 4096
"""Upper bound on the bytes of an archive beyond its contents."""


def save_tile(path: Path, values: Array, part: Path, named: Path) -> None:
    """Write a tile's values, (C, H, W) or empty, atomically; its folder is created.

    Args:
        path: The file.
        values: The values.
        part: Temporary file, on the same disk.
        named: File that an error names.

    Raises:
        OutputError: If they cannot be written.
    """
    try:
        path.parent.mkdir(exist_ok=True)
        with part.open("wb") as file:
            # A zip archive carries a checksum of its contents.
            np.savez(file, values=np.ascontiguousarray(values, np.float32))
        replace_path(part, path)
    except OSError as error:
        with suppress(OSError):
            remove_file(part, missing_ok=True)
        raise write_error(named, error) from error


def load_tile(path: Path, shape: tuple[int, int, int]) -> Array | None:
    """Return a tile's values as saved; None if the file is missing or damaged.

    Args:
        path: Path of the file.
        shape: (C, H, W) of a tile that is not empty.
    """
    for candidate in (shape, (0, 0, 0)):
        values = np.empty(candidate, np.float32)
        header = io.BytesIO()
        npy.write_array_header_1_0(header, npy.header_data_from_array_1_0(values))
        header_size = len(header.getvalue())
        size = header_size + values.nbytes
        # The header is compared, never parsed: any other header means another file.
        with suppress(OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile):
            with zipfile.ZipFile(
                io.BytesIO(read_regular(path, size + MAX_ARCHIVE_OVERHEAD))
            ) as archive:
                entry = archive.getinfo(ARRAY)
                if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != size:
                    continue
                raw = archive.read(entry)
            if len(raw) == size and raw[:header_size] == header.getvalue():
                return np.frombuffer(raw, np.float32, offset=header_size).reshape(candidate).copy()
    return None


def require_same_content(inputs: InputFiles, hashed: list[Values], times: list[int]) -> list[int]:
    """Check that files still have their hashed content, even if their times were reset.

    Args:
        inputs: The files.
        hashed: Their earlier `provenance.input_files`.
        times: `change_times` at which they were known to have that content.

    Returns:
        Their current change times.

    Raises:
        InputChanged: If a file's content differs.
    """
    inputs.require_unchanged()
    now = change_times(inputs.local)
    if now != times:
        entries = input_files(inputs)
        pairs = zip(content_hashes(entries), content_hashes(hashed), entries, strict=True)
        for current, expected, entry in pairs:
            if current != expected:
                raise changed_error(entry["path"])
    return now


def refuse_other_settings(
    work: WorkFolder, journal: Journal | None, settings: dict[str, Any]
) -> None:
    """Refuse to replace an unfinished run that has other settings.

    Args:
        work: The working folder.
        journal: Journal of the unfinished run in it, if any.
        settings: Settings of the new run (`settings_of`).

    Raises:
        OutputError: If they differ and the unfinished run is worth keeping.
    """
    if journal is None or not journal.is_worth_keeping:
        return
    # One of another version cannot be resumed: it begins anew.
    is_ours = journal.identity.get("format") == FORMAT
    if is_ours and journal.identity.get(SETTINGS) != settings:
        raise OutputError(
            Message("{} holds an unfinished run with other settings.", work.path.parent),
            Message(
                "Resume it (gac resume), choose another folder, or remove {} to give it up.",
                work.path,
            ),
            problem="unfinished-run-differs",
        )


def open_journal(
    work: WorkFolder, request: RunRequest, identity: dict[str, Any], notes: list[str]
) -> Journal:
    """Return the journal of the unfinished run in a folder if it is the same run, else a new one.

    Args:
        work: The working folder; emptied unless the run is resumed.
        request: The request.
        identity: Identity of the run (`identity_of`).
        notes: Receives the reason why an unfinished run was not resumed.

    Raises:
        OutputError: If the unfinished run has other settings and is worth keeping.
    """
    journal = Journal.read(work.path)
    refuse_other_settings(work, journal, identity[SETTINGS])
    if journal is not None:
        changed = differing_keys(identity, journal.identity)
        if not changed:
            journal.resumed.append(now())
            return journal
        if journal.identity.get("format") != FORMAT:
            note = OTHER_VERSION
        else:
            note = Message(
                "The unfinished run in this folder could not be resumed: {} differ. Everything "
                "was computed again.",
                join(map(Message, changed), ", "),
            )
        notes.append(note)
    elif not work.is_empty:
        notes.append(
            Message(
                "The unfinished run in this folder could not be read. Everything was computed "
                "again."
            )
        )
    work.clear()
    work.keep = False
    values = request.without_secrets().to_dict()
    journal = Journal(work.path / JOURNAL, values, identity, started=now())
    journal.save()
    return journal
