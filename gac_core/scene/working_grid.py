"""Placement of a source on the 10 m working grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from rasterio.crs import CRS

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from gac_core.contract.request import Bounds
from gac_core.grid import PIXEL, Window, WorkGrid, utm_epsg
from gac_core.scene.crs import (
    MAX_LATITUDE,
    Points,
    apply,
    degrees_from_meridian,
    envelope,
    has_operation,
    lonlat,
    outline,
    reproject,
    utm_epsg_of,
    utm_zone_epsg,
)
from gac_core.scene.extent import Extent, clip_to_scene, parse_extent, pixel_of, zone_of
from gac_core.scene.source import Source

DRIFT = 0.05
"""Maximum drift in pixels of a 10 m grid off whole 10 m steps over the scene before it is
warped."""
ZONE_HALF_WIDTH = 1_000_000.0
"""Metres on both sides of a zone's central meridian that bound a scene too wide for one zone."""
MAX_MERIDIAN_DISTANCE = 60.0
"""Degrees from its central meridian beyond which a zone's coordinates are meaningless."""

COARSEST = 100.0
"""Maximum pixel spacing in metres: beyond it, one pixel would cover more than a hundred working
pixels, and a token of the models two. Such a scene is an overview, or its CRS is wrong."""
FINEST = 1.0
"""Minimum pixel spacing in metres: Sentinel-1 resolves no finer detail in any mode, so such a scene
is from another sensor or has a wrong CRS; and a block of it would take gigabytes."""


@dataclass(frozen=True)
class GridPlacement:
    """Placement of a scene on the working grid.

    Attributes:
        grid: The working grid.
        window: Footprint of the scene; for a scene too wide for one zone, the part of the zone that
            it may extend into.
        native: True if working pixels are source pixels: nothing is ever resampled then.
        wide: True if the scene is too wide for one zone to hold all of it.
        steps: Edges of a source pixel in metres: from column to column, and from row to row.
        spacing: Geometric mean of both.
    """

    grid: WorkGrid
    window: Window
    native: bool
    wide: bool = False
    steps: tuple[float, float] = (PIXEL, PIXEL)

    @property
    def spacing(self) -> float:
        """Edge of a square as large as a source pixel, in metres."""
        return math.sqrt(self.steps[0] * self.steps[1])


def place_scene(
    crs: Any,
    transform: Affine,
    height: int,
    width: int,
    name: str,
    *,
    centre: Points | None = None,
    zone: int | None = None,
) -> GridPlacement:
    """Determine a scene's working grid and footprint.

    The zone is the source's own if it is in UTM, on any datum; else `zone`, else the zone of
    `centre`.

    Args:
        crs: CRS of the source (rasterio's).
        transform: From source pixels to its coordinates.
        height: Rows of the source.
        width: Columns of the source.
        name: Name of the scene in messages.
        centre: (2, 1) source pixel that determines the zone; None: the scene's centre.
        zone: EPSG code of the zone to use unless the source is in UTM; None: decide.

    Raises:
        SceneError: If the source's CRS cannot be reprojected to UTM, or its pixels have no sensible
            size.
    """
    epsg = utm_epsg_of(crs)
    if epsg is not None and _is_ten_metres(transform, height, width):
        grid = WorkGrid(epsg, _offset(transform.c), _offset(transform.f))
        return GridPlacement(
            grid, _native_window(grid, transform.c, transform.f, height, width), True
        )
    scene_centre = np.array([[width / 2], [height / 2]])
    centre = scene_centre if centre is None else centre
    epsg = epsg or utm_zone_epsg(crs) or zone or _zone_at(crs, transform, centre, name)
    utm = CRS.from_epsg(epsg)
    pixels = _lattice(height, width)
    corner = _ten_metre_corner(pixels, reproject(crs, utm, apply(transform, pixels)))
    if corner is not None:
        grid = WorkGrid(epsg, _offset(corner[0]), _offset(corner[1]))
        return GridPlacement(grid, _native_window(grid, *corner, height, width), True)
    grid = WorkGrid(epsg)
    neighbours = centre + np.array([[0, 1, 0], [0, 0, 1]])
    point, right, down = reproject(crs, utm, apply(transform, neighbours)).T
    # Pixels without area coincide: their transform has no inverse.
    area = abs(float(np.linalg.det(np.stack([right - point, down - point]))))
    steps = float(np.hypot(*(right - point))), float(np.hypot(*(down - point)))
    if not (math.isfinite(area) and area > 1e-3 * steps[0] * steps[1]):
        raise SceneError(
            Message(
                "{} cannot be placed on a UTM grid: its pixels have no sensible size there.", name
            ),
            Message("Check its CRS and its georeference."),
            problem="pixel-size-senseless",
        )
    bounds, wide = _footprint(crs, transform, height, width, epsg, name)
    return GridPlacement(grid, grid.window(bounds), False, wide, steps)


