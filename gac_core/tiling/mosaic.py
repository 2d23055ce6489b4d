"""Tiled-inference engine that runs a stage over an area: read, compute, blend, write."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain, islice
from typing import Protocol, TypeVar

import numpy as np
import torch

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from gac_core.grid import Window
from gac_core.process import PeriodicTrim
from gac_core.stages.base import Array, Stage, TokenStage
from gac_core.tiling.stage_inputs import Source, load_inputs
from gac_core.tiling.tiles import TileLayout, hull, tile_layout
from gac_core.tiling.tokens import TokenMosaic

Piece = tuple[Window, Array]
"""A window of finished pixels (C, H, W), NaN where there is no data."""

Task = TypeVar("Task")
Result = TypeVar("Result")

Group = list[Window]
"""Windows that are computed together."""
Sink = Callable[[Window, Array], None]
"""Receives finished pixels, one row of windows after another, west to east; NaN where there is no
data.

The values are only valid until it returns: they are part of the blending buffer. When an
interrupted stage is resumed, some pixels are passed again.
"""


class WindowComputer:
    """Thread-safe computation of a stage's windows.

    Args:
        stage: Stage to compute.
        spec: Tile and block sizes.
        sources: Window readers by name: `s1` and every input of the stage. Each is used by one
            thread at a time.
        batch_size: Tiles computed together.
        area: Hull of all windows.
        on_batch: Receives the seconds that a batch took, without its tokens; from any thread.

    Attributes:
        together: Number of windows computed together.
    """

    def __init__(
        self,
        stage: Stage,
        spec: WindowSpec,
        sources: Mapping[str, Source],
        batch_size: int,
        area: Window,
        on_batch: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._stage, self.together, self._on_batch = stage, batch_size, on_batch
        self._sources = {name: _one_by_one(source) for name, source in sources.items()}
        self._decoder = stage if isinstance(stage, TokenStage) else None
        if self._decoder is not None:
            self._tokens = TokenMosaic(self._decoder, spec, area, self._sources, batch_size)
            self.together = max(1, batch_size * spec.size**2 // spec.decode**2)

    def __call__(self, group: Sequence[Window]) -> list[Array]:
        """Return each window's values, NaN where the radar has no data; empty if it has none."""
        values_of = dict.fromkeys(group, np.empty((0, 0, 0), np.float32))
        batch = load_inputs(self._stage.inputs, group, self._sources, self.together)
        if batch is None:
            return list(values_of.values())
        if self._decoder is None:
            began = time.monotonic()
            results = self._stage.compute(batch.batch, batch.inputs)
        else:
            tokens = np.stack([self._tokens.read(window) for window in batch.batch])
            began = time.monotonic()
            results = self._decoder.decode(batch.batch, batch.inputs, tokens)
        self._on_batch(time.monotonic() - began)
        for tile, mask, values in zip(batch.windows, batch.masks, results, strict=False):
            if not np.isfinite(values).all():
                raise BundleError(
                    Message(
                        "Stage {} produced NaN or infinite values at row {}, column {}.",
                        self._stage.number,
                        tile.row,
                        tile.col,
                    ),
                    Message(
                        "Choose another seed, or the processor instead of the GPU; if it "
                        "happens again, the bundle's training has failed."
                    ),
                    problem="stage-not-finite",
                )
            values_of[tile] = np.where(mask, values, np.float32(np.nan))
        return list(values_of.values())


def _one_by_one(source: Source) -> Source:
    """Serialise access to a source: GDAL datasets are not thread-safe."""
    lock = threading.Lock()

    def read(window: Window) -> Array:
        with lock:
            return source(window)

    return read


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

    def __init__(self, area: Window, lattice: TileLayout, channels: int, done: int) -> None:
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


def ordered_map(
    work: Callable[[Task], Result], tasks: Iterable[Task], lanes: int
) -> Generator[tuple[Task, Result], None, None]:
    """Yield each task with its result, in the order of the tasks.

    PyTorch's threads are divided among the lanes, so that a task's numbers do not depend on other
    tasks. Close the generator (`contextlib.closing`) if it may be left early: running tasks are
    waited for, others are not started.

    Args:
        work: Function of a task; may be called from several threads at once, and may raise.
        tasks: Tasks, consumed lazily, a few ahead.
        lanes: Number of threads; 1: no threads, each task is computed on demand.

    Yields:
        Each task and its result.
    """
    if lanes == 1:
        for task in tasks:
            yield task, work(task)
        return
    threads = torch.get_num_threads()
    each = max(1, threads // lanes)
    # Set it for this thread too: PyTorch's matrix library has one setting for all threads.
    torch.set_num_threads(each)
    waiting: deque[tuple[Task, Future[Result]]] = deque()
    pool = ThreadPoolExecutor(lanes, "lane", torch.set_num_threads, (each,))
    try:
        for task in tasks:
            waiting.append((task, pool.submit(work, task)))
            # One task more than lanes: no lane idles while its last result is consumed.
            if len(waiting) > lanes:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        torch.set_num_threads(threads)


def _first(waiting: deque[tuple[Task, Future[Result]]]) -> tuple[Task, Result]:
    task, future = waiting.popleft()
    return task, future.result()


class TileStore(Protocol):
    """Checkpoint of a stage in a run that may be interrupted; see module `checkpoint`."""

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


def run_tiled(
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
    on_batch: Callable[[float], None] = lambda seconds: None,
    memory: TileStore | None = None,
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
        lanes: Number of groups computed in parallel; see `ordered_map`.
        on_tiles: Called with the number of further tiles done, including skipped and stored ones.
        on_batch: See `WindowComputer`.
        memory: Stores tiles until the sink has all their rows.

    Raises:
        BundleError: If the stage's output contains NaN or infinite values.
    """
    decodes = isinstance(stage, TokenStage)
    lattice = tile_layout(spec, scene or area, decodes=decodes)
    compute = WindowComputer(stage, spec, sources, batch_size, hull(lattice, area), on_batch)
    blend = Blend(area, lattice, stage.channels, area.row if memory is None else memory.first_row)
    rows = list(lattice.rows(area))
    # The sink already has every pixel in which the rows above these have weight.
    pending = [row for row in rows if lattice.reach(row[0]).stop_row > blend.done]
    if len(pending) < len(rows):
        on_tiles(sum(map(len, rows)) - sum(map(len, pending)))

    def found(group: Group) -> tuple[list[Array], bool]:
        """Return a group's values, and whether they come from the memory."""
        stored = _load_group(memory, group)
        return (compute(group), False) if stored is None else (stored, True)

    tidy = PeriodicTrim()
    groups = [_groups(row, compute.together) for row in pending]
    with closing(ordered_map(found, chain.from_iterable(groups), lanes)) as results:
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


def _load_group(memory: TileStore | None, group: Group) -> list[Array] | None:
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
