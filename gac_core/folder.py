"""A run's output folder: what may be written into it, and its working folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import rasterio
from filelock import FileLock, Timeout

from gac_core.errors import OutputError, RequestError
from gac_core.gdal import GDAL_ERRORS
from gac_core.raster.space import unwritable

WORK = ".gac-work"
RECORD = "run.json"
LOCK = "lock"
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


@dataclass
class WorkFolder:
    """A run's folder for files that nobody else needs.

    Attributes:
        path: The folder.
        keep: Leave it as it is at the end: another run is to go on with what is in it.
    """

    path: Path
    keep: bool = False

    def clear(self) -> None:
        """Remove what an earlier run left."""
        for item in self.path.iterdir():
            if item.name not in (LOCK, OWNER):
                shutil.rmtree(item) if item.is_dir() else item.unlink()


@contextmanager
def working_folder(out: Path) -> Iterator[WorkFolder]:
    """The working folder, for this run alone; gone at the end, unless it is to be kept.

    What an unfinished run left in it is still there at the beginning.

    Raises:
        OutputError: If another run is at work in the same output folder.
    """
    work = out / WORK
    # The system lets go of the lock when a process ends, however it ends.
    lock = FileLock(work / LOCK, timeout=0)
    try:
        work.mkdir(exist_ok=True)
        lock.acquire()
        (work / OWNER).write_text(json.dumps({"pid": os.getpid()}))
    except Timeout as error:
        raise OutputError(
            f"Another run{_owner(work)} is writing to {out}.",
            "Wait until it is done, or choose another output folder.",
        ) from error
    except OSError as error:
        raise OutputError(
            f"The working folder {work} cannot be made: {error.strerror}.",
            "Check that the disk has room and that you may write there.",
        ) from error
    folder = WorkFolder(work)
    try:
        yield folder
    finally:
        if folder.keep:
            lock.release()
        else:
            with suppress(OSError):
                folder.clear()
            lock.release()
            shutil.rmtree(work, ignore_errors=True)


def write_json(path: Path, values: dict[str, object], *, sync: bool = False) -> None:
    """Write a JSON file, whole or not at all.

    Args:
        path: The file.
        values: What it holds.
        sync: Whether it shall outlive a power cut too.

    Raises:
        OutputError: If it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(json.dumps(values, indent=2, ensure_ascii=False) + "\n")
            if sync:
                file.flush()
                os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def _ours(path: Path) -> bool:
    """Whether GAC wrote a file."""
    try:
        with rasterio.open(path) as file:
            return "GAC_VERSION" in file.tags()
    except GDAL_ERRORS:
        return False


def _owner(work: Path) -> str:
    """The process at work in a working folder, in words."""
    try:
        return f" (process {json.loads((work / OWNER).read_text())['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False
