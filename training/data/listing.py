"""Listing of pair folders, with or without a table."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.data.errors import DataError
from training.data.files import read_raster
from training.data.names import as_tile, is_storable, tile_in
from training.data.source import chosen

TABLE = "pairs.csv"
FILES = ("s1.tif", "s2.tif")

_SQUARE = 100_000.0
"""Side in metres of the squares that group places without a tile; a Sentinel-2 tile is as large."""

_NAMES = (
    "letters, digits and ._+- only, at most 200 bytes, no dot at the end, and no name that Windows "
    "keeps for itself (NUL, CON, COM1)."
)


@dataclass(frozen=True)
class Entry:
    """Pair folder.

    Attributes:
        folder: Folder of its files.
        tile: Group that stays together in a split.
        row: Row of the table; empty without a table.
    """

    folder: Path
    tile: str
    row: Mapping[str, str]


def find_folders(
    data_dir: Path,
    limit: int | None,
    tiles: Collection[str] | None,
    *,
    radar_alone: bool = False,
) -> list[Entry] | None:
    """Return the pairs of a folder, in the order of its table or by name; None without any.

    Args:
        data_dir: The folder.
        limit: Maximum number; None: all.
        tiles: Only these tiles; None: all.
        radar_alone: Without a table, include folders without an optical image.
    """
    if (data_dir / TABLE).is_file():
        entries = _listed(data_dir)
    else:
        entries = _unlisted(data_dir, radar_alone)
        if not entries:
            return None
    names = [entry.folder.name for entry in entries]
    return [entries[i] for i in chosen(names, [e.tile for e in entries], limit, tiles)]


def _listed(data_dir: Path) -> list[Entry]:
    table = data_dir / TABLE
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{table} cannot be read: {error}.", "Write it as a UTF-8 CSV.") from error
    if rows and "id" not in rows[0]:
        columns = ", ".join(str(name) for name in rows[0])
        raise DataError(
            f"{table} has no column id; its columns are {columns}.",
            "Write a CSV with commas between id, tile, s2_date and whatever else is known.",
        )
    entries = []
    for number, row in enumerate(rows, start=2):
        name = row["id"] or ""
        if not is_storable(name):
            raise DataError(
                f"{table}, line {number}: {name!r} cannot be a pair's name.",
                f"The column id names the pair's folder: {_NAMES}",
            )
        folder = data_dir / "pairs" / name
        tile = as_tile(row.get("tile") or "") or tile_in(name) or name
        entries.append(Entry(folder, tile, row))
    _refuse_twice([entry.folder for entry in entries], data_dir, table)
    _refuse_capitals({entry.tile for entry in entries}, table)
    return entries


def _refuse_twice(folders: Iterable[Path], data_dir: Path, where: Path) -> None:
    """Refuse names that differ only in case: some file systems ignore it."""
    by_key: dict[str, Path] = {}
    for folder in folders:
        key = folder.name.casefold()
        if key in by_key:
            one, other = by_key[key].relative_to(data_dir), folder.relative_to(data_dir)
            raise DataError(
                f"{where}: {one} and {other} are one name.",
                "Remove one of them, or rename it; on some systems capitals make no difference.",
            )
        by_key[key] = folder


def _refuse_capitals(tiles: Iterable[str], table: Path) -> None:
    """Refuse two spellings of one tile: they would be split, and neighbours with them."""
    by_key: dict[str, str] = {}
    for tile in sorted(tiles):
        other = by_key.setdefault(tile.casefold(), tile)
        if other != tile:
            raise DataError(
                f"{table} has the tiles {other!r} and {tile!r}.",
                "Write one tile in one way, and two with names that differ in more than capitals.",
            )


def _unlisted(data_dir: Path, radar_alone: bool) -> list[Entry]:
    files = FILES[:1] if radar_alone else FILES
    parents = [parent for parent in (data_dir / "pairs", data_dir) if parent.is_dir()]
    folders = [
        folder
        for parent in parents
        for folder in sorted(parent.iterdir())
        if all((folder / file).is_file() for file in files)
    ]
    for folder in folders:
        if not is_storable(folder.name):
            raise DataError(
                f"The name of the folder {folder} cannot be a pair's.", f"Rename it: {_NAMES}"
            )
    _refuse_twice(folders, data_dir, data_dir)
    # No split is needed for the radar alone.
    square = str if radar_alone else _square
    return [Entry(folder, tile_in(folder.name) or square(folder), {}) for folder in folders]


def _square(folder: Path) -> str:
    """Return a name for the surroundings of a pair, so that neighbours are not split."""
    try:
        raster = read_raster(folder / FILES[1])
    except DataError:
        return folder.name  # reading it will report the error
    if raster.place is None:
        return folder.name
    lat, lon = raster.place
    # About 100 km along the meridian, and along the parallel of the square's southern edge.
    row = int(np.floor(lat * 111_000 / _SQUARE))
    across = max(111_000 * np.cos(np.radians(row * _SQUARE / 111_000)), 1.0)
    return f"lat{row:+d}lon{int(np.floor(lon * across / _SQUARE)):+d}"
