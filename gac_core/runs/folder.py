"""Folders of a run: the output folder, and the working folder that it locks."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio
from filelock import Timeout

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import KEPT, LOCK, OWNER, RECORD, STAC_ITEM, WORK
from gac_core.contract.redaction import redacted_values
from gac_core.gdal import GDAL_ERRORS
from gac_core.io import (
    HELD,
    lock_alone,
    read_plain,
    read_record,
    sealed,
    sync_folder,
    sync_open,
    unwritable,
)

BLANK = 1_000_000
"""Bytes up to which a file is looked through for anything but zeros."""
BESIDE = (".aux.xml", ".ovr")
"""Endings of what GDAL keeps of an image's pixels beside it: statistics, overviews."""


def result_path(out: Path, stage: int) -> Path:
    """Where a stage's GeoTIFF goes."""
    return out / f"opt_v{stage}.tif"


def agreement_path(out: Path, stage: int) -> Path:
    """Where the map of a stage's agreement with the radar goes."""
    return out / f"agreement_v{stage}.tif"


def doubt_path(out: Path, stage: int) -> Path:
    """Return where the map of the adversary's doubt in a stage goes."""
    return out / f"doubt_v{stage}.tif"


def spread_path(out: Path) -> Path:
    """Where the spread of a run's samples goes."""
    return out / "spread.tif"


def prepare(out: Path, inputs: Iterable[str], own: Collection[str] = ()) -> None:
    """Make the output folder and see that nothing of the user's would be lost in it.

    Results of an earlier run may be replaced; a file of the same name that GAC did not write, or
    an input of this run, may not.

    Args:
        out: The folder.
        inputs: Local files that the run reads.
        own: Names of results that GAC's records say it wrote there: a damaged one could not be
            known again by itself.

    Raises:
        OutputError: If the folder cannot be made or written to, or holds files that are not GAC's.
        RequestError: If a result would replace an input.
    """
    results = {result_path(out, stage): is_our_image for stage in (1, 2, 3)}
    results |= {out / RECORD: _is_our_record, out / STAC_ITEM: _is_our_record}
    for path in inputs:
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
    strangers = [
        path.name
        for path, is_ours in results.items()
        if path.exists() and path.name not in own and not (_is_blank(path) or is_ours(path))
    ]
    if strangers:
        raise OutputError(
            f"{out} already holds {', '.join(strangers)}, and GAC did not make them.",
            "Choose another output folder, or move these files away.",
        )


def drop_stale(out: Path, stage: int) -> list[Path]:
    """Remove what an earlier run left of a stage and of those after it.

    They do not belong to the run that is about to replace them: a folder holds one run. With an
    image goes what QGIS and GDAL keep beside it of its pixels and its history, and what the
    earlier run kept of its stages. What lies in place of a result and cannot be known as GAC's,
    because it is damaged or because it is another's, is put aside under another name.

    Returns:
        Where it was put.

    Raises:
        OutputError: If a file cannot be removed.
    """
    drop_kept(out)
    aside = []
    for later in range(stage, 4):
        for path in (agreement_path, doubt_path, result_path):
            _drop_image(path(out, later))
        result = result_path(out, later)
        if result.exists():
            aside.append(_put_aside(result))
    _drop_image(spread_path(out))
    return aside


