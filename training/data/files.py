"""Reading of GeoTIFFs: values, band names, place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.warp import transform as warp_points

from gac_core.gdal import GDAL_ERRORS
from training.data.errors import DataError
from training.data.footprint import Footprint
from training.data.pair import Array

AGAIN = "Fetch or unpack it again, or leave the pair out with --on-bad skip."


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
        raise DataError(f"{path} is missing.", AGAIN)
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
        raise DataError(f"{path} cannot be read: {_one_line(error)}.", AGAIN) from error


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
                f"{raster.path} has {len(raster.values)} bands, where one is expected.", AGAIN
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
