"""Pairs in folders: `s1.tif` and `s2.tif` each, with a table `pairs.csv` or without one."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gac_core.bands import S1_STATISTICS
from gac_core.season import local_month
from training.data.channels import optical_bands, plausible_radar, radar_channels
from training.data.checks import check_declared, check_optical, check_radar, check_same_place
from training.data.errors import DataError
from training.data.files import Raster, read_raster
from training.data.names import as_date, as_tile, date_in, month_of, tile_in
from training.data.pair import Array, Pair
from training.data.source import chosen
from training.data.split import as_biome

TABLE = "pairs.csv"
FILES = ("s1.tif", "s2.tif")

_SAFE = re.compile(r"[A-Za-z0-9][\w.+-]{0,199}")
_SQUARE = 100_000.0
"""Metres: places without a tile are grouped by squares as large as a Sentinel-2 tile."""


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


class PairFolders:
    """Pairs in folders.

    Args:
        entries: The pairs.
        biomes: Biomes by tile, for pairs whose row has none.
    """

    def __init__(self, entries: Iterable[Entry], biomes: Mapping[str, int] | None = None) -> None:
        self._entries = list(entries)
        self._biomes = dict(biomes or {})
        self.names = [entry.folder.name for entry in self._entries]
        self.tiles = [entry.tile for entry in self._entries]

    def __len__(self) -> int:
        return len(self._entries)

    def read(self, i: int) -> Pair:
        """Read and check a pair."""
        entry = self._entries[i]
        radar, optical = (read_raster(entry.folder / file) for file in FILES)
        check_same_place(radar, optical)
        s1 = radar_channels(radar)
        check_radar(s1, str(radar.path))
        s1 = plausible_radar(s1)
        s2, bands = optical_bands(optical)
        check_optical(s2[list(bands)], optical.dtype, str(optical.path))
        check_declared(s2, entry.folder.name, optical)
        return self._described(entry, s1, s2, bands, optical)

    def _described(
        self, entry: Entry, s1: Array, s2: Array, bands: tuple[bool, ...], optical: Raster
    ) -> Pair:
        row, name = entry.row, entry.folder.name
        lat, lon = _place(row, optical)
        date = as_date(row.get("s2_date") or row.get("date") or optical.tags.get("S2_DATE", ""))
        date = date or date_in(name)
        modality = row.get("modality") or "S1GRD"
        if modality not in S1_STATISTICS:
            raise DataError(
                f"{entry.folder}: {modality!r} is no radar modality.",
                f"The column modality holds {' or '.join(S1_STATISTICS)}.",
            )
        biome = row.get("biome") or ""
        return Pair(
            name=name,
            tile=entry.tile,
            s1=s1,
            s2=s2,
            bands=bands,
            month=local_month(month_of(date), lat),
            biome=as_biome(biome, str(entry.folder)) if biome else self._biomes.get(entry.tile, 0),
            lat=lat,
            lon=lon,
            modality=modality,
            source=row.get("source") or optical.tags.get("SOURCE", ""),
            date=date,
        )


def find_folders(
    data_dir: Path, limit: int | None, tiles: Collection[str] | None
) -> list[Entry] | None:
    """The pairs of a folder, in the order of its table, or of their names; None: there are none."""
    if (data_dir / TABLE).is_file():
        entries = _listed(data_dir)
    else:
        entries = _unlisted(data_dir)
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
    entries: dict[str, Entry] = {}
    for number, row in enumerate(rows, start=2):
        name = row.get("id") or ""
        if not _SAFE.fullmatch(name):
            raise DataError(
                f"{table}, line {number}: {name!r} is no folder's name.",
                "The column id names the pair's folder: letters, digits and ._+- only.",
            )
        if name in entries:
            raise DataError(f"{table} lists {name} twice.", "Remove one of the rows.")
        folder = data_dir / "pairs" / name
        entries[name] = Entry(folder, as_tile(row.get("tile") or "") or tile_in(name) or name, row)
    _refuse_capitals({entry.tile for entry in entries.values()}, table)
    return list(entries.values())


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


def _unlisted(data_dir: Path) -> list[Entry]:
    parents = [parent for parent in (data_dir / "pairs", data_dir) if parent.is_dir()]
    found = [
        folder
        for parent in parents
        for folder in sorted(parent.iterdir())
        if all((folder / file).is_file() for file in FILES)
    ]
    for folder in found:
        if not _SAFE.fullmatch(folder.name):
            raise DataError(
                f"The name of the folder {folder} cannot be a pair's.",
                "Rename it: letters, digits and ._+- only.",
            )
    return [Entry(folder, tile_in(folder.name) or _square(folder), {}) for folder in found]


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


def _place(row: Mapping[str, str], optical: Raster) -> tuple[float | None, float | None]:
    """(lat, lon): what the table says, be it nothing, and without such columns the file."""
    if "lat" not in row or "lon" not in row:
        return optical.place or (None, None)
    if not row["lat"] or not row["lon"]:
        return None, None
    try:
        return float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise DataError(
            f"{optical.path}: its table gives lat {row['lat']!r}, lon {row['lon']!r}.",
            "Give degrees as numbers, or nothing.",
        ) from error
