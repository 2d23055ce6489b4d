"""Opening one radar file: what it says of itself, and refusing what cannot be used."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rasterio
from rasterio.errors import NotGeoreferencedWarning

from gac_core.errors import SceneError
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import Bounds
from gac_core.scene.polarisation import FileBands
from gac_core.scene.units import CALIBRATE

GEOCODE = (
    "Terrain-correct it first, for example with SNAP (Range-Doppler Terrain Correction) or with "
    "ASF HyP3's RTC."
)
GRID_TOLERANCE = 0.01
"""Fraction of a pixel by which the grids of two files may differ."""

_TELLING = re.compile(
    r"unit|product|scale|calib|descr|backscatter|radiometr|title|polari", re.IGNORECASE
)
"""Tags that may speak of unit, polarisation or product. Others, such as the name of a resampling
method, use the same words for something else."""

_LONGEST_TEXT = 300
"""Longer tags are logs and whole metadata files: they mention every unit there is."""


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """Opens a raster for reading.

    Raises:
        SceneError: If it is not there or is no raster.
    """
    with warnings.catch_warnings():
        # A file without georeference is refused in words of our own.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            file = rasterio.open(path)
        except (*GDAL_ERRORS, ValueError, TypeError) as error:
            if not path.startswith("/vsi") and "://" not in path and not Path(path).exists():
                raise SceneError(
                    f"The radar file {path} does not exist.", "Check the path."
                ) from error
            raise SceneError(
                f"The radar file {path} cannot be read: {error}.",
                "Give a GeoTIFF, or another raster that GDAL reads.",
            ) from error
    with file:
        yield file


def bounds_of(path: str) -> tuple[Bounds | None, str | None]:
    """Bounds and CRS (WKT) of any raster; (None, None) where it has none or cannot be read."""
    try:
        with opened(path) as file:
            if file.crs is None:
                return None, None
            return tuple(file.bounds), file.crs.to_wkt()
    except SceneError:
        return None, None


def file_name(path: str) -> str:
    """The last part of a path, to call a file in messages."""
    return Path(path).name or path


def describe(path: str, file: Any) -> FileBands:
    """What an open file's name, tags and band descriptions say."""
    name = file_name(path)
    bands = tuple(
        tuple(
            text
            for text in (file.descriptions[b - 1], file.units[b - 1], *_telling(file.tags(b)))
            if text
        )
        for b in file.indexes
    )
    return FileBands(name, (name, *_telling(file.tags())), bands)


def _telling(tags: dict[str, str]) -> list[str]:
    return [v for k, v in tags.items() if _TELLING.search(k) and len(v) <= _LONGEST_TEXT]


def refuse_unusable(name: str, file: Any) -> None:
    """Refuses what can never be geocoded backscatter.

    Raises:
        SceneError: For a file without bands, complex values, an 8-bit picture, or one that is
            not placed on the ground.
    """
    types = set(file.dtypes)
    if not types:
        raise SceneError(
            f"{name} is a container without bands of its own.",
            "Give one of the rasters inside it.",
        )
    if all(t.startswith("complex") for t in types):
        raise SceneError(
            f"{name} holds complex values (single-look complex, SLC).",
            "Give detected, calibrated backscatter: a terrain-corrected GRD or RTC product.",
        )
    if types <= {"uint8", "int8"}:
        raise SceneError(
            f"{name} is an 8-bit picture: stretched for display, its backscatter is lost.",
            "Give the data that the picture was made from.",
        )
    if file.crs is None and file.gcps[0]:
        raise SceneError(
            f"{name} is in radar geometry: it has ground control points but is not geocoded.",
            GEOCODE if any(t.startswith("float") for t in types) else CALIBRATE,
        )
    if file.crs is None or file.transform.is_identity:
        raise SceneError(
            f"{name} does not say where it lies: it has no coordinate system or no position.",
            "Assign its CRS and extent, for example with QGIS's Assign projection, or export "
            "it again with georeference.",
        )


def refuse_different(names: tuple[str, str], first: Any, second: Any) -> None:
    """Refuses two files that do not lie pixel on pixel.

    Raises:
        SceneError: If CRS, size or position differ.
    """
    differs = None
    if first.crs != second.crs:
        differs = "coordinate systems"
    elif first.shape != second.shape:
        differs = f"sizes ({first.width}x{first.height} and {second.width}x{second.height})"
    else:
        corners = ((0, 0), (first.width, 0), (0, first.height))
        back = ~first.transform @ second.transform
        shift = max(abs(v - w) for c in corners for v, w in zip(back @ c, c, strict=True))
        if shift > GRID_TOLERANCE:
            differs = f"positions (by up to {shift:.2f} pixels)"
    if differs:
        raise SceneError(
            f"{names[0]} and {names[1]} have different {differs}.",
            "Give VV and VH of one scene on one grid, for example exported together.",
        )
