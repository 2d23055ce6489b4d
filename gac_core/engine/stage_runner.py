"""Execution of one stage of a run: compute, write, score; resumed if it was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from gac_core.bundles.bundle import STEPS
from gac_core.contract.bands import STAGE_NAMES
from gac_core.contract.errors import (
    BundleError,
    DeviceError,
    OutputError,
    as_user_error,
    exhausted_memory,
    is_device_lost,
)
from gac_core.contract.layout import OBSERVED, generated_file, working_file
from gac_core.contract.message import Message, all_of, join
from gac_core.contract.removal import remove_folder
from gac_core.contract.request import RunRequest
from gac_core.engine.areas import StageAreas, stage_lattice
from gac_core.engine.checkpoint import Checkpoint, Journal, Stopwatch
from gac_core.engine.folder import drop_observed, drop_stale_results, result_path
from gac_core.engine.observed import write_fused, write_kinds
from gac_core.engine.plan import STAGE_BANDS, store_timing
from gac_core.engine.provenance import Record
from gac_core.engine.stage_cache import CACHED_STAGES, CachedRun
from gac_core.grid import Window
from gac_core.io import Content, has_content
from gac_core.networks.device import (
    choose_device,
    describe_device,
    free_memory,
    release_tensors,
)
from gac_core.networks.loading import ModelCache, Models, check_between_blocks
from gac_core.networks.memory import BatchWatch, batch_for, lanes_of
from gac_core.optical import ReferenceUse
from gac_core.progress import FinalPart, Listener, ProgressMeter, StageDone
from gac_core.raster import LineReader, StripWriter, WorkingFile, damaged_error, write_cog
from gac_core.scene import S1Scene
from gac_core.scores import score_files
from gac_core.stages.base import OBSERVED as INPUT
from gac_core.stages.base import STAGE_INPUTS, Array, Check, Stage
from gac_core.stages.generate import Generate
from gac_core.stages.ground import ground_stage
from gac_core.stages.refine import Refine
from gac_core.tiling.mosaic import Sink, TileStore, run_tiled
from gac_core.tiling.stage_inputs import Source, masked_source, without_windows
from gac_core.tiling.tiles import count_tiles

MAX_SCORED_PIXELS = 25_000_000
"""Pixels that a score samples in larger areas, spread evenly: more would not change it."""


@dataclass
class Job:
    """Shared state of the stages of a run.

    Attributes:
        request: The request.
        scene: The radar.
        models: The networks; replaced if the run has to leave the GPU.
        cache: Cache that provides networks.
        areas: Areas of the stages.
        area: Requested area.
        whole: Window with data.
        out: Folder for the results.
        work: Folder for working files.
        journal: Journal of the run.
        record: Record of the run.
        meter: Receives progress.
        listener: May stop the run.
        notes: Notes for the user about the results.
        pace_key: Key under which the cost of a tile is remembered; empty: not remembered.
        has_slow_note: Whether a note says that batches turned slow.
        optical: Optical reference; None: there is none.
    """

    request: RunRequest
    scene: S1Scene
    models: Models
    cache: ModelCache
    areas: StageAreas
    area: Window
    whole: Window
    out: Path
    work: Path
    journal: Journal
    record: Record
    meter: ProgressMeter
    listener: Listener
    notes: list[str] = field(default_factory=list)
    pace_key: str = ""
    has_slow_note: bool = False
    optical: ReferenceUse | None = None

    def generated(self, number: int) -> WorkingFile:
        """Return the file that the networks of a stage fill.

        It is the stage's working file, unless an optical reference is fused into that.
        """
        if self.optical is None:
            return self.working(number)
        path = self.work / generated_file(number)
        area = self.areas.generated[number]
        return WorkingFile(path, self.scene.grid, area, STAGE_BANDS[number])

    def passed(self, number: int) -> WorkingFile:
        """Return the file of a stage that the next stage reads."""
        passes_image = self.areas.passes_image(number)
        return self.working(number) if passes_image else self.generated(number)

    def require_unchanged(self) -> None:
        """Check that the inputs have not been modified.

        Raises:
            InputChanged: If one has.
        """
        self.scene.inputs.require_unchanged()
        if self.optical is not None:
            self.optical.inputs.require_unchanged()

    @property
    def has_changed_inputs(self) -> bool:
        """True if an input has been modified."""
        optical = None if self.optical is None else self.optical.inputs.changed()
        return (self.scene.inputs.changed() or optical) is not None

    @cached_property
    def radar(self) -> Source:
        """Reader of the radar (2, H, W) dB, NaN beyond the window with data."""
        return masked_source(self.scene.read, self.whole)

    def working(self, number: int) -> WorkingFile:
        """Return the working file of a stage."""
        path = self.work / working_file(number)
        area = self.areas.images[number]
        return WorkingFile(path, self.scene.grid, area, STAGE_BANDS[number])

    def driver(self, batch: int) -> StageDriver:
        """Return the driver of the stages, for batches of some tiles."""
        season = self.record.season_month, self.record.biome
        setup = self.request, self.scene, self.models, self.whole
        return StageDriver(*setup, *season, batch, self.listener.check, self.optical)


@dataclass(frozen=True)
class StageDriver:
    """Driver of the stages of a scene: of a whole run, or of a step of a batch.

    Attributes:
        request: Request with resolved steps.
        scene: The radar.
        models: The networks.
        whole: Window with data.
        season_month: Month of the local season.
        biome: 1 to 14, 0 unknown.
        batch: Tiles computed together.
        check: Called often; may raise to stop.
        optical: Optical reference; None: there is none.
    """

    request: RunRequest
    scene: S1Scene
    models: Models
    whole: Window
    season_month: int
    biome: int
    batch: int
    check: Check
    optical: ReferenceUse | None = None

    def stage(self, number: int) -> Stage:
        """Return a stage, 1 to 3, with the settings of the request."""
        request, models, modality = self.request, self.models, self.scene.modality
        models.prepare(number)
        if number == 2:
            season = self.season_month, self.biome
            place = self.scene.centre
            return Refine(models, modality, *season, place, self.check, self.keeps)
        shared = models, modality, request.seed
        if number == 3:
            steps = request.timesteps_3 or models.bundle.grounding.steps
            return ground_stage(*shared, steps, self.check, self.keeps)
        steps = request.timesteps_1 or STEPS
        return Generate(*shared, steps, self.check, sees_observed=self.sees_observed)

    @property
    def keeps(self) -> bool:
        """True if clear pixels of an optical reference are kept."""
        return self.optical is not None and self.optical.keep

    @property
    def sees_observed(self) -> bool:
        """True if stage 1 is shown what is observed."""
        return self.optical is not None and self.optical.shows_tokens

    def drive(
        self,
        number: int,
        area: Window,
        earlier: Mapping[int, Source],
        sink: Sink,
        *,
        holes: Sequence[Window] = (),
        on_tiles: Callable[[int], None] = lambda count: None,
        on_batch: Callable[[float], None] = lambda seconds: None,
        memory: TileStore | None,
    ) -> None:
        """Compute a stage over an area.

        Args:
            number: 1 to 3.
            area: Pixels to compute.
            earlier: Readers of the stages that it reads, by number.
            sink: Receives finished pixels.
            holes: Windows that count as nodata, in the radar and in earlier stages.
            on_tiles: Called with the number of further tiles done.
            on_batch: As for `run_tiled`.
            memory: Stores tiles until the sink has all their rows.

        Raises:
            BundleError: If the stage's output contains NaN or infinite values.
        """
        sources = {f"opt_v{stage}": source for stage, source in earlier.items()}
        sources["s1"] = masked_source(self.scene.read, self.whole)
        stage = self.stage(number)
        if self.optical is not None and INPUT in stage.inputs:
            sources[INPUT] = self.optical.read_shown
        run_tiled(
            stage,
            area,
            self.models.bundle.window,
            {name: without_windows(source, holes) for name, source in sources.items()},
            sink,
            scene=self.whole,
            batch_size=self.batch,
            lanes=lanes_of(self.models),
            on_tiles=on_tiles,
            on_batch=on_batch,
            memory=memory,
        )

    def count(self, number: int, area: Window) -> int:
        """Return the number of tiles of a stage."""
        return count_tiles(area, stage_lattice(number, self.models.bundle.window, self.whole))


def run_stage(job: Job, number: int) -> None:
    """Compute a stage (or reuse it), write its file and record it.

    Work of an earlier process is reused; if its files are intact, nothing is computed.

    Raises:
        GacError: If something is wrong that the user can know or fix.
    """
    name, path = f"opt_v{number}", result_path(job.out, number)
    entry = job.journal.stages.get(name)
    if entry is not None and not has_content(path, content_in(entry)):
        job.notes.append(Message("{} was damaged or missing. It was made again.", path.name))
        entry = None
    if entry is None or _is_working_file_missing(job, number):
        watch = Stopwatch(job.journal, name)
        if number >= job.request.from_stage:
            _compute(job, number, watch)
        _fuse(job, number)
        job.require_unchanged()
        for aside in drop_stale_results(job.out, number):
            job.notes.append(Message("A file in place of a result was kept as {}.", aside.name))
        content = write_cog(
            path,
            job.working(number),
            checksum=job.journal.sums.get(name),
            window=job.area,
            tags=job.record.tags(number),
            tick=job.listener.check,
        )
        tiles = job.driver(1).count(number, job.generated(number).window)
        entry = {"file": path.name, "seconds": watch.read(), "tiles": tiles, "score": None}
        entry |= content._asdict()
        job.record.stages[name] = dict(entry)
        score = score_files(
            job.scene,
            path,
            limit=MAX_SCORED_PIXELS,
            tick=job.listener.check,
            skipped=None if job.optical is None else job.optical.observed,
        )
        job.require_unchanged()
        entry |= {"seconds": watch.read(), "score": score}
        job.journal.stages[name] = entry
        job.journal.save(sync=True)
        if job.pace_key:
            store_timing(job.pace_key, number, tiles, entry["seconds"])
    job.record.stages[name] = dict(entry)
    if number < job.request.from_stage:
        job.record.stages[name]["taken_from"] = job.record.taken_from
    if entry["score"]["flag"]:
        job.notes.append(join((name, entry["score"]["note"]), ": "))
    job.meter.finish(number, entry["seconds"])
    job.listener.stage_done(StageDone(number, path, entry["seconds"], entry["score"]["gac"]))


def write_observed(job: Job) -> None:
    """Write the raster that tells observed, generated and blended pixels apart, if any are kept.

    That of an earlier run in the folder is removed.

    Raises:
        OutputError: If it cannot be written.
    """
    drop_observed(job.out)
    if job.optical is not None and job.optical.keep:
        job.record.observed = write_kinds(
            job.out / OBSERVED,
            job.work / "observed.bil",
            job.optical,
            job.scene.grid,
            job.area,
            job.radar,
            job.record.observed_tags,
            job.listener.check,
        )


def content_in(stage: Mapping[str, Any]) -> Content:
    """Return the expected content of a complete stage's file, from its entry in a record."""
    return Content(stage["bytes"], stage["sha256"])


