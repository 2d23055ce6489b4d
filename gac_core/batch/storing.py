"""A step's files, whole or not there at all: what others read of it, and what is told of it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from gac_core.batch.graph import Step
from gac_core.batch.output import join_collection
from gac_core.batch.plan import Plan
from gac_core.batch.state import COMPLETE, Done, read_step, record_path, working_file
from gac_core.contract.layout import STAC_ITEM
from gac_core.models.device import describe_device
from gac_core.models.loading import Models
from gac_core.provenance import Record
from gac_core.raster.space import unwritable
from gac_core.runs.folder import is_our_image, result_path, write_sealed
from gac_core.runs.journal import results_in
from gac_core.runs.outcome import write_record
from gac_core.scene import S1Scene


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
