"""Stage 3: TerraMind, shown the radar and opt_v2 together, grounds the picture in the radar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import Window
from gac_core.models.bridge import NOISE_CHANNELS, Bridge
from gac_core.models.loading import Models
from gac_core.models.speed import computing
from gac_core.models.terramind import (
    decoder_features,
    destandardise_optical,
    standardise_optical,
    standardise_radar,
)
from gac_core.stages.base import Array, Check, Inputs, Stage, Tokens
from gac_core.stages.tensors import each_on_cpu, noise_for, to_device, uniform_for
from gac_core.stages.terramind import TerraMindStage

_NOISE, _TOKENS = 3, 103


@dataclass(frozen=True)
class Ground:
    """Radar and opt_v2 to opt_v3, across the bundle's bridge.

    Attributes:
        models: The bundle's networks.
        bridge: Theirs.
        modality: `S1GRD` or `S1RTC`.
        seed: The run's seed.
        timesteps: Steps of a crossing.
        check: Called before each step.
    """

    models: Models
    bridge: Bridge
    modality: str
    seed: int
    timesteps: int
    check: Check

    number = 3
    channels = len(OUTPUT_BANDS)
    inputs = ("s1", "opt_v2")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 4, H, W) from `s1` and `opt_v2`."""
        device = self.models.device
        noise = to_device(noise_for(windows, NOISE_CHANNELS, self.seed, _NOISE), device)
        images = [to_device(inputs[name], device) for name in self.inputs]
        return each_on_cpu(device, self._cross, *images, noise).cpu().numpy()

    def features(self, radar: Tensor, optical: Tensor) -> Tensor:
        """Return what TerraMind makes of radar (B, 2, H, W) dB and opt_v2 (B, 12, H, W) DN."""
        return terramind_features(self.models, radar, self.modality, optical)

    def _cross(self, radar: Tensor, optical: Tensor, noise: Tensor) -> Tensor:
        self.check()
        maps = self.features(radar, optical)
        start = optical[:, OUTPUT_INDEX]
        with computing(self.models.device):
            image = self.bridge.cross(
                start, radar, self.modality, maps, noise, self.timesteps, self.check
            )
        return image.float()


class ZeroShotGround(TerraMindStage):
    """Radar and opt_v2 to opt_v3 in bundles without a bridge: TerraMind's own answer to both."""

    number = 3
    channels = len(OUTPUT_BANDS)
    inputs = ("s1", "opt_v2")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """DN (B, 4, H, W) from `s1` and `opt_v2`, each window by itself."""
        return self.decode(windows, inputs, self.tokens(windows, inputs))

    @torch.inference_mode()
    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Tokens (B, H/16, W/16) from `s1` and `opt_v2`."""
        device = self.models.device
        uniform = to_device(uniform_for(windows, self.seed, _TOKENS), device)
        images = [to_device(inputs[name], device) for name in self.inputs]
        return each_on_cpu(device, self._choose, *images, uniform).cpu().numpy()

    @torch.inference_mode()
    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """DN (B, 4, H, W) from tokens."""
        device = self.models.device
        noise = to_device(noise_for(windows, len(S2_BANDS), self.seed, _NOISE), device)
        image = each_on_cpu(device, self.image, to_device(tokens, device), noise)
        return destandardise_optical(image, self.offset)[:, OUTPUT_INDEX].cpu().numpy()

    def _choose(self, radar: Tensor, optical: Tensor, uniform: Tensor) -> Tensor:
        shown = standardise_optical(optical, self.offset)
        return self.choose(standardise_radar(radar, self.modality), uniform, shown)


def terramind_features(
    models: Models, radar: Tensor, modality: str | Sequence[str], optical: Tensor
) -> Tensor:
    """Return what TerraMind makes of radar and opt_v2, (B, D, H/16, W/16) float32.

    Args:
        models: The networks, TerraMind adapted where the bundle has an adapter.
        radar: (B, 2, H, W) dB.
        modality: `S1GRD` or `S1RTC`; or that of each sample.
        optical: opt_v2, (B, 12, H, W) DN.
    """
    shown = standardise_optical(optical, models.bundle.offset)
    with computing(models.device):
        maps = decoder_features(
            models.terramind.model, standardise_radar(radar, modality), modality, shown
        )
    return maps.float()


def ground_stage(models: Models, modality: str, seed: int, timesteps: int, check: Check) -> Stage:
    """Return stage 3 as the bundle has it; see `Ground` for the arguments."""
    bridge = models.bridge
    if bridge is None:
        return ZeroShotGround(models, modality, seed, timesteps, check)
    return Ground(models, bridge, modality, seed, timesteps, check)
