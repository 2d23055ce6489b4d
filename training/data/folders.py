"""Pairs in folders of `s1.tif` and `s2.tif`, with or without a table `pairs.csv`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from gac_core.bands import S1_STATISTICS
from gac_core.places import biome_for, local_month
from training.data.atmosphere import CORRECTED, subtract_haze
from training.data.channels import optical_bands, plausible_radar, radar_channels
from training.data.checks import check_declared, check_optical, check_radar, check_same_place
from training.data.errors import DataError
from training.data.files import Raster, read_footprint, read_raster, read_tags
from training.data.footprint import Footprint
from training.data.listing import FILES, Entry
from training.data.names import as_date, date_in, month_of
from training.data.pair import Array, Pair, Radar, no_optical
from training.data.split import as_biome


class PairFolders:
    """Source of pairs in folders.

    Args:
        entries: The pairs.
        biomes: Biomes by tile, for pairs whose row has none; other pairs get the biome of their
            place.
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
        s1 = _checked(radar)
        s2, bands = optical_bands(optical)
        check_optical(s2[list(bands)], optical.dtype, str(optical.path))
        check_declared(s2, entry.folder.name, optical)
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
        pair = self._described(entry, s1, *no_optical(s1), tags, place)
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
        entry: Entry,
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
                f"{entry.folder}: {modality!r} is no radar modality.",
                f"The column modality holds {' or '.join(S1_STATISTICS)}.",
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


def _modality(entry: Entry) -> str:
    return entry.row.get("modality") or "S1GRD"


def _level(entry: Entry) -> str:
    level = entry.row.get("level") or "L2A"
    if level not in ("L2A", CORRECTED):
        raise DataError(
            f"{entry.folder}: {level!r} is no level of Sentinel-2 images.",
            "The column level holds L2A or L1C.",
        )
    return level


def _checked(radar: Raster) -> Array:
    """Return the checked dB (2, H, W) of a file."""
    s1 = radar_channels(radar)
    check_radar(s1, str(radar.path))
    return plausible_radar(s1)


def _place(entry: Entry, place: tuple[float, float] | None) -> tuple[float | None, float | None]:
    """Return (lat, lon) from the table, even if empty, or from the file without such columns."""
    row = entry.row
    if "lat" not in row or "lon" not in row:
        return place or (None, None)
    return _listed_place(entry) or (None, None)


def _listed_place(entry: Entry) -> tuple[float, float] | None:
    """Return (lat, lon) of a pair's row, or None if empty."""
    row = entry.row
    if not row["lat"] or not row["lon"]:
        return None
    invalid = DataError(
        f"{entry.folder}: its table gives lat {row['lat']!r}, lon {row['lon']!r}.",
        "Give degrees as numbers, or nothing.",
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
