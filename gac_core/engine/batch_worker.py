"""Worker side of a batch: plan a scene, compute a stage of a block, score a scene."""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import rasterio
import torch

from gac_core.bundles.library import Library
from gac_core.contract.errors import (
    DeviceError,
    InputChanged,
    OutputError,
    RequestError,
    as_user_error,
)
from gac_core.contract.layout import OBSERVED, generated_file, working_file
from gac_core.contract.message import Message
from gac_core.contract.protocol import VERSION
from gac_core.contract.redaction import redacted_values
from gac_core.contract.removal import remove_file, remove_folder
from gac_core.contract.request import RunRequest
from gac_core.engine.areas import Fusion
from gac_core.engine.batch_plan import Cell, Plan, Step, block_size_for, read_plan
from gac_core.engine.batch_state import (
    COMPLETE,
    EMPTY,
    SCRATCH,
    SharedTiles,
    StepRecord,
    drop_tiles,
    is_readable,
    is_result_whole,
    read_done,
    read_step,
    record_path,
    tile_keys,
)
from gac_core.engine.block_files import (
    BlockReader,
    publish_working_file,
    record_of,
    remove_own_results,
    write_block_record,
    write_step,
)
from gac_core.engine.checkpoint import now, require_same_content
from gac_core.engine.folder import prepare_output, result_path
from gac_core.engine.identity import computing_software, pixels_of
from gac_core.engine.observed import write_fused, write_kinds
from gac_core.engine.plan import CACHE_MB, STAGE_BANDS, conditions_of, with_steps
from gac_core.engine.provenance import input_files, reference_entry, reference_identity
from gac_core.engine.stage_runner import MAX_SCORED_PIXELS, StageDriver, require_memory_error
from gac_core.io import Content, to_record, write_error
from gac_core.networks.device import choose_device, free_memory
from gac_core.networks.loading import ModelCache, Models
from gac_core.networks.memory import batch_for
from gac_core.optical import ReferenceUse, open_use, with_paired_reference
from gac_core.raster import StripWriter, WorkingFile, copy_part, damaged_error, write_cog
from gac_core.scene import (
    S1Scene,
    data_window,
    is_measured,
    open_radar,
    requested_area,
    require_measurement,
)
from gac_core.scores import score_files
from gac_core.stages.base import STAGE_INPUTS
from gac_core.tiling.stage_inputs import masked_source

Values = dict[str, Any]


@dataclass
class OpenInputs:
    """Open inputs of a plan, checked against it.

    Attributes:
        scene: The radar.
        optical: The optical reference; None: there is none.
        stack: Closes both.
        times: Change times of the files of each, as this worker sees them, at which they matched.
    """

    scene: S1Scene
    optical: ReferenceUse | None
    stack: ExitStack
    times: list[list[int]]


_OPEN: dict[str, OpenInputs] = {}
"""Last inputs read, by their plan: interpreting them again for each step would take a while."""

_BATCHES: dict[str, int] = {}
"""Tiles computed together, by plan, where this worker's memory was too small for those planned."""

MAX_OPEN_BLOCKS = 8
"""Blocks of a virtual raster that GDAL keeps open, each with a decoded tile: megabytes that grow
with the area, up to a hundred blocks, by default. A score reads four at a time.
"""


def interpretation_of(scene: S1Scene) -> Values:
    """Return the scene interpretation without path-dependent fields."""
    values = {k: v for k, v in scene.info().items() if k not in ("warnings", "paths", "decisions")}
    return to_record({**values, "sample": scene.fingerprint})