def _put_aside(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.damaged{n or ''}") for n in range(1000))
    try:
        return path.rename(next(name for name in names if not os.path.lexists(name)))
    except (OSError, StopIteration) as error:
        raise unwritable(path, error) from error


def _is_blank(path: Path) -> bool:
    """Whether a file holds nothing, or nothing but zeros, as a power cut can leave it."""
    try:
        if path.stat().st_size > BLANK:
            return False
        return not read_plain(path).strip(b"\0")
    except OSError:
        return False


def _drop_image(path: Path) -> None:
    if not path.exists() or not (_is_blank(path) or is_our_image(path)):
        return
    for stale in (*(path.with_name(path.name + end) for end in BESIDE), _history(path), path):
        try:
            stale.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(stale, error) from error


def drop_kept(out: Path) -> None:
    """Remove what an earlier run kept of its stages.

    Raises:
        OutputError: If it cannot be removed.
    """
    kept = out / KEPT
    try:
        # Not what a link leads to.
        kept.unlink() if kept.is_symlink() else shutil.rmtree(kept)
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(kept, error) from error


def write_json(path: Path, values: dict[str, object], *, sync: bool = False) -> None:
    """Write a JSON file, whole or not at all, without the secrets of addresses in it.

    Args:
        path: The file.
        values: What it holds.
        sync: Whether it shall outlive a power cut too.

    Raises:
        OutputError: If it cannot be written.
    """
    _write(path, redacted_values(values), sync=sync)


def write_sealed(path: Path, values: dict[str, Any], *, sync: bool = False) -> None:
    """Write a JSON file as `write_json`, with its checksum (`files.read_sealed`)."""
    _write(path, sealed(values), sync=sync)


def _write(path: Path, values: dict[str, Any], *, sync: bool) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        # What lies there is a killed writer's; through a link one would write elsewhere.
        part.unlink(missing_ok=True)
        with part.open("x", encoding="utf-8") as file:
            file.write(json.dumps(values, indent=2, ensure_ascii=False) + "\n")
            if sync:
                file.flush()
                sync_open(file.fileno())
        part.replace(path)
        if sync:
            sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def _history(result: Path) -> Path:
    """Where QGIS keeps a layer's metadata."""
    return result.with_suffix(".qmd")


def is_our_image(path: Path) -> bool:
    """Whether GAC wrote an image."""
    if not path.is_file():
        return False
    try:
        with rasterio.open(path) as file:
            return "GAC_VERSION" in file.tags()
    except GDAL_ERRORS:
        return False


def _is_our_record(path: Path) -> bool:
    """Whether GAC wrote a run.json or a STAC item."""
    try:
        text = read_plain(path)
    except OSError:
        return False
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        # A damaged one.
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
    """A run's working folder.

    Attributes:
        path: The folder.
        keep: Leave it as it is at the end: another run is to go on with what is in it.
    """

    path: Path
    keep: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no run left anything in it."""
        return not self._items()

    @property
    def size(self) -> int:
        """Bytes in it."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())

    def clear(self) -> None:
        """Remove what an earlier run left.

        Raises:
            OutputError: If something cannot be removed.
        """
        try:
            for item in self._items():
                shutil.rmtree(item) if item.is_dir() else item.unlink()
        except OSError as error:
            raise OutputError(
                f"What an earlier run left in {self.path} cannot be removed: {error.strerror}.",
                "Remove it yourself, or choose another output folder.",
            ) from error

    def _items(self) -> list[Path]:
        return [item for item in self.path.iterdir() if item.name not in (LOCK, LOCK + HELD, OWNER)]


def refuse_inputs_within(out: Path, inputs: Iterable[str]) -> None:
    """Sees that no file that a run reads lies in its working folder, which it empties.

    Raises:
        RequestError: If one does.
    """
    work = (out / WORK).resolve()
    for path in inputs:
        if work in Path(path).resolve().parents:
            raise RequestError(
                f"The input {path} lies in the working folder of {out}, which the run empties.",
                "Move the file elsewhere, or choose another output folder.",
            )


@contextmanager
def working_folder(out: Path) -> Iterator[WorkFolder]:
    """The working folder, for this run alone; gone at the end, unless it is to be kept.

    What an unfinished run left in it is still there at the beginning.

    Raises:
        OutputError: If another run is at work in the same output folder, or the folder cannot be
            made or trusted.
    """
    work = out / WORK
    # The system lets go of the lock when a process ends, however it ends.
    try:
        _refuse_links(work)
        work.mkdir(exist_ok=True)
        lock = lock_alone(work / LOCK)
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
            # While it is locked: another run may begin in the very moment after. Windows removes
            # no file that is open.
            if os.name == "posix":
                shutil.rmtree(work, ignore_errors=True)
        lock.release()
        if not folder.keep and os.name != "posix":
            shutil.rmtree(work, ignore_errors=True)


def _refuse_links(work: Path) -> None:
    """In a folder that others can write to, a link could lead GAC to files of the user's."""
    links = [work] if work.is_symlink() else []
    links += [item for item in work.rglob("*") if item.is_symlink()]
    if links:
        raise OutputError(
            f"{links[0]} is a link: GAC writes and removes files in its working folder, and would "
            "do so where the link leads.",
            "Remove the link, or choose another output folder.",
        )


def _owner(work: Path) -> str:
    """The process at work in a working folder, in words."""
    try:
        return f" (process {int(read_record(work / OWNER)['pid'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
