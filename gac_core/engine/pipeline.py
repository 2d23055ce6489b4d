"""Runs: three stages over an area, in sequence, each result written as soon as it is complete."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import torch

from gac_core.bundles.bundle import Bundle
from gac_core.contract.errors import (
    Cancelled,
    DiskFull,
    GacError,
    InputChanged,
    OutputError,
    as_user_error,
    exhausted_memory,
    is_device_lost,
)
from gac_core.contract.layout import OBSERVED, OPTICAL_FILES, RADAR, RECORD, STAC_ITEM
from gac_core.contract.message import Message, join, with_words
from gac_core.contract.redaction import redacted_values
from gac_core.contract.request import RunRequest
from gac_core.engine import provenance
from gac_core.engine.areas import radar_window
from gac_core.engine.checkpoint import now, open_journal, require_same_content
from gac_core.engine.folder import drop_observed, result_path, write_json
from gac_core.engine.identity import computing_software, identity_of, pixels_of
from gac_core.engine.plan import (
    Scope,
    conditions_of,
    costs,
    read_timings,
    scope_of,
    timings_key,
)
from gac_core.engine.provenance import (
    Record,
    input_files,
    reference_entry,
    software,
    without_folder,
)
from gac_core.engine.stage_cache import keep_stages
from gac_core.engine.stage_runner import (
    Job,
    copy_cached_stages,
    damage_note,
    drop_damaged,
    require_results,
    run_stage,
    write_observed,
)
from gac_core.networks.device import (
    choose_device,
    describe_device,
    process_peak,
    release_tensors,
)
from gac_core.networks.loading import ModelCache, Models
from gac_core.progress import Listener, ProgressMeter
from gac_core.raster import require_space
from gac_core.scores.critique import compare, sentence, stage2_warning

RESUME_HINT = Message("Everything computed is kept: run again with the same settings to resume.")


def peak_memory(device: torch.device) -> dict[str, int]:
    """Return the peak bytes of this process so far, and of the GPU if one computes."""
    peak = {"process_bytes": _process_peak()}
    if device.type == "cuda":
        peak["gpu_bytes"] = process_peak(device)
    return peak


def _process_peak() -> int:
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource  # Unix only

    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@dataclass
class RunResult:
    """Result of a run.

    Attributes:
        outputs: GeoTIFF of each stage by name, `opt_v1` first.
        run_json: Path of the run's record.
        scores: GAC score of each stage; None if there are no edges to compare.
        seconds: Time that each stage took.
        critique: Summary of what the stages did to the image, in a sentence or two.
        notes: Notes for the user about these results.
        observed: Share of observed pixels; None: none are kept, or they could not be.
    """

    run_json: Path
    outputs: dict[str, Path] = field(default_factory=dict)
    scores: dict[str, float | None] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    critique: str = ""
    notes: list[str] = field(default_factory=list)
    observed: float | None = None

    @property
    def notice(self) -> str:
        """The mark that every display of the results carries."""
        if self.observed is None:
            return Message("SYNTHETIC: these images are generated, not observed.")
        return Message(
            "PARTLY OBSERVED: {} of the pixels are Sentinel-2's (1 in {}), all others are "
            "SYNTHETIC: generated, not observed.",
            f"{self.observed:.0%}",
            OBSERVED,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return {
            "outputs": {name: str(path) for name, path in self.outputs.items()},
            "run_json": str(self.run_json),
            "scores": self.scores,
            "seconds": self.seconds,
            "critique": self.critique,
            "notes": self.notes,
            "observed": self.observed,
        }


def result_of(out: Path, record: Record, notes: list[str]) -> RunResult:
    """Build a run's result from its record."""
    stages = record.stages
    return RunResult(
        run_json=out / RECORD,
        outputs={name: result_path(out, int(name[-1])) for name in stages},
        scores={name: stage["score"]["gac"] for name, stage in stages.items()},
        seconds={name: stage["seconds"] for name, stage in stages.items()},
        critique=record.critique,
        notes=notes,
        observed=None if record.observed is None else record.observed["share"],
    )


