"""The one engine that drives a stage over an area: read, compute, blend, write."""

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
    lanes: int = 1,
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
        lanes: How many such groups are computed side by side; see `lanes.in_order`.
        on_tiles: Told how many more are done, skipped and remembered ones included.
        memory: Where they are kept until the sink has all their rows.

    Raises:
        BundleError: If the stage gives values that are no numbers.
    """
    decodes = isinstance(stage, TokenStage)
    lattice = lattice_of(spec, scene or area, decodes=decodes)
    compute = Computing(stage, spec, sources, batch_size, hull(lattice, area))
    blend = Blend(area, lattice, stage.channels, area.row if memory is None else memory.first_row)
    rows = list(lattice.rows(area))
    # Of rows above these the sink has every row that they have weight in.
    wanted = [row for row in rows if lattice.reach(row[0]).stop_row > blend.done]
    if len(wanted) < len(rows):
        on_tiles(sum(map(len, rows)) - sum(map(len, wanted)))

    def found(group: Group) -> tuple[list[Array], bool]:
        """A group's values, and whether the memory had them."""
        kept = _remembered(memory, group)
        return (compute(group), False) if kept is None else (kept, True)

    tidy = Tidy()
    groups = [_groups(row, compute.together) for row in wanted]
    with closing(in_order(found, chain.from_iterable(groups), lanes)) as results:
        for row, parts in zip(wanted, groups, strict=True):
            blend.begin(row, last=row is rows[-1])
            for group, (values, known) in islice(results, len(parts)):
                for tile, pixels in zip(group, values, strict=True):
                    if memory is not None and not known:
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
    """What is computed together: neighbours."""
    return [list(row[i : i + batch_size]) for i in range(0, len(row), batch_size)]


def _remembered(memory: Memory | None, group: Group) -> list[Array] | None:
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
