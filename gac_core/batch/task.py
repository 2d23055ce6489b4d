"""What a worker does: one stage of one block, its files whole or not there at all."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any

import rasterio
import torch

from gac_core import __version__, stac
from gac_core.area.feeding import Source
from gac_core.area.lens import within
from gac_core.area.mosaic import drive
from gac_core.batch.cutting import Cell
from gac_core.batch.graph import READS, Step
from gac_core.batch.output import join_collection
from gac_core.batch.plan import Plan, Values, make_plan, read_plan, reading_of
from gac_core.batch.reading import BlockReader, hidden
from gac_core.batch.sharing import SharedTiles
from gac_core.batch.state import (
    COMPLETE,
    EMPTY,
    SCRATCH,
    Done,
    is_readable,
    read_done,
    record_path,
    working_path,
)
from gac_core.errors import DeviceError, GacError, InputChanged, OutputError, RequestError
from gac_core.models.cache import ModelCache
from gac_core.models.device import choose_device, describe_device
from gac_core.models.library import Library
from gac_core.models.loading import Models
from gac_core.models.room import lanes_of
from gac_core.provenance import Record
from gac_core.raster import StripWriter, write_cog
from gac_core.raster.space import unwritable
from gac_core.request import RunRequest
from gac_core.runs.folder import is_our_image, prepare, result_path, write_json
from gac_core.runs.outcome import write_record
from gac_core.runs.pipeline import CACHE_MB
from gac_core.runs.plan import STAGE_BANDS
from gac_core.runs.reuse import file_name
from gac_core.runs.staging import SCORED, stage_for
from gac_core.scene import S1Scene, is_measured, open_scene
from gac_core.score import score_files

_TURN = threading.Lock()
"""Held by the task that computes: a scene is read, and memory is used, by one at a time."""

_OPEN: dict[str, S1Scene] = {}
"""The scene read last, by its plan: to understand it again for each step would take a while."""


@cache
def _models() -> ModelCache:
    """Networks, kept as long as the process lives."""
    return ModelCache(Library.default())


def _travelling(work: Callable[..., Values]) -> Callable[..., Values]:
    """A task whose errors reach the driver: GDAL's, which lie behind ours, cannot be pickled."""

    @wraps(work)
    def call(*args: Any, **options: Any) -> Values:
        try:
            return work(*args, **options)
        except GacError as error:
            known = error
        known.__cause__ = known.__context__ = None
        raise known

    return call


@_travelling
def plan_task(name: str, request: Values, side: int | None, threads: int) -> Values:
    """Understand a scene; see `plan.make_plan`. As values that travel."""
    with _TURN:
        made = make_plan(name, RunRequest.from_dict(request), side, threads, _models())
    return made.to_dict()


@_travelling
def step_task(
    folder: str,
    identity: str,
    stage: int,
    cell: tuple[int, int],
    missing: tuple[tuple[int, tuple[int, int]], ...] = (),
    beside: tuple[str, ...] = (),
) -> Values:
    """Compute one stage of one block, unless it is there.

    Args:
        folder: The scene's, on storage that all workers see.
        identity: Of its plan.
        stage: 1 to 3.
        cell: The block.
        missing: Stage and block of what it would read and was given up.
        beside: Names of those, and of what kept other steps that it reads from being whole.

    Returns:
        Its record (`state.Done`).

    Raises:
        GacError: If something is wrong that the user can know or cure.
    """
    step = Step(stage, Cell(*cell))
    given_up = tuple(Step(number, Cell(*place)) for number, place in missing)
    with _TURN, rasterio.Env(GDAL_CACHEMAX=CACHE_MB):
        plan = _plan(Path(folder), identity)
        done = read_done(plan, step)
        if done is None or done.missing != beside or not _is_of_use(plan, step, done):
            with _scene(plan) as scene:
                done = _Work(plan, step, scene, given_up, beside).carry_out()
    return done.to_dict()


@_travelling
def score_task(folder: str, identity: str, stage: int, virtual: str) -> Values:
    """The score of a whole scene, by its virtual raster, as a run over all of it has it."""
    with _TURN, rasterio.Env(GDAL_CACHEMAX=CACHE_MB):
        plan = _plan(Path(folder), identity)
        with _scene(plan) as scene:
            return score_files(scene, virtual, limit=SCORED)


