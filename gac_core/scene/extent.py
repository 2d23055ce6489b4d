"""From an extent that a user chose to a window of the working grid."""

from __future__ import annotations

from rasterio.crs import CRS
from rasterio.errors import CRSError

from gac_core.errors import RequestError
from gac_core.grid import Bounds, Window
from gac_core.scene.place import carry_bounds
from gac_core.scene.scene import S1Scene


def extent_window(scene: S1Scene, extent: Bounds | None, crs: str | None = None) -> Window:
    """The part of an extent that lies on the scene.

    Args:
        scene: The scene.
        extent: (xmin, ymin, xmax, ymax); None: the whole scene.
        crs: CRS of the extent, as `EPSG:n` or WKT; None: the scene's own.

    Raises:
        RequestError: If the CRS is unknown, or the extent cannot be placed, misses the scene or
            holds no whole pixel.
    """
    if extent is None:
        return scene.window
    try:
        source_crs = CRS.from_user_input(crs or scene.crs)
    except CRSError as error:
        raise RequestError(
            f"The extent's CRS {crs!r} is unknown.", "Give it as EPSG:n or as WKT."
        ) from error
    bounds = carry_bounds(source_crs, CRS.from_epsg(scene.grid.epsg), extent)
    shown = " ".join(f"{edge:.10g}" for edge in extent)
    if bounds is None:
        raise RequestError(
            f"The extent {shown} cannot be placed on the scene's grid (EPSG:{scene.grid.epsg}).",
            "Check the extent's coordinates and its CRS.",
        )
    window = scene.grid.window(bounds).intersection(scene.window)
    if window.is_empty:
        raise RequestError(
            f"The extent {shown} does not touch the scene.",
            "Choose an extent on the scene, and check the extent's CRS.",
        )
    return window
