"""Peer's side: TerraTorch's own recipe for large areas, followed by plain stages 2 and 3.

Written as a competent user of TerraTorch would: its `tiled_inference` with batches of 16, the whole
scene in memory, the same networks from the same weight files. Its TerraMind is called by
TerraTorch's own `forward`, which draws its own random numbers and clips to one standard deviation.
One TerraMind serves stages 1 and 3.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import torch
from terratorch.tasks.tiled_inference import prepare_tiled_inference_input, tiled_inference
from torch import Tensor

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.networks.adapters import load_lora
from gac_core.networks.loading import Models
from gac_core.networks.refiner import Metadata
from gac_core.networks.terramind import (
    OUTPUT,
    TerraMindShape,
    build_terramind,
    decoder_features,
    destandardise_optical,
    of_encoder,
    of_other_modalities,
    standardise_optical,
    standardise_radar,
)
from gac_core.networks.weights import load_exactly, read_state
from tests.bench.scenes import MONTH
from tests.bench.seams import Edges

BATCH, DELTA = 16, 8
RECIPE = (256, 192)
"""Crop and stride of TerraTorch's recipe for TerraMind."""

PLAIN = (224, 192)
"""Defaults of `tiled_inference`: stage 2's crop at full size, as Prithvi's patches are 14 px."""

_TRAINED_ON = 224


