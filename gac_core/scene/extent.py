"""From an extent that a user chose to a window of the working grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from rasterio.crs import CRS

from gac_core.contract.errors import RequestError
from gac_core.contract.request import Bounds
from gac_core.grid import PIXEL, Window, WorkGrid
from gac_core.scene.asked import Asked, degrees, outside
from gac_core.scene.carry import carry_bounds, lonlat

if TYPE_CHECKING:
    from gac_core.scene.scene import S1Scene

HAIR = 2
"""Pixels by which an extent may reach beyond the scene without being said to: that much carrying
the scene's own outline to another CRS and back may give."""

USUAL = 500_000.0
"""Metres from a zone's central meridian beyond which its lengths are off by more than 0.3 %."""

PIECE = 512
"""Edge of the pieces in which an area is searched for measurements, in pixels."""

EARTH = 6_378_137.0


def cut(asked: Asked, part: Bounds, grid: WorkGrid, scene: Window) -> tuple[Window, list[str]]:
    """The window of an extent on a scene, and what the user should know of it.

    Args:
        asked: The extent.
        part: Its part near the scene (`on_scene`).
        grid: The scene's grid.
        scene: Its footprint.

    Raises:
        RequestError: If the extent does not touch the scene.
    """
    bounds = carry_bounds(asked.crs, CRS.from_epsg(grid.epsg), part)
    if bounds is None:
        raise RequestError(
            f"The extent {asked.shown} cannot be placed on the scene's grid (EPSG:{grid.epsg}).",
            "Check the extent's coordinates and its CRS.",
        )
    wanted = grid.window(bounds)
    window = wanted.intersection(scene)
    if window.is_empty:
        middle = scene.col + scene.width / 2, scene.row + scene.height / 2
        x, y = grid.transform(Window(0, 0, 1, 1)) @ middle
        where = degrees(CRS.from_epsg(grid.epsg), np.array([[x], [y]]))
        raise outside(asked, f"the scene is round {where}")
    near = _area(part) / _area(asked.bounds)
    room = Window(
        scene.row - HAIR, scene.col - HAIR, scene.height + 2 * HAIR, scene.width + 2 * HAIR
    )
    inside = near > 1 - 1e-9 and room.contains(wanted)
    share = near * min(1.0, _area(grid.bounds(window)) / _area(bounds))
    return window, [*([] if inside else [_clipped(share)]), *_far(grid, window)]


def extent_window(scene: S1Scene, extent: Bounds | None, crs: str | None = None) -> Window:
    """The part of an extent that lies on the scene.

    Args:
        scene: The scene.
        extent: (xmin, ymin, xmax, ymax), xmin > xmax in degrees: across ±180°; None: the whole
            scene.
        crs: CRS of the extent, as `EPSG:n` or WKT; None: the scene's own.

    Raises:
        RequestError: If the CRS is unknown, the extent is no rectangle, cannot be placed or misses
            the scene; or if there is none and the scene is too wide to be computed as a whole.
    """
    return scene.area(extent, crs)[0]


def centre_place(grid: WorkGrid, area: Window) -> tuple[float, float]:
    """Return latitude and longitude in degrees (WGS 84) of the middle of an area."""
    xmin, ymin, xmax, ymax = grid.bounds(area)
    middle = np.array([[(xmin + xmax) / 2], [(ymin + ymax) / 2]])
    lon, lat = lonlat(CRS.from_epsg(grid.epsg), middle)
    return lat, lon


def require_measurement(
    scene: S1Scene, area: Window, tick: Callable[[], None] = lambda: None
) -> None:
    """See that the radar measured anything at all in an area.

    Args:
        scene: The scene.
        area: Within it.
        tick: Called between pieces; may raise to stop.

    Raises:
        RequestError: If there is no measurement.
    """
    if not is_measured(scene, area, tick):
        raise RequestError(
            f"The radar holds no measurement in the area: all {area.width} x {area.height} pixels "
            "of it are nodata.",
            "Choose an extent where the radar layer shows an image.",
        )


def is_measured(scene: S1Scene, area: Window, tick: Callable[[], None] = lambda: None) -> bool:
    """Whether the radar measured anything in an area.

    Looks at it piece by piece, from its middle on, up to the first measurement.
    """
    pieces = [
        Window(row, col, PIECE, PIECE).intersection(area)
        for row in range(area.row // PIECE * PIECE, area.stop_row, PIECE)
        for col in range(area.col // PIECE * PIECE, area.stop_col, PIECE)
    ]
    middle = area.row + area.height / 2, area.col + area.width / 2
    pieces.sort(key=lambda p: np.hypot(p.row - middle[0], p.col - middle[1]))
    for piece in pieces:
        tick()
        if np.isfinite(scene.read(piece)[0]).any():
            return True
    return False


def _area(bounds: Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def _clipped(share: float) -> str:
    shown = "less than 1" if share < 0.01 else f"{min(99, round(100 * share))}"
    return (
        f"The extent reaches beyond the scene: {shown} % of it lies on the scene and is computed."
    )


def _far(grid: WorkGrid, window: Window) -> list[str]:
    left, _, right, _ = grid.bounds(window)
    away = max(abs(left - USUAL), abs(right - USUAL))
    if away <= USUAL + PIXEL:
        return []
    error = 0.9996 * (1 + (away / EARTH) ** 2 / 2) - 1
    return [
        f"The area reaches {away / 1000:.0f} km from the central meridian of UTM zone "
        f"{grid.epsg % 100}, in which it is computed: lengths there are {100 * error:.1f} % too "
        "large."
    ]
