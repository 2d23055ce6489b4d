"""Which band of a file is which, and where it knows nothing."""

from __future__ import annotations

import re

import numpy as np

from gac_core.bands import OUTPUT_BANDS, S2_BANDS
from training.data.errors import DataError
from training.data.files import Raster
from training.data.pair import Array


def radar_channels(raster: Raster) -> Array:
    """(2, H, W) VV and VH, NaN for nodata, by the bands' names where they have any.

    Raises:
        DataError: If there are not two bands.
    """
    names = [name.upper() for name in raster.bands]
    if {"VV", "VH"} <= set(names):
        values = raster.values[[names.index("VV"), names.index("VH")]]
    elif len(raster.values) == 2:
        values = raster.values
    else:
        raise DataError(
            f"{raster.path} has {len(raster.values)} bands, and none are named VV and VH.",
            "Write two bands, VV and VH in dB.",
        )
    # -inf is the logarithm of no echo; 0 dB in both at once is the fill of who knew no nodata.
    unknown = ~np.isfinite(values).all(0) | (values == 0).all(0)
    return np.where(unknown, np.float32(np.nan), values)


def optical_bands(raster: Raster) -> tuple[Array, tuple[bool, ...]]:
    """A file's bands in TerraMind's order.

    Returns:
        (12, H, W), NaN for nodata and for bands that are not there; and which ones are.

    Raises:
        DataError: If the bands are not named and neither 12 nor 4, or one of the 10 m bands lacks.
    """
    count = len(raster.values)
    names = [_band_name(name) for name in raster.bands]
    if not any(name in S2_BANDS for name in names):
        names = list({12: S2_BANDS, 4: OUTPUT_BANDS}.get(count, ()))
    if not set(OUTPUT_BANDS) <= set(names) or "B10" in names:
        level = " B10 is of level 1C, which is not corrected." if "B10" in names else ""
        raise DataError(
            f"{raster.path} is not what training needs: {count} bands "
            f"({', '.join(name or 'no name' for name in raster.bands)}).{level}",
            f"Give level 2A with the 12 bands {', '.join(S2_BANDS)}, or with "
            f"{', '.join(OUTPUT_BANDS)}, named in the file.",
        )
    s2 = np.full((len(S2_BANDS), *raster.values.shape[1:]), np.nan, np.float32)
    for name, values in zip(names, raster.values, strict=False):
        if name in S2_BANDS:
            s2[S2_BANDS.index(name)] = values
    bands = tuple(band in names for band in S2_BANDS)
    return without_fill(s2, bands), bands


def without_fill(s2: Array, bands: tuple[bool, ...]) -> Array:
    """The same with NaN where all bands are 0, Sentinel-2's nodata."""
    empty = (s2[list(bands)] == 0).all(0)
    return np.where(empty, np.float32(np.nan), s2)


def _band_name(text: str) -> str:
    found = re.fullmatch(r"B?0?(\d{1,2})(A?)", text.strip().upper())
    return f"B{int(found[1]):02d}" if found and not found[2] else text.strip().upper()
