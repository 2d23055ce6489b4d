"""Stage 3: TerraMind, shown the radar and opt_v2 together, grounds the picture in the radar."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_BANDS, OUTPUT_INDEX, S2_BANDS
from gac_core.grid import Window
from gac_core.models.fusion import fuse_images
from gac_core.models.loading import Models
from gac_core.models.terramind import standardise_optical, standardise_radar
from gac_core.stages.base import Array, Inputs, each_on_cpu, noise_for, to_device, uniform_for
from gac_core.stages.terramind import TerraMindStage

_NOISE, _TOKENS = 3, 103


class Ground(TerraMindStage):
    """SAR and opt_v2 to opt_v3."""

    number = 3
    channels = len(OUTPUT_BANDS)
    inputs = ("s1", "opt_v1", "opt_v2")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 4, H, W) from `s1`, `opt_v1` and `opt_v2`."""
        device = self.models.device
        # Stage 2 refines four bands; TerraMind wants twelve, so the other eight ride along.
        optical = inputs["opt_v1"].copy()
        optical[:, OUTPUT_INDEX] = inputs["opt_v2"]
        noise = noise_for(windows, len(S2_BANDS), self.seed, _NOISE)
        result = each_on_cpu(
            device,
            self._ground,
            to_device(inputs["s1"], device),
            to_device(optical, device),
            to_device(noise, device),
            to_device(uniform_for(windows, self.seed, _TOKENS), device),
        )
        return result.cpu().numpy()

    def _ground(self, radar: Tensor, optical: Tensor, noise: Tensor, uniform: Tensor) -> Tensor:
        radar, shown = standardise_radar(radar, self.modality), standardise_optical(optical)
        strength = self.models.bundle.grounding.strength
        answer = self.answer(radar, noise, uniform, shown, strength)
        return fuse(self.models, radar, optical, answer)


def fuse(models: Models, radar: Tensor, optical: Tensor, answer: Tensor) -> Tensor:
    """opt_v3 from what stage 3 was shown and what TerraMind answered, as the bundle says.

    Args:
        models: The bundle's networks; the fusion network may be absent.
        radar: Standardised (B, 2, H, W).
        optical: DN (B, 12, H, W) that stage 3 was shown.
        answer: Standardised (B, 12, H, W).

    Returns:
        DN (B, 4, H, W).
    """
    grounding = models.bundle.grounding
    return fuse_images(
        radar,
        optical[:, OUTPUT_INDEX],
        answer[:, OUTPUT_INDEX],
        grounding.residual,
        models.fusion,
        grounding.detail,
    )
