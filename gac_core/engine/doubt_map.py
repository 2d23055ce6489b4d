"""Map of the critic's doubt about a stage of a finished run.

The critic is a network that learned to distinguish real images from generated ones. Its doubt is no
error: it was trained on the same few places as the generators.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import exhausted_memory
from gac_core.contract.message import Message, later
from gac_core.engine.folder import doubt_path
from gac_core.engine.maps import (
    MapInputs,
    critic_bundle,
    no_critic_error,
    open_stage,
    progress_of,
    require_run_models,
)
from gac_core.engine.stage_cache import read_run_record, read_settings
from gac_core.grid import Window
from gac_core.networks.device import choose_device, release_tensors
from gac_core.networks.loading import ModelCache, Models, check_between_blocks
from gac_core.networks.memory import batch_for, lanes_of
from gac_core.progress import Listener, Progress
from gac_core.raster import MAP, StripReader, StripWriter, write_cog
from gac_core.scene import S1Scene
from gac_core.scores.rasters import optical_bands
from gac_core.stages.base import Array
from gac_core.stages.doubt import Doubt
from gac_core.tiling.mosaic import run_tiled
from gac_core.tiling.stage_inputs import Source
from gac_core.tiling.tiles import count_tiles, tile_layout

BAND = ("doubt",)

HIGH = 0.95
"""Doubt that is exceeded in one of twenty real places."""

PROGRESS_MESSAGE = later("Asking the adversary about opt_v{}")

DESCRIPTION = (
    "SYNTHETIC. Doubt of the adversary in opt_v{}, 0 to 1, place by place: the share "
    "of real images' places that it believes more. Real images have 0.5 in half of "
    "their places; 1: it doubts no real place so much. It is a network's judgement, "
    "trained on the same few places as the pictures, and no probability of error."
)


@dataclass(frozen=True)
class DoubtMap:
    """A map of doubt and its statistics.

    Attributes:
        path: The map, a float32 COG of one band.
        mean: Mean doubt; None if there is no data.
        share: Share of the valid pixels with doubt above `HIGH`; None if there is no data.
    """

    path: Path
    mean: float | None
    share: float | None


def map_of_doubt(folder: Path, stage: int, cache: ModelCache, listener: Listener) -> DoubtMap:
    """Write a map of the critic's doubt about a stage of a finished run, into the run's folder.

    Args:
        folder: Folder of the run.
        stage: 1 to 3.
        cache: Models of earlier runs.
        listener: Receives the progress; may stop it.

    Raises:
        BundleError: If the run's bundle is missing or has no critic.
        RequestError: If there is no such stage, or radar or models have changed since the run.
        OutputError: If the map cannot be written, or a run is active in the folder.
        SceneError: If the radar cannot be read.
    """
    bundle, record = critic_bundle(folder, cache.library), read_run_record(folder)
    path = doubt_path(folder, stage)
    with open_stage(folder, stage, path) as judged:

        def compute(device: torch.device) -> DoubtMap:
            message = Message("Loading the models of {}", bundle.title)
            listener.progress(Progress(0, "load", 0, 0, 0.0, message))
            models = cache.get(bundle, device)
            models.prepare(3)
            _ = models.terramind, models.critic
            listener.check()
            require_run_models(record, models)
            return _write(judged, path, stage, models, listener)

        device = choose_device(read_settings(folder).get("device") or "auto")
        try:
            return compute(device)
        except Exception as error:
            if device.type == "cpu" or exhausted_memory(error) != "gpu":
                raise
            release_tensors(error)
        # Outside the handler, whose traceback keeps the tensors alive.
        cache.clear()
        return compute(choose_device("cpu"))


def spec_of(spec: WindowSpec) -> WindowSpec:
    """Return the tile layout for the critic.

    Neighbours overlap as for choosing tokens: the critic scores tokens, and within two of them from
    an edge its input is padding.
    """
    return replace(spec, blend=spec.overlap)


def sources_of(scene: S1Scene, reader: StripReader) -> dict[str, Source]:
    """Return the inputs of `Doubt`: `optical`, and `s1` where `optical` has data too.

    Args:
        scene: The radar.
        reader: An optical file on the scene's grid.

    Raises:
        OutputError: If the file does not identify its bands.
    """
    bands, lock = optical_bands(reader), threading.Lock()

    def optical(window: Window) -> Array:
        with lock:
            return reader.read(window, bands)

    def radar(window: Window) -> Array:
        valid = np.isfinite(optical(window)).all(axis=0)
        return np.where(valid, scene.read(window), np.float32(np.nan))

    return {"s1": radar, "optical": optical}


def _write(
    judged: MapInputs, path: Path, stage: int, models: Models, listener: Listener
) -> DoubtMap:
    critic = models.critic
    if critic is None:
        raise no_critic_error(models.bundle)
    doubt = Doubt(models, critic, stage, judged.scene.modality, listener.check)
    working = judged.work / f"{path.stem}.bil"
    tally = _Tally()
    try:
        with StripReader(judged.optical, judged.scene.grid) as reader:
            area = reader.window.intersection(judged.scene.window)
            spec = spec_of(models.bundle.window)
            tiles = count_tiles(area, tile_layout(spec, area, decodes=False))
            report = progress_of(listener, stage, Message(PROGRESS_MESSAGE, stage))
            done = 0

            def on_tiles(count: int) -> None:
                nonlocal done
                done += count
                report(done, tiles)

            report(0, tiles)
            with (
                StripWriter(working, judged.scene.grid, area, BAND) as writer,
                check_between_blocks(listener.check, [models.terramind.model], models.device),
            ):

                def sink(window: Window, values: Array) -> None:
                    # Blending weights add up to one only up to rounding.
                    values = values.clip(0.0, 1.0)
                    tally.add(values)
                    writer.write(window, values)

                run_tiled(
                    doubt,
                    area,
                    spec,
                    sources_of(judged.scene, reader),
                    sink,
                    batch_size=batch_for(models),
                    lanes=lanes_of(models),
                    on_tiles=on_tiles,
                )
        tags = {
            **judged.tags,
            "GAC_STAGE": f"doubt of the adversary in opt_v{stage}",
            "GAC_CRITIC_SHA256": " ".join(models.judge_hashes.values()),
            **tally.tags(),
            "TIFFTAG_IMAGEDESCRIPTION": DESCRIPTION.format(stage),
        }
        checksum, tick = writer.checksum(), listener.check
        write_cog(path, writer.file, checksum=checksum, bands=BAND, tags=tags, tick=tick, kind=MAP)
        return DoubtMap(path, tally.mean, tally.share)
    finally:
        working.unlink(missing_ok=True)


class _Tally:
    """Statistics of a map's pixels."""

    def __init__(self) -> None:
        self._pixels, self._sum, self._high = 0, 0.0, 0

    def add(self, values: Array) -> None:
        valid = values[np.isfinite(values)]
        self._pixels += valid.size
        self._sum += float(valid.sum(dtype=np.float64))
        self._high += int((valid > HIGH).sum())

    @property
    def mean(self) -> float | None:
        return self._sum / self._pixels if self._pixels else None

    @property
    def share(self) -> float | None:
        return self._high / self._pixels if self._pixels else None

    def tags(self) -> dict[str, str]:
        names = {"GAC_DOUBT_MEAN": self.mean, "GAC_DOUBT_ABOVE_95": self.share}
        return {name: f"{value:.4f}" for name, value in names.items() if value is not None}
