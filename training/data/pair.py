"""One kind of pair, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
        biome: 1 to 14 (`gac_core.bands.BIOMES`); 0: unknown.
        lat: Of the middle, degrees; None: unknown.
        lon: Of the middle, degrees; None: unknown.
        modality: `S1GRD` or `S1RTC`.
        source: Where the pair comes from, for people.
        date: When Sentinel-2 saw it, `YYYY-MM-DD` or `YYYY-MM`; "": unknown.
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

    @property
    def valid(self) -> Mask:
        """(H, W): where both radar channels and all bands that the source has are known."""
        known = np.isfinite(self.s1).all(0)
        return np.asarray(known & np.isfinite(self.s2[np.array(self.bands)]).all(0))
