"""Files of a block: read the working files of neighbours as one, write results atomically."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.contract.errors import OutputError
from gac_core.contract.layout import STAC_ITEM
from gac_core.contract.message import Message
from gac_core.contract.removal import remove_file
from gac_core.contract.rename import replace_path
from gac_core.engine.batch_folder import join_collection
from gac_core.engine.batch_plan import Cell, Plan, Step, cells_of
from gac_core.engine.batch_state import (
    COMPLETE,
    EMPTY,
    StepRecord,
    read_step,
    record_path,
    working_file,
)
from gac_core.engine.checkpoint import recorded_results
from gac_core.engine.folder import is_our_image, result_path, write_sealed
from gac_core.engine.pipeline import write_record
from gac_core.engine.plan import STAGE_BANDS
from gac_core.engine.provenance import Record
from gac_core.grid import Window
from gac_core.io import write_error
from gac_core.networks.device import describe_device
from gac_core.networks.loading import Models
from gac_core.raster import LineReader, WorkingFile, damaged_error
from gac_core.scene import S1Scene
from gac_core.stages.base import Array

Stamp = tuple[int, int, int]
"""Size, inode and change time of a file; the change time cannot be reset by a user."""
_VERIFIED: dict[WorkingFile, tuple[Stamp, int]] = {}
"""Files that this process has found intact: their stamps at that time, and their checksums."""


def _stamp(file: WorkingFile) -> Stamp:
    try:
        state = file.path.stat()
    except OSError:
        return 0, 0, 0
    return state.st_size, state.st_ino, state.st_ctime_ns


class BlockReader:
    """Reader of a stage across its blocks; a context manager, for one thread at a time.

    A process verifies the checksum of a file when it first reads it, and again if the file has been
    touched since.

    Args:
        plan: Plan of the scene.
        stage: Number of the stage.
        missing: Blocks that were given up; read as nodata.
    """

    def __init__(self, plan: Plan, stage: int, missing: Iterable[Cell]) -> None:
        self._plan, self._stage = plan, stage
        self._area, self._channels = plan.areas.passed[stage], len(STAGE_BANDS[stage])
        self._open: dict[Cell, LineReader | None] = dict.fromkeys(missing)
        self._stamps: dict[WorkingFile, Stamp] = {}
        self._stack = ExitStack()

    def read(self, window: Window) -> Array:
        """Return any window (C, H, W), NaN where there is no data.

        Raises:
            OutputError: If a block's file is missing.
        """
        values = np.full((self._channels, *window.shape), np.nan, np.float32)
        inside = window.intersection(self._area)
        for cell in cells_of(inside, self._plan.side) if not inside.is_empty else ():
            reader = self._reader(cell)
            if reader is not None:
                shared = inside.intersection(cell.window(self._plan.side))
                values[(..., *shared.slices(window))] = reader.read(shared)
        return values

    def _reader(self, cell: Cell) -> LineReader | None:
        if cell not in self._open:
            step = Step(self._stage, cell)
            done = read_step(self._plan, step)
            if done is None:
                raise OutputError(
                    Message("{} of {} is missing, and is needed now.", step.name, self._plan.name),
                    Message(
                        "Leave the folder alone until the batch is done; run the same "
                        "command again."
                    ),
                    problem="block-missing",
                )
            if done.status == EMPTY:
                self._open[cell] = None
            else:
                self._open[cell] = self._stack.enter_context(self._opened(step, done))
        return self._open[cell]

    def _opened(self, step: Step, done: StepRecord) -> LineReader:
        file = working_file(self._plan, step)
        reader, stamp = LineReader(file), _stamp(file)
        if _VERIFIED.get(file) != (stamp, done.checksum):
            if file.checksum() != done.checksum:
                reader.close()
                raise damaged_error(file.path)
            _VERIFIED[file] = stamp, done.checksum
        self._stamps[file] = stamp
        return reader

    def require_unchanged(self) -> None:
        """Check that the files have not been written to since they were opened.

        Raises:
            OutputError: If one has.
        """
        for file, stamp in self._stamps.items():
            if _stamp(file) != stamp and not file.holds(_VERIFIED[file][1]):
                raise damaged_error(file.path)

    def __enter__(self) -> BlockReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def remove_own_results(plan: Plan, step: Step) -> None:
    """Remove results that are GAC's by its records: damaged ones cannot be recognised otherwise."""
    out = plan.block(step.cell)
    own = recorded_results(out)
    for stage in plan.stages:
        path = result_path(out, stage)
        if not record_path(plan, Step(stage, step.cell)).exists() and path.name not in own:
            continue
        if stage == step.stage or (path.exists() and not is_our_image(path)):
            remove_file(path, missing_ok=True)


def publish_working_file(plan: Plan, step: Step, path: Path) -> None:
    """Move the working file to where other steps read it.

    Raises:
        OutputError: If it cannot be moved.
    """
    target = working_file(plan, step).path
    try:
        replace_path(path, target)
    except OSError as error:
        raise write_error(target, error) from error


def write_step(
    plan: Plan, step: Step, scratch: Path, status: str, beside: tuple[str, ...], **values: Any
) -> StepRecord:
    """Write a step's record, which marks it as complete or empty.

    Args:
        plan: Plan of the scene.
        step: The step.
        scratch: The task's own folder.
        status: See `StepRecord`.
        beside: Names of the failed steps that its pixels depend on.
        **values: Other fields of `StepRecord`.

    Raises:
        OutputError: If it cannot be written.
    """
    worker = f"{platform.node()}:{os.getpid()}"
    done = StepRecord(plan.identity, status, worker=worker, missing=beside, **values)
    target = record_path(plan, step)
    part = scratch / target.name
    write_sealed(part, done.to_dict(), sync=True)
    try:
        replace_path(part, target)
    except OSError as error:
        raise write_error(target, error) from error
    return done


def record_of(plan: Plan, step: Step, scene: S1Scene, models: Models) -> Record:
    """Return the record of a block."""
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
        reference=plan.reference,
    )


def write_block_record(
    plan: Plan, step: Step, record: Record, done: StepRecord, models: Models
) -> None:
    """Write the block's run.json and STAC item, once its last stage exists.

    Raises:
        OutputError: If they cannot be written.
    """
    out = plan.block(step.cell)
    notes = [*plan.warnings, *models.notes]
    for stage in plan.stages:
        stage_record = done if stage == step.stage else read_step(plan, Step(stage, step.cell))
        if stage_record is not None and stage_record.bytes:
            record.stages[f"opt_v{stage}"] = {
                "file": result_path(out, stage).name,
                "seconds": stage_record.seconds,
                "tiles": stage_record.tiles,
                "score": stage_record.score,
                "bytes": stage_record.bytes,
                "sha256": stage_record.sha256,
            }
    if done.missing:
        notes.append(
            Message("Pixels near {} saw nodata there: these failed.", ", ".join(done.missing))
        )
    record.status = COMPLETE
    write_record(out, record, notes, models.device)
    join_collection(out / STAC_ITEM, plan, step.cell)