def _zone_at(crs: Any, transform: Affine, centre: Points, name: str) -> int:
    longitude, latitude = lonlat(crs, apply(transform, centre))
    if math.isfinite(longitude) and abs(latitude) <= MAX_LATITUDE:
        return utm_epsg(longitude, latitude)
    if not has_operation(crs, CRS.from_epsg(4326)):
        raise SceneError(
            Message(
                "{} has a CRS of its own or of another planet: it cannot be carried onto "
                "the Earth's grid.",
                name,
            ),
            Message("Check its CRS; Sentinel-1 sees the Earth."),
            problem="crs-not-of-earth",
        )
    raise SceneError(
        Message(
            "{} cannot be placed on a UTM grid: its centre is at longitude {}, latitude {}.",
            name,
            f"{longitude:.4g}",
            f"{latitude:.4g}",
        ),
        Message("Check its CRS. UTM covers latitudes up to 84 degrees."),
        problem="beyond-utm",
    )


def _footprint(
    crs: Any, transform: Affine, height: int, width: int, epsg: int, name: str
) -> tuple[Bounds, bool]:
    """Return the scene's envelope in a zone; if too wide, the zone's surroundings and True."""
    edge = apply(transform, outline((0, 0, width, height)))
    bounds = envelope(reproject(crs, CRS.from_epsg(epsg), edge))
    longitudes, latitudes = reproject(crs, CRS.from_epsg(4326), edge)
    distance = np.abs(degrees_from_meridian(longitudes, epsg))
    if (
        bounds is not None
        and (distance <= MAX_MERIDIAN_DISTANCE).all()
        and (np.abs(latitudes) <= MAX_LATITUDE + 4).all()
    ):
        return bounds, False
    if not np.isfinite(longitudes).any():
        raise SceneError(
            Message("{} cannot be placed on a UTM grid: its outline lies outside its CRS.", name),
            Message("Check its CRS, or cut it to the area you need."),
            problem="outline-outside-crs",
        )
    pole = 9_350_000.0
    bottom, top = (0.0, pole) if epsg < 32700 else (10_000_000.0 - pole, 10_000_000.0)
    return (500_000.0 - ZONE_HALF_WIDTH, bottom, 500_000.0 + ZONE_HALF_WIDTH, top), True


def _lattice(height: int, width: int) -> Points:
    """Return 5 x 5 pixel corners (2, 25) over a scene, the upper left one first."""
    rows, cols = np.meshgrid(*(np.linspace(0, n, 5) for n in (height, width)), indexing="ij")
    return np.array([cols.ravel(), rows.ravel()])


def _ten_metre_corner(pixels: Points, metres: Points) -> tuple[float, float] | None:
    """Return x and y of a scene's upper left corner if its pixels are 10 m, north up, in a zone.

    UTM scenes on another datum qualify: only their numbers differ. None for all others.
    """
    corners = metres - pixels * [[PIXEL], [-PIXEL]]
    if not np.isfinite(corners).all() or np.ptp(corners, axis=1).max() / PIXEL >= DRIFT:
        return None
    x, y = corners.mean(axis=1)
    return float(x), float(y)


def _is_ten_metres(transform: Affine, height: int, width: int) -> bool:
    """Return whether pixels are 10 m squares, north up."""
    drift = max(
        max(abs(transform.a - PIXEL), abs(transform.d)) * width,
        max(abs(transform.e + PIXEL), abs(transform.b)) * height,
    )
    return drift / PIXEL < DRIFT


def _native_window(grid: WorkGrid, x: float, y: float, height: int, width: int) -> Window:
    """Return the window of a native scene by its upper left corner."""
    col, row = round((x - grid.offset_x) / PIXEL), -round((y - grid.offset_y) / PIXEL)
    return Window(row, col, height, width)


def _offset(edge: float) -> float:
    """Return an edge's offset in its pixel, rounded to a micrometre: 9.9999999999 m is 0."""
    return round(edge % PIXEL, 6) % PIXEL


def extent_on_source(asked: Extent, source: Source) -> Bounds:
    """Return the part of an extent that lies on a source, in the extent's CRS."""
    return clip_to_scene(asked, source.crs, source.transform, source.height, source.width)


def place_source(source: Source, extent: Bounds | None, extent_crs: str | None) -> GridPlacement:
    """Return the placement of a source on the working grid, for an extent or (None) all of it.

    Raises:
        RequestError: If the extent is invalid or does not touch the source.
        SceneError: If the source cannot be placed, or its pixels have no sensible size.
    """
    crs, transform, height, width = source.crs, source.transform, source.height, source.width
    zone = centre = None
    if extent is not None and not transform.is_degenerate:
        parsed = parse_extent(extent, extent_crs, crs)
        part = extent_on_source(parsed, source)
        zone = zone_of(parsed, part)
        middle = np.array([[width / 2], [height / 2]])
        centre = pixel_of(parsed, part, crs, transform, middle)
    place = place_scene(crs, transform, height, width, source.name, centre=centre, zone=zone)
    if not FINEST <= min(place.steps) <= max(place.steps) <= COARSEST:
        across, down = place.steps
        raise SceneError(
            Message(
                "{} has pixels of {} x {} m: Sentinel-1 products have {} to {} m.",
                source.name,
                f"{across:.3g}",
                f"{down:.3g}",
                f"{FINEST:.0f}",
                f"{COARSEST:.0f}",
            ),
            Message(
                "Check its CRS and its georeference; give the product itself, no overview of it."
            ),
            problem="pixel-size-not-supported",
        )
    return place
