"""Stage 3: TerraMind, shown the radar and opt_v2 together, grounds the picture in the radar."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_BANDS, OUTPUT_INDEX, S2_BANDS
from gac_core.grid import Window
from gac_core.models.fusion import fuse_images
from gac_core.models.loading import Models
from gac_core.models.terramind import standardise_optical, standardise_radar, without_offset
from gac_core.stages.base import Array, Inputs, Tokens
from gac_core.stages.tensors import each_on_cpu, noise_for, to_device, uniform_for
from gac_core.stages.terramind import TerraMindStage

_NOISE, _TOKENS = 3, 103


class Ground(TerraMindStage):
    """SAR and opt_v2 to opt_v3."""

    number = 3
    channels = len(OUTPUT_BANDS)
    inputs = ("s1", "opt_v1", "opt_v2")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 4, H, W) from `s1`, `opt_v1` and `opt_v2`, each window by itself."""
        return self.decode(windows, inputs, self.tokens(windows, inputs))

    @torch.inference_mode()
    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Tokens (B, H/16, W/16) from `s1`, `opt_v1` and `opt_v2`."""
        device = self.models.device
        uniform = to_device(uniform_for(windows, self.seed, _TOKENS), device)
        return each_on_cpu(device, self._choose, *self._shown(inputs), uniform).cpu().numpy()

    @torch.inference_mode()
    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """DN (B, 4, H, W) from tokens, `s1`, `opt_v1` and `opt_v2`."""
        device = self.models.device
        noise = to_device(noise_for(windows, len(S2_BANDS), self.seed, _NOISE), device)
        codes = to_device(tokens, device)
        result = each_on_cpu(device, self._ground, *self._shown(inputs), codes, noise)
        return result.cpu().numpy()

    def _shown(self, inputs: Inputs) -> tuple[Tensor, Tensor]:
        """Radar (B, 2, H, W) in dB and optical (B, 12, H, W) in DN."""
        # Stage 2 refines four bands; TerraMind wants twelve, so the other eight ride along.
        optical = inputs["opt_v1"].copy()
        optical[:, OUTPUT_INDEX] = inputs["opt_v2"]
        device = self.models.device
        return to_device(inputs["s1"], device), to_device(optical, device)

    def _choose(self, radar: Tensor, optical: Tensor, uniform: Tensor) -> Tensor:
        shown = standardise_optical(optical, self.offset)
        return self.choose(standardise_radar(radar, self.modality), uniform, shown)

    def _ground(self, radar: Tensor, optical: Tensor, codes: Tensor, noise: Tensor) -> Tensor:
        strength = self.models.bundle.grounding.strength
        shown = standardise_optical(optical, self.offset)
        answer = without_offset(self.image(codes, noise, shown, strength), self.offset)
        return fuse(self.models, standardise_radar(radar, self.modality), optical, answer)


def fuse(models: Models, radar: Tensor, optical: Tensor, answer: Tensor) -> Tensor:
    """opt_v3 from what stage 3 was shown and what TerraMind answered, as the bundle says.

    Args:
        models: The bundle's networks; the fusion network may be absent.
        radar: Standardised (B, 2, H, W).
        optical: DN (B, 12, H, W) that stage 3 was shown.
        answer: Standardised (B, 12, H, W), without an offset.

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
