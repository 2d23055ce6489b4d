"""Cells of the world grid: sums of pixels over them, and pixels between their centres.

Sums are taken in an order of their own and not in NumPy's, which depends on the array's shape: a
cell has the same value to the last bit whichever window it is computed in.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.ndimage import correlate1d

from gac_core.grid import Window
from gac_core.scene.radiometry import Doubles

_CUT = 3.0
"""Cut-off of the Gaussians, in standard deviations."""


class CellGrid:
    """Cells of the world grid that cover a window.

    Args:
        window: The window on the world grid.
        side: Side of a cell in pixels.

    Attributes:
        first: Row and column of the first cell on the world grid of cells.
        shape: Number of rows and columns of cells.
    """

    def __init__(self, window: Window, side: int) -> None:
        self._side = side
        self.first = window.row // side, window.col // side
        last = (window.stop_row - 1) // side, (window.stop_col - 1) // side
        self.shape = last[0] - self.first[0] + 1, last[1] - self.first[1] + 1
        self._top = window.row - self.first[0] * side
        self._left = window.col - self.first[1] * side
        self._pixels = window.shape

    def sums(self, values: Doubles) -> Doubles:
        """Return the sums (rows, columns) of pixels (H, W) over each cell."""
        side = self._side
        padded = np.zeros((self.shape[0] * side, self.shape[1] * side))
        height, width = self._pixels
        padded[self._top : self._top + height, self._left : self._left + width] = values
        rows = padded[0::side].copy()
        for offset in range(1, side):
            rows += padded[offset::side]
        total = rows[:, 0::side].copy()
        for offset in range(1, side):
            total += rows[:, offset::side]
        return total

    def rows(self, values: Doubles) -> Iterator[tuple[slice, Doubles]]:
        """Yield each row of cells: its rows of pixels, and their values, cell by cell.

        Args:
            values: (K, H, W) pixels.

        Yields:
            The rows of the window, and (columns, K, side, side) pixels, 0 outside the window.
        """
        side, (height, width) = self._side, self._pixels
        cols = slice(self._left, self._left + width)
        for row in range(self.shape[0]):
            start = row * side - self._top
            inside = slice(max(start, 0), min(start + side, height))
            strip = np.zeros((len(values), side, self.shape[1] * side))
            strip[:, inside.start - start : inside.stop - start, cols] = values[:, inside]
            cells = strip.reshape(len(values), side, self.shape[1], side)
            yield inside, np.ascontiguousarray(cells.transpose(2, 0, 1, 3))

    def in_window(self, cells: Doubles, rows: slice) -> Doubles:
        """Return the pixels (K, h, W) of a row of cells (columns, K, side, side) in the window."""
        side, start = self._side, (rows.start + self._top) % self._side
        pixels = cells.transpose(1, 2, 0, 3).reshape(cells.shape[1], side, -1)
        cols = slice(self._left, self._left + self._pixels[1])
        result: Doubles = pixels[:, start : start + rows.stop - rows.start, cols]
        return result

    def finer(self, cells: Doubles, coarser: CellGrid) -> Doubles:
        """Return this grid's values, linear between the centres of a coarser grid's cells."""
        ratio = coarser._side // self._side
        rows, cols = (
            _nodes((first + np.arange(size) + 0.5) / ratio - 0.5 - start, count)
            for first, size, start, count in zip(
                self.first, self.shape, coarser.first, coarser.shape, strict=True
            )
        )
        return _linear(cells, rows, cols)


_Nodes = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Doubles]
"""Cells before and behind places on an axis, and the part of the latter."""


def _nodes(places: Doubles, cells: int) -> _Nodes:
    """Return the nodes of places on an axis, in units of cells from the first one's centre."""
    low = np.floor(places)
    first = low.astype(np.intp)
    before, behind = np.clip(first, 0, cells - 1), np.clip(first + 1, 0, cells - 1)
    return before, behind, places - low


def _linear(cells: Doubles, rows: _Nodes, cols: _Nodes) -> Doubles:
    """Return values linear between the centres of cells (rows, columns)."""
    (low, high, part), (left, right, across) = rows, cols
    between = cells[low] * (1.0 - part)[:, None] + cells[high] * part[:, None]
    result: Doubles = between[:, left] * (1.0 - across) + between[:, right] * across
    return result


def smooth(values: Doubles, sigma: float) -> Doubles:
    """Return the Gaussian means of values (H, W), which are 0 outside."""
    radius = int(np.ceil(_CUT * sigma))
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        values = correlate1d(values, weights, axis=axis, mode="constant")
    return values