def status_of(error: BaseException) -> str:
    """Return the status in the record of a run that ended with an error."""
    if isinstance(error, Cancelled):
        return "interrupted" if error.keep else "cancelled"
    return "failed" if isinstance(error, Exception) else "interrupted"


def write_record(out: Path, record: Record, notes: list[str], device: torch.device) -> None:
    """Write the record and the STAC item of the stages that are complete.

    Raises:
        OutputError: If they cannot be written.
    """
    if record.stages:
        values = record.to_dict(peak_memory(device), notes)
        # Synced before the working files are removed, from which all could be rebuilt.
        write_json(out / RECORD, with_words(redacted_values(values)), sync=True)
        write_json(out / STAC_ITEM, provenance.stac_item(values, out), sync=True)


def run(
    request: RunRequest,
    cache: ModelCache,
    listener: Listener,
    *,
    lens: bool = False,
    scope: Scope | None = None,
) -> RunResult:
    """Execute a request, or resume an interrupted run of it.

    Args:
        request: The request.
        cache: Models loaded by earlier runs.
        listener: Receives progress; its `check` may stop the run.
        lens: Compute one tile about the middle of the extent as if the scene ended at its edge: a
            quick preview, without the surrounding ring that a run computes.
        scope: Scope of this run, if the caller has already determined it, before PyTorch was
            loaded.

    Raises:
        GacError: If something is wrong that the user can know or fix. Complete stages are kept.
            Unless the user cancelled or the disk is full, everything else that was computed is kept
            too, and the same request resumes from there.
    """
    with ExitStack() as stack:
        if scope is None:
            scope = stack.enter_context(scope_of(request, cache.library, listener.check, lens=lens))
        request, bundle, kept_run, scene = scope.request, scope.bundle, scope.kept, scope.scene
        area, whole, areas, work = scope.area, scope.whole, scope.areas, scope.work
        device, out = choose_device(request.device), request.out_dir
        key = timings_key(request, bundle.path, describe_device(device))
        tile_costs = read_timings(key)
        meter = ProgressMeter(
            listener,
            costs(request, areas, bundle.window, whole, tile_costs),
            are_seconds=areas.generated.keys() <= tile_costs.keys(),
        )
        models, notes = _load(bundle, device, cache, meter)
        listener.check()

        month, season, biome = conditions_of(request, scene, area)
        inputs, optical = input_files(scene.inputs), scope.optical
        # The files that the scene was interpreted from must be the ones just hashed.
        scene.inputs.require_untouched()
        reference = None
        if optical is not None:
            reference = reference_entry(optical)
            optical.inputs.require_untouched()
        dependencies = pixels_of(
            request, scene, bundle, models.hashes, inputs, season, biome, reference
        )
        if kept_run is not None:
            kept_run.require_fit(dependencies, request.from_stage)
        run_identity = identity_of(
            request,
            dependencies,
            area,
            {"card": models.card_sha256, **models.hashes},
            computing_software(),
            describe_device(models.device),
            # On the CPU the batch size does not matter: it computes tile by tile.
            None if models.device.type == "cpu" else request.batch_size,
            areas.fusion,
        )
        journal = open_journal(work, request, run_identity, notes)
        require_space(out, scope.room - work.size)
        record = Record(
            request,
            scene,
            bundle,
            models.hashes,
            area,
            month,
            season,
            biome,
            describe_device(models.device),
            journal.started,
            inputs,
            resumed=journal.resumed,
            taken_from=None
            if kept_run is None
            else {**kept_run.run, "folder": str(kept_run.folder)},
            reference=reference,
        )
        about_optical = [] if optical is None else optical.notes
        notes[:0] = [*scene.warnings, *about_optical, *bundle.notes, *models.notes]
        job = Job(
            request, scene, models, cache, areas, area, whole, out, work.path, journal, record,
            meter, listener, notes, key if models.device == device and not lens else "",
            optical=optical,
        )  # fmt: skip
        # Where the run has to leave the GPU, nothing else may keep the networks there.
        del models
        try:
            drop_damaged(job)
            if kept_run is not None:
                copy_cached_stages(job, kept_run)
            read = radar_window(areas, request.from_stage, bundle.window, whole)
            with ExitStack() as files:
                stored = {RADAR: files.enter_context(scene.stored(work.path / RADAR, read))}
                if optical is not None:
                    paths = [work.path / name for name in OPTICAL_FILES]
                    readers = files.enter_context(optical.stored(paths, read))
                    stored.update(zip(OPTICAL_FILES, readers, strict=False))
                write_observed(job)
                for number in range(1, request.stages + 1):
                    run_stage(job, number)
            notes += [damage_note(name) for name, reader in stored.items() if reader.damaged]
            require_results(job)
            _summarise(job)
            require_same_content(scene.inputs, inputs, scene.inputs.times)
            if optical is not None and reference is not None:
                require_same_content(optical.inputs, reference["files"], optical.inputs.times)
            require_results(job)
            record.status = "complete"
            if request.keep:
                _keep_stages(job, dependencies)
            write_record(out, record, notes, device)
            work.keep = False
        except BaseException as error:
            record.status = status_of(error)
            work.keep = record.status != "cancelled" and journal.is_worth_keeping
            work.keep = work.keep and not isinstance(error, (DiskFull, InputChanged))
            # A run whose input has changed cannot be resumed.
            work.keep = work.keep and not job.has_changed_inputs and journal.path.exists()
            if work.keep and isinstance(error, GacError):
                error.remedy = join((error.remedy, RESUME_HINT))
            if not work.keep:
                # On a full disk this makes room for the record.
                with suppress(OutputError):
                    work.clear()
                if not record.stages:
                    record.observed = None
                    with suppress(OutputError):
                        drop_observed(out)
            # Keep completed stages and their record. A failure to write it must not mask the
            # original error.
            with suppress(OutputError):
                write_record(out, record, notes, device)
            raise
    return result_of(out, record, notes)


