"""One stage of one block, computed and written; the score of a whole scene."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import rasterio

from gac_core.area.feeding import Source
from gac_core.area.lens import within
from gac_core.area.mosaic import drive
from gac_core.batch.cutting import Cell
from gac_core.batch.graph import Step
from gac_core.batch.keeping import models_for, plan_in, require_same, scene_of
from gac_core.batch.plan import Plan
from gac_core.batch.reading import BlockReader, hidden
from gac_core.batch.sharing import SharedTiles, drop_tiles, keys_near
from gac_core.batch.state import (
    COMPLETE,
    EMPTY,
    SCRATCH,
    Done,
    is_readable,
    is_result_whole,
    read_done,
    read_step,
    record_path,
)
from gac_core.batch.storing import clear, hand_on, record_of, store, tell
from gac_core.contract.errors import OutputError
from gac_core.files import Content
from gac_core.models.loading import Models
from gac_core.models.room import lanes_of
from gac_core.raster import StripWriter, WorkingFile, write_cog
from gac_core.raster.space import unwritable
from gac_core.runs.folder import prepare, result_path
from gac_core.runs.plan import STAGE_BANDS
from gac_core.runs.reuse import file_name
from gac_core.runs.scope import CACHE_MB
from gac_core.runs.staging import SCORED, stage_for
from gac_core.scene import S1Scene, is_measured
from gac_core.score import score_files
from gac_core.stages.base import READS

OPEN_AT_ONCE = 8
"""Blocks of a virtual raster that GDAL keeps open, each with a tile unpacked: megabytes that grow
with the area, up to a hundred blocks, if it is left to itself. A score looks at four together."""


def compute(
    folder: Path,
    identity: str,
    radar: tuple[str, ...],
    stage: int,
    cell: tuple[int, int],
    missing: tuple[tuple[int, tuple[int, int]], ...],
    beside: tuple[str, ...],
) -> Done:
    """One stage of one block, unless it is there; see `task.step_task`."""
    step = Step(stage, Cell(*cell))
    given_up = tuple(Step(number, Cell(*place)) for number, place in missing)
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB):
        plan = plan_in(folder, identity)
        done = read_done(plan, step)
        if done is None or done.missing != beside or not _is_of_use(plan, step, done):
            with scene_of(plan, radar) as scene:
                done = _Work(plan, step, scene, given_up, beside).carry_out()
    return done


def score(folder: Path, identity: str, radar: tuple[str, ...], virtual: str) -> dict[str, Any]:
    """The score of a whole scene, by a virtual raster of it, as a run over all of it has it."""
    options = {"GDAL_CACHEMAX": CACHE_MB, "GDAL_MAX_DATASET_POOL_SIZE": OPEN_AT_ONCE}
    with rasterio.Env(**options), scene_of(plan_in(folder, identity), radar) as scene:
        return score_files(scene, virtual, limit=SCORED)


def _is_of_use(plan: Plan, step: Step, done: Done) -> bool:
    last = step.stage == plan.request.stages
    return is_result_whole(plan, step, done) and (last or is_readable(plan, step, done))


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
        plan, step = self._plan, self._step
        try:
            record_path(plan, step).parent.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=plan.work))
        except OSError as error:
            raise unwritable(plan.work / "x", error) from error
        try:
            if not is_measured(self._scene, self._area):
                return self._finish(scratch, EMPTY)
            models = models_for(plan)
            path = scratch / file_name(step.stage)
            working = WorkingFile(path, plan.grid, self._area, STAGE_BANDS[step.stage])
            tiles, checksum = self._drive(working, models)
            record = record_of(plan, step, self._scene, models)
            content, found = Content(0, ""), None
            if not self._result.is_empty:
                out = plan.block(step.cell)
                clear(plan, step)
                prepare(out, self._scene.inputs.local)
                path = result_path(out, step.stage)
                content = write_cog(
                    path,
                    working,
                    checksum=checksum,
                    window=self._result,
                    tags=record.tags(step.stage),
                )
                found = score_files(self._scene, path)
            if step.stage < plan.request.stages:
                hand_on(plan, step, working.path)
            done = self._finish(
                scratch,
                COMPLETE,
                **content._asdict(),
                checksum=checksum,
                tiles=tiles,
                score=found,
                device=record.device,
            )
            # A damaged stage may be computed again after the last one.
            last = Step(plan.request.stages, step.cell)
            if content.bytes and (step == last or read_step(plan, last) is not None):
                tell(plan, step, record, done, models)
            return done
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _drive(self, file: WorkingFile, models: Models) -> tuple[int, int]:
        """Fill the working file. Returns the number of tiles, and its checksum."""
        plan, stage = self._plan, self._step.stage
        tiles = 0

        def on_tiles(count: int) -> None:
            nonlocal tiles
            tiles += count

        readers: list[BlockReader] = []
        with ExitStack() as stack:
            holes = [plan.window(one.stage, one.cell) for one in self._missing]
            sources: dict[str, Source] = {"s1": hidden(within(self._scene.read, plan.whole), holes)}
            for earlier in READS[stage]:
                cells = [one.cell for one in self._missing if one.stage == earlier]
                reader = stack.enter_context(BlockReader(plan, earlier, cells))
                readers.append(reader)
                sources[f"opt_v{earlier}"] = hidden(reader.read, holes)
            writer = stack.enter_context(StripWriter(file.path, file.grid, file.window, file.bands))
            told = plan.season_month, plan.biome
            try:
                drive(
                    stage_for(stage, plan.request, models, self._scene, *told, _go_on),
                    self._area,
                    plan.spec,
                    sources,
                    writer.write,
                    scene=plan.whole,
                    batch_size=plan.batch,
                    lanes=lanes_of(models),
                    on_tiles=on_tiles,
                    memory=self._shared(file.path.parent),
                )
            finally:
                # Whatever came of it: of damaged numbers networks make what are none.
                self._require_unchanged(readers)
            writer.sync()
        return tiles, writer.checksum()

    def _require_unchanged(self, readers: Sequence[BlockReader]) -> None:
        """See that what was read is what was written; if not, what was made of it goes."""
        try:
            for reader in readers:
                reader.require_unchanged()
        except OutputError:
            for key in keys_near(self._plan, self._step):
                drop_tiles(self._plan, key)
            raise

    def _shared(self, scratch: Path) -> SharedTiles | None:
        """Tiles that other blocks need too, where those would be the same to the bit.

        On a GPU they are only in the same batch; and beside a hole they are not what they shall be.
        """
        if self._plan.device != "cpu" or self._plan.batch > 1 or self._beside:
            return None
        return SharedTiles(self._plan, self._step, scratch)

    def _finish(self, scratch: Path, status: str, **values: Any) -> Done:
        # Before the record, which the next batch would believe.
        require_same(self._plan, self._scene)
        seconds = round(time.monotonic() - self._began, 3)
        return store(
            self._plan, self._step, scratch, status, self._beside, seconds=seconds, **values
        )


def _go_on() -> None:
    """A worker is stopped by ending its process."""