def _is_of_use(plan: Plan, step: Step, done: Done) -> bool:
    last = step.stage == plan.request.stages
    return last or done.status == EMPTY or is_readable(plan, step)


def _plan(folder: Path, identity: str) -> Plan:
    plan = read_plan(folder)
    if plan is None or plan.identity != identity:
        raise OutputError(
            f"The worker on {platform.node()} does not see this batch's plan in {folder}.",
            "Choose an output folder on storage that all workers see by the same path.",
        )
    if plan.software != {"gac": __version__, "torch": torch.__version__}:
        raise OutputError(
            f"The worker on {platform.node()} has GAC {__version__} and PyTorch "
            f"{torch.__version__}; the batch was begun with {plan.software}.",
            "Give all workers the same environment.",
        )
    return plan


@contextmanager
def _scene(plan: Plan) -> Iterator[S1Scene]:
    """The scene, understood as when the batch was planned; kept open for the next step."""
    kept = _OPEN.pop(plan.identity, None)
    while _OPEN:
        _OPEN.popitem()[1].close()
    with ExitStack() as stack:
        scene = stack.enter_context(_opened(plan) if kept is None else kept)
        scene.inputs.require_unchanged()
        yield scene
        scene.inputs.require_unchanged()
        stack.pop_all()
    _OPEN[plan.identity] = scene


def _opened(plan: Plan) -> S1Scene:
    request = plan.request
    options: Values = {"extent": request.extent, "extent_crs": request.extent_crs}
    scene = open_scene(request.sar, **request.reading, **options)
    same = [s and s[0] for s in scene.inputs.stamps()] == [s and s[0] for s in plan.stamps]
    if same and reading_of(scene) == plan.reading and scene.window == plan.whole:
        return scene
    scene.close()
    raise InputChanged(
        f"The radar of {plan.name} is not any more what it was when the batch began.",
        "Wait until its files are complete, and begin in a new folder.",
    )


