"""Pairs in folders of `s1.tif` and `s2.tif`, with or without a table `pairs.csv`."""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gac_core.band_statistics import S1_STATISTICS, S2_BANDS
from gac_core.contract.message import Message
from gac_core.places import biome_for, local_month
from training.data.checks import check_declared_offset, check_optical, check_radar, check_same_place
from training.data.files import (
    Raster,
    as_date,
    as_tile,
    date_in,
    is_storable,
    month_of,
    optical_bands,
    plausible_radar,
    radar_channels,
    read_footprint,
    read_raster,
    read_tags,
    tile_in,
)
from training.data.pair import (
    Array,
    DataError,
    Footprint,
    Pair,
    Radar,
    empty_optical,
    select_indices,
)
from training.data.split import as_biome

TABLE = "pairs.csv"
FILES = ("s1.tif", "s2.tif")
_SQUARE = 100_000.0
"""Side in metres of the squares that group places without a tile; a Sentinel-2 tile is as large."""
_NAMES = Message(
    "letters, digits and ._+- only, at most 200 bytes, no dot at the end, and no name that Windows "
    "keeps for itself (NUL, CON, COM1)."
)

CORRECTED = "L1C"
"""Level of pairs that are corrected here."""
_WAVELENGTHS = (443, 490, 560, 665, 705, 740, 783, 842, 865, 945, 1610, 2190)
"""Wavelengths of `S2_BANDS` in nanometres."""
_BLUE = S2_BANDS.index("B02")
_DARK_SHARE = 1.0
"""Percentile of the pixels that count as dark objects."""
_DARK = 150.0
"""Blue surface DN of forest, water or shadow."""
_CLEAREST_AND_HAZIEST = 0.0, 750.0
"""Limits of the path radiance in blue, DN: without dark objects, bright ground must not pass for
haze."""
_RAYLEIGH = 4.0


@dataclass(frozen=True)
class PairFolder:
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
) -> list[PairFolder] | None:
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
    return [entries[i] for i in select_indices(names, [e.tile for e in entries], limit, tiles)]


def _listed(data_dir: Path) -> list[PairFolder]:
    table = data_dir / TABLE
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            Message("{} cannot be read: {}.", table, error),
            Message("Write it as a UTF-8 CSV."),
            problem="table-unreadable",
        ) from error
    if rows and "id" not in rows[0]:
        columns = ", ".join(str(name) for name in rows[0])
        raise DataError(
            Message("{} has no column id; its columns are {}.", table, columns),
            Message(
                "Write a CSV with commas between id, tile, s2_date and whatever else is known."
            ),
            problem="table-without-id",
        )
    entries = []
    for number, row in enumerate(rows, start=2):
        name = row["id"] or ""
        if not is_storable(name):
            raise DataError(
                Message("{}, line {}: {} cannot be a pair's name.", table, number, repr(name)),
                Message("The column id names the pair's folder: {}", _NAMES),
                problem="pair-name-wrong",
            )
        folder = data_dir / "pairs" / name
        tile = as_tile(row.get("tile") or "") or tile_in(name) or name
        entries.append(PairFolder(folder, tile, row))
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
                Message("{}: {} and {} are one name.", where, one, other),
                Message(
                    "Remove one of them, or rename it; on some systems capitals make no difference."
                ),
                problem="pair-names-clash",
            )
        by_key[key] = folder


def _refuse_capitals(tiles: Iterable[str], table: Path) -> None:
    """Refuse two spellings of one tile: they would be split, and neighbours with them."""
    by_key: dict[str, str] = {}
    for tile in sorted(tiles):
        other = by_key.setdefault(tile.casefold(), tile)
        if other != tile:
            raise DataError(
                Message("{} has the tiles {} and {}.", table, repr(other), repr(tile)),
                Message(
                    "Write one tile in one way, and two with names that differ in more than "
                    "capitals."
                ),
                problem="tile-names-clash",
            )


def _unlisted(data_dir: Path, radar_alone: bool) -> list[PairFolder]:
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
                Message("The name of the folder {} cannot be a pair's.", folder),
                Message("Rename it: {}", _NAMES),
                problem="pair-folder-name-wrong",
            )
    _refuse_twice(folders, data_dir, data_dir)
    # No split is needed for the radar alone.
    square = str if radar_alone else _square
    return [PairFolder(folder, tile_in(folder.name) or square(folder), {}) for folder in folders]


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


def subtract_haze(s2: Array) -> Array:
    """Subtract the path radiance, estimated from dark objects.

    The excess of dark pixels in blue over the usual value of dark ground is path radiance. It
    decreases with the fourth power of the wavelength, as in a very clear sky (Chavez 1988, "An
    improved dark-object subtraction technique", Remote Sensing of Environment 24). Absorption is
    not corrected: colours are accurate to a few hundredths of reflectance.

    Args:
        s2: (12, H, W) DN at the top of the atmosphere; NaN: unknown.

    Returns:
        (12, H, W) approximate surface DN, at least 1.
    """
    blue = s2[_BLUE][np.isfinite(s2[_BLUE])]
    if not blue.size:
        return s2
    haze = float(np.clip(np.percentile(blue, _DARK_SHARE) - _DARK, *_CLEAREST_AND_HAZIEST))
    share = (_WAVELENGTHS[_BLUE] / np.array(_WAVELENGTHS)) ** _RAYLEIGH
    return np.maximum(s2 - (haze * share)[:, None, None], 1.0).astype(np.float32)


