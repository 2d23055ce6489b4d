"""A run: three stages over an area, one after another, each a file as soon as it is whole."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import torch

from gac_core import provenance
from gac_core.bundles.bundle import Bundle
from gac_core.contract.errors import Cancelled, DiskFull, GacError, InputChanged, OutputError
from gac_core.contract.layout import RECORD, STAC_ITEM
from gac_core.contract.request import RunRequest
from gac_core.networks.device import choose_device, describe_device, free_memory
from gac_core.networks.loading import ModelCache, Models
from gac_core.places import biome_for, local_month
from gac_core.progress import Listener, Meter
from gac_core.provenance import Record, input_files, software, without_folder
from gac_core.raster import require_space
from gac_core.runs.checkpoint import identity, journal_for, now, require_content
from gac_core.runs.folder import result_path, write_json
from gac_core.runs.plan import Scope, costs, pace_key, remembered, scope_of
from gac_core.runs.stage_cache import ingredients, keep_stages
from gac_core.runs.stage_runner import Job, drop_damaged, require_results, run_stage, take_stages
from gac_core.scene import centre_place
from gac_core.score.critique import compare, lowered, sentence

GO_ON = "What was computed is kept: run again with the same settings to go on from there."


def peak_memory(device: torch.device) -> dict[str, int]:
    """Peak bytes of this process so far, and of the GPU where one computes."""
    peak = {"process_bytes": _process_peak()}
    if device.type == "cuda":
        peak["gpu_bytes"] = torch.cuda.max_memory_allocated(device)
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
    """What a run made.

    Attributes:
        outputs: GeoTIFF of each stage by name, `opt_v1` first.
        run_json: The run's record.
        scores: GAC score of each; None where there are no edges to compare.
        seconds: What each took.
        critique: What the stages did to the image, in a sentence or two.
        notes: What the user must know about these results.
    """

    run_json: Path
    outputs: dict[str, Path] = field(default_factory=dict)
    scores: dict[str, float | None] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    critique: str = ""
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "outputs": {name: str(path) for name, path in self.outputs.items()},
            "run_json": str(self.run_json),
            "scores": self.scores,
            "seconds": self.seconds,
            "critique": self.critique,
            "notes": self.notes,
        }


def result_of(out: Path, record: Record, notes: list[str]) -> RunResult:
    """What a run made, from its record."""
    stages = record.stages
    return RunResult(
        run_json=out / RECORD,
        outputs={name: result_path(out, int(name[-1])) for name in stages},
        scores={name: stage["score"]["gac"] for name, stage in stages.items()},
        seconds={name: stage["seconds"] for name, stage in stages.items()},
        critique=record.critique,
        notes=notes,
    )


def status_of(error: BaseException) -> str:
    """What the record of a run says that ended with an error."""
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
        # On the disk before the working files go, of which all could be made again.
        write_json(out / RECORD, values, sync=True)
        write_json(out / STAC_ITEM, provenance.stac_item(values, out), sync=True)


def run(
    request: RunRequest,
    cache: ModelCache,
    listener: Listener,
    *,
    lens: bool = False,
    scope: Scope | None = None,
) -> RunResult:
    """Carry out a request, or go on with it where an earlier run of it was broken off.

    Args:
        request: What to do.
        cache: Models kept from earlier runs.
        listener: Told of progress; its `check` may stop the run.
        lens: Compute one tile about the middle of the extent as if the scene ended at its edge: a
            quick look, with none of the ring around it that a run computes.
        scope: Of this very run, where the caller has settled it already, before PyTorch was loaded.

    Raises:
        GacError: If something is wrong that the user can know or cure. Stages that are complete
            are kept. Unless the user cancelled or the disk is full, what else was computed is
            kept too, and the same request goes on from there.
    """
    with ExitStack() as stack:
        if scope is None:
            scope = stack.enter_context(scope_of(request, cache.library, listener.check, lens=lens))
        request, bundle, kept, scene = scope.request, scope.bundle, scope.kept, scope.scene
        area, whole, areas, work = scope.area, scope.whole, scope.areas, scope.work
        device, out = choose_device(request.device), request.out_dir
        key = pace_key(request, bundle.path, describe_device(device))
        known = remembered(key)
        meter = Meter(
            listener,
            costs(request, areas, bundle.window, whole, known),
            are_seconds=areas.keys() <= known.keys(),
        )
        models, notes = _load(bundle, device, cache, meter)
        listener.check()

        month = scene.month if request.month is None else request.month
        season = local_month(month, centre_place(scene.grid, area)[0])
        biome = biome_for(request.biome, *scene.centre)
        inputs = input_files(scene.inputs)
        # What was read before, to understand the scene, was of these very files too.
        scene.inputs.require_untouched()
        made_of = ingredients(request, scene, models, inputs, season, biome)
        if kept is not None:
            kept.require_fit(made_of, request.from_stage)
        whose = identity(request, scene, models, area, season, biome, inputs)
        journal = journal_for(work, request, whose, notes)
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
            taken_from=None if kept is None else {**kept.run, "folder": str(kept.folder)},
        )
        notes[:0] = [*scene.warnings, *bundle.notes]
        job = Job(
            request, scene, models, cache, areas, area, whole, out, work.path, journal, record,
            meter, listener, notes, key if models.device == device and not lens else "",
        )  # fmt: skip
        try:
            drop_damaged(job)
            if kept is not None:
                take_stages(job, kept)
            for number in range(1, request.stages + 1):
                run_stage(job, number)
            require_results(job)
            _judge(job)
            require_content(scene.inputs, inputs, scene.inputs.times)
            require_results(job)
            record.status = "complete"
            if request.keep:
                _keep(job, made_of)
            write_record(out, record, notes, device)
            work.keep = False
        except BaseException as error:
            record.status = status_of(error)
            work.keep = record.status != "cancelled" and journal.is_worth_keeping
            work.keep = work.keep and not isinstance(error, (DiskFull, InputChanged))
            # Nobody can go on with what was read from a file that is no more.
            work.keep = work.keep and scene.inputs.changed() is None and journal.path.exists()
            if work.keep and isinstance(error, GacError):
                error.remedy = f"{error.remedy} {GO_ON}".strip()
            if not work.keep:
                # On a full disk this makes the room for the record.
                with suppress(OutputError):
                    work.clear()
            # Stages that were complete stay, and what is said of them with them. What hinders
            # that must not hide the error that led here.
            with suppress(OutputError):
                write_record(out, record, notes, device)
            raise
    return result_of(out, record, notes)


def _load(
    bundle: Bundle, device: torch.device, cache: ModelCache, meter: Meter
) -> tuple[Models, list[str]]:
    """The models, on the processor if the GPU cannot hold them, and what to tell of that."""
    meter.load(f"Loading the models of {bundle.title}")
    models = cache.get(bundle, device)
    try:
        models.load()
        return models, []
    except torch.OutOfMemoryError:
        if device.type == "cpu":
            raise
    del models
    free_memory()
    models = cache.get(bundle, choose_device("cpu"))
    models.load()
    return models, [
        f"The GPU's memory cannot hold the models of {bundle.title}: the processor computed, "
        "which takes longer."
    ]


def _judge(job: Job) -> None:
    """Say what the stages did to the image."""
    record = job.record
    scores = {name: stage["score"]["gac"] for name, stage in record.stages.items()}
    told = lowered(scores)
    if job.request.stages == 3:
        before, after = result_path(job.out, 2), result_path(job.out, 3)
        change = compare(before, after, job.listener.check)
        record.change = change.to_dict()
        told.append(sentence(change, scores["opt_v2"], scores["opt_v3"]))
    record.critique = " ".join(told)


def _keep(job: Job, made_of: dict[str, Any]) -> None:
    """Keep the stages for other runs; that it fails is no reason to lose this one's results."""
    record = job.record
    told = {
        "name": job.out.name,
        "started": record.started,
        "finished": now(),
        "device": record.device,
        "software": software(),
        "taken_from": without_folder(record.taken_from),
    }
    try:
        files = {number: job.working(number) for number in job.areas}
        keep_stages(job.out, files, job.journal.sums, made_of, told)
    except OutputError as error:
        job.notes.append(f"The stages could not be kept for other runs: {error.message}")
