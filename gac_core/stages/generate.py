"""Stage 1, and its base with stage 3: TerraMind is shown a window and answers with an image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from gac_core.band_statistics import S2_BANDS
from gac_core.grid import TOKEN, Window
from gac_core.networks.device import autocast_context
from gac_core.networks.loading import Models
from gac_core.networks.terramind import (
    choose_tokens,
    decode_tokens,
    destandardise_optical,
    standardise_optical,
    standardise_radar,
    token_logits,
)
from gac_core.stages.base import OBSERVED, Array, Check, Inputs, Tokens
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

    def choose(
        self,
        radar: Tensor,
        uniform: Tensor,
        optical: Tensor | None = None,
        visible: Tensor | None = None,
    ) -> Tensor:
        """Return the tokens of the image that TerraMind generates from its inputs.

        Args:
            radar: Standardised (B, 2, H, W).
            uniform: One number in [0, 1) per token (B, H/16, W/16).
            optical: Standardised (B, 12, H, W); None: radar only.
            visible: Mask (B, N) bool of its tokens that TerraMind is shown; None: all.

        Returns:
            (B, H/16, W/16).
        """
        self.check()
        sampling, device = self.models.bundle.sampling, self.models.device
        model = self.models.terramind.model
        with autocast_context(device):
            logits = token_logits(model, radar, self.modality, optical, visible).float()
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


@dataclass(frozen=True)
class Generate(TerraMindStage):
    """Stage from SAR to twelve bands.

    Attributes:
        sees_observed: Whether there is an input `OBSERVED`: the tokens of patches of it that are
            observed as a whole are shown to TerraMind beside the radar's.
    """

    sees_observed: bool = False

    number = 1
    channels = len(S2_BANDS)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs."""
        return ("s1", OBSERVED) if self.sees_observed else ("s1",)

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 12, H, W) from `s1`, each window independently."""
        return self.decode(windows, inputs, self.tokens(windows, inputs))

    @torch.inference_mode()
    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Return tokens (B, H/16, W/16) from `s1` and what is observed."""
        device = self.models.device
        uniform = uniform_for(windows, self.seed, _TOKENS)
        arrays = [inputs["s1"], uniform]
        if self.sees_observed:
            arrays.append(inputs[OBSERVED])
        with self.models.terramind.bare():
            tensors = [to_device(array, device) for array in arrays]
            return batched_on_gpu(device, self._choose, *tensors).cpu().numpy()

    @torch.inference_mode()
    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """Return DN (B, 12, H, W) from tokens."""
        device = self.models.device
        noise = to_device(noise_for(windows, self.channels, self.seed, _NOISE), device)
        image = batched_on_gpu(device, self.image, to_device(tokens, device), noise)
        return destandardise_optical(image, self.offset).cpu().numpy()

    def _choose(self, radar: Tensor, uniform: Tensor, observed: Tensor | None = None) -> Tensor:
        standard = standardise_radar(radar, self.modality)
        if observed is None:
            return self.choose(standard, uniform)
        visible = observed_patches(observed)
        if not visible.any():
            return self.choose(standard, uniform)
        optical = standardise_optical(observed, self.offset).nan_to_num(nan=0.0)
        return self.choose(standard, uniform, optical, visible)


def observed_patches(observed: Tensor) -> Tensor:
    """Return the mask (B, N) bool of the patches of an image (B, C, H, W) that hold no NaN."""
    gaps = observed.isnan().any(dim=1, keepdim=True).float()
    return functional.max_pool2d(gaps, TOKEN).flatten(1) == 0
