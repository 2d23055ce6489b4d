"""Tiled-inference engine that runs a stage over an area: read, compute, blend, write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import chain, islice
from typing import Protocol

from gac_core.area.blending import Blend
from gac_core.area.computing import Computing
from gac_core.area.feeding import Source
from gac_core.area.lanes import in_order
from gac_core.area.lattice import lattice_of
from gac_core.area.tiling import hull
from gac_core.grid import Window
from gac_core.heap import Tidy
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array, Stage, TokenStage

Group = list[Window]
"""Windows that are computed together."""

Sink = Callable[[Window, Array], None]
"""Receives finished pixels, one row of windows after another, west to east; NaN where there is no
data.

The values are only valid until it returns: they are part of the blending buffer. When an
interrupted stage is resumed, some pixels are passed again.
"""


class Memory(Protocol):
    """Checkpoint of a stage in a run that may be interrupted; see `checkpoint`."""

    @property
    def first_row(self) -> int:
        """First row that the sink has not stored completely."""
        ...

    def load(self, tile: Window) -> Array | None:
        """Return the stored values of a tile, or None if there are none."""
        ...

    def keep(self, tile: Window, values: Array) -> None:
        """Store a tile's values (C, H, W), or an empty array for a tile without data."""
        ...

    def rows_done(self, stop_row: int) -> None:
        """Record that the sink has stored all rows above `stop_row`."""
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
    lanes: int = 1,
    on_tiles: Callable[[int], None] = lambda count: None,
    memory: Memory | None = None,
) -> None:
    """Compute a stage over an area.

    A token stage is computed in blocks, any other in tiles. Windows without a valid radar pixel are
    skipped, and the result has no data where the radar has none. If the memory holds tiles of an
    earlier call, the computation resumes from there, with the same result.

    Args:
        stage: Stage to compute.
        area: Pixels to compute.
        spec: Tile and block sizes.
        sources: Window readers by name: `s1` and every input of the stage.
        sink: Receives finished pixels.
        scene: Extent of the data, if larger than the area.
        batch_size: Tiles computed together; blocks: as many as hold no more pixels.
        lanes: Number of groups computed in parallel; see `lanes.in_order`.
        on_tiles: Called with the number of further tiles done, including skipped and stored ones.
        memory: Stores tiles until the sink has all their rows.

    Raises:
        BundleError: If the stage's output contains NaN or infinite values.
    """
    decodes = isinstance(stage, TokenStage)
    lattice = lattice_of(spec, scene or area, decodes=decodes)
    compute = Computing(stage, spec, sources, batch_size, hull(lattice, area))
    blend = Blend(area, lattice, stage.channels, area.row if memory is None else memory.first_row)
    rows = list(lattice.rows(area))
    # The sink already has every pixel in which the rows above these have weight.
    pending = [row for row in rows if lattice.reach(row[0]).stop_row > blend.done]
    if len(pending) < len(rows):
        on_tiles(sum(map(len, rows)) - sum(map(len, pending)))

    def found(group: Group) -> tuple[list[Array], bool]:
        """Return a group's values, and whether they come from the memory."""
        stored = _remembered(memory, group)
        return (compute(group), False) if stored is None else (stored, True)

    tidy = Tidy()
    groups = [_groups(row, compute.together) for row in pending]
    with closing(in_order(found, chain.from_iterable(groups), lanes)) as results:
        for row, parts in zip(pending, groups, strict=True):
            blend.begin(row, last=row is rows[-1])
            for group, (values, is_stored) in islice(results, len(parts)):
                for tile, pixels in zip(group, values, strict=True):
                    if memory is not None and not is_stored:
                        memory.keep(tile, pixels)
                    for piece in blend.add(pixels):
                        sink(*piece)
                on_tiles(len(group))
                tidy()
            blend.end()
            if memory is not None:
                memory.rows_done(blend.done)
    for piece in blend.rest():
        sink(*piece)


def _groups(row: Sequence[Window], batch_size: int) -> list[Group]:
    """Split a row into groups of neighbours that are computed together."""
    return [list(row[i : i + batch_size]) for i in range(0, len(row), batch_size)]


def _remembered(memory: Memory | None, group: Group) -> list[Array] | None:
    """Return a group's stored values, or None unless all are stored.

    On a GPU only the same batch gives the same bits.
    """
    if memory is None:
        return None
    stored = []
    for tile in group:
        values = memory.load(tile)
        if values is None:
            return None
        stored.append(values)
    return stored
