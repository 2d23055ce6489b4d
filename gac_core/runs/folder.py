"""A run's output folder: what may be written into it, and its working folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import rasterio

from gac_core.contract.errors import OutputError, RequestError
from gac_core.contract.layout import KEPT, RECORD, STAC_ITEM
from gac_core.contract.redaction import redacted_values
from gac_core.files import read_plain, sealed, sync_open
from gac_core.gdal import GDAL_ERRORS
from gac_core.raster.space import sync_folder, unwritable

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
