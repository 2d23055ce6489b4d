"""Pair of Sentinel-1 and Sentinel-2 images, independent of its source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from affine import Affine

from gac_core.bands import S2_BANDS

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pair:
    """Co-registered Sentinel-1 and Sentinel-2 images of one place at nearly the same time.

    Attributes:
        name: Unique in its source; valid as a file name.
        tile: The Sentinel-2 tile, or another group that stays together in a split.
        s1: (2, H, W) float32, VV and VH in dB; NaN: nodata.
        s2: (12, H, W) float32 DN (reflectance × 10000, no offset), in the order of
            `gac_core.bands.S2_BANDS`; NaN: nodata, or a band that the source lacks.
        bands: For each of the 12 bands, True if the source has it.
        month: 1 to 12, of the local season (`gac_core.places`); 0: unknown.
        biome: 1 to 14 (`gac_core.contract.bands.BIOMES`); 0: unknown.
        lat: Latitude of the centre, degrees; None: unknown.
        lon: Longitude of the centre, degrees; None: unknown.
        modality: `S1GRD` or `S1RTC`.
        source: Origin of the pair, for readers.
        date: Sensing date of Sentinel-2, `YYYY-MM-DD` or `YYYY-MM`; "": unknown.
        level: Level of the optical image: `L2A` (surface), or `L1C`, corrected by
            `training.data.atmosphere`.
    """

    name: str
    tile: str
    s1: Array
    s2: Array
    bands: tuple[bool, ...]
    month: int
    biome: int
    lat: float | None
    lon: float | None
    modality: str = "S1GRD"
    source: str = ""
    date: str = ""
    level: str = "L2A"

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude, -90 to 90, and longitude, -180 to 180, of the centre; None: unknown."""
        if self.lat is None or self.lon is None:
            return None
        return self.lat, (self.lon + 180.0) % 360.0 - 180.0

    @property
    def valid(self) -> Mask:
        """Mask (H, W) of pixels known in both radar channels and all bands of the source."""
        radar_valid = np.isfinite(self.s1).all(0)
        return np.asarray(radar_valid & np.isfinite(self.s2[np.array(self.bands)]).all(0))


@dataclass(frozen=True)
class Radar:
    """Radar of a pair, with its georeference.

    Attributes:
        pair: The pair, without its optical image.
        crs: WKT; "": unknown.
        transform: Affine transform from pixels to coordinates.
        files: Files read.
    """

    pair: Pair
    crs: str
    transform: Affine
    files: tuple[Path, ...]


def no_optical(s1: Array) -> tuple[Array, tuple[bool, ...]]:
    """Return the `s2` and `bands` of a pair of which only the radar (2, H, W) is known."""
    count = len(S2_BANDS)
    return np.full((count, *s1.shape[1:]), np.nan, np.float32), (False,) * count