def require_results(job: Job) -> None:
    """Check that the content of all results is what was written.

    Raises:
        OutputError: If one differs.
    """
    for name, stage in job.journal.stages.items():
        path = job.out / f"{name}.tif"
        if not has_content(path, content_in(stage)):
            raise damaged_error(path)


def drop_damaged(job: Job) -> None:
    """Forget stages of an earlier process whose working files are damaged.

    Stages that read a damaged file are forgotten too, unless they are complete: then the file was
    found intact after the last read.
    """
    dropped: set[int] = set()
    for number in range(1, job.request.stages + 1):
        stale = not dropped.isdisjoint(STAGE_INPUTS[number])
        for file in dict.fromkeys((job.generated(number), job.working(number))):
            name = file.path.stem
            row, checksum = job.journal.rows.get(name), job.journal.sums.get(name)
            if f"opt_v{number}" not in job.journal.stages and stale:
                _forget(job, name)
                remove_folder(job.work / name, ignore_errors=True)
                dropped.add(number)
            elif row is not None:
                is_valid = checksum is not None and file.window.row <= row <= file.window.stop_row
                if not is_valid or not file.holds(checksum, row):
                    _forget(job, name)
                    dropped.add(number)
    if dropped:
        job.notes.append(damage_note(all_of(f"opt_v{number}" for number in sorted(dropped))))
        job.journal.save(sync=True)


