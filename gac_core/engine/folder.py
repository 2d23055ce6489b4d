"""Folders of a run: the output folder, and the working folder with its lock."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio
from filelock import Timeout

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import (
    LOCK,
    OBSERVED,
    OWNER,
    RECORD,
    STAC_ITEM,
    STAGE_CACHE,
    WORK,
    result_file,
)
from gac_core.contract.message import Message
from gac_core.contract.redaction import redacted_values
from gac_core.contract.removal import remove_file, remove_folder
from gac_core.contract.rename import replace_path
from gac_core.gdal import GDAL_ERRORS
from gac_core.io import (
    LOCK_SUFFIX,
    lock_file,
    read_record,
    read_regular,
    sealed,
    sync_folder,
    sync_open,
    write_error,
)

MAX_BLANK_SIZE = 1_000_000
"""Size in bytes up to which a file is checked for containing only zeros."""
SIDECAR_SUFFIXES = (".aux.xml", ".ovr")
"""Suffixes of the sidecar files of an image that GDAL writes: statistics, overviews."""


def result_path(out: Path, stage: int) -> Path:
    """Return the path of a stage's GeoTIFF."""
    return out / result_file(stage)


def agreement_path(out: Path, stage: int) -> Path:
    """Return the path of the map of a stage's agreement with the radar."""
    return out / f"agreement_v{stage}.tif"


def doubt_path(out: Path, stage: int) -> Path:
    """Return the path of the map of the adversary's doubt in a stage."""
    return out / f"doubt_v{stage}.tif"


def spread_path(out: Path) -> Path:
    """Return the path of the spread of a run's samples."""
    return out / "spread.tif"


def prepare_output(out: Path, inputs: Iterable[str], own: Collection[str] = ()) -> None:
    """Create the output folder and check that no file of the user's would be lost in it.

    Results of an earlier run may be replaced; a file of the same name that GAC did not write, or an
    input of this run, may not.

    Args:
        out: The folder.
        inputs: Local files that the run reads.
        own: Names of results that GAC wrote there according to its records: a damaged result cannot
            be recognised by its content.

    Raises:
        OutputError: If the folder cannot be created or written to, or holds foreign files.
        RequestError: If a result would replace an input.
    """
    results = {result_path(out, stage): is_our_image for stage in (1, 2, 3)}
    results[out / OBSERVED] = is_our_image
    results |= {out / RECORD: _is_our_record, out / STAC_ITEM: _is_our_record}
    for path in inputs:
        if any(_same(Path(path), result) for result in results):
            raise RequestError(
                Message("The result would replace the input {}.", path),
                Message("Choose another output folder."),
                problem="output-replaces-input",
            )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            Message("The output folder {} cannot be made: {}.", out, error.strerror),
            Message("Choose a folder that you may write to."),
            problem="output-folder-not-made",
        ) from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise OutputError(
            Message("The output folder {} cannot be written to.", out),
            Message("Choose a folder that you may write to."),
            problem="output-folder-read-only",
        )
    foreign = [
        path.name
        for path, is_ours in results.items()
        if path.exists() and path.name not in own and not (_is_blank(path) or is_ours(path))
    ]
    if foreign:
        raise OutputError(
            Message("{} already holds {}, and GAC did not make them.", out, ", ".join(foreign)),
            Message("Choose another output folder, or move these files away."),
            problem="output-folder-not-ours",
        )


def drop_stale_results(out: Path, stage: int) -> list[Path]:
    """Remove an earlier run's results of a stage and of those after it.

    They do not belong to the run that is about to replace them: a folder holds one run. Sidecar
    files that QGIS and GDAL keep beside an image (pixel statistics, history) and the earlier run's
    stage cache are removed too. A file with the name of a result that cannot be recognised as
    GAC's, because it is damaged or foreign, is moved aside under another name.

    Returns:
        Paths of the files moved aside.

    Raises:
        OutputError: If a file cannot be removed.
    """
    drop_stage_cache(out)
    aside = []
    for later in range(stage, 4):
        for path in (agreement_path, doubt_path, result_path):
            _drop_image(path(out, later))
        result = result_path(out, later)
        if result.exists():
            aside.append(_put_aside(result))
    _drop_image(spread_path(out))
    return aside


def drop_observed(out: Path) -> None:
    """Remove an earlier run's raster of observed pixels.

    Raises:
        OutputError: If it cannot be removed.
    """
    _drop_image(out / OBSERVED)