def make_plan(
    name: str, request: RunRequest, side: int | None, threads: int, cache: ModelCache
) -> Plan:
    """Interpret a scene and plan its blocks.

    Args:
        name: Name of its folder, `request.out`.
        request: As for a run, with absolute paths: a worker may have been started anywhere.
        side: Approximate side of blocks; None: the default.
        threads: PyTorch threads in each worker.
        cache: Model cache with the library of bundles.

    Raises:
        GacError: If the scene cannot be computed.
    """
    torch.set_num_threads(threads)
    bundle = cache.library.require(request.bundle)
    request = with_steps(request, bundle)
    device = choose_device(request.device)
    models = cache.get(bundle, device)
    batch = request.batch_size or 1
    if device.type == "cuda":
        models.load(in_turns=True)
        models.prepare(1)
        batch = request.batch_size or batch_for(models)
    with ExitStack() as stack:
        stack.enter_context(rasterio.Env(GDAL_CACHEMAX=CACHE_MB))
        scene = stack.enter_context(open_radar(request))
        bundle.require_modality(scene.modality)
        area = requested_area(scene, request)
        require_measurement(scene, area)
        request = with_paired_reference(request, scene)
        whole = data_window(scene, request)
        optical = open_use(request, scene, whole, stack)
        month, season, biome = conditions_of(request, scene, area)
        inputs = input_files(scene.inputs)
        reference = None if optical is None else reference_entry(optical)
        plan = Plan(
            name=name,
            request=request.without_secrets(),
            grid=scene.grid,
            whole=whole,
            area=area,
            spec=bundle.window,
            side=block_size_for(side, bundle.window),
            threads=threads,
            batch=batch,
            device=device.type,
            month=month,
            season_month=season,
            biome=biome,
            reading=interpretation_of(scene),
            inputs=inputs,
            stamps=scene.inputs.stamps(),
            card=models.card_sha256,
            software=computing_software(),
            started=now(),
            warnings=[
                *scene.warnings,
                *([] if optical is None else optical.notes),
                *bundle.notes,
            ],
            times=scene.inputs.times,
            reference=reference,
            fusion=Fusion.of(optical, bundle),
            # Without the weights' hashes: whoever plans need not have loaded them.
            pixels=pixels_of(request, scene, bundle, {}, inputs, season, biome, reference),
        )
        scene.inputs.require_untouched()
        if optical is not None:
            optical.inputs.require_untouched()
    # Exactly as it will be read back.
    return Plan.from_dict(redacted_values(plan.to_dict()))


@cache
def model_cache() -> ModelCache:
    """Return the cache of networks, which lives as long as the process."""
    return ModelCache(Library.default())


def plan_in(folder: Path, identity: str) -> Plan:
    """Return the plan that a task belongs to.

    Raises:
        OutputError: If it is missing, or was made by another version of the software.
    """
    plan = read_plan(folder)
    if plan is None or plan.identity != identity:
        raise OutputError(
            Message(
                "The worker on {} does not see this batch's plan in {}.", platform.node(), folder
            ),
            Message("Choose an output folder on storage that all workers see by the same path."),
            problem="batch-plan-not-visible",
        )
    if plan.software != computing_software():
        raise OutputError(
            Message(
                "The worker on {} has GAC {} and PyTorch {}; the batch was begun with {}.",
                platform.node(),
                VERSION,
                torch.__version__,
                plan.software,
            ),
            Message("Give all workers the same environment."),
            problem="worker-software-differs",
        )
    return plan


def models_for(plan: Plan) -> Models:
    """Return a plan's networks, loaded.

    Raises:
        DeviceError: If this worker does not have the device.
        RequestError: If its bundle is a different one.
    """
    torch.set_num_threads(plan.threads)
    if plan.device == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            Message(
                "The batch was begun on a GPU, and the worker on {} has none.", platform.node()
            ),
            Message("Give the batch workers of one kind."),
            problem="worker-without-gpu",
        )
    cache = model_cache()
    models = cache.get(cache.library.require(plan.request.bundle), choose_device(plan.device))
    if models.card_sha256 != plan.card:
        raise RequestError(
            Message("The bundle {} is another one on {}.", plan.request.bundle, platform.node()),
            Message(
                "Install the same bundle for all workers; a batch that has begun keeps its own."
            ),
            problem="worker-bundle-differs",
        )
    models.load(in_turns=True)
    return models


