"""Coordinate reference systems: reprojection of points, the ±180° meridian, UTM zones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.warp import transform as transform_points

from gac_core.contract.request import Bounds
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import is_utm

EDGE_POINTS = 129
"""Points along each edge when an outline is reprojected. Between them, a parallel along a rectangle
5° wide deviates by less than a metre."""
MAX_PIECES = 1024
"""Maximum number of pieces into which points are split to isolate those that cannot be
reprojected."""
Points = NDArray[np.float64]
DEGREES = CRS.from_epsg(4326)
CYLINDRICAL = ("merc", "webmerc", "eqc", "cea")
"""Projections whose x is proportional to longitude, and so wraps around after 360°."""

MAX_LATITUDE = 84.0
"""Latitude up to which UTM is defined. In the south it ends at 80 degrees, but works up to 84."""


def apply(transform: Affine, points: Points) -> Points:
    """Apply an affine transform to (2, N) x and y."""
    (a, b, c, d, e, f), (x, y) = transform[:6], points
    return np.array([a * x + b * y + c, d * x + e * y + f])


def reproject(from_crs: Any, to_crs: Any, points: Points) -> Points:
    """Reproject (2, N) x and y from one CRS to another; infinite where that is impossible."""
    return _carry(from_crs, to_crs, points, max(1, points.shape[1] // MAX_PIECES))


def _carry(from_crs: Any, to_crs: Any, points: Points, least: int) -> Points:
    # One point that PROJ cannot transform fails all of them: bisection isolates it.
    if not np.isfinite(points).all():
        result = np.full_like(points, np.inf)
        finite = np.isfinite(points).all(axis=0)
        if finite.any():
            result[:, finite] = _carry(from_crs, to_crs, points[:, finite], least)
        return result
    try:
        xs, ys = transform_points(from_crs, to_crs, points[0], points[1])
    except (*GDAL_ERRORS, CRSError):
        half = points.shape[1] // 2
        if half < least or not has_operation(from_crs, to_crs):
            return np.full_like(points, np.inf)
        parts = (points[:, :half], points[:, half:])
        return np.concatenate([_carry(from_crs, to_crs, p, least) for p in parts], axis=1)
    return np.array([xs, ys], dtype=np.float64)


def has_operation(from_crs: Any, to_crs: Any) -> bool:
    """Return whether PROJ has any operation between two CRSs; between Moon and Earth it has none.

    Its error then differs from that for a point that cannot be reprojected.
    """
    try:
        transform_points(from_crs, to_crs, [0.0], [0.0])
    except (*GDAL_ERRORS, CRSError) as error:
        return "Cannot find coordinate operations" not in str(error)
    return True


def reproject_bounds(from_crs: Any, to_crs: Any, bounds: Bounds) -> Bounds | None:
    """Return the envelope of a rectangle in another CRS; None where it cannot be reprojected."""
    return envelope(reproject(from_crs, to_crs, outline(bounds)))


def lonlat(crs: Any, point: Points) -> tuple[float, float]:
    """Return longitude and latitude (WGS 84, degrees) of a point (2, 1); infinite if undefined."""
    ((longitude,), (latitude,)) = reproject(crs, DEGREES, point)
    return float(longitude), float(latitude)


def outline(bounds: Bounds) -> Points:
    """Return points (2, N) along the edges of a rectangle."""
    xmin, ymin, xmax, ymax = bounds
    xs, ys = np.linspace(xmin, xmax, EDGE_POINTS), np.linspace(ymin, ymax, EDGE_POINTS)
    ones = np.ones(EDGE_POINTS)
    return np.array(
        [
            np.concatenate([xs, xs, xmin * ones, xmax * ones]),
            np.concatenate([ymin * ones, ymax * ones, ys, ys]),
        ]
    )


def envelope(points: Points) -> Bounds | None:
    """Return the bounding rectangle of (2, N) points; None if any is infinite."""
    if not np.isfinite(points).all():
        return None
    (xmin, ymin), (xmax, ymax) = points.min(axis=1), points.max(axis=1)
    return float(xmin), float(ymin), float(xmax), float(ymax)


def period(crs: Any) -> float | None:
    """Return the x distance after which the world repeats, 360 in degrees; None if it does not."""
    if crs.is_geographic:
        return round(2 * math.pi / float(crs.units_factor[1]), 9)
    parts = crs.to_dict()
    if parts.get("proj") not in CYLINDRICAL:
        return None
    if crs.to_epsg() != 3857 and parts.get("datum") != "WGS84":
        return None
    lon_0 = float(parts.get("lon_0", 0.0))
    (west, east), _ = reproject(DEGREES, crs, np.array([[lon_0 - 90.0, lon_0 + 90.0], [0.0, 0.0]]))
    return 2.0 * (east - west) if math.isfinite(east - west) else None


def unwrap(points: Points, near: float, turn: float | None) -> Points:
    """Return points with x shifted by whole turns to within half a turn of `near`."""
    if turn is None:
        return points
    return np.array([near + (points[0] - near + turn / 2) % turn - turn / 2, points[1]])


def utm_epsg_of(crs: Any) -> int | None:
    """Return the EPSG code of a WGS 84 / UTM CRS, even one without a code (as SNAP's), or None."""
    epsg = crs.to_epsg()
    if is_utm(epsg):
        return int(epsg)
    metres = crs.to_dict().get("units", "m") == "m"
    return utm_zone_epsg(crs, "WGS84") if metres else None


def utm_zone_epsg(crs: Any, datum: str | None = None) -> int | None:
    """Return the EPSG code of the WGS 84 zone for a UTM CRS on this datum (None: any), or None."""
    parts = crs.to_dict()
    if parts.get("proj") != "utm" or datum not in (None, parts.get("datum")):
        return None
    return (32700 if parts.get("south") else 32600) + int(parts["zone"])


def central_meridian(epsg: int) -> float:
    """Return the longitude of a UTM zone's central meridian."""
    return (epsg % 100) * 6.0 - 183.0


def degrees_from_meridian(longitudes: Any, epsg: int) -> Any:
    """Return degrees east of a zone's central meridian, in [-180, 180)."""
    return (longitudes - central_meridian(epsg) + 180.0) % 360.0 - 180.0
