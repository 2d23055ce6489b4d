"""Reading a scene on the working grid: as it is where it lies on it, warped where it does not."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from affine import Affine
from rasterio.crs import CRS
from rasterio.warp import Resampling, reproject

from gac_core.grid import PIXEL, Window
from gac_core.scene.place import Place, source_window
from gac_core.scene.source import Source
from gac_core.scene.values import Floats, mask_nodata, to_db, to_power

BLOCK = 256
"""Edge of a warped block in working pixels."""

CACHED_BLOCKS = 160
"""Blocks kept (0.5 MB each): a row of tiles over a full scene shares its blocks."""

KERNEL = 3
"""Source pixels round a point that bilinear interpolation may need, and one to spare."""


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
        # GDAL guesses this ratio for each block by itself; steps between blocks would show.
        self._scale = min(1.0, place.spacing / PIXEL)
        self._blocks: OrderedDict[Window, Floats] = OrderedDict()

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
        source, grid = self._source, self._place.grid
        margin = int(np.ceil(KERNEL / self._scale))
        row, col, height, width = source_window(
            source.crs, source.transform, source.height, source.width, grid, block, margin
        )
        out = np.full((2, BLOCK, BLOCK), np.nan, np.float32)
        if height <= 0 or width <= 0:
            return out
        power = to_power(mask_nodata(source.read(row, col, height, width), self._unit), self._unit)
        reproject(
            power,
            out,
            src_transform=source.transform @ Affine.translation(col, row),
            src_crs=source.crs,
            src_nodata=np.nan,
            dst_transform=grid.transform(block),
            dst_crs=self._crs,
            dst_nodata=np.nan,
            resampling=Resampling.bilinear,
            # Exact coordinates for every pixel, not GDAL's interpolated ones.
            tolerance=0.0,
            XSCALE=self._scale,
            YSCALE=self._scale,
        )
        return to_db(mask_nodata(out, "power"), "power")
