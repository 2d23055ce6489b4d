"""Adding up windows by their weights: pixels are handed out once no other window reaches them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gac_core.area.tiling import Array, Lattice
from gac_core.grid import Window

Piece = tuple[Window, Array]
"""Finished pixels (C, H, W), NaN where there is no data."""


class Blend:
    """Blends an area's windows, which come row by row, west to east.

    Memory holds one window and, as wide as the area, only the lines that a row of windows shares
    with the next one.

    Args:
        area: Which pixels are wanted.
        lattice: How it is cut.
        channels: Of the values.
        done: The first row that is wanted still.

    Attributes:
        done: The first row that was not handed out yet.
    """

    def __init__(self, area: Window, lattice: Lattice, channels: int, done: int) -> None:
        self.done = done
        self._area, self._lattice, self._channels = area, lattice, channels
        self._above = self._empty(min(lattice.ramp, area.height), area.width)

    def begin(self, row: Sequence[Window], *, last: bool) -> None:
        """Turn to the next row of windows.

        Args:
            row: Its windows; those of them that reach no row that is wanted still may be missing.
            last: Whether no row comes after it.
        """
        self._row = list(row)
        stop, bottom = self._area.stop_row, self._lattice.reach(row[0]).stop_row
        self._bottom = stop if last else min(bottom, stop)
        finish = bottom - self._lattice.ramp
        self._finish = stop if last else max(self.done, min(finish, stop))
        self._col = self._area.col
        self._beside = self._empty(self._bottom - self.done, 0)

    def add(self, values: Array) -> Iterator[Piece]:
        """Add the row's next window, and hand out what it finishes.

        Args:
            values: (C, H, W), NaN where there is no data; empty: there is none at all.
        """
        window = self._row.pop(0)
        reach, edge = self._lattice.reach, self._area.stop_col
        right = min(reach(window).stop_col, edge) if self._row else edge
        finish = max(min(reach(self._row[0]).col, edge), self._col) if self._row else edge
        here = Window(self.done, self._col, self._bottom - self.done, right - self._col)
        sums, valid = self._empty(*here.shape)
        known = self._beside[1].shape[-1]
        sums[..., :known], valid[..., :known] = self._beside
        if values.size:
            self._put(sums, valid, here, window, values)
        cut = finish - self._col
        self._beside = sums[..., cut:].copy(), valid[..., cut:].copy()
        yield from self._hand_out(sums[..., :cut], valid[..., :cut], finish)

    def end(self) -> None:
        """The row is complete."""
        self.done = self._finish

    def rest(self) -> Iterator[Piece]:
        """What no window reaches."""
        if self.done < self._area.stop_row:
            height, width = self._area.stop_row - self.done, self._area.width
            window = Window(self.done, self._area.col, height, width)
            yield window, np.full((self._channels, height, width), np.nan, np.float32)
            self.done = self._area.stop_row

    def _put(
        self, sums: Array, valid: np.ndarray, here: Window, window: Window, values: Array
    ) -> None:
        shared = self._lattice.reach(window).intersection(here)
        ours, theirs = shared.slices(here), shared.slices(window)
        known = np.isfinite(values[0][theirs])
        weight = self._lattice.weight(window)[theirs]
        sums[(..., *ours)] += np.where(known, values[(..., *theirs)], np.float32(0.0)) * weight
        valid[ours] |= known

    def _hand_out(self, sums: Array, valid: np.ndarray, finish: int) -> Iterator[Piece]:
        """Columns that no window of this row reaches any more."""
        cols = slice(self._col - self._area.col, finish - self._area.col)
        above, known = (part[..., cols] for part in self._above)
        lines = min(above.shape[-2], sums.shape[-2])
        sums[:, :lines] += above[:, :lines]
        valid[:lines] |= known[:lines]
        rows = self._finish - self.done
        left = sums.shape[-2] - rows
        above[:, :left], above[:, left:] = sums[:, rows:], 0.0
        known[:left], known[left:] = valid[rows:], False
        window = Window(self.done, self._col, rows, finish - self._col)
        self._col = finish
        if not window.is_empty:
            values = sums[:, :rows]
            values[:, ~valid[:rows]] = np.nan
            yield window, values

    def _empty(self, height: int, width: int) -> tuple[Array, np.ndarray]:
        sums = np.zeros((self._channels, height, width), np.float32)
        return sums, np.zeros((height, width), bool)
