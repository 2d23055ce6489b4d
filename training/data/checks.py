"""Checks of a pair before training."""

from __future__ import annotations

import numpy as np

from gac_core.scene.units import DB_FLOOR, POWER_CEILING
from training.data.errors import DataError
from training.data.files import Raster
from training.data.offset import OFFSET, declared, look
from training.data.pair import Array

_BRIGHT = -4.0
"""Median VH in dB above which the values are not dB: -9 over dense towns."""

_SWAPPED = -1.0
"""Median of VV - VH in dB below which the channels are swapped."""

_REFLECTANCE = 2.0
"""Maximum of an image in reflectance rather than DN."""

_SKIP = "or leave such pairs out with --on-bad skip."

HARMONISE = (
    f"Subtract {OFFSET:.0f} from every band (values below become 0; nodata stays), or fetch the "
    "harmonised product"
)


def check_radar(s1: Array, where: str) -> None:
    """Check that an image is Sentinel-1 backscatter in dB.

    Args:
        s1: (2, H, W), NaN for nodata.
        where: File name for the message.

    Raises:
        DataError: If it is not.
    """
    valid = s1[:, np.isfinite(s1).all(0)]
    if valid.size == 0:
        raise DataError(f"{where} has no valid pixel.", f"Fetch it again, {_SKIP}")
    vv, vh = valid
    if np.median(vh) > _BRIGHT:
        raise DataError(
            f"{where} is not in dB: {_kind(valid)} (VH has a median of {np.median(vh):.4g}).",
            f"Convert it: 10·log10 of linear power, 20·log10 of amplitude; {_SKIP}",
        )
    if np.median(vv) < DB_FLOOR or np.median(vh) < DB_FLOOR:
        raise DataError(
            f"{where} cannot be dB: VV has a median of {np.median(vv):.0f}.",
            f"It may be scaled by 100: give dB as floating point numbers; {_SKIP}",
        )
    if np.median(vv - vh) < _SWAPPED:
        raise DataError(
            f"{where}: VV is weaker than VH, which no ground does; the bands are swapped.",
            f"Write VV first and VH second, {_SKIP}",
        )


def _kind(valid: Array) -> str:
    if valid.min() < 0:
        return "it looks standardised"
    if np.quantile(valid, 0.99) <= POWER_CEILING:
        return "it looks like linear power or amplitude"
    return "it looks like uncalibrated digital numbers"


def check_optical(s2: Array, dtype: str, where: str) -> None:
    """Check that an image is Sentinel-2 in DN (reflectance × 10000).

    Args:
        s2: (C, H, W) of the existing bands, NaN for nodata.
        dtype: Data type of the file.
        where: File name for the message.

    Raises:
        DataError: If it is not.
    """
    if not np.isfinite(s2).all(0).any():
        raise DataError(f"{where} has no valid pixel.", f"Fetch it again, {_SKIP}")
    brightest = float(np.nanmax(s2))
    if "float" in dtype and brightest <= _REFLECTANCE:
        raise DataError(
            f"{where} holds reflectance (up to {brightest:.3g}), where DN are expected.",
            f"Multiply it by 10000, {_SKIP}",
        )
    if dtype == "uint8":
        raise DataError(
            f"{where} holds bytes: a picture for the eye, not reflectance.",
            f"Give Sentinel-2 L2A values as they come, 0 to some 10000, {_SKIP}",
        )


def check_declared(s2: Array, name: str, raster: Raster) -> None:
    """Refuse an image that declares the +1000 offset, unless its values contradict it.

    Args:
        s2: (12, H, W), NaN where unknown.
        name: Name of the pair.
        raster: The file.

    Raises:
        DataError: If it carries the offset.
    """
    reason = declared(name, raster.tags)
    if reason and look(s2) != "clean":
        raise DataError(
            f"{raster.path} carries the +{OFFSET:.0f} of newer Sentinel-2 products: {reason}, and "
            "no band of it is dark anywhere.",
            f"{HARMONISE}, {_SKIP} If that was done already, set the tag BOA_ADD_OFFSET=0.",
        )


def check_same_place(s1: Raster, s2: Raster) -> None:
    """Check that two files share the same pixel grid.

    Raises:
        DataError: If their sizes, CRS or corners differ.
    """
    if s1.values.shape[1:] != s2.values.shape[1:]:
        (h1, w1), (h2, w2) = s1.values.shape[1:], s2.values.shape[1:]
        raise DataError(
            f"{s1.path} is {h1}×{w1} pixels, {s2.path.name} beside it {h2}×{w2}.",
            f"Resample both to one 10 m grid, {_SKIP}",
        )
    if not (s1.crs and s2.crs):
        return
    apart = max(abs(a - b) for a, b in zip(s1.corner, s2.corner, strict=True))
    if s1.crs != s2.crs or apart > s2.pixel:
        raise DataError(
            f"{s1.path} and {s2.path.name} beside it do not lie on the same pixels.",
            f"Warp both to one 10 m grid, {_SKIP}",
        )
