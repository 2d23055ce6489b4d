"""What the refiner is not told, or told wrongly, while it trains, so that it relies on nothing.

Month, biome and place are hints: on unseen places they may be unknown, so now and then training
hides them, and a place is told so roughly that it stands for a climate. Stage 1 may know the places
that train by heart and paint them in just the right colours, as it never does elsewhere: a refiner
that trusts those colours makes unseen places worse. So the brightness of opt_v1 and of each of its
bands is moved at random, and the radar's calibration with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.models.metadata import Metadata
from training.sections import Stage2Section


@dataclass(frozen=True)
class Doubt:
    """Hides and moves as much as the settings say, from `no_month` to `polarisation_gain`."""

    settings: Stage2Section

    def metadata(self, metadata: Metadata) -> Metadata:
        """Return metadata as the network is told them; what was unknown stays unknown."""
        own, month, biome, place = self.settings, metadata.month, metadata.biome, metadata.place
        count, device = len(month), month.device
        # Drawn on the CPU, so that one seed gives one training whatever computes it.
        off = torch.randint(-own.month_jitter, own.month_jitter + 1, (count,)).to(device)
        moved = (month - 1 + off) % 12 + 1
        away = own.place_jitter * torch.randn(count, 2).to(place)
        latitude, longitude = (place + away).unbind(-1)
        there = torch.stack([latitude.clamp(-90, 90), longitude], dim=-1)
        kept_month, kept_biome, kept_place = (
            (torch.rand(count) >= share).to(device)
            for share in (own.no_month, own.no_biome, own.no_place)
        )
        return Metadata(
            moved * (month > 0) * kept_month,
            biome * kept_biome,
            torch.where(kept_place[:, None], there, torch.nan),
        )

    def image(self, opt_v1: Tensor) -> Tensor:
        """Return opt_v1 (B, C, H, W) DN with its brightness and its colours moved."""
        own = self.settings
        return opt_v1 * torch.exp(_moves(opt_v1, own.gain, own.band_gain))

    def radar(self, s1_db: Tensor) -> Tensor:
        """Return the radar (B, 2, H, W) dB as other calibrations would have it."""
        own = self.settings
        return s1_db + _moves(s1_db, own.radar_gain, own.polarisation_gain)


def _moves(images: Tensor, whole: float, each: float) -> Tensor:
    """Normal numbers (B, C, 1, 1): deviation `whole` of each image, `each` of each channel."""
    count, channels = images.shape[:2]
    moves = whole * torch.randn(count, 1, 1, 1) + each * torch.randn(count, channels, 1, 1)
    return moves.to(images)
