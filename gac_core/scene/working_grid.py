"""Placement of a source on the 10 m working grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from rasterio.crs import CRS

from gac_core.contract.errors import SceneError
from gac_core.contract.request import Bounds
from gac_core.grid import PIXEL, Window, WorkGrid, utm_epsg
from gac_core.scene.crs import (
    NORTHMOST,
    Points,
    apply,
    carry,
    envelope,
    from_meridian,
    lonlat,
    other_utm_of,
    outline,
    related,
    utm_of,
)
from gac_core.scene.extent import Asked, on_scene, pixel_of, understand, zone_of
from gac_core.scene.source import Source

DRIFT = 0.05
"""Pixels by which a 10 m grid may drift off whole 10 m steps over the scene before it is warped."""
REACH = 1_000_000.0
"""Metres from a zone's central meridian within which a scene that goes far beyond is placed."""
FAR = 60.0
"""Degrees from its central meridian beyond which a zone's coordinates make no sense."""

COARSEST = 100.0
"""Spacing in metres beyond which a scene is refused: one pixel would stand for more than a hundred
working pixels, a token of the models would see two. It is an overview, or its CRS is wrong."""
FINEST = 1.0
"""Spacing in metres below which a scene is refused: Sentinel-1 resolves no such detail in any
mode, so that it is another sensor or a wrong CRS; and a block of it would take gigabytes."""