def damage_note(names: str) -> str:
    """Return the note about damaged working files."""
    return Message("The unfinished run's data of {} was damaged. It was computed again.", names)


def _forget(job: Job, name: str) -> None:
    """Forget the finished rows of a working file; stored tiles have checksums of their own."""
    for values in (job.journal.rows, job.journal.sums):
        values.pop(name, None)


def _compute(job: Job, number: int, watch: Stopwatch) -> None:
    """Fill a stage's working file, and check that the files it reads stay intact to the end."""
    try:
        _compute_with_fallback(job, number, watch)
    except (BundleError, OutputError):
        # Damaged sources can be the cause: networks turn them into non-finite values.
        _require_whole_sources(job, number)
        raise
    _require_whole_sources(job, number)


def _require_whole_sources(job: Job, number: int) -> None:
    for earlier in STAGE_INPUTS[number]:
        _require_whole(job, job.passed(earlier), job.generated(number).path.stem)


def _require_whole(job: Job, source: WorkingFile, name: str) -> None:
    """Check that a working file is intact; if not, forget the one that was computed from it."""
    if not source.holds(job.journal.sums.get(source.path.stem)):
        _forget(job, name)
        remove_folder(job.work / name, ignore_errors=True)
        job.journal.save(sync=True)
        raise damaged_error(source.path)