@contextmanager
def inputs_of(plan: Plan, radar: tuple[str, ...]) -> Iterator[OpenInputs]:
    """Open the inputs, checked against the plan; they are kept open for the next step.

    They are stored where all workers find them, so that each of their pixels is read once.

    Args:
        plan: Plan of the scene.
        radar: Its files, with their access secrets, which a plan does not hold.

    Raises:
        InputChanged: If one has changed since the batch was planned.
    """
    cached = _OPEN.pop(plan.identity, None)
    while _OPEN:
        _OPEN.popitem()[1].stack.close()
    with ExitStack() as stack:
        inputs = _opened(plan, radar) if cached is None else cached
        stack.enter_context(inputs.stack)
        require_same(plan, inputs)
        with ExitStack() as files:
            window = plan.radar_window
            files.enter_context(inputs.scene.stored(plan.radar, window, reserves=False))
            if inputs.optical is not None:
                files.enter_context(inputs.optical.stored(plan.optical, window, reserves=False))
            yield inputs
        require_same(plan, inputs)
        inputs.stack = inputs.stack.pop_all()
        stack.pop_all()
    _OPEN[plan.identity] = inputs


def require_same(plan: Plan, inputs: OpenInputs) -> None:
    """Check that the files have the content that the plan was made from, despite their times.

    Raises:
        InputChanged: If they do not.
    """
    files = [(inputs.scene.inputs, plan.inputs)]
    if inputs.optical is not None and plan.reference is not None:
        files.append((inputs.optical.inputs, plan.reference["files"]))
    inputs.times = [
        require_same_content(own, hashed, times)
        for (own, hashed), times in zip(files, inputs.times, strict=True)
    ]


def _opened(plan: Plan, radar: tuple[str, ...]) -> OpenInputs:
    with ExitStack() as stack:
        scene = stack.enter_context(open_radar(replace(plan.request, sar=radar)))
        same = [s and s[0] for s in scene.inputs.stamps()] == [s and s[0] for s in plan.stamps]
        whole = data_window(scene, plan.request)
        if not (same and interpretation_of(scene) == plan.reading and whole == plan.whole):
            raise InputChanged(
                Message(
                    "The radar of {} is no longer what it was when the batch began.", plan.name
                ),
                Message("Wait until its files are complete, and begin in a new folder."),
                problem="radar-changed-since-batch",
            )
        optical = open_use(plan.request, scene, whole, stack)
        times = [plan.times]
        if optical is not None and plan.reference is not None:
            reference = to_record(redacted_values(reference_entry(optical)))
            if reference_identity(reference) != reference_identity(plan.reference):
                raise InputChanged(
                    Message(
                        "The optical reference of {} is no longer what it was when the batch "
                        "began.",
                        plan.name,
                    ),
                    Message("Wait until its files are complete, and begin in a new folder."),
                    problem="optical-changed-since-batch",
                )
            # Hashed anew: their times when the plan was made are those that another computer saw.
            times.append([])
        return OpenInputs(scene, optical, stack.pop_all(), times)


def compute(
    folder: Path,
    identity: str,
    radar: tuple[str, ...],
    stage: int,
    cell: tuple[int, int],
    missing: tuple[tuple[int, tuple[int, int]], ...],
    beside: tuple[str, ...],
) -> StepRecord:
    """Compute one stage of one block, unless it is complete; see `batch_tasks.step_task`."""
    step = Step(stage, Cell(*cell))
    given_up = tuple(Step(number, Cell(*place)) for number, place in missing)
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB):
        plan = plan_in(folder, identity)
        done = read_done(plan, step)
        if done is None or done.missing != beside or not _is_intact(plan, step, done):
            with inputs_of(plan, radar) as inputs:
                done = _StepTask(plan, step, inputs, given_up, beside).carry_out()
    return done


