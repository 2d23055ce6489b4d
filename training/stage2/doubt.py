"""Conditioning dropout and colour jitter for stage-2 training.

Month, biome and place may be unknown on unseen places, so training hides them now and then, and
jitters the place until it stands for a climate. Stage 1 may reproduce the colours of its training
places, as it never does elsewhere: a refiner that trusts them worsens unseen places. So the
brightness of opt_v1 and of each of its bands is jittered, and the radar's calibration with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.networks.refiner import Metadata
from training.sections import Stage2Section


@dataclass(frozen=True)
class Doubt:
    """Dropout and jitter by the settings from `no_month` to `polarisation_gain`."""

    settings: Stage2Section

    def metadata(self, metadata: Metadata) -> Metadata:
        """Return metadata with dropout and jitter; unknown entries stay unknown."""
        own, month, biome, place = self.settings, metadata.month, metadata.biome, metadata.place
        count, device = len(month), month.device
        # Drawn on the CPU, so that a seed gives the same training on every device.
        month_shift = torch.randint(-own.month_jitter, own.month_jitter + 1, (count,)).to(device)
        shifted_month = (month - 1 + month_shift) % 12 + 1
        place_shift = own.place_jitter * torch.randn(count, 2).to(place)
        latitude, longitude = (place + place_shift).unbind(-1)
        shifted_place = torch.stack([latitude.clamp(-90, 90), longitude], dim=-1)
        has_month, has_biome, has_place = (
            (torch.rand(count) >= share).to(device)
            for share in (own.no_month, own.no_biome, own.no_place)
        )
        return Metadata(
            shifted_month * (month > 0) * has_month,
            biome * has_biome,
            torch.where(has_place[:, None], shifted_place, torch.nan),
        )

    def image(self, opt_v1: Tensor) -> Tensor:
        """Return opt_v1 (B, C, H, W) DN with jittered brightness and colours."""
        own = self.settings
        return opt_v1 * torch.exp(_moves(opt_v1, own.gain, own.band_gain))

    def radar(self, s1_db: Tensor) -> Tensor:
        """Return the radar (B, 2, H, W) dB with a jittered calibration."""
        own = self.settings
        return s1_db + _moves(s1_db, own.radar_gain, own.polarisation_gain)


def _moves(images: Tensor, whole: float, each: float) -> Tensor:
    """Return normal noise (B, C, 1, 1): deviation `whole` per image plus `each` per channel."""
    count, channels = images.shape[:2]
    moves = whole * torch.randn(count, 1, 1, 1) + each * torch.randn(count, channels, 1, 1)
    return moves.to(images)