def _fuse(job: Job, number: int) -> None:
    """Fill a stage's working file from what its networks generated and the optical reference."""
    file, generated = job.working(number), job.generated(number)
    name = file.path.stem
    if job.optical is None or _is_complete(job, file):
        return
    job.meter.load(Message("Fitting stage {} to the optical reference", number))
    job.journal.sums[name] = write_fused(
        file, generated, job.optical, job.radar, job.scene.modality, job.listener.check
    )
    _require_whole(job, generated, name)
    job.journal.rows[name] = file.window.stop_row
    job.journal.save(sync=True)


class _OtherBatch(Exception):
    """A stage goes on with another number of tiles at a time; what was computed is stored."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size


def require_memory_error(error: Exception) -> str:
    """Return the memory that did not suffice (`exhausted_memory`); release what the error holds.

    Raises:
        DeviceLost: If the GPU is lost.
        Exception: The error itself, if it is another one.
    """
    if is_device_lost(error):
        raise as_user_error(error) from error
    memory = exhausted_memory(error)
    if not memory:
        raise error
    release_tensors(error)
    return memory


def _compute_with_fallback(job: Job, number: int, watch: Stopwatch) -> None:
    """Fill a stage's working file; with smaller batches, then on the CPU, if memory runs out."""
    name = f"opt_v{number}"
    batch = job.request.batch_size or job.journal.batches.get(name) or 0
    corrects = not batch
    while True:
        is_ready = False
        try:
            job.models.prepare(number)
            is_ready = True
            batch = batch or batch_for(job.models)
            job.journal.batches[name] = batch
            _drive(job, number, BatchWatch(job.models.device, batch, corrects=corrects), watch)
            return
        except _OtherBatch as other:
            batch, corrects = other.size, False
            continue
        except Exception as error:
            memory = require_memory_error(error)
            reason = next(iter(str(error).splitlines()), type(error).__name__)
        # Outside of the handler, which keeps the exception and with it the full memory alive.
        free_memory()
        corrects = False
        if is_ready and batch > 1:
            batch //= 2
            job.notes.append(
                Message(
                    "{}: {} is too small for {} tiles at a time; {} were computed together.",
                    name,
                    Message("the GPU's memory" if memory == "gpu" else "the computer's memory"),
                    2 * batch,
                    batch,
                )
            )
        elif job.models.device.type != "cpu" and memory == "gpu":
            if not job.models.take_turns():
                leave_gpu(job, name, reason)
                batch = 1
        else:
            raise DeviceError(
                Message("The computer ran out of memory: {}", reason),
                Message("Close other programs or choose a smaller bundle."),
                problem="memory-exhausted",
            )