def score(folder: Path, identity: str, radar: tuple[str, ...], virtual: str) -> dict[str, Any]:
    """Score a whole scene from its virtual raster; equals the score of a single run."""
    options = {"GDAL_CACHEMAX": CACHE_MB, "GDAL_MAX_DATASET_POOL_SIZE": MAX_OPEN_BLOCKS}
    with rasterio.Env(**options), inputs_of(plan_in(folder, identity), radar) as inputs:
        skipped = None if inputs.optical is None else inputs.optical.observed
        return score_files(inputs.scene, virtual, limit=MAX_SCORED_PIXELS, skipped=skipped)


def _is_intact(plan: Plan, step: Step, done: StepRecord) -> bool:
    last = step.stage == plan.request.stages
    return is_result_whole(plan, step, done) and (last or is_readable(plan, step, done))


class _Passed(NamedTuple):
    """File that the next stage reads, and its checksum."""

    file: WorkingFile
    checksum: int


class _StepTask:
    """Computation of one step."""

    def __init__(
        self,
        plan: Plan,
        step: Step,
        inputs: OpenInputs,
        missing: tuple[Step, ...],
        beside: tuple[str, ...],
    ) -> None:
        self._plan, self._step, self._inputs = plan, step, inputs
        self._scene, self._optical = inputs.scene, inputs.optical
        self._radar = masked_source(self._scene.read, plan.whole)
        self._missing, self._beside = missing, beside
        self._passed = plan.passed(step.stage, step.cell)
        self._image = plan.image(step.stage, step.cell)
        self._result = plan.result(step.cell)
        self._began = time.monotonic()

    def carry_out(self) -> StepRecord:
        """Compute the step; write its files and then its record."""
        plan, step = self._plan, self._step
        try:
            record_path(plan, step).parent.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=plan.work))
        except OSError as error:
            raise write_error(plan.work / "x", error) from error
        try:
            if not is_measured(self._scene, self._passed):
                return self._finish(scratch, EMPTY)
            models = models_for(plan)
            path = scratch / working_file(step.stage)
            working = WorkingFile(path, plan.grid, self._image, STAGE_BANDS[step.stage])
            tiles, checksum, passed = self._compute(working, models)
            record = record_of(plan, step, self._scene, models)
            content, scores = Content(0, ""), None
            if not self._result.is_empty:
                out = plan.block(step.cell)
                remove_own_results(plan, step)
                prepare_output(out, self._scene.inputs.local)
                path = result_path(out, step.stage)
                if self._optical is not None and self._optical.keep:
                    record.observed = write_kinds(
                        out / OBSERVED,
                        scratch / "observed.bil",
                        self._optical,
                        plan.grid,
                        self._result,
                        self._radar,
                        record.observed_tags,
                    )
                content = write_cog(
                    path,
                    working,
                    checksum=checksum,
                    window=self._result,
                    tags=record.tags(step.stage),
                )
                skipped = None if self._optical is None else self._optical.observed
                scores = score_files(self._scene, path, skipped=skipped)
            if step.stage < plan.request.stages:
                publish_working_file(plan, step, passed.file.path)
            done = self._finish(
                scratch,
                COMPLETE,
                **content._asdict(),
                checksum=passed.checksum,
                tiles=tiles,
                score=scores,
                device=record.device,
            )
            # A damaged stage may be recomputed after the last one.
            last = Step(plan.request.stages, step.cell)
            if content.bytes and (step == last or read_step(plan, last) is not None):
                write_block_record(plan, step, record, done, models)
            return done
        finally:
            remove_folder(scratch, ignore_errors=True)

    def _compute(self, file: WorkingFile, models: Models) -> tuple[int, int, _Passed]:
        """Fill the working file, unless only the networks go to this block.

        Returns:
            The number of tiles, the file's checksum, and the file that the next stage reads.
        """
        plan, stage, optical = self._plan, self._step.stage, self._optical
        if optical is None:
            tiles, checksum = self._generate(file, models)
            return tiles, checksum, _Passed(file, checksum)
        path = file.path.with_name(generated_file(stage))
        window = plan.generated(stage, self._step.cell)
        generated = WorkingFile(path, file.grid, window, file.bands)
        tiles, checksum = self._generate(generated, models)
        fused = 0
        if not self._image.is_empty:
            fused = write_fused(file, generated, optical, self._radar, self._scene.modality)
        passed = _Passed(file, fused)
        if not plan.areas.passes_image(stage):
            part = replace(file, path=file.path.with_name("passed.bil"), window=self._passed)
            passed = _Passed(part, copy_part(generated, part))
        if not generated.holds(checksum):
            raise damaged_error(generated.path)
        remove_file(generated.path)
        return tiles, fused, passed

    def _generate(self, file: WorkingFile, models: Models) -> tuple[int, int]:
        """Fill a file by the stage's networks, with fewer tiles at a time if memory runs out.

        Returns:
            Number of tiles, and its checksum.
        """
        batch = _BATCHES.get(self._plan.identity, self._plan.batch)
        while True:
            try:
                return self._drive(file, models, batch)
            except Exception as error:
                memory = require_memory_error(error)
                failure = as_user_error(error)
            # Outside of the handler, which keeps the exception and with it the full memory alive.
            free_memory()
            if batch > 1:
                batch //= 2
                _BATCHES[self._plan.identity] = batch
            elif memory != "gpu" or not models.take_turns():
                raise failure

    def _drive(self, file: WorkingFile, models: Models, batch: int) -> tuple[int, int]:
        plan, stage, area = self._plan, self._step.stage, file.window
        season = plan.season_month, plan.biome
        setup = plan.request, self._scene, models, plan.whole
        driver = StageDriver(*setup, *season, batch, _never_stop, self._optical)
        with ExitStack() as stack:
            readers = {
                earlier: stack.enter_context(
                    BlockReader(
                        plan, earlier, [one.cell for one in self._missing if one.stage == earlier]
                    )
                )
                for earlier in STAGE_INPUTS[stage]
            }
            writer = stack.enter_context(StripWriter(file.path, file.grid, file.window, file.bands))
            try:
                driver.drive(
                    stage,
                    area,
                    {earlier: reader.read for earlier, reader in readers.items()},
                    writer.write,
                    holes=[plan.passed(one.stage, one.cell) for one in self._missing],
                    memory=self._shared(file.path.parent),
                )
            finally:
                # Even on failure: networks turn damaged values into non-finite ones.
                self._require_unchanged(readers.values())
            writer.sync()
        return driver.count(stage, area), writer.checksum()

    def _require_unchanged(self, readers: Iterable[BlockReader]) -> None:
        """Check that the files read are intact; if not, delete the tiles computed from them."""
        try:
            for reader in readers:
                reader.require_unchanged()
        except OutputError:
            for key in tile_keys(self._plan, self._step):
                drop_tiles(self._plan, key)
            raise

    def _shared(self, scratch: Path) -> SharedTiles | None:
        """Return the tiles shared with other blocks, if those would compute bit-identical ones.

        On a GPU tiles are only identical in the same batch, and beside a hole they are not final.
        """
        if self._plan.device != "cpu" or self._plan.batch > 1 or self._beside:
            return None
        return SharedTiles(self._plan, self._step, scratch)

    def _finish(self, scratch: Path, status: str, **values: Any) -> StepRecord:
        # Before the record is written, which the next batch would trust.
        require_same(self._plan, self._inputs)
        seconds = round(time.monotonic() - self._began, 3)
        return write_step(
            self._plan, self._step, scratch, status, self._beside, seconds=seconds, **values
        )


def _never_stop() -> None:
    """Never stop: a worker is stopped by ending its process."""
