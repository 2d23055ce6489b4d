"""Identification of bands and fill values in a file.

Many files contain undeclared fill values. The engine masks the usual ones in a run; training must
not see them either, as radar (the gradient at -9999 dB is not finite) or as truth.
"""

from __future__ import annotations

import re

import numpy as np

from gac_core.bands import S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.scene.radiometry import mask_nodata
from training.data.errors import DataError
from training.data.files import Raster
from training.data.pair import Array

DB_RANGE = (-90.0, 40.0)
"""Plausible range in dB: noise lies near -30, corner reflectors below 30."""

DN_LEAST = -1000.0
"""Minimum DN: 0 of a product with Sentinel-2's +1000 offset, once it is subtracted."""

DN_FULL = 65535.0
"""Maximum of 16 bits: saturated, or a fill value."""


def radar_channels(raster: Raster) -> Array:
    """Return VV and VH (2, H, W), NaN for nodata, by band name if named.

    Raises:
        DataError: If the bands are not named VV and VH and are not two.
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
    return known_radar(values)


def known_radar(values: Array) -> Array:
    """Return VV and VH (2, H, W) dB, NaN in both where either is a fill value.

    An unusual fill value (-99) is recognised by being equal in both channels and far below noise.
    Implausible dB are kept, because they reveal the unit (`checks.check_radar`).
    """
    # -inf is the logarithm of 0; 0 dB in both channels is the fill of files without nodata.
    s1 = mask_nodata(values.copy(), "db")
    s1[:, (s1[0] == s1[1]) & (s1[0] < DB_RANGE[0])] = np.nan
    return s1


def plausible_radar(s1: Array) -> Array:
    """Return dB (2, H, W) with NaN in both channels where either lies outside `DB_RANGE`."""
    possible = ((s1 >= DB_RANGE[0]) & (s1 <= DB_RANGE[1])).all(0)
    return np.where(possible, s1, np.float32(np.nan))


def optical_bands(raster: Raster) -> tuple[Array, tuple[bool, ...]]:
    """Return a file's bands in TerraMind's order.

    Returns:
        (12, H, W), NaN for nodata and missing bands; and for each band, True if it exists.

    Raises:
        DataError: If the bands are not named and neither 12 nor 4, or a 10 m band is missing.
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
    """Return the image with NaN for fill values, declared or not.

    Fill values are pixels with 0 in all bands (Sentinel-2's nodata) or the same negative number in
    all (nodata less an offset), and values outside of a product's range in any band.

    Args:
        s2: (12, H, W) DN, NaN where unknown.
        bands: For each band, True if the source has it.
    """
    present = s2[list(bands)]
    empty = (present == present[0]).all(0) & (present[0] <= 0)
    possible = (s2 >= DN_LEAST) & (s2 < DN_FULL)
    return np.where(possible & ~empty, s2, np.float32(np.nan))


def _band_name(text: str) -> str:
    match = re.fullmatch(r"B?0?(\d{1,2})(A?)", text.strip().upper())
    return f"B{int(match[1]):02d}" if match and not match[2] else text.strip().upper()
