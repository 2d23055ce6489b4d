"""GeoTIFFs of pairs: values, bands, place; tile and date by name.

Many files contain undeclared fill values. The engine masks the usual ones in a run; training must
not see them either, as radar (the gradient at -9999 dB is not finite) or as truth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.warp import transform as warp_points

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.message import Message
from gac_core.gdal import GDAL_ERRORS
from gac_core.scene.radiometry import mask_nodata
from training.data.pair import Array, DataError, Footprint

FETCH_AGAIN = Message("Fetch or unpack it again, or leave the pair out with --on-bad skip.")

DB_RANGE = (-90.0, 40.0)
"""Plausible range in dB: noise lies near -30, corner reflectors below 30."""
DN_MIN = -1000.0
"""Minimum DN: 0 of a product with Sentinel-2's +1000 offset, once it is subtracted."""
DN_FULL = 65535.0
"""Maximum of 16 bits: saturated, or a fill value."""

_TILE = re.compile(r"(?:^|[^A-Za-z0-9])(T\d{2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])(?![A-Za-z0-9])")
_WRITTEN = re.compile(r"T?(\d{1,2})([C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])", re.IGNORECASE)
_SENSED = re.compile(r"MSIL[12][AC]_(\d{8})T\d{6}")
_BASELINE = re.compile(r"(?:^|_)N(\d{4})(?:_|$)")
_DIGITS = re.compile(r"^(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T ].*)?$")
_STORABLE = re.compile(r"[A-Za-z0-9]([\w.+-]*[\w+-])?")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_BYTES = 200
"""Maximum length of a name in UTF-8: with the suffixes of files stored for a pair, systems allow
255."""
UNNUMBERED = 9999
"""Baseline in names of products processed outside the ground segment, such as BigEarthNet's: no
information."""


@dataclass(frozen=True)
class Raster:
    """Content of a file.

    Attributes:
        path: Path of the file.
        values: (C, H, W) float32; NaN: nodata.
        bands: Band names; "" for unnamed bands.
        tags: Tags of the file, with upper-case names.
        crs: WKT; "": none.
        corner: Coordinates of the upper left corner in that CRS.
        pixel: Size of a pixel in units of the CRS.
        place: (lat, lon) of the centre in degrees; None: unknown.
        dtype: Data type in the file.
        transform: Affine transform from pixels of `values` to coordinates.
    """

    path: Path
    values: Array
    bands: tuple[str, ...]
    tags: dict[str, str]
    crs: str
    corner: tuple[float, float]
    pixel: float
    place: tuple[float, float] | None
    dtype: str
    transform: Affine


def read_raster(path: Path, side: int | None = None) -> Raster:
    """Read a whole file.

    Args:
        path: Path of the file.
        side: Height and width to resample to bilinearly; None: native size.

    Raises:
        DataError: If it is missing or cannot be read.
    """
    if not path.is_file():
        raise DataError(Message("{} is missing.", path), FETCH_AGAIN, problem="pair-file-missing")
    try:
        with rasterio.open(path) as file:
            shape = None if side is None else (file.count, side, side)
            values = file.read(
                out_dtype=np.float32, out_shape=shape, resampling=Resampling.bilinear
            )
            if file.nodata is not None:
                values[values == np.float32(file.nodata)] = np.nan
            return Raster(
                path=path,
                values=values,
                bands=tuple(name or "" for name in file.descriptions),
                tags=_tags(file),
                crs=file.crs.to_wkt() if file.crs else "",
                corner=(file.transform.c, file.transform.f),
                pixel=abs(file.transform.a),
                place=_place(file),
                dtype=file.dtypes[0],
                transform=file.transform
                @ Affine.scale(file.width / values.shape[2], file.height / values.shape[1]),
            )
    except (*GDAL_ERRORS, OSError, ValueError) as error:
        raise DataError(
            Message("{} cannot be read: {}.", path, _one_line(error)),
            FETCH_AGAIN,
            problem="pair-file-unreadable",
        ) from error


def read_tags(path: Path) -> tuple[dict[str, str], tuple[float, float] | None] | None:
    """Return a file's tags and place as in `Raster`, or None if it cannot be opened."""
    try:
        with rasterio.open(path) as file:
            return _tags(file), _place(file)
    except (*GDAL_ERRORS, OSError, ValueError):
        return None


def read_bands(paths: Sequence[Path], side: int) -> tuple[Array, Raster]:
    """Read and stack single-band files.

    Returns:
        (C, side, side) float32, and the first file.

    Raises:
        DataError: If one is missing, cannot be read, or has more than one band.
    """
    rasters = [read_raster(path, side) for path in paths]
    for raster in rasters:
        if len(raster.values) != 1:
            raise DataError(
                Message("{} has {} bands, where one is expected.", raster.path, len(raster.values)),
                FETCH_AGAIN,
                problem="not-one-band",
            )
    return np.concatenate([raster.values for raster in rasters]), rasters[0]


