"""How far an unfinished run is, so that another process can go on with it.

The journal lies in the run's working folder. It is written anew, whole or not at all, with every
tile; what it says of rows is written only after the rows themselves are on disk.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import JOURNAL, JOURNAL_FORMAT, RECORD, WORK
from gac_core.contract.request import RunRequest
from gac_core.files import read_record, unsealed
from gac_core.runs.folder import write_sealed

STAGE = ("file", "seconds", "tiles", "score", "bytes", "sha256")
"""What is kept of a complete stage."""

Values = dict[str, Any]


@dataclass
class Journal:
    """A run's journal.

    Attributes:
        path: The file.
        request: The run, as its request says.
        identity: All that its pixels depend on.
        rows: By stage name, the first row of the stage's area that is not yet written.
        sums: By stage name, the checksum of the rows above that one as they were written.
        seconds: By stage name, what was spent on it.
        batches: By stage name, how many tiles a GPU computes together: another batch would round
            differently.
        stages: By stage name, the record of those that are complete.
        progress: Stage, stages, tile, tiles: for people.
        started: When the run began, ISO 8601 UTC.
        resumed: When it was gone on with.
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
        """Whether anything was computed."""
        return bool(self.rows or self.stages or self.progress.get("tile"))

    def save(self, *, sync: bool = False) -> None:
        """Write the file.

        Raises:
            OutputError: If it cannot be written.
        """
        values = {key: value for key, value in vars(self).items() if key != "path"}
        values = {"format": JOURNAL_FORMAT, **values, "updated": now()}
        write_sealed(self.path, values, sync=sync)

    @classmethod
    def read(cls, work: Path) -> Journal | None:
        """The journal in a working folder; None where there is none that can be read.

        Raises:
            OutputError: If a newer version of GAC wrote it.
        """
        path = work / JOURNAL
        try:
            values = read_record(path)
            written = values.pop("format")
            if not isinstance(written, int) or isinstance(written, bool):
                return None
            if written <= JOURNAL_FORMAT:
                values = unsealed({"format": written, **values})
                del values["format"], values["updated"]
                journal = cls(path, **values)
                return journal if journal._is_sound() else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        raise OutputError(
            f"{work.parent} holds an unfinished run of a newer version of GAC.",
            f"Update GAC to go on with it, choose another folder, or remove {work}.",
        )

    def _is_sound(self) -> bool:
        """Whether all values are of the kinds that this version writes."""
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
            and all(set(STAGE) <= set(v) for v in self.stages.values())
            and _maps_to({k: v["score"] for k, v in self.stages.items()}, dict)
            and _maps_to({k: v["bytes"] for k, v in self.stages.items()}, int)
            and _maps_to({k: v["sha256"] for k, v in self.stages.items()}, str)
        )


def _maps_to(values: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(values, dict) and all(isinstance(v, kind) for v in values.values())


def unfinished(out: Path) -> RunRequest | None:
    """The request of the unfinished run in an output folder; None where there is none."""
    journal = Journal.read(out / WORK)
    return None if journal is None else RunRequest.from_dict(journal.request)


def results_in(out: Path) -> set[str]:
    """Return the names of the results that GAC wrote into a folder, by its own records there."""
    names: set[str] = set()
    for path in (out / WORK / JOURNAL, out / RECORD):
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            names |= {str(stage["file"]) for stage in read_record(path)["stages"].values()}
    return names


class Stopwatch:
    """Counts what is spent on a stage, over all the processes that worked on it.

    Args:
        journal: Where it is kept.
        name: The stage's.
    """

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal, self._name = journal, name
        self._began = time.monotonic() - journal.seconds.get(name, 0.0)

    def read(self) -> float:
        """Seconds so far; the journal's too."""
        seconds = round(time.monotonic() - self._began, 3)
        self._journal.seconds[self._name] = seconds
        return seconds


def now() -> str:
    """This moment, ISO 8601 UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
