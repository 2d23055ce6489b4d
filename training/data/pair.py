"""One kind of pair, wherever it comes from."""

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
    """Sentinel-1 and Sentinel-2 images of one place at nearly one time, pixel on pixel.

    Attributes:
        name: Unique in its source; fit for a file name.
        tile: The Sentinel-2 tile, or whatever else stays together in a split.
        s1: (2, H, W) float32, VV and VH in dB; NaN: nodata.
        s2: (12, H, W) float32 DN (reflectance × 10000, no offset), in the order of
            `gac_core.bands.S2_BANDS`; NaN: nodata, or a band that the source lacks.
        bands: For each of the 12 bands whether the source has it.
        month: 1 to 12, of the local season (`gac_core.season`); 0: unknown.
        biome: 1 to 14 (`gac_core.contract.bands.BIOMES`); 0: unknown.
        lat: Of the middle, degrees; None: unknown.
        lon: Of the middle, degrees; None: unknown.
        modality: `S1GRD` or `S1RTC`.
        source: Where the pair comes from, for people.
        date: When Sentinel-2 saw it, `YYYY-MM-DD` or `YYYY-MM`; "": unknown.
        level: Of the optical image: `L2A`, the surface; `L1C`, brought near it by
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
        """Latitude, -90 to 90, and longitude, -180 to 180, of the middle; None: unknown."""
        if self.lat is None or self.lon is None:
            return None
        return self.lat, (self.lon + 180.0) % 360.0 - 180.0

    @property
    def valid(self) -> Mask:
        """(H, W): where both radar channels and all bands that the source has are known."""
        known = np.isfinite(self.s1).all(0)
        return np.asarray(known & np.isfinite(self.s2[np.array(self.bands)]).all(0))


@dataclass(frozen=True)
class Radar:
    """A pair's radar alone, and where it lies.

    Attributes:
        pair: The pair, nothing of its optical image known.
        crs: WKT; "": unknown.
        transform: From pixels to its coordinates.
        files: What was read.
    """

    pair: Pair
    crs: str
    transform: Affine
    files: tuple[Path, ...]


def no_optical(s1: Array) -> tuple[Array, tuple[bool, ...]]:
    """Return the `s2` and `bands` of a pair of which the radar (2, H, W) alone is known."""
    count = len(S2_BANDS)
    return np.full((count, *s1.shape[1:]), np.nan, np.float32), (False,) * count
