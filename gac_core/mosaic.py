"""The one engine that drives a stage over an area: read, compute, blend, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Protocol

import numpy as np

from gac_core.blending import Blend
from gac_core.blocks import Blocks
from gac_core.errors import BundleError
from gac_core.feeding import Source, show
from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array, Stage, TokenStage
from gac_core.tiling import Lattice, Tiles, hull
from gac_core.tokens import TokenMosaic

Sink = Callable[[Window, Array], None]
"""Takes finished pixels, a row of windows after another, west to east; NaN where there is no data.

The values are its to look at until it returns: they are part of what is being blended. A call that
goes on where another was broken off gives it some pixels again.
"""


class Memory(Protocol):
    """What a run that may be broken off keeps of a stage; see `checkpoint`."""

    @property
    def first_row(self) -> int:
        """The first row that is not kept whole by the sink."""
        ...

    def load(self, tile: Window) -> Array | None:
        """What was kept of a tile; None for nothing."""
        ...

    def keep(self, tile: Window, values: Array) -> None:
        """Keeps a tile's values (C, H, W), or an empty array for a tile without data."""
        ...

    def rows_done(self, stop_row: int) -> None:
        """Told that the sink has taken all rows above `stop_row`."""
        ...


def drive(
    stage: Stage,
    area: Window,
    spec: WindowSpec,
    sources: Mapping[str, Source],
    sink: Sink,
    *,
    scene: Window | None = None,
    batch_size: int = 1,
    on_tiles: Callable[[int], None] = lambda count: None,
    memory: Memory | None = None,
) -> None:
    """Compute a stage over an area.

    A stage that chooses tokens computes in blocks, any other in tiles. Those in which the radar
    has no valid pixel are skipped, and where the radar has no data the result has none. With a
    memory in which another call left something, goes on from there, to the same result.

    Args:
        stage: What to compute.
        area: For which pixels.
        spec: How the area is cut.
        sources: By name; `s1` and every input of the stage.
        sink: Where finished pixels go.
        scene: Where there is data, if that is more than the area.
        batch_size: Tiles computed together; of blocks, as many as hold no more pixels.
        on_tiles: Told how many more are done, skipped and remembered ones included.
        memory: Where they are kept until the sink has all their rows.

    Raises:
        BundleError: If the stage gives values that are no numbers.
    """
    decodes = isinstance(stage, TokenStage)
    lattice = lattice_of(spec, scene or area, decodes=decodes)
    compute = _Computing(stage, spec, sources, batch_size, hull(lattice, area))
    blend = Blend(area, lattice, stage.channels, area.row if memory is None else memory.first_row)
    rows = list(lattice.rows(area))
    for row in rows:
        if row[0].stop_row - lattice.margin <= blend.done:
            on_tiles(len(row))  # the sink has every row that these have weight in
            continue
        blend.begin(row, last=row is rows[-1])
        for group in _groups(row, compute.together):
            results = _remembered(memory, group)
            if results is None:
                results = compute(group)
                for tile, values in zip(group, results, strict=True):
                    if memory is not None:
                        memory.keep(tile, values)
            for values in results:
                for window, pixels in blend.add(values):
                    sink(window, pixels)
            on_tiles(len(group))
        blend.end()
        if memory is not None:
            memory.rows_done(blend.done)
    for window, pixels in blend.rest():
        sink(window, pixels)


def lattice_of(spec: WindowSpec, scene: Window, *, decodes: bool) -> Lattice:
    """How a stage's area is cut: into blocks where it decodes tokens, into tiles otherwise."""
    return Blocks(spec, scene) if decodes else Tiles(spec)


def count_tiles(area: Window, lattice: Lattice) -> int:
    """How many tiles or blocks `drive` will report."""
    return sum(len(row) for row in lattice.rows(area))


def _groups(row: Sequence[Window], batch_size: int) -> Iterator[list[Window]]:
    """What is computed together: neighbours of one size."""
    for _, alike in groupby(row, lambda window: window.width):
        found = list(alike)
        for first in range(0, len(found), batch_size):
            yield found[first : first + batch_size]


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


class _Computing:
    """Computes a stage's windows, from tokens where the stage chooses such."""

    def __init__(
        self,
        stage: Stage,
        spec: WindowSpec,
        sources: Mapping[str, Source],
        batch_size: int,
        area: Window,
    ) -> None:
        self._stage, self._sources, self.together = stage, sources, batch_size
        self._decoder = stage if isinstance(stage, TokenStage) else None
        if self._decoder is not None:
            self._tokens = TokenMosaic(self._decoder, spec, area, sources, batch_size)
            self.together = max(1, batch_size * spec.size**2 // spec.decode**2)

    def __call__(self, group: Sequence[Window]) -> list[Array]:
        """Each window's values, NaN where the radar has no data; empty where it has none at all."""
        found = dict.fromkeys(group, np.empty((0, 0, 0), np.float32))
        shown = show(self._stage.inputs, group, self._sources, self.together)
        if shown is None:
            return list(found.values())
        if self._decoder is None:
            results = self._stage.compute(shown.batch, shown.inputs)
        else:
            tokens = np.stack([self._tokens.read(window) for window in shown.batch])
            results = self._decoder.decode(shown.batch, shown.inputs, tokens)
        for tile, mask, values in zip(shown.windows, shown.masks, results, strict=False):
            if not np.isfinite(values).all():
                raise BundleError(
                    f"Stage {self._stage.number} gave values that are no numbers at row "
                    f"{tile.row}, column {tile.col}.",
                    "Choose another seed, or the processor instead of the GPU; if it happens "
                    "again, the bundle's training has failed.",
                )
            found[tile] = np.where(mask, values, np.float32(np.nan))
        return list(found.values())
