"""Preview of a single tile, computed as if the scene ended at the tile's edges."""

from __future__ import annotations

import numpy as np

from gac_core.area.feeding import Source
from gac_core.grid import Window
from gac_core.models.window import WindowSpec
from gac_core.stages.base import Array


def lens_window(place: Window, scene: Window, spec: WindowSpec) -> Window:
    """Return the tile for a preview.

    It is the part that one of stage 2's tiles does not share with others, without the rim that is
    discarded at a block's edges: each stage then computes a single window.

    Args:
        place: Location that the user selected, on the scene; its centre counts.
        scene: Extent of the data.
        spec: Tile and block sizes.

    Returns:
        The tile nearest to the place; smaller where the scene is smaller.
    """
    stride, edge = spec.size - spec.blend, max(spec.blend - spec.margin, spec.rim)
    side = spec.size - 2 * edge

    def span(middle: float, start: int, stop: int) -> tuple[int, int]:
        lowest = -((edge - start) // stride) * stride + edge
        highest = (stop - edge - side) // stride * stride + edge
        if lowest > highest:
            return start, min(stop - start, side)
        nearest = round((middle - spec.size / 2) / stride) * stride + edge
        return min(max(nearest, lowest), highest), side

    row, height = span(place.row + place.height / 2, scene.row, scene.stop_row)
    col, width = span(place.col + place.width / 2, scene.col, scene.stop_col)
    return Window(row, col, height, width)


def within(source: Source, whole: Window) -> Source:
    """Return a source that has no data outside a window, so that nothing is computed there."""

    def read(window: Window) -> Array:
        values = source(window)
        shared = window.intersection(whole)
        if shared == window:
            return values
        result = np.full_like(values, np.nan)
        if not shared.is_empty:
            inside = shared.slices(window)
            result[(..., *inside)] = values[(..., *inside)]
        return result

    return read
