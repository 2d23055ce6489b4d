"""Which working grid a source gets, given what is to be computed of it."""

from __future__ import annotations

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.contract.request import Bounds
from gac_core.scene.asked import Asked, on_scene, pixel_of, understand, zone_of
from gac_core.scene.place import Place, place_scene
from gac_core.scene.source import Source

COARSEST = 100.0
"""Spacing in metres beyond which a scene is refused: one pixel would stand for more than a hundred
working pixels, a token of the models would see two. It is an overview, or its CRS is wrong."""

FINEST = 1.0
"""Spacing in metres below which a scene is refused: Sentinel-1 resolves no such detail in any
mode, so that it is another sensor or a wrong CRS; and a block of it would take gigabytes."""


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