def leave_gpu(job: Job, name: str, reason: str) -> None:
    """Continue on the CPU; the cost of its tiles must not be remembered as the GPU's."""
    job.pace_key = ""
    job.models = job.cache.get(job.models.bundle, choose_device("cpu"))
    # Only now does nothing refer to the networks on the GPU.
    free_memory()
    job.meter.load(Message("Loading the models of {} for the processor", job.models.bundle.title))
    job.models.load()
    job.record.device = f"{job.record.device}; {describe_device(job.models.device)} from {name} on"
    job.notes.append(
        Message(
            "{}: the GPU's memory is too small even for one tile ({}); from there on the "
            "processor computed, which takes longer.",
            name,
            reason,
        )
    )


def _drive(job: Job, number: int, batches: BatchWatch, watch: Stopwatch) -> None:
    file = job.generated(number)
    name, area = file.path.stem, file.window
    driver = job.driver(batches.size)
    tiles = driver.count(number, area)
    has_rows = name in job.journal.rows
    with ExitStack() as stack:
        earlier = {
            stage: stack.enter_context(LineReader(job.passed(stage))).read
            for stage in STAGE_INPUTS[number]
        }
        writer = stack.enter_context(
            StripWriter(file.path, file.grid, file.window, file.bands, resume=has_rows)
        )
        if not writer.resumed:
            _forget(job, name)
        memory = Checkpoint(job.journal, name, job.work / name, writer, watch)
        networks = job.models.networks(number)
        final = FinalPart(file.path, file.grid, area, file.bands, memory.first_row)
        stack.enter_context(check_between_blocks(job.listener.check, networks, job.models.device))
        done = 0

        def sink(window: Window, values: Array) -> None:
            writer.write(window, values)
            final.add(window)

        def on_tiles(count: int) -> None:
            nonlocal done
            done += count
            job.journal.progress = {
                "stage": number,
                "stages": job.request.stages,
                "tile": done,
                "tiles": tiles,
            }
            seconds = watch.read()
            job.journal.save()
            job.meter.advance(number, STAGE_NAMES[number], done, seconds, final.partial())
            _note_slow(job, f"opt_v{number}", batches)
            better = batches.better_batch(tiles - done)
            if better != batches.size:
                raise _OtherBatch(better)

        driver.drive(
            number,
            area,
            earlier,
            sink,
            on_tiles=on_tiles,
            on_batch=batches.batch_done,
            memory=memory,
        )
        if memory.first_row != area.stop_row:
            memory.rows_done(area.stop_row)


def _note_slow(job: Job, name: str, batches: BatchWatch) -> None:
    """Note once in a run that batches turned slow."""
    if not job.has_slow_note and (times := batches.slowdown()):
        job.has_slow_note = True
        job.notes.append(
            Message(
                "{}: tiles suddenly took {} times as long as before. The GPU's memory is probably "
                "full, so that its driver moves it to the computer's: close other programs that "
                "use the GPU, or choose fewer tiles at a time.",
                name,
                f"{times:.0f}",
            )
        )


def copy_cached_stages(job: Job, kept: CachedRun) -> None:
    """Copy what the networks of another run generated into this run's folder.

    Raises:
        RequestError: If they are damaged or do not cover the area.
        OutputError: If the disk is full.
    """
    for number in range(1, job.request.from_stage):
        file = job.generated(number)
        if not _is_complete(job, file):
            job.meter.load(Message("Taking stage {} over from {}", number, kept.folder.name))
            job.journal.sums[file.path.stem] = kept.take(number, file, job.listener)
            job.journal.rows[file.path.stem] = file.window.stop_row
            job.journal.save(sync=True)


def _is_working_file_missing(job: Job, number: int) -> bool:
    """Return whether a stage's working file is missing though a later stage or run needs it."""
    needed = [job.passed(number)] if number < job.request.stages else []
    if number in CACHED_STAGES and job.request.keep:
        needed.append(job.generated(number))
    return not all(_is_complete(job, file) for file in needed)


def _is_complete(job: Job, file: WorkingFile) -> bool:
    is_done = job.journal.rows.get(file.path.stem) == file.window.stop_row
    return is_done and file.is_there
