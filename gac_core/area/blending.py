"""Weighted blending of windows; pixels are emitted once no further window contributes to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gac_core.area.tiling import Array, Lattice
from gac_core.grid import Window

Piece = tuple[Window, Array]
"""A window of finished pixels (C, H, W), NaN where there is no data."""


class Blend:
    """Weighted sum of an area's windows, which arrive row by row, west to east.

    Memory holds one window and, across the area's width, only the lines that a row of windows
    shares with the next one.

    Args:
        area: Requested pixels.
        lattice: Layout of the windows.
        channels: Number of channels of the values.
        done: First row that is still needed.

    Attributes:
        done: First row that was not emitted yet.
    """

    def __init__(self, area: Window, lattice: Lattice, channels: int, done: int) -> None:
        self.done = done
        self._area, self._lattice, self._channels = area, lattice, channels
        self._above = self._empty(min(lattice.ramp, area.height), area.width)

    def begin(self, row: Sequence[Window], *, last: bool) -> None:
        """Start the next row of windows.

        Args:
            row: Windows of the row; those that contribute only to rows already done may be missing.
            last: True for the last row.
        """
        self._row = list(row)
        stop, bottom = self._area.stop_row, self._lattice.reach(row[0]).stop_row
        self._bottom = stop if last else min(bottom, stop)
        finish = bottom - self._lattice.ramp
        self._finish = stop if last else max(self.done, min(finish, stop))
        self._col = self._area.col
        self._beside = self._empty(self._bottom - self.done, 0)

    def add(self, values: Array) -> Iterator[Piece]:
        """Add the row's next window, and yield the pixels that it finishes.

        Args:
            values: (C, H, W), NaN where there is no data; empty if there is no data at all.
        """
        window = self._row.pop(0)
        reach, edge = self._lattice.reach, self._area.stop_col
        right = min(reach(window).stop_col, edge) if self._row else edge
        finish = max(min(reach(self._row[0]).col, edge), self._col) if self._row else edge
        span = Window(self.done, self._col, self._bottom - self.done, right - self._col)
        sums, valid = self._empty(*span.shape)
        width = self._beside[1].shape[-1]
        sums[..., :width], valid[..., :width] = self._beside
        if values.size:
            self._put(sums, valid, span, window, values)
        cut = finish - self._col
        self._beside = sums[..., cut:].copy(), valid[..., cut:].copy()
        yield from self._hand_out(sums[..., :cut], valid[..., :cut], finish)

    def end(self) -> None:
        """Finish the row."""
        self.done = self._finish

    def rest(self) -> Iterator[Piece]:
        """Yield nodata for the rows that no window covers."""
        if self.done < self._area.stop_row:
            height, width = self._area.stop_row - self.done, self._area.width
            window = Window(self.done, self._area.col, height, width)
            yield window, np.full((self._channels, height, width), np.nan, np.float32)
            self.done = self._area.stop_row

    def _put(
        self, sums: Array, valid: np.ndarray, here: Window, window: Window, values: Array
    ) -> None:
        shared = self._lattice.reach(window).intersection(here)
        here_at, window_at = shared.slices(here), shared.slices(window)
        mask = np.isfinite(values[0][window_at])
        weight = self._lattice.weight(window)[window_at]
        sums[(..., *here_at)] += np.where(mask, values[(..., *window_at)], np.float32(0.0)) * weight
        valid[here_at] |= mask

    def _hand_out(self, sums: Array, valid: np.ndarray, finish: int) -> Iterator[Piece]:
        """Yield the columns that no further window of this row covers."""
        cols = slice(self._col - self._area.col, finish - self._area.col)
        above, above_valid = (part[..., cols] for part in self._above)
        lines = min(above.shape[-2], sums.shape[-2])
        sums[:, :lines] += above[:, :lines]
        valid[:lines] |= above_valid[:lines]
        rows = self._finish - self.done
        rest = sums.shape[-2] - rows
        above[:, :rest], above[:, rest:] = sums[:, rows:], 0.0
        above_valid[:rest], above_valid[rest:] = valid[rows:], False
        window = Window(self.done, self._col, rows, finish - self._col)
        self._col = finish
        if not window.is_empty:
            values = sums[:, :rows]
            values[:, ~valid[:rows]] = np.nan
            yield window, values

    def _empty(self, height: int, width: int) -> tuple[Array, np.ndarray]:
        sums = np.zeros((self._channels, height, width), np.float32)
        return sums, np.zeros((height, width), bool)
