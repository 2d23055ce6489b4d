"""A stage's working files, one for each block, read as if they were one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack

import numpy as np

from gac_core.area.feeding import Source
from gac_core.batch.cutting import Cell, cells_of
from gac_core.batch.graph import Step
from gac_core.batch.plan import Plan
from gac_core.batch.state import EMPTY, Done, read_step, working_file
from gac_core.contract.errors import OutputError
from gac_core.grid import Window
from gac_core.raster import LineReader, WorkingFile, damaged
from gac_core.runs.plan import STAGE_BANDS
from gac_core.stages.base import Array

Stamp = tuple[int, int, int]
"""Size and number of a file, and when the system saw it change, which nobody can put back."""

_SEEN: dict[WorkingFile, tuple[Stamp, int]] = {}
"""Files that this process has found whole: as they were then, and their checksums."""


def _stamp(file: WorkingFile) -> Stamp:
    try:
        state = file.path.stat()
    except OSError:
        return 0, 0, 0
    return state.st_size, state.st_ino, state.st_ctime_ns


class BlockReader:
    """Reads a stage over its blocks; a context manager, for one thread at a time.

    A process looks through a file the first time that it reads it, and again if anybody has
    touched it since.

    Args:
        plan: Of the scene.
        stage: Which one.
        missing: Blocks that were given up: nodata.
    """

    def __init__(self, plan: Plan, stage: int, missing: Iterable[Cell]) -> None:
        self._plan, self._stage = plan, stage
        self._area, self._channels = plan.areas[stage], len(STAGE_BANDS[stage])
        self._open: dict[Cell, LineReader | None] = dict.fromkeys(missing)
        self._stamps: dict[WorkingFile, Stamp] = {}
        self._stack = ExitStack()

    def read(self, window: Window) -> Array:
        """Reads any window (C, H, W), NaN where there is no data.

        Raises:
            OutputError: If a block's file is not there.
        """
        found = np.full((self._channels, *window.shape), np.nan, np.float32)
        inside = window.intersection(self._area)
        for cell in cells_of(inside, self._plan.side) if not inside.is_empty else ():
            reader = self._reader(cell)
            if reader is not None:
                shared = inside.intersection(cell.window(self._plan.side))
                found[(..., *shared.slices(window))] = reader.read(shared)
        return found

    def _reader(self, cell: Cell) -> LineReader | None:
        if cell not in self._open:
            step = Step(self._stage, cell)
            done = read_step(self._plan, step)
            if done is None:
                raise OutputError(
                    f"{step.name} of {self._plan.name} is not there, and is needed now.",
                    "Leave the folder alone until the batch is done; run the same command again.",
                )
            if done.status == EMPTY:
                self._open[cell] = None
            else:
                self._open[cell] = self._stack.enter_context(self._opened(step, done))
        return self._open[cell]

    def _opened(self, step: Step, done: Done) -> LineReader:
        file = working_file(self._plan, step)
        reader, stamp = LineReader(file), _stamp(file)
        if _SEEN.get(file) != (stamp, done.checksum):
            if file.checksum() != done.checksum:
                reader.close()
                raise damaged(file.path)
            _SEEN[file] = stamp, done.checksum
        self._stamps[file] = stamp
        return reader

    def require_unchanged(self) -> None:
        """See that nobody wrote to the files since they were opened.

        Raises:
            OutputError: If somebody did.
        """
        for file, stamp in self._stamps.items():
            if _stamp(file) != stamp and not file.holds(_SEEN[file][1]):
                raise damaged(file.path)

    def __enter__(self) -> BlockReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def hidden(source: Source, windows: Iterable[Window]) -> Source:
    """A source that has no data in some windows."""
    holes = tuple(windows)
    if not holes:
        return source

    def read(window: Window) -> Array:
        values = source(window)
        for hole in holes:
            shared = hole.intersection(window)
            if not shared.is_empty:
                values = values.copy()
                values[(..., *shared.slices(window))] = np.nan
        return values

    return read
