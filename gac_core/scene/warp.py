"""Reading a scene on the working grid: as it is where it lies on it, warped where it does not."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.polynomial.chebyshev import chebpts1, chebvander
from rasterio.crs import CRS

from gac_core.grid import PIXEL, Window
from gac_core.scene.place import Place, apply, carry
from gac_core.scene.resample import Doubles, average, bilinear
from gac_core.scene.source import Source
from gac_core.scene.values import Floats, mask_nodata, to_db, to_power

BLOCK = 256
"""Edge of a warped block in working pixels."""

CACHED_BLOCKS = 160
"""Blocks kept (0.5 MB each): a row of tiles over a full scene shares its blocks."""

NODES = 8
"""Points along each axis of a block whose places are computed; the rest follow by a polynomial.

Over the 2.56 km of a block map projections are so smooth that degree 7 is exact to 1e-6 pixels.
"""


class NativeReader:
    """Reads a scene whose pixels are working pixels: values come through bit by bit."""

    def __init__(self, source: Source, place: Place, unit: str) -> None:
        self._source, self._place, self._unit = source, place, unit

    def read(self, window: Window) -> Floats:
        """(2, H, W) dB of a window that lies within the scene."""
        row, col = window.row - self._place.window.row, window.col - self._place.window.col
        raw = self._source.read(row, col, window.height, window.width)
        return to_db(mask_nodata(raw, self._unit), self._unit)


class WarpedReader:
    """Reads a scene that has to be warped.

    Warping works on blocks fixed to the working grid: a pixel is always computed within the
    same block from the same source pixels, so that its value, to the last bit, does not depend
    on the window it is read through. Power is interpolated, not dB: the mean of decibels is not
    the decibel of the mean.
    """

    def __init__(self, source: Source, place: Place, unit: str) -> None:
        self._source, self._place, self._unit = source, place, unit
        self._crs = CRS.from_epsg(place.grid.epsg)
        # Finer pixels are averaged to about 10 m first: interpolating would skip most of them.
        self._factor = max(1, round(PIXEL / place.spacing))
        self._blocks: OrderedDict[Window, Floats] = OrderedDict()
        nodes = chebpts1(NODES)
        pixels = (2.0 * np.arange(BLOCK) + 1.0) / BLOCK - 1.0
        self._nodes = (nodes + 1.0) * BLOCK / 2.0
        self._spread = chebvander(pixels, NODES - 1) @ np.linalg.inv(chebvander(nodes, NODES - 1))

    def read(self, window: Window) -> Floats:
        """(2, H, W) dB of any window, NaN outside the scene."""
        out = np.empty((2, *window.shape), np.float32)
        for row in range(window.row // BLOCK * BLOCK, window.stop_row, BLOCK):
            for col in range(window.col // BLOCK * BLOCK, window.stop_col, BLOCK):
                block = Window(row, col, BLOCK, BLOCK)
                part = block.intersection(window)
                out[:, *part.slices(window)] = self._block(block)[:, *part.slices(block)]
        return out

    def _block(self, block: Window) -> Floats:
        if block in self._blocks:
            self._blocks.move_to_end(block)
            return self._blocks[block]
        values = self._warped(block)
        self._blocks[block] = values
        if len(self._blocks) > CACHED_BLOCKS:
            self._blocks.popitem(last=False)
        return values

    def _warped(self, block: Window) -> Floats:
        nothing = np.full((2, BLOCK, BLOCK), np.nan, np.float32)
        cols, rows = self._places(block)
        if not np.isfinite(cols + rows).all():
            return nothing
        source, factor = self._source, self._factor
        row, stop_row = _span(rows, -(-source.height // factor))
        col, stop_col = _span(cols, -(-source.width // factor))
        if row >= stop_row or col >= stop_col:
            return nothing
        raw = source.read(
            row * factor,
            col * factor,
            min(stop_row * factor, source.height) - row * factor,
            min(stop_col * factor, source.width) - col * factor,
        )
        power = average(to_power(mask_nodata(raw, self._unit), self._unit), factor)
        return to_db(bilinear(power, rows - row, cols - col), "power")

    def _places(self, block: Window) -> Doubles:
        """Columns and rows (2, BLOCK, BLOCK) of a block's pixels among the averaged source's."""
        xs, ys = np.meshgrid(self._nodes, self._nodes)
        metres = apply(self._place.grid.transform(block), np.array([xs.ravel(), ys.ravel()]))
        found = apply(~self._source.transform, carry(self._crs, self._source.crs, metres))
        nodes = found.reshape(2, NODES, NODES) / self._factor - 0.5
        places: Doubles = self._spread @ nodes @ self._spread.T
        return places


def _span(places: Doubles, length: int) -> tuple[int, int]:
    """First and last plus one of the pixels that lie round any of the places."""
    start = max(0, int(np.floor(places.min())))
    return start, min(length, int(np.floor(places.max())) + 2)
