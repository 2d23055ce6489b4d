"""Opening one radar file: what it says of itself, and refusing what cannot be used."""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rasterio
from rasterio.errors import NotGeoreferencedWarning

from gac_core.errors import SceneError
from gac_core.gdal import GDAL_ERRORS, configure
from gac_core.grid import Bounds
from gac_core.redaction import redacted, redacted_text
from gac_core.scene.products import (
    CALIBRATE,
    GEOCODE,
    file_name,
    is_raw,
    is_remote,
    raw_product,
    refuse_side_file,
)
from gac_core.scene.reach import exists, is_link, require_reachable

MOST_NAMED = 4
"""Rasters of a container that a message names."""

GRID_TOLERANCE = 0.01
"""Fraction of a pixel by which the grids of two files may differ."""


@contextmanager
def opened(path: str) -> Iterator[Any]:
    """Opens a raster for reading.

    Raises:
        SceneError: If it is not there, is no raster or no file at all.
    """
    configure()
    _require_name(path)
    require_reachable(path)
    with warnings.catch_warnings():
        # A file without georeference is refused in words of our own.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            file = rasterio.open(path)
        except (*GDAL_ERRORS, ValueError, TypeError) as error:
            raise _unreadable(path, str(error)) from error
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


def _require_name(path: str) -> None:
    """Refuses a name in another encoding than UTF-8, as old archives have: GDAL cannot open it."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError as error:
        shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        raise SceneError(
            f"The radar file {shown} cannot be opened: its name holds letters that are not in "
            "this system's encoding (UTF-8).",
            "Rename it.",
        ) from error


def _unreadable(path: str, told: str) -> SceneError:
    shown, told = redacted(path), public_text(told, path)
    if not is_remote(path) and is_link(path) and not exists(path):
        return SceneError(
            f"The radar file {shown} is a link to a file that does not exist.",
            "Give the file itself.",
        )
    if not is_remote(path) and not exists(path):
        return SceneError(f"The radar file {shown} does not exist.", "Check the path.")
    if not is_remote(path) and not os.access(path, os.R_OK):
        return SceneError(
            f"You have no permission to read the radar file {shown}.",
            "Ask its owner for the permission, or give a copy of your own.",
        )
    if _is_tiff(path):
        return SceneError(
            f"The radar file {shown} cannot be read: it is a damaged or incomplete GeoTIFF.",
            "Copy or download it again.",
        )
    if path.lower().endswith(".dim"):
        return SceneError(
            f"{shown} is SNAP's list of files (BEAM-DIMAP), not a raster.",
            "Give the VV and the VH file (.img) in the .data folder beside it.",
        )
    remedy = "Give a GeoTIFF, or another raster that GDAL reads."
    if is_remote(path) and ("://" in path or path.startswith("/vsicurl")):
        remedy = "Check the address and the connection, and that the access is still valid."
        if "not recognized" in told:
            told = "what the server sends is no raster, but perhaps a web page that asks to sign in"
    elif "not recognized" in told:
        told = "it is no raster, or one that GDAL does not know"
    return SceneError(f"The radar file {shown} cannot be read: {told}.", remedy)


def _is_tiff(path: str) -> bool:
    """Whether a local file begins as a GeoTIFF does."""
    if is_remote(path):
        return False
    try:
        with Path(path).open("rb") as file:
            return file.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    except OSError:
        return False


def public_text(text: str, *paths: str) -> str:
    """A message of GDAL's without the secrets of the addresses in it, which `paths` are."""
    for path in paths:
        text = text.replace(path, redacted(path))
    return redacted_text(text).rstrip(". ")


def refuse_unusable(path: str, file: Any) -> None:
    """Refuses what can never be geocoded backscatter.

    Raises:
        SceneError: For a file without bands, complex values, an 8-bit picture, or one that is
            not placed on the ground.
    """
    name, types = file_name(path), set(file.dtypes)
    refuse_side_file(name)
    if str(file.tags().get("IMAGE_TYPE", "")).upper() == "MASK":
        raise SceneError(f"{name} is a mask, not backscatter.", "Give the image that it is for.")
    if not types:
        opera = "OPERA" in name.upper()
        raise SceneError(
            f"{name} is a container without bands of its own{_held(file)}.",
            "Give the product's GeoTIFFs instead, those that end in _VV.tif and _VH.tif."
            if opera
            else "Give one of the rasters in it by GDAL's name, or in QGIS the layer of one.",
        )
    if file.crs is None and file.gcps[0] and is_raw(path):
        raise raw_product(name)
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
    if not all(map(math.isfinite, file.transform)):
        raise SceneError(
            f"The position of {name} holds values that are no numbers.",
            "Check its georeference, and export it again.",
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


def _held(file: Any) -> str:
    """What a container holds, in words."""
    names = list(file.subdatasets)
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"; it holds {', '.join(names[:MOST_NAMED])}{more}" if names else ""