def _load(
    bundle: Bundle, device: torch.device, cache: ModelCache, meter: ProgressMeter
) -> tuple[Models, list[str]]:
    """Return the models, on the CPU if the GPU cannot hold them, and notes about that."""
    meter.load(Message("Loading the models of {}", bundle.title))
    models = cache.get(bundle, device)
    try:
        models.load(in_turns=True)
        return models, []
    except Exception as error:
        if is_device_lost(error):
            raise as_user_error(error) from error
        if device.type == "cpu" or exhausted_memory(error) != "gpu":
            raise
        release_tensors(error)
    # The cache frees them.
    del models
    models = cache.get(bundle, choose_device("cpu"))
    models.load()
    return models, [
        Message(
            "The GPU's memory cannot hold the models of {}: the processor computed, "
            "which takes longer.",
            bundle.title,
        )
    ]


def _summarise(job: Job) -> None:
    """Summarise what the stages did to the image in the record."""
    record = job.record
    scores = {name: stage["score"]["gac"] for name, stage in record.stages.items()}
    sentences = stage2_warning(scores)
    if job.request.stages == 3:
        before, after = result_path(job.out, 2), result_path(job.out, 3)
        change = compare(before, after, job.listener.check)
        record.change = change.to_dict()
        sentences.append(sentence(change, scores["opt_v2"], scores["opt_v3"]))
    record.critique = join(sentences)


def _keep_stages(job: Job, made_of: dict[str, Any]) -> None:
    """Keep the stages for other runs; a failure must not cost this run its results."""
    record = job.record
    run = {
        "name": job.out.name,
        "started": record.started,
        "finished": now(),
        "device": record.device,
        "software": software(),
        "taken_from": without_folder(record.taken_from),
    }
    try:
        files = {number: job.generated(number) for number in job.areas.generated}
        keep_stages(job.out, files, job.journal.sums, made_of, run)
    except OutputError as error:
        job.notes.append(Message("The stages could not be kept for other runs: {}", error.message))
