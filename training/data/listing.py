"""Which pair folders there are, from their table or without one."""

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
"""Metres: places without a tile are grouped by squares as large as a Sentinel-2 tile."""

_NAMES = (
    "letters, digits and ._+- only, at most 200 bytes, no dot at the end, and no name that Windows "
    "keeps for itself (NUL, CON, COM1)."
)


@dataclass(frozen=True)
class Entry:
    """A pair that was found.

    Attributes:
        folder: Where its files are.
        tile: What it stays together with in a split.
        row: Its row in the table; empty without a table.
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
    """The pairs of a folder, in the order of its table, or of their names; None: there are none.

    Args:
        data_dir: The folder.
        limit: At most so many; None: all.
        tiles: Only these; None: all.
        radar_alone: Without a table, take folders without an optical image too.
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
    """What is kept for a pair goes by its name, on some systems without regard to capitals."""
    seen: dict[str, Path] = {}
    for folder in folders:
        key = folder.name.casefold()
        if key in seen:
            one, other = seen[key].relative_to(data_dir), folder.relative_to(data_dir)
            raise DataError(
                f"{where}: {one} and {other} are one name.",
                "Remove one of them, or rename it; on some systems capitals make no difference.",
            )
        seen[key] = folder


def _refuse_capitals(tiles: Iterable[str], table: Path) -> None:
    """Two spellings of one tile would be split, and neighbours with them."""
    seen: dict[str, str] = {}
    for tile in sorted(tiles):
        other = seen.setdefault(tile.casefold(), tile)
        if other != tile:
            raise DataError(
                f"{table} has the tiles {other!r} and {tile!r}.",
                "Write one tile in one way, and two with names that differ in more than capitals.",
            )


def _unlisted(data_dir: Path, radar_alone: bool) -> list[Entry]:
    wanted = FILES[:1] if radar_alone else FILES
    parents = [parent for parent in (data_dir / "pairs", data_dir) if parent.is_dir()]
    found = [
        folder
        for parent in parents
        for folder in sorted(parent.iterdir())
        if all((folder / file).is_file() for file in wanted)
    ]
    for folder in found:
        if not is_storable(folder.name):
            raise DataError(
                f"The name of the folder {folder} cannot be a pair's.", f"Rename it: {_NAMES}"
            )
    _refuse_twice(found, data_dir, data_dir)
    # Nothing is split where only the radar counts.
    square = str if radar_alone else _square
    return [Entry(folder, tile_in(folder.name) or square(folder), {}) for folder in found]


def _square(folder: Path) -> str:
    """A name for the surroundings of a pair: neighbours must not be split."""
    try:
        raster = read_raster(folder / FILES[1])
    except DataError:
        return folder.name  # it is told of when it is read
    if raster.place is None:
        return folder.name
    lat, lon = raster.place
    # About 100 km along the meridian, and along the parallel of the square's southern edge.
    row = int(np.floor(lat * 111_000 / _SQUARE))
    across = max(111_000 * np.cos(np.radians(row * _SQUARE / 111_000)), 1.0)
    return f"lat{row:+d}lon{int(np.floor(lon * across / _SQUARE)):+d}"
