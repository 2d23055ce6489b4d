"""Extent of a run, and its window on a scene's grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.errors import CRSError

from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message, later
from gac_core.contract.request import Bounds
from gac_core.gdal import GDAL_ERRORS
from gac_core.grid import PIXEL, Window, WorkGrid, utm_epsg
from gac_core.scene.crs import (
    MAX_LATITUDE,
    Points,
    apply,
    degrees_from_meridian,
    envelope,
    lonlat,
    outline,
    period,
    reproject,
    reproject_bounds,
    unwrap,
    utm_epsg_of,
)

ROOM = 0.01
"""Margin, as a share of a scene's size, around its envelope in an extent's CRS before the extent is
clipped to it: the envelope is one of points, between which an edge may bulge."""
GRID_POINTS = 33
"""Points along each axis of a scene when it is reprojected to an extent's CRS."""
OWN_ZONE = 4.0
"""Degrees from its central meridian within which an extent given in a UTM zone keeps that zone."""
CROSSING = 1.0
"""Degrees of latitude by which such an extent may lie beyond the equator."""

TOLERANCE_PIXELS = 2
"""Pixels by which an extent may exceed the scene without a warning: reprojecting the scene's own
outline to another CRS and back may cause as much."""

MAX_EASTING_OFFSET = 500_000.0
"""Distance in metres from a zone's central meridian beyond which its lengths are off by more than
0.3 %."""

EARTH = 6_378_137.0

BEYOND_SCENE = later(
    "The extent reaches beyond the scene: {} % of it lies on the scene and is computed."
)
"""Template of a warning."""


@dataclass(frozen=True)
class Extent:
    """Parsed extent.

    Attributes:
        bounds: (xmin, ymin, xmax, ymax) with xmin < xmax; across ±180°, xmax lies beyond it.
        crs: Its CRS (rasterio's).
        shown: As the user gave it, for messages.
    """

    bounds: Bounds
    crs: Any
    shown: str


def parse_extent(extent: Bounds, crs: str | None, source_crs: Any) -> Extent:
    """Parse and validate an extent.

    Args:
        extent: (xmin, ymin, xmax, ymax); xmin > xmax in degrees: across the ±180° meridian.
        crs: Its CRS as `EPSG:n` or WKT; None: the scene's.
        source_crs: The scene's CRS (rasterio's).

    Raises:
        RequestError: If the CRS is unknown, or the numbers are not a valid rectangle.
    """
    label = " ".join(f"{edge:.10g}" for edge in extent)
    try:
        extent_crs = source_crs if crs is None else CRS.from_user_input(crs)
    except (*GDAL_ERRORS, CRSError, ValueError, TypeError) as error:
        raise RequestError(
            Message("The extent's CRS {} is unknown.", repr(crs)),
            Message("Give it as EPSG:n or as WKT."),
            problem="extent-crs-unknown",
        ) from error
    xmin, ymin, xmax, ymax = (float(edge) for edge in extent)
    if not all(math.isfinite(edge) for edge in (xmin, ymin, xmax, ymax)):
        raise RequestError(
            Message("The extent {} contains a coordinate that is not finite.", label),
            _AS_NUMBERS,
            problem="extent-not-finite",
        )
    if xmin == xmax or ymin == ymax:
        raise RequestError(
            Message("The extent {} is empty.", label), _AS_NUMBERS, problem="extent-empty"
        )
    if xmin > xmax and extent_crs.is_geographic:
        turn = period(extent_crs) or 360.0
        xmax += turn * (math.floor((xmin - xmax) / turn) + 1)
    if xmin > xmax or ymin > ymax:
        raise RequestError(
            Message("The minimum of the extent {} exceeds its maximum.", label),
            _AS_NUMBERS,
            problem="extent-reversed",
        )
    return Extent((xmin, ymin, xmax, ymax), extent_crs, label)


