"""Pairs in folders: `s1.tif` and `s2.tif` each, with a table `pairs.csv` or without one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from gac_core.bands import S1_STATISTICS
from gac_core.season import local_month
from training.data.channels import optical_bands, plausible_radar, radar_channels
from training.data.checks import check_declared, check_optical, check_radar, check_same_place
from training.data.errors import DataError
from training.data.files import Raster, read_footprint, read_raster
from training.data.footprint import Footprint
from training.data.listing import FILES, Entry
from training.data.names import as_date, date_in, month_of
from training.data.pair import Array, Pair
from training.data.split import as_biome


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
        self.modalities = [_modality(entry) for entry in self._entries]

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

    def footprint(self, i: int) -> Footprint | None:
        """Return where a pair lies: by its table, or where that has no such columns by its file."""
        entry = self._entries[i]
        optical = entry.folder / FILES[1]
        if "lat" not in entry.row or "lon" not in entry.row:
            return read_footprint(optical)
        place = _listed_place(entry.row, optical)
        return None if place is None else read_footprint(optical, place)

    def _described(
        self, entry: Entry, s1: Array, s2: Array, bands: tuple[bool, ...], optical: Raster
    ) -> Pair:
        row, name = entry.row, entry.folder.name
        lat, lon = _place(row, optical)
        date = as_date(row.get("s2_date") or row.get("date") or optical.tags.get("S2_DATE", ""))
        date = date or date_in(name)
        modality = _modality(entry)
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


def _modality(entry: Entry) -> str:
    return entry.row.get("modality") or "S1GRD"


def _place(row: Mapping[str, str], optical: Raster) -> tuple[float | None, float | None]:
    """(lat, lon): what the table says, be it nothing, and without such columns the file."""
    if "lat" not in row or "lon" not in row:
        return optical.place or (None, None)
    return _listed_place(row, optical.path) or (None, None)


def _listed_place(row: Mapping[str, str], path: Path) -> tuple[float, float] | None:
    """(lat, lon) in a table's row; None where it holds nothing."""
    if not row["lat"] or not row["lon"]:
        return None
    wrong = DataError(
        f"{path}: its table gives lat {row['lat']!r}, lon {row['lon']!r}.",
        "Give degrees as numbers, or nothing.",
    )
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise wrong from error
    if math.isnan(lat) or math.isnan(lon):
        return None  # how many tables write nothing
    if abs(lat) > 90 or abs(lon) > 360:
        raise wrong
    return lat, lon
