"""Stage 1: pretrained TerraMind generates Sentinel-2 from Sentinel-1."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import S2_BANDS
from gac_core.grid import Window
from gac_core.models.terramind import destandardise_optical, standardise_radar
from gac_core.stages.base import Array, Inputs, Tokens
from gac_core.stages.tensors import each_on_cpu, noise_for, to_device, uniform_for
from gac_core.stages.terramind import TerraMindStage

_NOISE, _TOKENS = 1, 101


class Generate(TerraMindStage):
    """Stage from SAR to twelve bands."""

    number = 1
    channels = len(S2_BANDS)
    inputs = ("s1",)

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 12, H, W) from `s1`, each window independently."""
        return self.decode(windows, inputs, self.tokens(windows, inputs))

    @torch.inference_mode()
    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Return tokens (B, H/16, W/16) from `s1`."""
        device = self.models.device
        radar = to_device(inputs["s1"], device)
        uniform = to_device(uniform_for(windows, self.seed, _TOKENS), device)
        with self.models.terramind.bare():
            return each_on_cpu(device, self._choose, radar, uniform).cpu().numpy()

    @torch.inference_mode()
    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """Return DN (B, 12, H, W) from tokens."""
        device = self.models.device
        noise = to_device(noise_for(windows, self.channels, self.seed, _NOISE), device)
        image = each_on_cpu(device, self.image, to_device(tokens, device), noise)
        return destandardise_optical(image, self.offset).cpu().numpy()

    def _choose(self, radar: Tensor, uniform: Tensor) -> Tensor:
        return self.choose(standardise_radar(radar, self.modality), uniform)
