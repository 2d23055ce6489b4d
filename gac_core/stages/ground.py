"""Stage 3: TerraMind, shown the radar and opt_v2 together, grounds the picture in the radar."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_BANDS, OUTPUT_INDEX, S2_BANDS
from gac_core.grid import TOKEN, Window
from gac_core.models.loading import Models
from gac_core.models.terramind import (
    choose_tokens,
    decode_tokens,
    destandardise_optical,
    output_std,
    standardise_optical,
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

_NOISE, _TOKENS = 3, 103


class Ground:
    """SAR and opt_v2 to opt_v3.

    Args:
        models: The bundle's networks.
        modality: `S1GRD` or `S1RTC`.
        seed: The run's seed.
        timesteps: Diffusion steps.
        check: Called before each step.
    """

    number = 3
    channels = len(OUTPUT_BANDS)
    inputs = ("s1", "opt_v1", "opt_v2")

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
        """DN (B, 4, H, W) from `s1`, `opt_v1` and `opt_v2`."""
        device = self._models.device
        # Stage 2 refines four bands; TerraMind wants twelve, so the other eight ride along.
        optical = inputs["opt_v1"].copy()
        optical[:, OUTPUT_INDEX] = inputs["opt_v2"]
        noise = noise_for(windows, len(S2_BANDS), self._seed, _NOISE)
        result = each_on_cpu(
            device,
            self._ground,
            to_device(inputs["s1"], device),
            to_device(optical, device),
            to_device(noise, device),
            to_device(uniform_for(windows, self._seed, _TOKENS), device),
        )
        return result.cpu().numpy()

    def _ground(self, radar: Tensor, optical: Tensor, noise: Tensor, uniform: Tensor) -> Tensor:
        self._check()
        terramind, bundle = self._models.terramind, self._models.bundle
        radar = standardise_radar(radar, self._modality)
        start = standardise_optical(optical)
        logits = token_logits(terramind.model, radar, self._modality, start)
        tokens = choose_tokens(
            logits, bundle.sampling.temperature, bundle.sampling.top_p, uniform.flatten(1)
        )
        grid = (-1, radar.shape[-2] // TOKEN, radar.shape[-1] // TOKEN)
        answer = decode_tokens(
            terramind.tokenizer,
            tokens.view(grid),
            noise,
            self._timesteps,
            threshold=bundle.sampling.threshold,
            start=start if bundle.grounding.strength < 1 else None,
            strength=bundle.grounding.strength,
            check=self._check,
        )
        return fuse(self._models, radar, optical, answer)


def fuse(models: Models, radar: Tensor, optical: Tensor, answer: Tensor) -> Tensor:
    """opt_v3 from what stage 3 was shown and what TerraMind answered.

    The answer passed through 14 bits per token and has lost opt_v2's detail; this brings it back.

    Args:
        models: The bundle's networks; the fusion network may be absent.
        radar: Standardised (B, 2, H, W).
        optical: DN (B, 12, H, W) that stage 3 was shown.
        answer: Standardised (B, 12, H, W).

    Returns:
        DN (B, 4, H, W).
    """
    shown = optical[:, OUTPUT_INDEX]
    grounded = destandardise_optical(answer)[:, OUTPUT_INDEX]
    mixed = shown + models.bundle.grounding.residual * (grounded - shown)
    if models.fusion is None:
        return mixed
    seen = torch.cat(
        [radar, standardise_optical(optical)[:, OUTPUT_INDEX], answer[:, OUTPUT_INDEX]], dim=1
    )
    correction: Tensor = models.fusion(seen)
    return mixed + correction * output_std(optical)
