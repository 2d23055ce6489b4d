"""Scenes made to order for fuzzing: a ramp of power anywhere on Earth, placed in any way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from hypothesis import strategies as st
from pyproj import Transformer

from gac_core.grid import utm_epsg


def placed(
    draw: st.DrawFn, height: int, width: int, *, low: float = 5.0, high: float = 60.0
) -> tuple[str, Affine]:
    """A CRS and an affine transform of pixels of `low` to `high` metres somewhere on Earth.

    Rotated, sheared, flipped, not square; in degrees, in Mercator metres, in this zone's UTM or
    its neighbour's, on other datums, across ±180° and the equator.
    """
    longitude = draw(st.floats(-179.99, 180) | st.sampled_from([179.999, -179.999, 6.0, -0.001]))
    latitude = draw(st.floats(-79, 79) | st.sampled_from([0.0, 78.9]))
    zone = utm_epsg(longitude, latitude)
    crs = draw(
        st.sampled_from(["EPSG:4326", "EPSG:3857", f"EPSG:{zone}", _beside(zone), "EPSG:6933"])
    )
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(longitude, latitude)
    right, down = (draw(st.floats(low, high)) for _ in range(2))
    if crs == "EPSG:4326":
        unit_y = 1 / 111_000
        unit_x = unit_y / np.cos(np.radians(latitude))
    elif crs == "EPSG:6933":
        unit_x = np.cos(np.radians(30)) / np.cos(np.radians(latitude))
        unit_y = 1 / unit_x
    else:
        unit_x = unit_y = 1 / np.cos(np.radians(latitude)) if crs == "EPSG:3857" else 1.0
    turn = draw(st.sampled_from([0.0, 90.0, 180.0]) | st.floats(-180, 180))
    shear = draw(st.just(0.0) | st.floats(-25, 25))
    flip = draw(st.sampled_from([1, -1]))
    metres = Affine.rotation(turn) @ Affine.shear(shear, 0) @ Affine.scale(right, -down * flip)
    centred = metres @ Affine.translation(-width / 2, -height / 2)
    return crs, Affine.translation(x, y) @ Affine.scale(unit_x, unit_y) @ centred


def _beside(epsg: int) -> str:
    zone = epsg % 100
    return f"EPSG:{epsg - zone + zone % 60 + 1}"


BASE = 30
"""Power of a first pixel: with less, the first line stood apart from the others, as fills do."""


def write_ramp(path: Path, crs: str, transform: Affine, height: int, width: int) -> Path:
    """Power of VV that rises with the column, of VH with the row: a pixel tells where it is."""
    power = np.empty((2, height, width), np.float32)
    power[0] = BASE + np.arange(width)
    power[1] = BASE + np.arange(height)[:, None]
    path.unlink(missing_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=2,
        height=height,
        width=width,
        crs=crs,
        transform=transform,
    ) as file:
        file.write((10 * np.log10(power) - 40).astype(np.float32))
        file.descriptions = ("VV_db", "VH_db")
    return path


def located(db: np.ndarray) -> np.ndarray:
    """Columns and rows (2, H, W), with the pixel's centre at 0.5, that values of a ramp tell."""
    return 10 ** ((db.astype(np.float64) + 40) / 10) - BASE + 0.5
