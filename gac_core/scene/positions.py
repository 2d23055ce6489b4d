"""Positions of working pixels in a raster, by blocks that are fixed to the working grid.

A pixel is always located within the same block, so that its value, to the last bit, does not depend
on the window it is read through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np
from affine import Affine
from numpy.polynomial.chebyshev import chebpts1, chebvander
from rasterio.crs import CRS

from gac_core.grid import Window, WorkGrid
from gac_core.scene.crs import apply, period, reproject, unwrap
from gac_core.scene.radiometry import Doubles

Values = TypeVar("Values", bound=np.ndarray[Any, Any])

BLOCK = 256
"""Edge of a block in working pixels: what is warped, or stored, at once."""

MAX_STEP_VARIATION = 0.5
"""Maximum variation of the source step, in pixels per pixel, within a block: only a seam exceeds
it."""

NODES = 8
"""Points per axis of a block that are reprojected; a polynomial interpolates the rest.

Over the 2.56 km of a block, map projections are so smooth that degree 7 is exact to 1e-6 pixels.
"""


class Locator:
    """Positions of a block's pixels in a raster whose pixels are averaged first.

    Attributes:
        shape: Rows and columns after averaging.
    """

    def __init__(
        self,
        grid: WorkGrid,
        crs: Any,
        transform: Affine,
        size: tuple[int, int],
        factors: tuple[int, int],
    ) -> None:
        """Prepare the interpolation.

        Args:
            grid: The working grid.
            crs: CRS of the raster (rasterio's).
            transform: From its pixels to its coordinates.
            size: Its rows and columns.
            factors: Rows and columns that are averaged to one.
        """
        self._grid, self._source_crs, self._transform = grid, crs, transform
        self._factors = factors
        (height, width), (down, across) = size, factors
        self.shape = -(-height // down), -(-width // across)
        self._crs = CRS.from_epsg(grid.epsg)
        self._turn = period(crs)
        centre = np.array([[width / 2], [height / 2]])
        self._middle = float(apply(transform, centre)[0, 0])
        nodes = chebpts1(NODES)
        pixels = (2.0 * np.arange(BLOCK) + 1.0) / BLOCK - 1.0
        self._nodes: Doubles = (nodes + 1.0) * BLOCK / 2.0
        self._pixels: Doubles = np.arange(BLOCK, dtype=np.float64) + 0.5
        self._spread = chebvander(pixels, NODES - 1) @ np.linalg.inv(chebvander(nodes, NODES - 1))

    def places(self, block: Window) -> Doubles:
        """Return columns and rows (2, BLOCK, BLOCK) of a block's pixels in the averaged raster.

        They are correct up to whole turns around the Earth, and infinite where undefined.
        """
        nodes = self._located(block, self._nodes)
        if np.isfinite(nodes).all() and self._is_smooth(nodes):
            positions: Doubles = self._spread @ nodes @ self._spread.T
            return positions
        # Part of the block lies outside the raster's CRS, or a seam of the projection crosses it.
        return self._located(block, self._pixels)

    def turns(self) -> list[tuple[float, float]]:
        """Return the whole turns around the Earth, in averaged pixels, by which to shift positions.

        Both ends of a raster that goes all around the Earth may lie in one block.
        """
        if self._turn is None:
            return [(0.0, 0.0)]
        back, (down, across) = ~self._transform, self._factors
        turn = back.a * self._turn / across, back.d * self._turn / down
        return [(k * turn[0], k * turn[1]) for k in (0, 1, -1)]

    def _located(self, block: Window, along: Doubles) -> Doubles:
        """Return columns and rows (2, N, N) of points N x N distances from a block's corner."""
        xs, ys = np.meshgrid(along, along)
        metres = apply(self._grid.transform(block), np.array([xs.ravel(), ys.ravel()]))
        source_xy = reproject(self._crs, self._source_crs, metres)
        finite = np.isfinite(source_xy).all(axis=0)
        positions = np.full_like(source_xy, np.inf)
        if finite.any():
            points = source_xy[:, finite]
            if self._turn is not None:
                # A block may span both ends of the source; its points are near each other.
                first = unwrap(points[:, :1], self._middle, self._turn)[0, 0]
                points = unwrap(points, float(first), self._turn)
            (down, across), (cols, rows) = self._factors, apply(~self._transform, points)
            positions[:, finite] = cols / across - 0.5, rows / down - 0.5
        return positions.reshape(2, along.size, along.size)

    def _is_smooth(self, nodes: Doubles) -> bool:
        """Return whether a polynomial fits positions (2, NODES, NODES): they are evenly spaced."""
        gaps = np.diff(self._nodes)
        across, down = np.diff(nodes, axis=2) / gaps, np.diff(nodes, axis=1) / gaps[:, None]
        return bool(
            np.ptp(across, axis=(1, 2)).max() < MAX_STEP_VARIATION > np.ptp(down, axis=(1, 2)).max()
        )


def blocks_over(window: Window) -> Iterator[Window]:
    """Yield the blocks that overlap a window, row by row."""
    area = aligned(window)
    for strip in area.strips(BLOCK):
        for col in range(area.col, area.stop_col, BLOCK):
            yield Window(strip.row, col, BLOCK, BLOCK)


def over_blocks(window: Window, block: Callable[[Window], Values], out: Values) -> Values:
    """Return the values of a window, put together of the blocks that overlap it.

    Args:
        window: The window.
        block: Returns the values (..., BLOCK, BLOCK) of a block.
        out: Array (..., H, W) that receives the window's.
    """
    for each in blocks_over(window):
        part = each.intersection(window)
        out[(..., *part.slices(window))] = block(each)[(..., *part.slices(each))]
    return out


def aligned(window: Window) -> Window:
    """Return the smallest window of whole blocks that holds a window."""
    row, col = window.row // BLOCK * BLOCK, window.col // BLOCK * BLOCK
    height, width = -(-window.stop_row // BLOCK) * BLOCK, -(-window.stop_col // BLOCK) * BLOCK
    return Window(row, col, height - row, width - col)


def span(places: Doubles, length: int) -> tuple[int, int]:
    """Return first and last-plus-one of the pixels around any of the positions along an axis.

    Args:
        places: The positions.
        length: Pixels along the axis.
    """
    start = max(0, int(np.floor(places.min())))
    return start, min(length, int(np.floor(places.max())) + 2)