class _Work:
    """One step on its way."""

    def __init__(
        self,
        plan: Plan,
        step: Step,
        scene: S1Scene,
        missing: tuple[Step, ...],
        beside: tuple[str, ...],
    ) -> None:
        self._plan, self._step, self._scene = plan, step, scene
        self._missing, self._beside = missing, beside
        self._area = plan.window(step.stage, step.cell)
        self._result = plan.result(step.cell)
        self._began = time.monotonic()

    def carry_out(self) -> Done:
        """Compute it, and write its files and then its record."""
        plan, stage = self._plan, self._step.stage
        try:
            record_path(plan, self._step).parent.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=plan.work))
        except OSError as error:
            raise unwritable(plan.work / "x", error) from error
        try:
            if not is_measured(self._scene, self._area):
                return self._finish(scratch, EMPTY)
            models = self._load()
            tiles = self._drive(scratch / file_name(stage), models)
            record = self._record(models)
            size, score = 0, None
            if not self._result.is_empty:
                out = plan.block(self._step.cell)
                self._clear(out)
                prepare(out, self._scene.inputs.local)
                path = result_path(out, stage)
                write_cog(
                    path,
                    scratch / file_name(stage),
                    window=self._result,
                    tags=record.tags(stage),
                )
                size, score = path.stat().st_size, score_files(self._scene, path)
            if stage < plan.request.stages:
                self._hand_on(scratch / file_name(stage))
            done = self._finish(
                scratch, COMPLETE, bytes=size, tiles=tiles, score=score, device=record.device
            )
            if stage == plan.request.stages and size:
                self._tell(record, done, models)
            return done
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _clear(self, out: Path) -> None:
        """Remove results that records say are ours: a damaged one could not be known again."""
        for stage in self._plan.stages:
            path = result_path(out, stage)
            if not record_path(self._plan, Step(stage, self._step.cell)).exists():
                continue
            if stage == self._step.stage or (path.exists() and not is_our_image(path)):
                path.unlink(missing_ok=True)

    def _load(self) -> Models:
        plan = self._plan
        torch.set_num_threads(plan.threads)
        if plan.device == "cuda" and not torch.cuda.is_available():
            raise DeviceError(
                f"The batch was begun on a GPU, and the worker on {platform.node()} has none.",
                "Give the batch workers of one kind.",
            )
        cache = _models()
        models = cache.get(cache.library.require(plan.request.bundle), choose_device(plan.device))
        if models.card_sha256 != plan.card:
            raise RequestError(
                f"The bundle {plan.request.bundle} is another one on {platform.node()}.",
                "Install the same bundle for all workers; a batch that has begun keeps its own.",
            )
        models.load()
        return models

    def _drive(self, path: Path, models: Models) -> int:
        """Fill the working file. Returns the number of tiles."""
        plan, stage = self._plan, self._step.stage
        tiles = 0

        def on_tiles(count: int) -> None:
            nonlocal tiles
            tiles += count

        with ExitStack() as stack:
            holes = [plan.window(one.stage, one.cell) for one in self._missing]
            sources: dict[str, Source] = {"s1": hidden(within(self._scene.read, plan.whole), holes)}
            for earlier in READS[stage]:
                cells = [one.cell for one in self._missing if one.stage == earlier]
                reader = stack.enter_context(BlockReader(plan, earlier, cells))
                sources[f"opt_v{earlier}"] = hidden(reader.read, holes)
            writer = stack.enter_context(
                StripWriter(path, plan.grid, self._area, STAGE_BANDS[stage])
            )
            modality = self._scene.modality
            drive(
                stage_for(stage, plan.request, models, modality, plan.season_month, _go_on),
                self._area,
                plan.spec,
                sources,
                writer.write,
                scene=plan.whole,
                batch_size=plan.batch,
                lanes=lanes_of(models),
                on_tiles=on_tiles,
                memory=self._shared(path.parent),
            )
            writer.sync()
        return tiles

    def _shared(self, scratch: Path) -> SharedTiles | None:
        """Tiles that other blocks need too, where those would be the same to the bit.

        On a GPU they are only in the same batch; and beside a hole they are not what they shall be.
        """
        if self._plan.device != "cpu" or self._plan.batch > 1 or self._beside:
            return None
        return SharedTiles(self._plan, self._step, scratch)

    def _hand_on(self, path: Path) -> None:
        """Put the working file where other steps read it, its header first."""
        target = working_path(self._plan, self._step)
        try:
            path.with_suffix(".hdr").replace(target.with_suffix(".hdr"))
            path.replace(target)
        except OSError as error:
            raise unwritable(target, error) from error

    def _record(self, models: Models) -> Record:
        plan = self._plan
        return Record(
            plan.request,
            self._scene,
            models.bundle,
            models.hashes,
            self._result,
            plan.month,
            plan.season_month,
            describe_device(models.device),
            plan.started,
            plan.inputs,
        )

    def _finish(self, scratch: Path, status: str, **values: Any) -> Done:
        plan, step = self._plan, self._step
        done = Done(
            plan.identity,
            status,
            seconds=round(time.monotonic() - self._began, 3),
            worker=f"{platform.node()}:{os.getpid()}",
            missing=self._beside,
            **values,
        )
        target = record_path(plan, step)
        part = scratch / target.name
        write_json(part, done.to_dict(), sync=True)
        try:
            part.replace(target)
        except OSError as error:
            raise unwritable(target, error) from error
        return done

    def _tell(self, record: Record, done: Done, models: Models) -> None:
        """Write the block's run.json and STAC item, once its last stage is there."""
        plan, cell = self._plan, self._step.cell
        out = plan.block(cell)
        notes = list(plan.warnings)
        for stage in plan.stages:
            found = done if stage == self._step.stage else read_done(plan, Step(stage, cell))
            if found is not None and found.bytes:
                told = {"seconds": found.seconds, "tiles": found.tiles, "score": found.score}
                record.stages[f"opt_v{stage}"] = {"file": result_path(out, stage).name, **told}
        if done.missing:
            notes.append(f"Pixels near {', '.join(done.missing)} saw nodata there: these failed.")
        record.status = COMPLETE
        write_record(out, record, notes, models.device)
        join_collection(out / stac.NAME, plan, cell)


def _go_on() -> None:
    """A worker is stopped by ending its process."""