class PairFolders:
    """Source of pairs in folders.

    Args:
        entries: The pairs.
        biomes: Biomes by tile, for pairs whose row has none; other pairs get the biome of their
            place.
    """

    def __init__(
        self, entries: Iterable[PairFolder], biomes: Mapping[str, int] | None = None
    ) -> None:
        self._entries = list(entries)
        self._biomes = dict(biomes or {})
        self.names = [entry.folder.name for entry in self._entries]
        self.tiles = [entry.tile for entry in self._entries]
        self.modalities = [_modality(entry) for entry in self._entries]

    def __len__(self) -> int:
        return len(self._entries)

    def read(self, i: int) -> Pair:
        """Read and check a pair."""
        entry = self._entries[i]
        radar, optical = (read_raster(entry.folder / file) for file in FILES)
        check_same_place(radar, optical)
        s1 = _checked(radar)
        s2, bands = optical_bands(optical)
        check_optical(s2[list(bands)], optical.dtype, str(optical.path))
        check_declared_offset(s2, entry.folder.name, optical)
        if _level(entry) == CORRECTED:
            s2 = subtract_haze(s2)
        return self._described(entry, s1, s2, bands, optical.tags, optical.place)

    def radar(self, i: int) -> Radar:
        """Read and check a pair's radar; the optical image may be missing or bad."""
        entry = self._entries[i]
        radar = read_raster(entry.folder / FILES[0])
        s1 = _checked(radar)
        # The month is that of the optical image, if known.
        tags, place = read_tags(entry.folder / FILES[1]) or (radar.tags, radar.place)
        pair = self._described(entry, s1, *empty_optical(s1), tags, place)
        return Radar(pair, radar.crs, radar.transform, (radar.path,))

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a pair, from its table or else from its file."""
        entry = self._entries[i]
        optical = entry.folder / FILES[1]
        if "lat" not in entry.row or "lon" not in entry.row:
            return read_footprint(optical)
        place = _listed_place(entry)
        return None if place is None else read_footprint(optical, place)

    def _described(
        self,
        entry: PairFolder,
        s1: Array,
        s2: Array,
        bands: tuple[bool, ...],
        tags: Mapping[str, str],
        place: tuple[float, float] | None,
    ) -> Pair:
        row, name = entry.row, entry.folder.name
        lat, lon = _place(entry, place)
        date = as_date(row.get("s2_date") or row.get("date") or tags.get("S2_DATE", ""))
        date = date or date_in(name)
        modality = _modality(entry)
        if modality not in S1_STATISTICS:
            raise DataError(
                Message("{}: {} is no radar modality.", entry.folder, repr(modality)),
                Message("The column modality holds {}.", " or ".join(S1_STATISTICS)),
                problem="pair-modality-unknown",
            )
        text = row.get("biome") or ""
        biome = as_biome(text, str(entry.folder)) if text else self._biomes.get(entry.tile)
        return Pair(
            name=name,
            tile=entry.tile,
            s1=s1,
            s2=s2,
            bands=bands,
            month=local_month(month_of(date), lat),
            biome=biome_for(biome, lat, lon),
            lat=lat,
            lon=lon,
            modality=modality,
            source=row.get("source") or tags.get("SOURCE", ""),
            date=date,
            level=_level(entry),
        )


def _modality(entry: PairFolder) -> str:
    return entry.row.get("modality") or "S1GRD"


def _level(entry: PairFolder) -> str:
    level = entry.row.get("level") or "L2A"
    if level not in ("L2A", CORRECTED):
        raise DataError(
            Message("{}: {} is no level of Sentinel-2 images.", entry.folder, repr(level)),
            Message("The column level holds L2A or L1C."),
            problem="level-unknown",
        )
    return level


def _checked(radar: Raster) -> Array:
    """Return the checked dB (2, H, W) of a file."""
    s1 = radar_channels(radar)
    check_radar(s1, str(radar.path))
    return plausible_radar(s1)


def _place(
    entry: PairFolder, place: tuple[float, float] | None
) -> tuple[float | None, float | None]:
    """Return (lat, lon) from the table, even if empty, or from the file without such columns."""
    row = entry.row
    if "lat" not in row or "lon" not in row:
        return place or (None, None)
    return _listed_place(entry) or (None, None)


def _listed_place(entry: PairFolder) -> tuple[float, float] | None:
    """Return (lat, lon) of a pair's row, or None if empty."""
    row = entry.row
    if not row["lat"] or not row["lon"]:
        return None
    invalid = DataError(
        Message(
            "{}: its table gives lat {}, lon {}.", entry.folder, repr(row["lat"]), repr(row["lon"])
        ),
        Message("Give degrees as numbers, or nothing."),
        problem="place-not-degrees",
    )
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise invalid from error
    if math.isnan(lat) or math.isnan(lon):
        return None  # tables often write nothing as NaN
    if abs(lat) > 90 or abs(lon) > 360:
        raise invalid
    return lat, lon