_AS_NUMBERS = Message("Give it as xmin ymin xmax ymax with xmin < xmax and ymin < ymax.")


def clip_to_scene(asked: Extent, crs: Any, transform: Affine, height: int, width: int) -> Bounds:
    """Return the part of an extent near a scene, in the extent's CRS.

    An extent may be the whole world, most of which cannot be reprojected to the scene's grid: so
    it is clipped to the scene's envelope (plus a margin) first.

    Args:
        asked: The extent.
        crs: CRS of the scene.
        transform: From its pixels to its coordinates.
        height: Its rows.
        width: Its columns.

    Raises:
        RequestError: If the extent does not touch the scene.
    """
    cols, rows = np.meshgrid(
        np.linspace(0, width, GRID_POINTS), np.linspace(0, height, GRID_POINTS)
    )
    pixels = np.concatenate([[cols.ravel(), rows.ravel()], outline((0, 0, width, height))], axis=1)
    points = reproject(crs, asked.crs, apply(transform, pixels))
    points = points[:, np.isfinite(points).all(axis=0)]
    middle = apply(transform, centre((0, 0, width, height)))
    where = Message("the scene is round {}", format_location(crs, middle))
    turn = period(asked.crs)
    around = None
    if points.size:
        around = envelope(unwrap(points, float(points[0, points.shape[1] // 2]), turn))
    if around is None:
        raise RequestError(
            Message(
                "The extent {} cannot be placed on the scene: its CRS does not reach there; {}.",
                asked.shown,
                where,
            ),
            Message("Check the extent's coordinates and its CRS."),
            problem="extent-crs-out-of-reach",
        )
    room_x, room_y = ROOM * (around[2] - around[0]), ROOM * (around[3] - around[1])
    around = (around[0] - room_x, around[1] - room_y, around[2] + room_x, around[3] + room_y)
    overlap = max(
        (_common(candidate, around) for candidate in _turns(asked.bounds, around, turn)),
        key=lambda part: part[2] - part[0],
    )
    if not (overlap[0] < overlap[2] and overlap[1] < overlap[3]):
        raise outside_error(asked, where)
    return overlap


def pixel_of(asked: Extent, part: Bounds, crs: Any, transform: Affine, near: Points) -> Points:
    """Return the scene pixel (2, 1) at the centre of an extent's part, unwrapped near `near`."""
    x = float(apply(transform, near)[0, 0])
    return apply(~transform, unwrap(reproject(asked.crs, crs, centre(part)), x, period(crs)))


def zone_of(asked: Extent, part: Bounds) -> int | None:
    """Return the EPSG code of the UTM zone at the centre of an extent's part; None outside UTM.

    An extent given in a UTM zone keeps that zone as long as its centre lies in or close to it.
    """
    longitude, latitude = lonlat(asked.crs, centre(part))
    if not (math.isfinite(longitude) and abs(latitude) <= MAX_LATITUDE):
        return None
    own = utm_epsg_of(asked.crs)
    if own is not None and abs(degrees_from_meridian(longitude, own)) <= OWN_ZONE:
        is_northern = own < 32700
        if (latitude > -CROSSING) if is_northern else (latitude < CROSSING):
            return own
    return utm_epsg(longitude, latitude)


def centre(bounds: Bounds) -> Points:
    """Return the centre (2, 1) of a rectangle."""
    return np.array([[(bounds[0] + bounds[2]) / 2], [(bounds[1] + bounds[3]) / 2]])


def _turns(bounds: Bounds, around: Bounds, turn: float | None) -> list[Bounds]:
    """Return the extent shifted by each number of whole turns at which it may meet an envelope."""
    if turn is None:
        return [bounds]
    xmin, ymin, xmax, ymax = bounds
    first = math.floor((around[0] - xmax) / turn)
    last = min(math.ceil((around[2] - xmin) / turn), first + 8)
    return [(xmin + k * turn, ymin, xmax + k * turn, ymax) for k in range(first, last + 1)]


def _common(one: Bounds, other: Bounds) -> Bounds:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def format_location(crs: Any, point: Points) -> str:
    """Return a location as text, so that users see at once whether it is the right one."""
    longitude, latitude = lonlat(crs, point)
    if not (math.isfinite(longitude) and abs(latitude) <= 90.0):
        return Message("no place on Earth")
    longitude = (longitude + 180.0) % 360.0 - 180.0
    east, north = "E" if longitude >= 0 else "W", "N" if latitude >= 0 else "S"
    return f"{abs(latitude):.3f}° {north} {abs(longitude):.3f}° {east}"


def outside_error(asked: Extent, where: str) -> RequestError:
    """Return the error for an extent that misses a scene, located at `where`."""
    asked_at = format_location(asked.crs, centre(asked.bounds))
    return RequestError(
        Message(
            "The extent {} does not touch the scene: it is round {}, {}.",
            asked.shown,
            asked_at,
            where,
        ),
        Message(
            "Choose an extent on the scene. If the places are right, the extent's CRS is wrong."
        ),
        problem="extent-off-scene",
    )


def window_of(
    asked: Extent, part: Bounds, grid: WorkGrid, scene: Window
) -> tuple[Window, list[str]]:
    """Return the window of an extent on a scene, and notes for the user.

    Args:
        asked: The extent.
        part: Its part near the scene (`clip_to_scene`).
        grid: Grid of the scene.
        scene: Footprint of the scene.

    Raises:
        RequestError: If the extent does not touch the scene.
    """
    bounds = reproject_bounds(asked.crs, CRS.from_epsg(grid.epsg), part)
    if bounds is None:
        raise RequestError(
            Message(
                "The extent {} cannot be placed on the scene's grid (EPSG:{}).",
                asked.shown,
                grid.epsg,
            ),
            Message("Check the extent's coordinates and its CRS."),
            problem="extent-off-grid",
        )
    extent_window = grid.window(bounds)
    window = extent_window.intersection(scene)
    if window.is_empty:
        middle = scene.col + scene.width / 2, scene.row + scene.height / 2
        x, y = grid.transform(Window(0, 0, 1, 1)) @ middle
        where = format_location(CRS.from_epsg(grid.epsg), np.array([[x], [y]]))
        raise outside_error(asked, Message("the scene is round {}", where))
    share_near = _area(part) / _area(asked.bounds)
    padded = Window(
        scene.row - TOLERANCE_PIXELS,
        scene.col - TOLERANCE_PIXELS,
        scene.height + 2 * TOLERANCE_PIXELS,
        scene.width + 2 * TOLERANCE_PIXELS,
    )
    inside = share_near > 1 - 1e-9 and padded.contains(extent_window)
    share = share_near * min(1.0, _area(grid.bounds(window)) / _area(bounds))
    return window, [*([] if inside else [_clipped(share)]), *_distortion_notes(grid, window)]


def _area(bounds: Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _clipped(share: float) -> str:
    percent = Message("less than 1") if share < 0.01 else f"{min(99, round(100 * share))}"
    return Message(
        BEYOND_SCENE,
        percent,
    )


def _distortion_notes(grid: WorkGrid, window: Window) -> list[str]:
    left, _, right, _ = grid.bounds(window)
    distance = max(abs(left - MAX_EASTING_OFFSET), abs(right - MAX_EASTING_OFFSET))
    if distance <= MAX_EASTING_OFFSET + PIXEL:
        return []
    error = 0.9996 * (1 + (distance / EARTH) ** 2 / 2) - 1
    return [
        Message(
            "The area reaches {} km from the central meridian of UTM zone {}, in which "
            "it is computed: lengths there are {} % too large.",
            f"{distance / 1000:.0f}",
            grid.epsg % 100,
            f"{100 * error:.1f}",
        )
    ]
