"""The one engine that drives a stage over an area: read, compute, blend, write, strip by strip.

Memory holds one row of tiles, whatever the height of the area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from gac_core.errors import BundleError
from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array, Stage
from gac_core.tiling import fill_holes, tile_rows, tile_weight

Source = Callable[[Window], Array]
"""Reads a window (C, H, W), NaN where there is no data, and beyond the data's edge."""

Sink = Callable[[Window, Array], None]
"""Takes finished full-width strips from north to south, NaN where there is no data."""


class Memory(Protocol):
    """What a run that may be broken off keeps of a stage; see `checkpoint`."""

    @property
    def first_row(self) -> int:
        """The first row that the sink has not taken yet."""
        ...

    def load(self, tile: Window) -> Array | None:
        """What was kept of a tile; None for nothing."""
        ...

    def keep(self, tile: Window, values: Array) -> None:
        """Keeps a tile's values (C, H, W), or an empty array for a tile without data."""
        ...


def drive(
    stage: Stage,
    area: Window,
    spec: WindowSpec,
    sources: Mapping[str, Source],
    sink: Sink,
    *,
    batch_size: int = 1,
    on_tiles: Callable[[int], None] = lambda count: None,
    memory: Memory | None = None,
) -> None:
    """Compute a stage over an area.

    Tiles in which the radar has no valid pixel are skipped, and where the radar has no data the
    result has none. With a memory in which another call left something, goes on from there, to
    the same result.

    Args:
        stage: What to compute.
        area: For which pixels.
        spec: How the area is cut.
        sources: By name; `s1` and every input of the stage.
        sink: Where finished strips go.
        batch_size: Tiles computed together.
        on_tiles: Told how many more tiles are done, skipped and remembered ones included.
        memory: Where tiles are kept until the sink has all their rows.

    Raises:
        BundleError: If the stage gives values that are no numbers.
    """
    weight = tile_weight(spec)
    strip = _Strip(area, spec, stage.channels, area.row if memory is None else memory.first_row)
    for row in tile_rows(area, spec):
        if row[0].stop_row - spec.margin <= strip.done:
            on_tiles(len(row))  # the sink has every row that these tiles have weight in
            continue
        strip.reach(row[0].row)
        for first in range(0, len(row), batch_size):
            group = row[first : first + batch_size]
            results = _remembered(memory, group)
            if results is None:
                results = _computed(stage, group, batch_size, sources)
                for tile, values in zip(group, results, strict=True):
                    if memory is not None:
                        memory.keep(tile, values)
            for tile, values in zip(group, results, strict=True):
                if values.size:
                    strip.add(tile, values, weight)
            on_tiles(len(group))
        for window, values in strip.finished(row[0].row + spec.stride + spec.margin):
            sink(window, values)
    for window, values in strip.finished(area.stop_row):
        sink(window, values)


def count_tiles(area: Window, spec: WindowSpec) -> int:
    """How many tiles `drive` will report."""
    return sum(len(row) for row in tile_rows(area, spec))


def _remembered(memory: Memory | None, group: Sequence[Window]) -> list[Array] | None:
    """All of a group, or None: on a GPU only the same batch gives the same bits."""
    if memory is None:
        return None
    found = []
    for tile in group:
        values = memory.load(tile)
        if values is None:
            return None
        found.append(values)
    return found


def _computed(
    stage: Stage, group: Sequence[Window], batch_size: int, sources: Mapping[str, Source]
) -> list[Array]:
    """Each tile's values, NaN where the radar has no data; empty where it has none at all."""
    radar = {tile: sources["s1"](tile) for tile in group}
    masks = {tile: np.isfinite(s1[0]) & np.isfinite(s1[1]) for tile, s1 in radar.items()}
    tiles = [tile for tile in group if masks[tile].any()]
    found = dict.fromkeys(group, np.empty((0, 0, 0), np.float32))
    if tiles:
        inputs = _inputs(stage, tiles, batch_size, sources, radar, masks)
        padded = tiles + tiles[-1:] * (batch_size - len(tiles))
        for tile, values in zip(tiles, stage.compute(padded, inputs), strict=False):
            if not np.isfinite(values).all():
                raise BundleError(
                    f"Stage {stage.number} gave values that are no numbers at row {tile.row}, "
                    f"column {tile.col}.",
                    "Choose another seed, or the processor instead of the GPU; if it happens "
                    "again, the bundle's training has failed.",
                )
            found[tile] = np.where(masks[tile], values, np.float32(np.nan))
    return list(found.values())


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

    def __init__(self, area: Window, spec: WindowSpec, channels: int, done: int) -> None:
        self._area = area
        self._window = Window(area.row, area.col, spec.size, area.width)
        self._values = np.zeros((channels, spec.size, area.width), np.float32)
        self._valid = np.zeros((spec.size, area.width), bool)
        self.done = done  # the first row that was not handed out yet

    def reach(self, row: int) -> None:
        """Move on so that a row of tiles that begins at `row` fits in."""
        distance = max(row - self._window.row, 0)
        if distance:
            shift = min(distance, self._window.height)
            for array in (self._values, self._valid):
                kept = array[..., shift:, :].copy()
                array[..., : kept.shape[-2], :] = kept
                array[..., kept.shape[-2] :, :] = 0
            row = self._window.row + distance
            self._window = Window(row, self._window.col, *self._window.shape)

    def add(self, tile: Window, values: Array, weight: Array) -> None:
        """Add a tile's values, NaN where there is no data, by their weight."""
        shared = tile.intersection(self._window)
        ours, theirs = shared.slices(self._window), shared.slices(tile)
        valid = np.isfinite(values[0])
        weighted = np.where(valid, values, np.float32(0.0)) * weight
        self._values[:, *ours] += weighted[:, *theirs]
        self._valid[ours] |= valid[theirs]

    def finished(self, stop_row: int) -> Iterator[tuple[Window, Array]]:
        """The rows above `stop_row` that were not handed out yet."""
        stop = min(stop_row, self._area.stop_row)
        if stop > self.done:
            window = Window(self.done, self._area.col, stop - self.done, self._area.width)
            rows, _ = window.slices(self._window)
            yield window, np.where(self._valid[rows], self._values[:, rows], np.float32(np.nan))
            self.done = stop
