"""Where a scene lies on the working grid, and whether it needs warping to get there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.warp import transform as transform_points

from gac_core.errors import SceneError
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import PIXEL, Bounds, Window, WorkGrid, is_utm, utm_epsg

DRIFT = 0.05
"""Pixels by which a 10 m grid may drift off whole 10 m steps over the scene before it is warped."""

EDGE_POINTS = 21
"""Points along each edge by which an outline is carried from one CRS into another."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """A scene on the working grid.

    Attributes:
        grid: The working grid.
        window: The scene's footprint.
        native: Whether working pixels are source pixels: nothing is ever resampled then.
        spacing: Edge of a source pixel in metres, geometric mean of both axes, at the centre.
    """

    grid: WorkGrid
    window: Window
    native: bool
    spacing: float


def place_scene(crs: Any, transform: Affine, height: int, width: int, name: str) -> Place:
    """Finds a scene's working grid and footprint.

    The zone is the source's own if it is UTM, else the zone of the scene's centre.

    Args:
        crs: CRS of the source (rasterio's).
        transform: From source pixels to its coordinates.
        height: Rows of the source.
        width: Columns of the source.
        name: What to call the scene in messages.

    Raises:
        SceneError: If the source's CRS cannot be carried onto the ground.
    """
    epsg = utm_of(crs)
    if epsg is not None and _is_ten_metres(transform, height, width):
        grid = WorkGrid(epsg, _offset(transform.c), _offset(transform.f))
        col = round((transform.c - grid.offset_x) / PIXEL)
        row = -round((transform.f - grid.offset_y) / PIXEL)
        return Place(grid, Window(row, col, height, width), True, PIXEL)
    centre = apply(transform, np.array([[width / 2], [height / 2]]))
    if epsg is None:
        ((longitude,), (latitude,)) = carry(crs, CRS.from_epsg(4326), centre)
        if not (math.isfinite(longitude) and abs(latitude) <= 84.0):
            raise SceneError(
                f"{name} cannot be placed on a UTM grid: its centre is at longitude "
                f"{longitude:.4g}, latitude {latitude:.4g}.",
                "Check its CRS. UTM covers latitudes up to 84 degrees.",
            )
        epsg = utm_epsg(longitude, latitude)
    grid = WorkGrid(epsg)
    utm = CRS.from_epsg(epsg)
    outline = carry(crs, utm, apply(transform, _outline((0, 0, width, height))))
    window = grid.window(_envelope(outline, name))
    step = np.array([[width / 2], [height / 2]]) + np.array([[0, 1, 0], [0, 0, 1]])
    centre, right, down = carry(crs, utm, apply(transform, step)).T
    area = abs(float(np.linalg.det(np.stack([right - centre, down - centre]))))
    return Place(grid, window, False, math.sqrt(area))


def utm_of(crs: Any) -> int | None:
    """EPSG code of a WGS 84 / UTM CRS, also where it carries no code, as SNAP's; else None."""
    epsg = crs.to_epsg()
    if is_utm(epsg):
        return int(epsg)
    parts = crs.to_dict()
    if parts.get("proj") != "utm" or parts.get("datum") != "WGS84":
        return None
    return (32700 if parts.get("south") else 32600) + int(parts["zone"])


def apply(transform: Affine, points: Points) -> Points:
    """Applies an affine transform to (2, N) x and y."""
    (a, b, c, d, e, f), (x, y) = transform[:6], points
    return np.array([a * x + b * y + c, d * x + e * y + f])


def carry(from_crs: Any, to_crs: Any, points: Points) -> Points:
    """Carries (2, N) x and y from one CRS to another; infinite where that cannot be done."""
    try:
        xs, ys = transform_points(from_crs, to_crs, points[0], points[1])
    except GDAL_ERRORS:
        return np.full_like(points, np.inf)
    return np.array([xs, ys], dtype=np.float64)


def carry_bounds(from_crs: Any, to_crs: Any, bounds: Bounds) -> Bounds | None:
    """The envelope, in another CRS, of a rectangle; None where it cannot be carried there."""
    outline = carry(from_crs, to_crs, _outline(bounds))
    return _envelope_or_none(outline)


def _is_ten_metres(transform: Affine, height: int, width: int) -> bool:
    """Whether pixels are 10 m squares, north up."""
    drift = max(
        max(abs(transform.a - PIXEL), abs(transform.d)) * width,
        max(abs(transform.e + PIXEL), abs(transform.b)) * height,
    )
    return drift / PIXEL < DRIFT


def _offset(edge: float) -> float:
    """An edge's place within a pixel, to the micrometre, so that 9.9999999999 m is 0."""
    return round(edge % PIXEL, 6) % PIXEL


def _outline(bounds: Bounds) -> Points:
    """Points (2, N) all round a rectangle."""
    xmin, ymin, xmax, ymax = bounds
    xs, ys = np.linspace(xmin, xmax, EDGE_POINTS), np.linspace(ymin, ymax, EDGE_POINTS)
    same = np.ones(EDGE_POINTS)
    return np.array(
        [
            np.concatenate([xs, xs, xmin * same, xmax * same]),
            np.concatenate([ymin * same, ymax * same, ys, ys]),
        ]
    )


def _envelope(outline: Points, name: str) -> Bounds:
    found = _envelope_or_none(outline)
    if found is None:
        raise SceneError(
            f"{name} cannot be placed on a UTM grid: part of it lies outside its CRS.",
            "Check its CRS, or cut it to the area you need.",
        )
    return found


def _envelope_or_none(outline: Points) -> Bounds | None:
    if not np.isfinite(outline).all():
        return None
    (xmin, ymin), (xmax, ymax) = outline.min(axis=1), outline.max(axis=1)
    return float(xmin), float(ymin), float(xmax), float(ymax)
