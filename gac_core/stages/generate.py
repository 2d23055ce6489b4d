"""Stage 1: TerraMind, as it was pretrained, generates Sentinel-2 from Sentinel-1."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import S2_BANDS
from gac_core.grid import Window
from gac_core.models.terramind import destandardise_optical, standardise_radar
from gac_core.stages.base import Array, Inputs, each_on_cpu, noise_for, to_device, uniform_for
from gac_core.stages.terramind import TerraMindStage

_NOISE, _TOKENS = 1, 101


class Generate(TerraMindStage):
    """SAR to twelve bands."""

    number = 1
    channels = len(S2_BANDS)
    inputs = ("s1",)

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 12, H, W) from `s1`."""
        device = self.models.device
        radar = to_device(inputs["s1"], device)
        noise = to_device(noise_for(windows, self.channels, self.seed, _NOISE), device)
        uniform = to_device(uniform_for(windows, self.seed, _TOKENS), device)
        with self.models.terramind.bare():
            image = each_on_cpu(device, self._generate, radar, noise, uniform)
        return destandardise_optical(image).cpu().numpy()

    def _generate(self, radar: Tensor, noise: Tensor, uniform: Tensor) -> Tensor:
        return self.answer(standardise_radar(radar, self.modality), noise, uniform)
