"""A run's output folder: what may be written into it, and its working folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import rasterio
from rasterio.errors import RasterioError

from gac_core.errors import OutputError, RequestError

WORK = ".gac-work"
RECORD = "run.json"
OWNER = "owner.json"


def result_path(out: Path, stage: int) -> Path:
    """Where a stage's GeoTIFF goes."""
    return out / f"opt_v{stage}.tif"


def prepare(out: Path, sar: tuple[str, ...]) -> None:
    """Make the output folder and see that nothing of the user's would be lost in it.

    Results of an earlier run may be replaced; a file of the same name that GAC did not write, or
    an input of this run, may not.

    Raises:
        OutputError: If the folder cannot be made or written to, or holds files that are not GAC's.
        RequestError: If a result would replace an input.
    """
    results = [result_path(out, stage) for stage in (1, 2, 3)]
    for path in sar:
        if any(_same(Path(path), result) for result in results):
            raise RequestError(
                f"The result would replace the input {path}.", "Choose another output folder."
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The output folder {out} cannot be made: {error.strerror}.",
            "Choose a folder that you may write to.",
        ) from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise OutputError(
            f"The output folder {out} cannot be written to.",
            "Choose a folder that you may write to.",
        )
    strangers = [p.name for p in results if p.exists() and not _ours(p)]
    if strangers:
        raise OutputError(
            f"{out} already holds {', '.join(strangers)}, and GAC did not make them.",
            "Choose another output folder, or move these files away.",
        )


def drop_stale(out: Path, stage: int) -> None:
    """Remove what an earlier run left of a stage and of those after it.

    They do not belong to the run that is about to replace them: a folder holds one run.
    """
    for later in range(stage, 4):
        result_path(out, later).unlink(missing_ok=True)


@contextmanager
def working_folder(out: Path) -> Iterator[Path]:
    """The run's folder for files that nobody else needs; gone at the end, however it ends.

    Raises:
        OutputError: If another run is at work in the same output folder.
    """
    work = out / WORK
    owner = _owner(work)
    if owner is not None:
        raise OutputError(
            f"Another run (process {owner}) is writing to {out}.",
            "Wait until it is done, or choose another output folder.",
        )
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir()
        me = psutil.Process()
        (work / OWNER).write_text(json.dumps({"pid": me.pid, "started": me.create_time()}))
    except OSError as error:
        raise OutputError(
            f"The working folder {work} cannot be made: {error.strerror}.",
            "Check that the disk has room and that you may write there.",
        ) from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_record(out: Path, record: dict[str, object]) -> Path:
    """Write run.json, whole or not at all."""
    path = out / RECORD
    part = out / f".{RECORD}.part"
    try:
        part.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(f"{path} could not be written: {error.strerror}.") from error
    return path


def _ours(path: Path) -> bool:
    """Whether GAC wrote a file."""
    try:
        with rasterio.open(path) as file:
            return "GAC_VERSION" in file.tags()
    except RasterioError:
        return False


def _owner(work: Path) -> int | None:
    """The process at work in a working folder, if it still lives."""
    try:
        note = json.loads((work / OWNER).read_text())
        process = psutil.Process(int(note["pid"]))
        alive = abs(process.create_time() - float(note["started"])) < 1.0
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process.pid if alive else None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False
