"""Stage 2: Prithvi and its head refine opt_v1, conditioned on radar, season, biome and location."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.band_statistics import S2_BANDS
from gac_core.grid import Window
from gac_core.networks.loading import Models
from gac_core.networks.refiner import Metadata
from gac_core.stages.base import Array, Check, Inputs
from gac_core.stages.tensors import batched_on_gpu, to_device


class Refine:
    """Stage from opt_v1 to opt_v2; the identity if the bundle has no trained refiner.

    Args:
        models: Networks of the bundle.
        modality: `S1GRD` or `S1RTC`.
        month: Month of the local season (`places.local_month`), 1 to 12; 0 unknown.
        biome: 1 to 14, 0 unknown.
        place: Latitude and longitude in degrees; None: unknown.
        check: Called before each tile.
    """

    number = 2
    channels = len(S2_BANDS)
    inputs = ("s1", "opt_v1")

    def __init__(
        self,
        models: Models,
        modality: str,
        month: int,
        biome: int,
        place: tuple[float, float] | None,
        check: Check,
    ) -> None:
        self._models = models
        self._modality = modality
        self._month = month
        self._biome = biome
        self._place = place
        self._check = check

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 12, H, W) from `s1` and `opt_v1`."""
        device = self._models.device
        images = [to_device(inputs[name], device) for name in ("opt_v1", "s1")]
        return batched_on_gpu(device, self._refine, *images).cpu().numpy()

    def _refine(self, image: Tensor, radar: Tensor) -> Tensor:
        self._check()
        refiner = self._models.refiner
        if refiner is None:
            return image
        metadata = Metadata.of_run(len(image), self._month, self._biome, self._place, image.device)
        result: Tensor = refiner(image, radar, self._modality, metadata)
        return result
