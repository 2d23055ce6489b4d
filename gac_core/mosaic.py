"""The one engine that drives a stage over an area: read, compute, blend, write, strip by strip.

Memory holds one row of tiles, whatever the height of the area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array, Stage
from gac_core.tiling import fill_holes, tile_rows, tile_weight

Source = Callable[[Window], Array]
"""Reads a window (C, H, W), NaN where there is no data, and beyond the data's edge."""

Sink = Callable[[Window, Array], None]
"""Takes finished full-width strips from north to south, NaN where there is no data."""


def drive(
    stage: Stage,
    area: Window,
    spec: WindowSpec,
    sources: Mapping[str, Source],
    sink: Sink,
    *,
    batch_size: int = 1,
    on_tiles: Callable[[int], None] = lambda count: None,
) -> None:
    """Compute a stage over an area.

    Tiles in which the radar has no valid pixel are skipped, and where the radar has no data the
    result has none.

    Args:
        stage: What to compute.
        area: For which pixels.
        spec: How the area is cut.
        sources: By name; `s1` and every input of the stage.
        sink: Where finished strips go.
        batch_size: Tiles computed together.
        on_tiles: Told how many more tiles are done, skipped ones included.
    """
    weight = tile_weight(spec)
    strip = _Strip(area, spec, stage.channels)
    for row in tile_rows(area, spec):
        strip.reach(row[0].row)
        for first in range(0, len(row), batch_size):
            group = row[first : first + batch_size]
            radar = {tile: sources["s1"](tile) for tile in group}
            masks = {tile: np.isfinite(s1[0]) & np.isfinite(s1[1]) for tile, s1 in radar.items()}
            tiles = [tile for tile in group if masks[tile].any()]
            if tiles:
                inputs = _inputs(stage, tiles, batch_size, sources, radar, masks)
                padded = tiles + tiles[-1:] * (batch_size - len(tiles))
                for tile, values in zip(tiles, stage.compute(padded, inputs), strict=False):
                    strip.add(tile, values * weight, masks[tile])
            on_tiles(len(group))
        for window, values in strip.finished(row[0].row + spec.stride + spec.margin):
            sink(window, values)
    for window, values in strip.finished(area.stop_row):
        sink(window, values)


def count_tiles(area: Window, spec: WindowSpec) -> int:
    """How many tiles `drive` will report."""
    return sum(len(row) for row in tile_rows(area, spec))


def _inputs(
    stage: Stage,
    tiles: Sequence[Window],
    batch_size: int,
    sources: Mapping[str, Source],
    radar: Mapping[Window, Array],
    masks: Mapping[Window, npt.NDArray[np.bool_]],
) -> dict[str, Array]:
    inputs = {}
    for name in stage.inputs:
        read = [radar[t] if name == "s1" else sources[name](t) for t in tiles]
        filled = [fill_holes(v, masks[t]) for v, t in zip(read, tiles, strict=True)]
        # A short batch is filled up: another batch size would round differently on a GPU.
        inputs[name] = np.stack(filled + filled[-1:] * (batch_size - len(tiles)))
    return inputs


class _Strip:
    """The rows being blended: as many as a tile has, and as wide as the area."""

    def __init__(self, area: Window, spec: WindowSpec, channels: int) -> None:
        self._area = area
        self._window = Window(area.row, area.col, spec.size, area.width)
        self._values = np.zeros((channels, spec.size, area.width), np.float32)
        self._valid = np.zeros((spec.size, area.width), bool)
        self._done = area.row

    def reach(self, row: int) -> None:
        """Move on so that a row of tiles that begins at `row` fits in."""
        shift = min(max(row - self._window.row, 0), self._window.height)
        if shift:
            for array in (self._values, self._valid):
                kept = array[..., shift:, :].copy()
                array[..., : kept.shape[-2], :] = kept
                array[..., kept.shape[-2] :, :] = 0
            self._window = Window(self._window.row + shift, self._window.col, *self._window.shape)

    def add(self, tile: Window, values: Array, valid: npt.NDArray[np.bool_]) -> None:
        """Add a tile's weighted values."""
        shared = tile.intersection(self._window)
        ours, theirs = shared.slices(self._window), shared.slices(tile)
        self._values[:, *ours] += values[:, *theirs]
        self._valid[ours] |= valid[theirs]

    def finished(self, stop_row: int) -> Iterator[tuple[Window, Array]]:
        """The rows above `stop_row` that were not handed out yet."""
        stop = min(stop_row, self._area.stop_row)
        if stop > self._done:
            window = Window(self._done, self._area.col, stop - self._done, self._area.width)
            rows, _ = window.slices(self._window)
            yield window, np.where(self._valid[rows], self._values[:, rows], np.float32(np.nan))
            self._done = stop