def _put_aside(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.damaged{n or ''}") for n in range(1000))
    try:
        return replace_path(path, next(name for name in names if not os.path.lexists(name)))
    except (OSError, StopIteration) as error:
        raise write_error(path, error) from error


def _is_blank(path: Path) -> bool:
    """Return whether a file is empty or contains only zeros, as a power cut can leave it."""
    try:
        if path.stat().st_size > MAX_BLANK_SIZE:
            return False
        return not read_regular(path).strip(b"\0")
    except OSError:
        return False


def _drop_image(path: Path) -> None:
    if not path.exists() or not (_is_blank(path) or is_our_image(path)):
        return
    for stale in (
        *(path.with_name(path.name + end) for end in SIDECAR_SUFFIXES),
        _qgis_metadata_path(path),
        path,
    ):
        try:
            remove_file(stale, missing_ok=True)
        except OSError as error:
            raise write_error(stale, error) from error


def drop_stage_cache(out: Path) -> None:
    """Remove the stage cache of an earlier run.

    Raises:
        OutputError: If it cannot be removed.
    """
    folder = out / STAGE_CACHE
    try:
        # Never remove the target of a link.
        remove_file(folder) if folder.is_symlink() else remove_folder(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise write_error(folder, error) from error


def write_json(path: Path, values: dict[str, object], *, sync: bool = False) -> None:
    """Write a JSON file atomically, with secrets in addresses redacted.

    Args:
        path: Path of the file.
        values: Content of the file.
        sync: Whether it must also survive a power cut.

    Raises:
        OutputError: If it cannot be written.
    """
    _write(path, redacted_values(values), sync=sync)


def write_sealed(path: Path, values: dict[str, Any], *, sync: bool = False) -> None:
    """Write a JSON file like `write_json`, with its checksum (`io.read_sealed`)."""
    _write(path, sealed(values), sync=sync)


def _write(path: Path, values: dict[str, Any], *, sync: bool) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        # A leftover of a killed writer, or a link that would redirect the write.
        remove_file(part, missing_ok=True)
        with part.open("x", encoding="utf-8") as file:
            file.write(json.dumps(values, indent=2, ensure_ascii=False) + "\n")
            if sync:
                file.flush()
                sync_open(file.fileno())
        replace_path(part, path)
        if sync:
            sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            remove_file(part, missing_ok=True)
        raise write_error(path, error) from error


def _qgis_metadata_path(result: Path) -> Path:
    """Return the path of QGIS's layer metadata."""
    return result.with_suffix(".qmd")


def is_our_image(path: Path) -> bool:
    """Return whether GAC wrote an image."""
    if not path.is_file():
        return False
    try:
        with rasterio.open(path) as file:
            return "GAC_VERSION" in file.tags()
    except GDAL_ERRORS:
        return False


def _is_our_record(path: Path) -> bool:
    """Return whether GAC wrote a run.json or a STAC item."""
    try:
        text = read_regular(path)
    except OSError:
        return False
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        # Damaged: search the raw text.
        return b'"gac_version"' in text or b'"gac:status"' in text
    if not isinstance(values, dict):
        return False
    properties = values.get("properties")
    return "gac_version" in values or (isinstance(properties, dict) and "gac:status" in properties)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except OSError:
        return False


@dataclass
class WorkFolder:
    """Working folder of a run.

    Attributes:
        path: Path of the folder.
        keep: If True, the folder is kept at the end, so that another run can resume from it.
    """

    path: Path
    keep: bool = False

    @property
    def is_empty(self) -> bool:
        """True if no run left anything in it."""
        return not self._items()

    @property
    def size(self) -> int:
        """Total size of its files in bytes."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())

    def clear(self) -> None:
        """Remove the files of an earlier run.

        Raises:
            OutputError: If a file cannot be removed.
        """
        try:
            for item in self._items():
                remove_folder(item) if item.is_dir() else remove_file(item)
        except OSError as error:
            raise OutputError(
                Message(
                    "Files of an earlier run in {} cannot be removed: {}.",
                    self.path,
                    error.strerror,
                ),
                Message("Remove it yourself, or choose another output folder."),
                problem="old-files-not-removed",
            ) from error

    def _items(self) -> list[Path]:
        return [
            item
            for item in self.path.iterdir()
            if item.name not in (LOCK, LOCK + LOCK_SUFFIX, OWNER)
        ]


def refuse_inputs_within(out: Path, inputs: Iterable[str]) -> None:
    """Check that no input of a run is in its working folder, which the run empties.

    Raises:
        RequestError: If one is.
    """
    work = (out / WORK).resolve()
    for path in inputs:
        if work in Path(path).resolve().parents:
            raise RequestError(
                Message(
                    "The input {} lies in the working folder of {}, which the run empties.",
                    path,
                    out,
                ),
                Message("Move the file elsewhere, or choose another output folder."),
                problem="input-in-working-folder",
            )


@contextmanager
def working_folder(out: Path) -> Iterator[WorkFolder]:
    """Lock the working folder for this run; it is removed at the end unless it is to be kept.

    The files of an unfinished run are still in it at the beginning.

    Raises:
        OutputError: If another run uses the same output folder, or the folder cannot be created or
            trusted.
    """
    work = out / WORK
    # The operating system releases the lock when a process ends, however it ends.
    try:
        _refuse_links(work)
        work.mkdir(exist_ok=True)
        lock = lock_file(work / LOCK)
    except Timeout as error:
        raise OutputError(
            Message("Another run{} is writing to {}.", _owner_text(work), out),
            Message("Wait until it is done, or choose another output folder."),
            problem="output-folder-in-use",
        ) from error
    except OSError as error:
        raise OutputError(
            Message("The working folder {} cannot be made: {}.", work, error.strerror),
            Message("Check that the disk has room and that you may write there."),
            problem="working-folder-not-made",
        ) from error
    folder = WorkFolder(work)
    try:
        try:
            write_json(work / OWNER, {"pid": os.getpid()})
        except OutputError:
            folder.keep = not folder.is_empty
            raise
        yield folder
    finally:
        if not folder.keep:
            with suppress(OutputError):
                folder.clear()
            # Remove while locked: another run may start right after the release. Windows cannot
            # remove open files.
            if os.name == "posix":
                remove_folder(work, ignore_errors=True)
        lock.release()
        if not folder.keep and os.name != "posix":
            remove_folder(work, ignore_errors=True)


def _refuse_links(work: Path) -> None:
    """Refuse links: where others can write, one could lead GAC to files of the user's."""
    links = [work] if work.is_symlink() else []
    links += [item for item in work.rglob("*") if item.is_symlink()]
    if links:
        raise OutputError(
            Message(
                "{} is a link: GAC writes and removes files in its working folder, and "
                "would do so where the link leads.",
                links[0],
            ),
            Message("Remove the link, or choose another output folder."),
            problem="working-folder-is-a-link",
        )


def _owner_text(work: Path) -> str:
    """Return a phrase that names the process that uses a working folder; "" if unknown."""
    try:
        return f" (process {int(read_record(work / OWNER)['pid'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
