"""A run: three stages over an area, one after another, each a file as soon as it is whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import rasterio
import torch

from gac_core.bands import OUTPUT_BANDS, S2_BANDS
from gac_core.errors import Cancelled, DeviceError
from gac_core.folder import (
    RECORD,
    drop_stale,
    prepare,
    result_path,
    working_folder,
    write_record,
)
from gac_core.grid import Window
from gac_core.listener import Listener, Meter, StageDone
from gac_core.memory import peak_memory
from gac_core.models.bundle import WindowSpec
from gac_core.models.cache import ModelCache
from gac_core.models.device import choose_device, describe_device
from gac_core.models.loading import Models
from gac_core.mosaic import Source, count_tiles, drive
from gac_core.provenance import Record
from gac_core.raster import StripReader, StripWriter, write_cog
from gac_core.request import RunRequest
from gac_core.scene import S1Scene, extent_window, open_scene
from gac_core.score import score_files
from gac_core.stages.base import NAMES, Stage
from gac_core.stages.generate import Generate
from gac_core.stages.ground import Ground
from gac_core.stages.refine import Refine
from gac_core.tiling import needed

GPU_BATCH = 8

SCORED = 25_000_000
"""Pixels that a score looks at in larger areas, spread evenly: more would not change it."""

CACHE_MB = 128
"""GDAL's block cache. Its default is a share of the machine's memory, which grows with the area."""


@dataclass
class RunResult:
    """What a run made.

    Attributes:
        outputs: GeoTIFF of each stage by name, `opt_v1` first.
        run_json: The run's record.
        scores: GAC score of each; None where there are no edges to compare.
        seconds: What each took.
        notes: What the user must know about these results.
    """

    run_json: Path
    outputs: dict[str, Path] = field(default_factory=dict)
    scores: dict[str, float | None] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "outputs": {name: str(path) for name, path in self.outputs.items()},
            "run_json": str(self.run_json),
            "scores": self.scores,
            "seconds": self.seconds,
            "notes": self.notes,
        }


def run(request: RunRequest, cache: ModelCache, listener: Listener) -> RunResult:
    """Carry out a request.

    Args:
        request: What to do.
        cache: Models kept from earlier runs.
        listener: Told of progress; its `check` may stop the run, which then leaves the stages
            that are complete and nothing else.

    Raises:
        GacError: If something is wrong that the user can know or cure.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    bundle = cache.library.require(request.bundle)
    device = choose_device(request.device)
    with ExitStack() as stack:
        stack.enter_context(rasterio.Env(GDAL_CACHEMAX=CACHE_MB))
        scene = stack.enter_context(
            open_scene(
                request.sar,
                vv_band=request.vv_band,
                vh_band=request.vh_band,
                unit=request.unit,
                modality=request.modality,
                nodata=request.nodata,
            )
        )
        area = extent_window(scene, request.extent, request.extent_crs)
        out = request.out_dir.expanduser().absolute()
        prepare(out, request.sar)
        work = stack.enter_context(working_folder(out))

        areas = stage_areas(area, scene.window, bundle.window, request.stages)
        meter = Meter(listener, _costs(request, areas, bundle.window))
        meter.load(f"Loading the models of {bundle.title}")
        models = cache.get(bundle, device)
        models.load()
        listener.check()

        month = scene.month if request.month is None else request.month
        record = Record(
            request,
            scene,
            bundle,
            models.hashes,
            area,
            month,
            describe_device(device),
            started,
        )
        result = RunResult(run_json=out / RECORD, notes=[*scene.warnings, *bundle.notes])
        job = _Job(request, scene, models, areas, work, meter, listener, month)
        try:
            for number in range(1, request.stages + 1):
                _run_stage(job, number, area, out, record, result)
            record.status = "complete"
        except Cancelled:
            record.status = "cancelled"
            raise
        except torch.OutOfMemoryError as error:
            raise DeviceError(
                f"The GPU ran out of memory: {str(error).splitlines()[0]}",
                "Choose a smaller batch size, a smaller bundle, or device cpu.",
            ) from error
        finally:
            # Stages that were complete stay, and what is said of them with them.
            if record.stages:
                write_record(out, record.to_dict(peak_memory(device)))
    return result


def stage_areas(area: Window, scene: Window, spec: WindowSpec, stages: int) -> dict[int, Window]:
    """What each stage must compute so that the last one has all it looks at.

    A stage's tiles reach beyond the area asked for. What they see there must be what a run over a
    larger area would show them, or the same place would get other pixels in another run.
    """
    areas = {stages: area}
    for number in range(stages - 1, 0, -1):
        areas[number] = needed(areas[number + 1], spec).intersection(scene)
    return dict(sorted(areas.items()))


@dataclass(frozen=True)
class _Job:
    request: RunRequest
    scene: S1Scene
    models: Models
    areas: Mapping[int, Window]
    work: Path
    meter: Meter
    listener: Listener
    month: int

    def stage(self, number: int) -> Stage:
        request, check = self.request, self.listener.check
        if number == 2:
            return Refine(self.models, self.month, request.biome, check)
        kind, steps = (
            (Generate, request.timesteps_1) if number == 1 else (Ground, request.timesteps_3)
        )
        return kind(self.models, self.scene.modality, request.seed, steps, check)


def _run_stage(
    job: _Job, number: int, area: Window, out: Path, record: Record, result: RunResult
) -> None:
    name, began = f"opt_v{number}", time.monotonic()
    spec, stage = job.models.bundle.window, job.stage(number)
    bands = S2_BANDS if stage.channels == len(S2_BANDS) else OUTPUT_BANDS
    working = job.work / f"{name}.tif"
    batch = job.request.batch_size or (GPU_BATCH if job.models.device.type == "cuda" else 1)
    with ExitStack() as stack:
        sources: dict[str, Source] = {"s1": job.scene.read}
        for earlier in range(1, number):
            reader = stack.enter_context(StripReader(job.work / f"opt_v{earlier}.tif"))
            sources[f"opt_v{earlier}"] = reader.read
        writer = stack.enter_context(StripWriter(working, job.scene.grid, job.areas[number], bands))
        drive(
            stage,
            job.areas[number],
            spec,
            sources,
            writer.write,
            batch_size=batch,
            on_tiles=partial(job.meter.advance, number, NAMES[number]),
        )
    path = result_path(out, number)
    drop_stale(out, number)
    write_cog(path, working, window=area, tags=record.tags(number), tick=job.listener.check)
    score = score_files(job.scene, path, limit=SCORED, tick=job.listener.check)
    seconds = round(time.monotonic() - began, 3)
    result.outputs[name], result.scores[name], result.seconds[name] = path, score["gac"], seconds
    if score["flag"]:
        result.notes.append(f"{name}: {score['note']}")
    record.stages[name] = {
        "file": path.name,
        "seconds": seconds,
        "tiles": count_tiles(job.areas[number], spec),
        "score": score,
    }
    job.meter.finish(number)
    job.listener.stage_done(StageDone(number, path, seconds, score["gac"]))


def _costs(
    request: RunRequest, areas: Mapping[int, Window], spec: WindowSpec
) -> dict[int, tuple[int, float]]:
    # A UNet pass is the unit; a transformer's costs about as much.
    cost = {1: request.timesteps_1 + 1.0, 2: 2.0, 3: request.timesteps_3 + 1.0}
    return {number: (count_tiles(a, spec), cost[number]) for number, a in areas.items()}
