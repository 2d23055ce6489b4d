"""10 m UTM working grid, anchored to the world and not to the scene.

A pixel has the same column and row in every scene and extent. Columns count eastwards from easting
0, rows southwards from northing 0 (so rows are negative on the northern hemisphere). Everything
that must not depend on the chosen area, above all tile origins and random numbers, is keyed by
these numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from affine import Affine

from gac_core.contract.request import Bounds

PIXEL = 10.0
"""Size of a working pixel in metres."""

TOKEN = 16
"""Side of a TerraMind token in pixels; tile origins are multiples of it."""


@dataclass(frozen=True, order=True)
class Window:
    """A rectangle of working pixels: `row`, `col` of its upper left one, `height`, `width`."""

    row: int
    col: int
    height: int
    width: int

    @property
    def stop_row(self) -> int:
        """First row below the window."""
        return self.row + self.height

    @property
    def stop_col(self) -> int:
        """First column right of the window."""
        return self.col + self.width

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width)."""
        return self.height, self.width

    @property
    def is_empty(self) -> bool:
        """True if the window holds no pixel."""
        return self.height <= 0 or self.width <= 0

    def intersection(self, other: Window) -> Window:
        """Return the pixels in both windows; empty if they are disjoint."""
        row, col = max(self.row, other.row), max(self.col, other.col)
        height = max(0, min(self.stop_row, other.stop_row) - row)
        width = max(0, min(self.stop_col, other.stop_col) - col)
        return Window(row, col, height, width)

    def union(self, other: Window) -> Window:
        """Return the smallest window that holds both."""
        row, col = min(self.row, other.row), min(self.col, other.col)
        return Window(
            row,
            col,
            max(self.stop_row, other.stop_row) - row,
            max(self.stop_col, other.stop_col) - col,
        )

    def contains(self, other: Window) -> bool:
        """Return whether every pixel of `other` is in this window."""
        return self.intersection(other) == other

    def grown(self, by: int) -> Window:
        """Return the window grown by a number of pixels on each side."""
        return Window(self.row - by, self.col - by, self.height + 2 * by, self.width + 2 * by)

    def slices(self, within: Window) -> tuple[slice, slice]:
        """Return row and column slices of this window in an array of the window `within`."""
        row, col = self.row - within.row, self.col - within.col
        return slice(row, row + self.height), slice(col, col + self.width)

    def strips(self, height: int) -> Iterator[Window]:
        """Yield full-width strips of `height` rows, the last one shorter."""
        for row in range(self.row, self.stop_row, height):
            yield Window(row, self.col, min(height, self.stop_row - row), self.width)

    def blocks(self, edge: int) -> Iterator[Window]:
        """Yield blocks of `edge` px a side, row by row; those at right and lower edge smaller."""
        for strip in self.strips(edge):
            for col in range(self.col, self.stop_col, edge):
                yield Window(strip.row, col, strip.height, min(edge, self.stop_col - col))


@dataclass(frozen=True)
class WorkGrid:
    """Working grid of one UTM zone.

    Attributes:
        epsg: EPSG code of the zone (326xx north, 327xx south).
        offset_x: Offset of pixel edges from multiples of 10 m, in metres, [0, 10). A source that
            already is UTM at 10 m keeps its own offset: it is never resampled.
        offset_y: The same for northings.
    """

    epsg: int
    offset_x: float = 0.0
    offset_y: float = 0.0

    def transform(self, window: Window) -> Affine:
        """Return the affine transform from pixels of `window` to coordinates in metres."""
        return Affine(
            PIXEL,
            0.0,
            window.col * PIXEL + self.offset_x,
            0.0,
            -PIXEL,
            -window.row * PIXEL + self.offset_y,
        )

    def bounds(self, window: Window) -> Bounds:
        """Return the outer edges of `window` in metres."""
        left, top = self.transform(window) @ (0.0, 0.0)
        right, bottom = self.transform(window) @ (float(window.width), float(window.height))
        return left, bottom, right, top

    def window(self, bounds: Bounds, snap: float = 1e-3) -> Window:
        """Return the smallest window that covers `bounds`; at least one pixel.

        Args:
            bounds: Edges in metres, in this grid's CRS.
            snap: Fraction of a pixel by which an edge may exceed a pixel edge and still count as
                lying on it.
        """
        xmin, ymin, xmax, ymax = bounds
        col = math.floor((xmin - self.offset_x) / PIXEL + snap)
        stop_col = math.ceil((xmax - self.offset_x) / PIXEL - snap)
        row = math.floor((self.offset_y - ymax) / PIXEL + snap)
        stop_row = math.ceil((self.offset_y - ymin) / PIXEL - snap)
        return Window(row, col, max(stop_row - row, 1), max(stop_col - col, 1))


def utm_epsg(longitude: float, latitude: float) -> int:
    """Return the EPSG code of the UTM zone of a location (WGS 84, degrees).

    Zones are the regular six-degree ones; the exceptions around Norway and Svalbard are ignored, as
    Sentinel-2 data there is also available in the regular zone.
    """
    zone = int((longitude + 180.0) % 360.0 // 6.0) + 1
    return (32600 if latitude >= 0 else 32700) + zone


def is_utm(epsg: int | None) -> bool:
    """Return whether an EPSG code is one of the 120 WGS 84 / UTM zones."""
    return epsg is not None and (32601 <= epsg <= 32660 or 32701 <= epsg <= 32760)
