"""Stage cache: earlier stages of a finished run, kept for reuse by another run.

A stage's result holds four bands as integers; the next stage reads twelve unrounded bands. A run
that others build upon therefore keeps its working files, in a folder of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import RECORD, STAGE_CACHE, STAGE_CACHE_MANIFEST, working_file
from gac_core.contract.message import Message, join
from gac_core.contract.rename import replace_path
from gac_core.contract.request import NOT_INHERITED
from gac_core.engine.folder import drop_stage_cache, write_sealed
from gac_core.engine.identity import differing_keys
from gac_core.grid import Window
from gac_core.io import read_record, read_sealed, write_error
from gac_core.progress import Listener
from gac_core.raster import LineReader, WorkingFile, copy_part

FORMAT = 4
"""Earlier formats: 1: four bands of opt_v2; 2: a header beside each file; 3: a description of what
its pixels depend on of its own.
"""

CACHED_STAGES = (1, 2)
"""Stages that a later one reads. Stage 3 itself only reads the second, but a run that begins there
also has the result of the first.
"""


Values = dict[str, Any]


def keep_stages(
    out: Path,
    files: Mapping[int, WorkingFile],
    sums: Mapping[str, int],
    made_of: dict[str, Values],
    told: Values,
) -> None:
    """Move the working files that later stages read to where another run finds them.

    Args:
        out: The run's folder.
        files: What its networks generated, by stage.
        sums: Their checksums, by name without suffix.
        made_of: `identity.pixels_of`.
        told: Description of this run for the records of others.

    Raises:
        OutputError: If they cannot be kept.
    """
    drop_stage_cache(out)
    folder = out / STAGE_CACHE
    stages = {}
    try:
        folder.mkdir()
        for number in CACHED_STAGES:
            name, file = f"opt_v{number}", files.get(number)
            if file is None or file.path.stem not in sums or not file.is_there:
                continue
            replace_path(file.path, folder / working_file(number))
            window = file.window
            area = [window.row, window.col, window.height, window.width]
            stages[name] = {
                "made of": made_of[name],
                "area": area,
                "checksum": sums[file.path.stem],
            }
    except OSError as error:
        drop_stage_cache(out)
        raise write_error(folder, error) from error
    write_sealed(folder / STAGE_CACHE_MANIFEST, {"format": FORMAT, "run": told, "stages": stages})


@dataclass(frozen=True)
class CachedRun:
    """Finished run that another one builds upon.

    Attributes:
        folder: Its folder.
        run: Its description: name, start, end, device, software.
        stages: By result name, what the stage depends on, its area, and the checksum of its file.
    """

    folder: Path
    run: Values
    stages: dict[str, Values]

    @classmethod
    def read(cls, folder: Path) -> CachedRun:
        """Read the stage cache of the run in a folder.

        Raises:
            RequestError: If there is no usable one.
        """
        try:
            manifest = read_sealed(folder / STAGE_CACHE / STAGE_CACHE_MANIFEST)
            if manifest["format"] != FORMAT:
                raise ValueError(Message("another format"))
            stages = {name: manifest["stages"][name] for name in manifest["stages"]}
            for entry in stages.values():
                _ = entry["made of"].items(), int(entry["checksum"])
                _ = Window(*(int(number) for number in entry["area"]))
            return cls(folder, dict(manifest["run"]), stages)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise RequestError(
                Message(
                    "{} holds no stages to start from: the run did not keep them, is not "
                    "finished, or is of another version of GAC.",
                    folder,
                ),
                Message("Run it again whole, and have it keep its stages (gac run --keep)."),
                problem="stages-not-kept",
            ) from error

    def require_fit(self, made_of: dict[str, Values], first: int) -> None:
        """Check that the stages before `first` are what this run would compute.

        Raises:
            RequestError: If one is not; names what differs.
        """
        for number in range(1, first):
            name = f"opt_v{number}"
            if name not in self.stages:
                raise RequestError(
                    Message("The run in {} did not keep its stage {}.", self.folder, number),
                    Message("Begin at stage {} or before.", number),
                    problem="stage-not-kept",
                )
            differing = differing_keys(made_of[name], self.stages[name]["made of"])
            if differing:
                raise RequestError(
                    Message(
                        "Stage {} of the run in {} was made with another {}.",
                        number,
                        self.folder,
                        _join(differing),
                    ),
                    Message(
                        "Give the same settings for the stages that are taken over, or "
                        "begin at an earlier stage."
                    ),
                    problem="kept-stage-differs",
                )

    def take(self, number: int, to: WorkingFile, listener: Listener) -> int:
        """Copy the part of a cached stage that a working file covers into it.

        Args:
            number: Number of the stage.
            to: Working file to write.
            listener: May stop the copying.

        Returns:
            The checksum of the new file.

        Raises:
            RequestError: If the cached file is damaged or does not cover the area.
            OutputError: If the disk is full.
        """
        entry = self.stages[f"opt_v{number}"]
        window = Window(*entry["area"])
        source = WorkingFile(
            self.folder / STAGE_CACHE / working_file(number), to.grid, window, to.bands
        )
        broken = RequestError(
            Message("The run in {} has no undamaged files of its stage {}.", self.folder, number),
            Message("Begin at stage 1."),
            problem="kept-stage-damaged",
        )
        try:
            LineReader(source).close()
        except OutputError as error:
            raise broken from error
        if not window.contains(to.window):
            raise RequestError(
                Message(
                    "Stage {} of the run in {} does not cover all that stage {} looks at here.",
                    number,
                    self.folder,
                    number + 1,
                ),
                Message("Choose an extent within that run's, or begin at stage 1."),
                problem="kept-stage-too-small",
            )
        checksum = copy_part(source, to, listener.check)
        # Checked after reading: damage that occurred meanwhile would be in the copy.
        try:
            is_whole = source.checksum(tick=listener.check) == entry["checksum"]
        except OutputError as error:
            raise broken from error
        if not is_whole:
            raise broken
        return checksum


def read_settings(folder: Path) -> Values:
    """Return the settings of the run in a folder, without those that only concern that run.

    Raises:
        RequestError: If there is no run.
    """
    settings = read_run_record(folder)["request"]
    return {key: value for key, value in settings.items() if key not in NOT_INHERITED}


def read_run_record(folder: Path) -> Values:
    """Return the content of a run's record.

    Raises:
        RequestError: If there is no run.
    """
    try:
        record: Values = read_record(folder / RECORD)
        _ = record["request"].items(), record["request"]["sar"]
        return record
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RequestError(
            Message(
                "There is no finished run in {}: its {} is missing or cannot be read.",
                folder,
                RECORD,
            ),
            Message("Name the output folder of a run."),
            problem="finished-run-missing",
        ) from error


def _join(names: list[str]) -> str:
    *others, last = map(Message, names)
    return Message("{} and {}", join(others, ", "), last) if others else last
