"""Map of the critic's doubt about a stage of a finished run.

The critic is a network that learned to distinguish real images from generated ones. Its doubt is no
error: it was trained on the same few places as the generators.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import exhausted_memory
from gac_core.contract.message import Message, later
from gac_core.contract.removal import remove_file
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
from gac_core.grid import TOKEN, Window
from gac_core.networks.convnext import radar_looks
from gac_core.networks.critic import Critic, RadarView, image_features
from gac_core.networks.device import autocast_context, choose_device, release_tensors
from gac_core.networks.loading import ModelCache, Models, check_between_blocks
from gac_core.networks.memory import batch_for, lanes_of
from gac_core.networks.terramind import radar_features, standardise_radar
from gac_core.progress import Listener, Progress
from gac_core.raster import MAP, StripReader, StripWriter, write_cog
from gac_core.scene import S1Scene
from gac_core.scores.rasters import optical_bands
from gac_core.stages.base import Array, Check, Inputs
from gac_core.stages.tensors import batched_on_gpu, to_device
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


@dataclass
class Doubt:
    """Stage from radar and an image's four bands to doubt, 0 to 1 (`Critic.doubt`).

    Attributes:
        models: Networks of the bundle.
        critic: Critic of the bundle.
        number: Stage that produced the image, 1 to 3.
        modality: `S1GRD` or `S1RTC`.
        check: Called before each window; may raise to stop.
    """

    models: Models
    critic: Critic
    number: int
    modality: str
    check: Check

    channels = 1
    inputs = ("s1", "optical")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return doubt (B, 1, H, W) from `s1` (B, 2, H, W) dB and `optical` (B, 4, H, W) DN."""
        device = self.models.device
        images = [to_device(inputs[name], device) for name in self.inputs]
        doubt = batched_on_gpu(device, self._doubt, *images)
        for side in (-2, -1):
            doubt = doubt.repeat_interleave(TOKEN, side)
        return doubt.cpu().numpy()

    def _doubt(self, s1_db: Tensor, dn: Tensor) -> Tensor:
        """Return the doubt per token, computed on any device."""
        self.check()
        terramind, device = self.models.terramind, self.models.device
        # The critic was trained on the pretrained encoder, without adapters.
        with terramind.bare(), autocast_context(device):
            image = image_features(terramind.model, dn, self.models.bundle.offset)
            standard = standardise_radar(s1_db, self.modality)
            features = radar_features(terramind.model, standard, self.modality)[-1]
        # In 16 bits rounding would swamp detail and looks.
        radar = RadarView(radar_looks(s1_db, self.modality), features.float())
        return self.critic.doubt(self.critic(dn, image.float(), radar))


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
        remove_file(working, missing_ok=True)


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
