"""Which band of a file is which, and where it knows nothing.

Many files hold fills that they do not declare. The engine masks the usual ones in a run; what
trains must not see them either, as radar (a gradient through -9999 dB is no number) or as truth.
"""

from __future__ import annotations

import re

import numpy as np

from gac_core.bands import S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.scene.values import mask_nodata
from training.data.errors import DataError
from training.data.files import Raster
from training.data.pair import Array

DB_RANGE = (-90.0, 40.0)
"""dB outside of which nothing is measured: noise lies near -30, and corner reflectors below 30."""

DN_LEAST = -1000.0
"""Least DN: 0 of a product that carries Sentinel-2's +1000, once that was taken off."""

DN_FULL = 65535.0
"""What 16 bits hold at most: saturated, or a fill."""


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
    return known_radar(values)


def known_radar(values: Array) -> Array:
    """(2, H, W) VV and VH in dB with NaN in both where either is a fill, declared or not.

    A fill that is none of the usual ones (-99) is known by being the same in both, and far below
    all noise. Values that merely cannot be dB are left: they tell what unit it is
    (`checks.check_radar`).
    """
    # -inf is the logarithm of no echo; 0 dB in both at once is the fill of who knew no nodata.
    known = mask_nodata(values.copy(), "db")
    known[:, (known[0] == known[1]) & (known[0] < DB_RANGE[0])] = np.nan
    return known


def plausible_radar(s1: Array) -> Array:
    """The same dB (2, H, W) with NaN in both channels where either lies outside of `DB_RANGE`."""
    possible = ((s1 >= DB_RANGE[0]) & (s1 <= DB_RANGE[1])).all(0)
    return np.where(possible, s1, np.float32(np.nan))


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
    """The same with NaN for fills, declared or not.

    Where all bands are 0, which is Sentinel-2's nodata, or one and the same negative number, which
    is that less an offset; and in a band where its value is none that a product can hold.

    Args:
        s2: (12, H, W) DN, NaN where unknown.
        bands: Which ones the source has.
    """
    there = s2[list(bands)]
    empty = (there == there[0]).all(0) & (there[0] <= 0)
    possible = (s2 >= DN_LEAST) & (s2 < DN_FULL)
    return np.where(possible & ~empty, s2, np.float32(np.nan))


def _band_name(text: str) -> str:
    found = re.fullmatch(r"B?0?(\d{1,2})(A?)", text.strip().upper())
    return f"B{int(found[1]):02d}" if found and not found[2] else text.strip().upper()
