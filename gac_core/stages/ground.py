"""Stage 3: TerraMind, given radar and opt_v2 together, grounds the image in the radar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import Window
from gac_core.networks.bridge import NOISE_CHANNELS, Bridge
from gac_core.networks.device import autocast_context
from gac_core.networks.loading import Models
from gac_core.networks.terramind import (
    decoder_features,
    destandardise_optical,
    standardise_optical,
    standardise_radar,
)
from gac_core.stages.base import OBSERVED, Array, Check, Inputs, Stage, Tokens
from gac_core.stages.generate import TerraMindStage
from gac_core.stages.tensors import (
    batched_on_gpu,
    noise_for,
    observed_mask,
    to_device,
    uniform_for,
)

_NOISE, _TOKENS = 3, 103


@dataclass(frozen=True)
class Ground:
    """Stage from radar and opt_v2 to opt_v3, by the bundle's bridge.

    Attributes:
        models: Networks of the bundle.
        bridge: Bridge of the bundle.
        modality: `S1GRD` or `S1RTC`.
        seed: Seed of the run.
        timesteps: Number of bridge steps.
        check: Called before each step.
        sees_observed: There is an optical reference whose clear pixels are kept; a bridge that was
            trained with such has an input `OBSERVED`.
    """

    models: Models
    bridge: Bridge
    modality: str
    seed: int
    timesteps: int
    check: Check
    sees_observed: bool = False

    number = 3
    channels = len(OUTPUT_BANDS)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs."""
        sees = self.sees_observed and self.bridge.shape.observed
        return ("s1", "opt_v2", OBSERVED) if sees else ("s1", "opt_v2")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 4, H, W) from `s1`, `opt_v2` and what is observed."""
        device = self.models.device
        noise = to_device(noise_for(windows, NOISE_CHANNELS, self.seed, _NOISE), device)
        images = [to_device(inputs[name], device) for name in ("s1", "opt_v2")]
        mask = []
        if OBSERVED in self.inputs:
            mask.append(observed_mask(to_device(inputs[OBSERVED], device)))
        return batched_on_gpu(device, self._cross, *images, noise, *mask).cpu().numpy()

    def features(self, radar: Tensor, optical: Tensor) -> Tensor:
        """Return TerraMind's features of radar (B, 2, H, W) dB and opt_v2 (B, 12, H, W) DN."""
        return terramind_features(self.models, radar, self.modality, optical)

    def _cross(
        self, radar: Tensor, optical: Tensor, noise: Tensor, observed: Tensor | None = None
    ) -> Tensor:
        self.check()
        maps = self.features(radar, optical)
        start = optical[:, OUTPUT_INDEX]
        with autocast_context(self.models.device):
            image = self.bridge.cross(
                start, radar, self.modality, maps, noise, self.timesteps, self.check, observed
            )
        return image.float()


class ZeroShotGround(TerraMindStage):
    """Stage from radar and opt_v2 to opt_v3 without a bridge: TerraMind's own output for both."""

    number = 3
    channels = len(OUTPUT_BANDS)
    inputs = ("s1", "opt_v2")

    @torch.inference_mode()
    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return DN (B, 4, H, W) from `s1` and `opt_v2`, each window independently."""
        return self.decode(windows, inputs, self.tokens(windows, inputs))

    @torch.inference_mode()
    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Return tokens (B, H/16, W/16) from `s1` and `opt_v2`."""
        device = self.models.device
        uniform = to_device(uniform_for(windows, self.seed, _TOKENS), device)
        images = [to_device(inputs[name], device) for name in self.inputs]
        return batched_on_gpu(device, self._choose, *images, uniform).cpu().numpy()

    @torch.inference_mode()
    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """Return DN (B, 4, H, W) from tokens."""
        device = self.models.device
        noise = to_device(noise_for(windows, len(S2_BANDS), self.seed, _NOISE), device)
        image = batched_on_gpu(device, self.image, to_device(tokens, device), noise)
        return destandardise_optical(image, self.offset)[:, OUTPUT_INDEX].cpu().numpy()

    def _choose(self, radar: Tensor, optical: Tensor, uniform: Tensor) -> Tensor:
        standard = standardise_optical(optical, self.offset)
        return self.choose(standardise_radar(radar, self.modality), uniform, standard)


def terramind_features(
    models: Models, radar: Tensor, modality: str | Sequence[str], optical: Tensor
) -> Tensor:
    """Return TerraMind's features of radar and opt_v2, (B, D, H/16, W/16) float32.

    Args:
        models: Networks of the bundle; TerraMind is adapted if the bundle has an adapter.
        radar: (B, 2, H, W) dB.
        modality: `S1GRD` or `S1RTC`, or one per sample.
        optical: opt_v2, (B, 12, H, W) DN.
    """
    standard = standardise_optical(optical, models.bundle.offset)
    with autocast_context(models.device):
        maps = decoder_features(
            models.terramind.model, standardise_radar(radar, modality), modality, standard
        )
    return maps.float()


def ground_stage(
    models: Models,
    modality: str,
    seed: int,
    timesteps: int,
    check: Check,
    sees_observed: bool = False,
) -> Stage:
    """Return stage 3 of the bundle; see `Ground` for the arguments."""
    bridge = models.bridge
    if bridge is None:
        return ZeroShotGround(models, modality, seed, timesteps, check)
    return Ground(models, bridge, modality, seed, timesteps, check, sees_observed)
