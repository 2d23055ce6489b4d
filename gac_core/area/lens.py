"""A preview of one place: a tile as a run would make it if the scene ended at the tile's edge."""

from __future__ import annotations

import numpy as np

from gac_core.area.feeding import Source
from gac_core.grid import Window
from gac_core.models.window import WindowSpec
from gac_core.stages.base import Array


def lens_window(place: Window, scene: Window, spec: WindowSpec) -> Window:
    """The tile that shows a place.

    It is what one of stage 2's tiles has for itself alone, without what is not used of a block at
    its edges either: each stage then computes one window.

    Args:
        place: What the user pointed at, on the scene; its middle counts.
        scene: Where there is data.
        spec: How areas are cut.

    Returns:
        The tile nearest to the place; less where the scene is smaller.
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
    """A source that has no data beyond a window: what is there is not computed either."""

    def read(window: Window) -> Array:
        values = source(window)
        shared = window.intersection(whole)
        if shared == window:
            return values
        found = np.full_like(values, np.nan)
        if not shared.is_empty:
            part = shared.slices(window)
            found[(..., *part)] = values[(..., *part)]
        return found

    return read
