"""Stage 1: TerraMind, as it was pretrained, generates Sentinel-2 from Sentinel-1."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import S2_BANDS
from gac_core.grid import TOKEN, Window
from gac_core.models.loading import Models
from gac_core.models.terramind import (
    choose_tokens,
    decode_tokens,
    destandardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.stages.base import (
    Array,
    Check,
    Inputs,
    each_on_cpu,
    noise_for,
    to_device,
    uniform_for,
)

_NOISE, _TOKENS = 1, 101


class Generate:
    """SAR to twelve bands.

    Args:
        models: The bundle's networks.
        modality: `S1GRD` or `S1RTC`.
        seed: The run's seed.
        timesteps: Diffusion steps.
        check: Called before each step.
    """

    number = 1
    channels = len(S2_BANDS)
    inputs = ("s1",)

    def __init__(
        self, models: Models, modality: str, seed: int, timesteps: int, check: Check
    ) -> None:
        self._models = models
        self._modality = modality
        self._seed = seed
        self._timesteps = timesteps
        self._check = check

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 12, H, W) from `s1`."""
        device = self._models.device
        radar = to_device(inputs["s1"], device)
        noise = to_device(noise_for(windows, self.channels, self._seed, _NOISE), device)
        uniform = to_device(uniform_for(windows, self._seed, _TOKENS), device)
        with self._models.terramind.bare():
            image = each_on_cpu(device, self._generate, radar, noise, uniform)
        return destandardise_optical(image).cpu().numpy()

    def _generate(self, radar: Tensor, noise: Tensor, uniform: Tensor) -> Tensor:
        self._check()
        terramind, sampling = self._models.terramind, self._models.bundle.sampling
        standard = standardise_radar(radar, self._modality)
        logits = token_logits(terramind.model, standard, self._modality)
        tokens = choose_tokens(logits, sampling.temperature, sampling.top_p, uniform.flatten(1))
        grid = (-1, radar.shape[-2] // TOKEN, radar.shape[-1] // TOKEN)
        return decode_tokens(
            terramind.tokenizer,
            tokens.view(grid),
            noise,
            self._timesteps,
            threshold=sampling.threshold,
            check=self._check,
        )