@dataclass(frozen=True)
class Place:
    """A scene on the working grid.

    Attributes:
        grid: The working grid.
        window: The scene's footprint. Of a scene too wide for one zone: what of the zone it may
            reach into.
        native: Whether working pixels are source pixels: nothing is ever resampled then.
        wide: Whether the scene reaches too far for one zone to hold all of it.
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
) -> Place:
    """Finds a scene's working grid and footprint.

    The zone is the source's own if it is UTM, on whatever datum; else `zone`, else the zone of
    `centre`.

    Args:
        crs: CRS of the source (rasterio's).
        transform: From source pixels to its coordinates.
        height: Rows of the source.
        width: Columns of the source.
        name: What to call the scene in messages.
        centre: (2, 1) source pixel that decides about the zone; None: the scene's centre.
        zone: EPSG code of the zone to use unless the source is UTM; None: decide.

    Raises:
        SceneError: If the source's CRS cannot be carried onto the ground, or its pixels have no
            size.
    """
    epsg = utm_of(crs)
    if epsg is not None and _is_ten_metres(transform, height, width):
        grid = WorkGrid(epsg, _offset(transform.c), _offset(transform.f))
        return Place(grid, _at(grid, transform.c, transform.f, height, width), True)
    middle = np.array([[width / 2], [height / 2]])
    centre = middle if centre is None else centre
    epsg = epsg or other_utm_of(crs) or zone or _zone_at(crs, transform, centre, name)
    utm = CRS.from_epsg(epsg)
    pixels = _lattice(height, width)
    corner = _ten_metre_corner(pixels, carry(crs, utm, apply(transform, pixels)))
    if corner is not None:
        grid = WorkGrid(epsg, _offset(corner[0]), _offset(corner[1]))
        return Place(grid, _at(grid, *corner, height, width), True)
    grid = WorkGrid(epsg)
    here = centre + np.array([[0, 1, 0], [0, 0, 1]])
    point, right, down = carry(crs, utm, apply(transform, here)).T
    # Pixels without area cannot be told from each other: the way back to them does not exist.
    area = abs(float(np.linalg.det(np.stack([right - point, down - point]))))
    steps = float(np.hypot(*(right - point))), float(np.hypot(*(down - point)))
    if not (math.isfinite(area) and area > 1e-3 * steps[0] * steps[1]):
        raise SceneError(
            f"{name} cannot be placed on a UTM grid: its pixels have no sensible size there.",
            "Check its CRS and its georeference.",
        )
    bounds, wide = _footprint(crs, transform, height, width, epsg, name)
    return Place(grid, grid.window(bounds), False, wide, steps)


def _zone_at(crs: Any, transform: Affine, centre: Points, name: str) -> int:
    longitude, latitude = lonlat(crs, apply(transform, centre))
    if math.isfinite(longitude) and abs(latitude) <= NORTHMOST:
        return utm_epsg(longitude, latitude)
    if not related(crs, CRS.from_epsg(4326)):
        raise SceneError(
            f"{name} has a CRS of its own or of another planet: it cannot be carried onto the "
            "Earth's grid.",
            "Check its CRS; Sentinel-1 sees the Earth.",
        )
    raise SceneError(
        f"{name} cannot be placed on a UTM grid: its centre is at longitude "
        f"{longitude:.4g}, latitude {latitude:.4g}.",
        "Check its CRS. UTM covers latitudes up to 84 degrees.",
    )


def _footprint(
    crs: Any, transform: Affine, height: int, width: int, epsg: int, name: str
) -> tuple[Bounds, bool]:
    """The scene's envelope in a zone; the zone's surroundings, and True, if it is too wide."""
    edge = apply(transform, outline((0, 0, width, height)))
    found = envelope(carry(crs, CRS.from_epsg(epsg), edge))
    longitudes, latitudes = carry(crs, CRS.from_epsg(4326), edge)
    away = np.abs(from_meridian(longitudes, epsg))
    if found is not None and (away <= FAR).all() and (np.abs(latitudes) <= NORTHMOST + 4).all():
        return found, False
    if not np.isfinite(longitudes).any():
        raise SceneError(
            f"{name} cannot be placed on a UTM grid: its outline lies outside its CRS.",
            "Check its CRS, or cut it to the area you need.",
        )
    pole = 9_350_000.0
    bottom, top = (0.0, pole) if epsg < 32700 else (10_000_000.0 - pole, 10_000_000.0)
    return (500_000.0 - REACH, bottom, 500_000.0 + REACH, top), True


def _lattice(height: int, width: int) -> Points:
    """5 x 5 pixel corners (2, 25) over a scene, the upper left one first."""
    rows, cols = np.meshgrid(*(np.linspace(0, n, 5) for n in (height, width)), indexing="ij")
    return np.array([cols.ravel(), rows.ravel()])


def _ten_metre_corner(pixels: Points, metres: Points) -> tuple[float, float] | None:
    """X and y of the upper left corner of a scene whose pixels are 10 m, north up, in a zone.

    So are those of a UTM scene on another datum: only its numbers differ. None where they are not.
    """
    corners = metres - pixels * [[PIXEL], [-PIXEL]]
    if not np.isfinite(corners).all() or np.ptp(corners, axis=1).max() / PIXEL >= DRIFT:
        return None
    x, y = corners.mean(axis=1)
    return float(x), float(y)


def _is_ten_metres(transform: Affine, height: int, width: int) -> bool:
    """Whether pixels are 10 m squares, north up."""
    drift = max(
        max(abs(transform.a - PIXEL), abs(transform.d)) * width,
        max(abs(transform.e + PIXEL), abs(transform.b)) * height,
    )
    return drift / PIXEL < DRIFT


def _at(grid: WorkGrid, x: float, y: float, height: int, width: int) -> Window:
    """The window of a native scene by its upper left corner."""
    col, row = round((x - grid.offset_x) / PIXEL), -round((y - grid.offset_y) / PIXEL)
    return Window(row, col, height, width)


def _offset(edge: float) -> float:
    """An edge's place within a pixel, to the micrometre, so that 9.9999999999 m is 0."""
    return round(edge % PIXEL, 6) % PIXEL


def near(asked: Asked, source: Source) -> Bounds:
    """The part of what was asked for that lies on a source, as the source's own bounds."""
    return on_scene(asked, source.crs, source.transform, source.height, source.width)


def site(source: Source, extent: Bounds | None, extent_crs: str | None) -> Place:
    """The working grid for an extent of a source (None: for all of it).

    Raises:
        RequestError: If the extent cannot be understood or does not touch the source.
        SceneError: If the source cannot be placed, or its pixels have no size that radar has.
    """
    crs, transform, height, width = source.crs, source.transform, source.height, source.width
    zone = centre = None
    if extent is not None and not transform.is_degenerate:
        asked = understand(extent, extent_crs, crs)
        part = near(asked, source)
        zone = zone_of(asked, part)
        middle = np.array([[width / 2], [height / 2]])
        centre = pixel_of(asked, part, crs, transform, middle)
    place = place_scene(crs, transform, height, width, source.name, centre=centre, zone=zone)
    if not FINEST <= min(place.steps) <= max(place.steps) <= COARSEST:
        across, down = place.steps
        raise SceneError(
            f"{source.name} has pixels of {across:.3g} x {down:.3g} m: Sentinel-1 products have "
            f"{FINEST:.0f} to {COARSEST:.0f} m.",
            "Check its CRS and its georeference; give the product itself, no overview of it.",
        )
    return place