class Peer:
    """TerraTorch's recipe with a bundle's networks.

    Args:
        bundle: Bundle of the networks.
        library: Library of weight files.
        device: Device of the computation.
        half: Compute in bfloat16 where autocast allows.
    """

    def __init__(
        self, bundle: Bundle, library: Library, device: torch.device, *, half: bool = False
    ) -> None:
        self._bundle = bundle
        self._device = device
        self._half = half
        full_size = bundle.window.size == _TRAINED_ON
        # Smaller networks have position embeddings for their own tile size.
        own = (bundle.window.size, bundle.window.size * RECIPE[1] // RECIPE[0])
        self.crops = (
            {1: RECIPE, 2: PLAIN, 3: RECIPE} if full_size else dict.fromkeys((1, 2, 3), own)
        )
        self._model, self._adapter = _terramind(bundle, library, device)
        models = Models(bundle, library, device)
        self._refiner, self._bridge = models.refiner, models.bridge
        del models

    def run(
        self, scene: Path, out: Path, steps: tuple[int, int], on_stage: Callable[[int], None]
    ) -> dict[int, float]:
        """Write three GeoTIFFs from a scene; return the seconds of each stage.

        Args:
            scene: (VV, VH) in dB.
            out: Folder to create.
            steps: Steps of stages 1 and 3.
            on_stage: Called when a stage is written.
        """
        out.mkdir(parents=True)
        with rasterio.open(scene) as file:
            radar = torch.from_numpy(file.read()).unsqueeze(0)
            profile = file.profile
        watch = _Watch(on_stage)
        twelve = destandardise_optical(self._stage_1(radar, steps[0]))
        _write(out / "opt_v1.tif", twelve[:, OUTPUT_INDEX], profile)
        watch.lap(1)
        refined = self._stage_2(radar, twelve)
        _write(out / "opt_v2.tif", refined[:, OUTPUT_INDEX], profile)
        watch.lap(2)
        _write(out / "opt_v3.tif", self._stage_3(radar, refined, steps[1]), profile)
        watch.lap(3)
        return watch.seconds

    def edges(self, stage: int, height: int, width: int) -> Edges:
        """Return the lines at which TerraTorch's tiles begin and end, by its own function."""
        crop, stride = self.crops[stage]
        chips, *_ = prepare_tiled_inference_input(
            torch.zeros(1, 1, height, width), crop=crop, stride=stride, delta=DELTA
        )
        pairs = [chip.input_coords for chip in chips]
        # Coordinates refer to the padded image.
        rows = {edge - DELTA for row, _ in pairs for edge in (row.start, row.stop)}
        cols = {edge - DELTA for _, col in pairs for edge in (col.start, col.stop)}
        return Edges(frozenset(rows), frozenset(cols))

    def _stage_1(self, radar: Tensor, steps: int) -> Tensor:
        bare = self._adapter.disable_adapter() if self._adapter is not None else nullcontext()
        with bare:
            return self._tiled(
                lambda x: self._model({"S1GRD": x}, timesteps=steps)["S2L2A"],
                standardise_radar(radar, "S1GRD"),
                1,
            )

    def _stage_2(self, radar: Tensor, twelve: Tensor) -> Tensor:
        refiner = self._refiner
        if refiner is None:
            return twelve

        def refine(x: Tensor) -> Tensor:
            metadata = Metadata.of_run(len(x), MONTH, 0, None, x.device)
            result: Tensor = refiner(x[:, 2:], x[:, :2], "S1GRD", metadata)
            return result

        return self._tiled(refine, torch.cat([radar, twelve], dim=1), 2)

    def _stage_3(self, radar: Tensor, shown: Tensor, steps: int) -> Tensor:
        bridge = self._bridge

        def answer(s1: Tensor, dn: Tensor) -> Tensor:
            inputs = {
                "S1GRD": standardise_radar(s1, "S1GRD"),
                "S2L2A": standardise_optical(dn, self._bundle.offset),
            }
            image = self._model(inputs, timesteps=steps)["S2L2A"]
            return destandardise_optical(image, self._bundle.offset)[:, OUTPUT_INDEX]

        def ground(x: Tensor) -> Tensor:
            s1, dn = x[:, :2], x[:, 2:]
            if bridge is None:
                return answer(s1, dn)
            maps = decoder_features(
                self._model,
                standardise_radar(s1, "S1GRD"),
                "S1GRD",
                standardise_optical(dn, self._bundle.offset),
            )
            start = dn[:, OUTPUT_INDEX]
            return bridge.cross(start, s1, "S1GRD", maps, torch.randn_like(start), steps)

        return self._tiled(ground, torch.cat([radar, shown], dim=1), 3)

    def _tiled(self, forward: Callable[[Tensor], Tensor], image: Tensor, stage: int) -> Tensor:
        crop, stride = self.crops[stage]

        def on_device(x: Tensor) -> Tensor:
            with torch.autocast(self._device.type, torch.bfloat16, enabled=self._half):
                return forward(x.to(self._device)).float()

        result: Tensor = tiled_inference(
            on_device, image, crop=crop, stride=stride, delta=DELTA, batch_size=BATCH
        )
        return result


def _terramind(bundle: Bundle, library: Library, device: torch.device) -> tuple[Any, Any]:
    """Return TerraTorch's model as its builder does: with the tokenizer's encoder, if published."""
    shape = TerraMindShape.from_dict(bundle.terramind)
    path = library.locate(bundle, bundle.tokenizer)
    state = read_state(path)
    encoder = any(of_encoder(name) for name in state)
    model = build_terramind(shape, with_encoder=encoder)
    load_exactly(model.tokenizer[OUTPUT], state, source=path)
    path = library.locate(bundle, bundle.generator)
    load_exactly(
        model.sampler.model,
        read_state(path),
        source=path,
        may_be_left=lambda name: of_other_modalities(name, shape),
    )
    adapter = None
    if bundle.grounding.adapter is not None:
        adapter = load_lora(model, bundle.path / bundle.grounding.adapter).eval()
    return model.requires_grad_(False).to(device), adapter


def _write(path: Path, image: Tensor, profile: dict[str, Any]) -> None:
    values = image[0].round_().clamp_(1, 65535).numpy().astype(np.uint16)
    profile = {**profile, "dtype": "uint16", "count": len(values), "nodata": 0, "predictor": 2}
    with rasterio.open(path, "w", **profile) as file:
        file.write(values)


class _Watch:
    """Stopwatch for the seconds of each stage."""

    def __init__(self, on_stage: Callable[[int], None]) -> None:
        self.seconds: dict[int, float] = {}
        self._on_stage = on_stage
        self._began = time.perf_counter()

    def lap(self, stage: int) -> None:
        now = time.perf_counter()
        self.seconds[stage], self._began = now - self._began, now
        self._on_stage(stage)
