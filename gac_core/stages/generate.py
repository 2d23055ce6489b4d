"""Stage 1, and its base with stage 3: TerraMind is shown a window and answers with an image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.band_statistics import S2_BANDS
from gac_core.grid import TOKEN, Window
from gac_core.networks.device import autocast_context
from gac_core.networks.loading import Models
from gac_core.networks.terramind import (
    choose_tokens,
    decode_tokens,
    destandardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.stages.base import Array, Check, Inputs, Tokens
from gac_core.stages.tensors import batched_on_gpu, noise_for, to_device, uniform_for

_NOISE, _TOKENS = 1, 101


@dataclass(frozen=True)
class TerraMindStage:
    """Stage that is computed by TerraMind.

    Attributes:
        models: Networks of the bundle.
        modality: `S1GRD` or `S1RTC`.
        seed: Seed of the run.
        timesteps: Diffusion steps.
        check: Called before each step.
    """

    models: Models
    modality: str
    seed: int
    timesteps: int
    check: Check

    @property
    def offset(self) -> float:
        """Offset of TerraMind's images above DN, for `standardise_optical`."""
        return self.models.bundle.offset

    def choose(self, radar: Tensor, uniform: Tensor, optical: Tensor | None = None) -> Tensor:
        """Return the tokens of the image that TerraMind generates from its inputs.

        Args:
            radar: Standardised (B, 2, H, W).
            uniform: One number in [0, 1) per token (B, H/16, W/16).
            optical: Standardised (B, 12, H, W); None: radar only.

        Returns:
            (B, H/16, W/16).
        """
        self.check()
        sampling, device = self.models.bundle.sampling, self.models.device
        model = self.models.terramind.model
        with autocast_context(device):
            logits = token_logits(model, radar, self.modality, optical).float()
        tokens = choose_tokens(logits, sampling.temperature, sampling.top_p, uniform.flatten(1))
        return tokens.view(-1, radar.shape[-2] // TOKEN, radar.shape[-1] // TOKEN)

    def image(self, tokens: Tensor, noise: Tensor) -> Tensor:
        """Return the standardised image (B, 12, H, W) of tokens (B, H/16, W/16).

        Args:
            tokens: Any size that the decoder supports.
            noise: Standard normal (B, 12, H, W).
        """
        tokenizer, device = self.models.terramind.tokenizer, self.models.device
        with autocast_context(device):
            return decode_tokens(
                tokenizer,
                tokens,
                noise,
                self.timesteps,
                threshold=self.models.bundle.sampling.threshold,
                check=self.check,
            )


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
            return batched_on_gpu(device, self._choose, radar, uniform).cpu().numpy()

    @torch.inference_mode()
    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """Return DN (B, 12, H, W) from tokens."""
        device = self.models.device
        noise = to_device(noise_for(windows, self.channels, self.seed, _NOISE), device)
        image = batched_on_gpu(device, self.image, to_device(tokens, device), noise)
        return destandardise_optical(image, self.offset).cpu().numpy()

    def _choose(self, radar: Tensor, uniform: Tensor) -> Tensor:
        return self.choose(standardise_radar(radar, self.modality), uniform)
