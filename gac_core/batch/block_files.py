"""Files of a block: working files of neighbours read as one, results stored whole."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.batch.folder import join_collection
from gac_core.batch.plan import Cell, Plan, Step, cells_of
from gac_core.batch.state import COMPLETE, EMPTY, Done, read_step, record_path, working_file
from gac_core.contract.errors import OutputError
from gac_core.contract.layout import STAC_ITEM
from gac_core.grid import Window
from gac_core.io import unwritable
from gac_core.networks.device import describe_device
from gac_core.networks.loading import Models
from gac_core.provenance import Record
from gac_core.raster import LineReader, WorkingFile, damaged
from gac_core.runs.checkpoint import results_in
from gac_core.runs.folder import is_our_image, result_path, write_sealed
from gac_core.runs.pipeline import write_record
from gac_core.runs.plan import STAGE_BANDS
from gac_core.scene import S1Scene
from gac_core.stages.base import Array
from gac_core.tiling.stage_inputs import Source

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


def clear(plan: Plan, step: Step) -> None:
    """Remove results that records say are ours: a damaged one could not be known again."""
    out = plan.block(step.cell)
    own = results_in(out)
    for stage in plan.stages:
        path = result_path(out, stage)
        if not record_path(plan, Step(stage, step.cell)).exists() and path.name not in own:
            continue
        if stage == step.stage or (path.exists() and not is_our_image(path)):
            path.unlink(missing_ok=True)


def hand_on(plan: Plan, step: Step, path: Path) -> None:
    """Put the working file where other steps read it.

    Raises:
        OutputError: If it cannot be put there.
    """
    target = working_file(plan, step).path
    try:
        path.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error


def store(
    plan: Plan, step: Step, scratch: Path, status: str, beside: tuple[str, ...], **values: Any
) -> Done:
    """Write a step's record: from now on it is complete, or empty.

    Args:
        plan: Of the scene.
        step: Which one.
        scratch: The task's own folder.
        status: See `state.Done`; `values` too.
        beside: Names of the steps that failed and that its pixels depend on.
        **values: Other fields of the record.

    Raises:
        OutputError: If it cannot be written.
    """
    worker = f"{platform.node()}:{os.getpid()}"
    done = Done(plan.identity, status, worker=worker, missing=beside, **values)
    target = record_path(plan, step)
    part = scratch / target.name
    write_sealed(part, done.to_dict(), sync=True)
    try:
        part.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error
    return done


def record_of(plan: Plan, step: Step, scene: S1Scene, models: Models) -> Record:
    """What is told of a block."""
    return Record(
        plan.request,
        scene,
        models.bundle,
        models.hashes,
        plan.result(step.cell),
        plan.month,
        plan.season_month,
        plan.biome,
        describe_device(models.device),
        plan.started,
        plan.inputs,
    )


def tell(plan: Plan, step: Step, record: Record, done: Done, models: Models) -> None:
    """Write the block's run.json and STAC item, once its last stage is there.

    Raises:
        OutputError: If they cannot be written.
    """
    out = plan.block(step.cell)
    notes = list(plan.warnings)
    for stage in plan.stages:
        found = done if stage == step.stage else read_step(plan, Step(stage, step.cell))
        if found is not None and found.bytes:
            record.stages[f"opt_v{stage}"] = {
                "file": result_path(out, stage).name,
                "seconds": found.seconds,
                "tiles": found.tiles,
                "score": found.score,
                "bytes": found.bytes,
                "sha256": found.sha256,
            }
    if done.missing:
        notes.append(f"Pixels near {', '.join(done.missing)} saw nodata there: these failed.")
    record.status = COMPLETE
    write_record(out, record, notes, models.device)
    join_collection(out / STAC_ITEM, plan, step.cell)