def read_footprint(path: Path, place: tuple[float, float] | None = None) -> Footprint | None:
    """Read the footprint of an image of 10 m pixels from its header alone.

    Args:
        path: Path of the file.
        place: (lat, lon) of its centre if known from elsewhere; None: read it from the file.

    Returns:
        None if the file has no place or cannot be read; reading the pair reports why.
    """
    try:
        with rasterio.open(path) as file:
            return Footprint.of(place or _place(file), max(file.shape))
    except (*GDAL_ERRORS, OSError, ValueError):
        return None


def _tags(file: Any) -> dict[str, str]:
    return {key.upper(): text for key, text in file.tags().items()}


def _place(file: Any) -> tuple[float, float] | None:
    if file.crs is None:
        return None
    x, y = file.transform @ (file.width / 2, file.height / 2)
    (lon,), (lat,) = warp_points(file.crs, "EPSG:4326", [x], [y])
    return (lat, lon) if math.isfinite(lat) and math.isfinite(lon) else None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


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
            Message(
                "{} has {} bands, and none are named VV and VH.", raster.path, len(raster.values)
            ),
            Message("Write two bands, VV and VH in dB."),
            problem="pair-vv-vh-unnamed",
        )
    return mask_radar_fill(values)


def mask_radar_fill(values: Array) -> Array:
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
            Message(
                "{} is not what training needs: {} bands ({}).{}",
                raster.path,
                count,
                ", ".join(name or "no name" for name in raster.bands),
                level,
            ),
            Message(
                "Give level 2A with the 12 bands {}, or with {}, named in the file.",
                ", ".join(S2_BANDS),
                ", ".join(OUTPUT_BANDS),
            ),
            problem="pair-bands-wrong",
        )
    s2 = np.full((len(S2_BANDS), *raster.values.shape[1:]), np.nan, np.float32)
    for name, values in zip(names, raster.values, strict=False):
        if name in S2_BANDS:
            s2[S2_BANDS.index(name)] = values
    bands = tuple(band in names for band in S2_BANDS)
    return mask_optical_fill(s2, bands), bands


def mask_optical_fill(s2: Array, bands: tuple[bool, ...]) -> Array:
    """Return the image with NaN for fill values, declared or not.

    Fill values are pixels with 0 in all bands (Sentinel-2's nodata) or the same negative number in
    all (nodata less an offset), and values outside of a product's range in any band.

    Args:
        s2: (12, H, W) DN, NaN where unknown.
        bands: For each band, True if the source has it.
    """
    present = s2[list(bands)]
    empty = (present == present[0]).all(0) & (present[0] <= 0)
    possible = (s2 >= DN_MIN) & (s2 < DN_FULL)
    return np.where(possible & ~empty, s2, np.float32(np.nan))


def _band_name(text: str) -> str:
    match = re.fullmatch(r"B?0?(\d{1,2})(A?)", text.strip().upper())
    return f"B{int(match[1]):02d}" if match and not match[2] else text.strip().upper()


def is_storable(name: str) -> bool:
    """Return whether a name is valid for files and folders on any system, and no path."""
    return (
        bool(_STORABLE.fullmatch(name))
        and not _DEVICES.fullmatch(name)
        and len(name.encode()) <= _BYTES
    )


def tile_in(name: str) -> str:
    """Return the Sentinel-2 tile in a name, with its `T`; "" if none."""
    match = _TILE.search(name)
    return match.group(1) if match else ""


def as_tile(text: str) -> str:
    """Return a tile's name in one spelling: `33uup` as `T33UUP`, ` Vienna ` as `Vienna`."""
    match = _WRITTEN.fullmatch(text.strip())
    return f"T{int(match.group(1)):02d}{match.group(2).upper()}" if match else text.strip()


def date_in(name: str) -> str:
    """Return the sensing date in a Sentinel-2 product's name, `YYYY-MM-DD`; "" if none."""
    match = _SENSED.search(name)
    return as_date(match.group(1)) if match else ""


def baseline_in(name: str) -> int | None:
    """Return the processing baseline in a product's name, 400 for `N0400`; None if unknown."""
    match = _BASELINE.search(name)
    if match is None or int(match.group(1)) == UNNUMBERED:
        return None
    return int(match.group(1))


def as_date(text: str) -> str:
    """Return a date as `YYYY-MM-DD` or `YYYY-MM`; "" if it is not a date.

    Accepts `20170613`, `2017-06-13`, `2017-06-13T10:10:31` and `201706`.
    """
    match = _DIGITS.match(text.strip())
    if match is None or not 1 <= int(match.group(2)) <= 12:
        return ""
    return "-".join(part for part in match.groups() if part)


def month_of(date: str) -> int:
    """Return the calendar month of a date from `as_date`; 0 for ""."""
    return int(date[5:7]) if date else 0
