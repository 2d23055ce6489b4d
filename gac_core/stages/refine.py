"""Stage 2: Prithvi and its head refine the four bands that users see."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_BANDS, OUTPUT_INDEX
from gac_core.grid import Window
from gac_core.models.loading import Models
from gac_core.stages.base import Array, Check, Inputs
from gac_core.stages.tensors import each_on_cpu, to_device


class Refine:
    """opt_v1 to opt_v2; the identity where the bundle has no trained refiner.

    Args:
        models: The bundle's networks.
        month: Of the local season (`season.local_month`), 1 to 12; 0 unknown.
        biome: 1 to 14, 0 unknown.
        check: Called before each tile.
    """

    number = 2
    channels = len(OUTPUT_BANDS)
    inputs = ("opt_v1",)

    def __init__(self, models: Models, month: int, biome: int, check: Check) -> None:
        self._models = models
        self._month = month
        self._biome = biome
        self._check = check

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 4, H, W) from `opt_v1`."""
        device = self._models.device
        image = to_device(inputs["opt_v1"], device)
        return each_on_cpu(device, self._refine, image).cpu().numpy()

    def _refine(self, image: Tensor) -> Tensor:
        self._check()
        refiner = self._models.refiner
        if refiner is None:
            return image[:, OUTPUT_INDEX]
        count = image.shape[0]
        month = torch.full((count,), self._month, device=image.device)
        biome = torch.full((count,), self._biome, device=image.device)
        result: Tensor = refiner(image, month, biome)
        return result
