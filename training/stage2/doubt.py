"""What the refiner is not told, or told wrongly, while it trains, so that it relies on nothing.

Month and biome are hints: on unseen places they may be unknown, so now and then training hides
them. Stage 1 may know the places that train by heart and paint them in just the right colours, as
it never does elsewhere: a refiner that trusts those colours makes unseen places worse. So the
brightness of opt_v1 and of each of its bands is moved at random.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from training.sections import Stage2Section


@dataclass(frozen=True)
class Doubt:
    """Hides and moves as much as the settings say: `no_month` to `band_gain` of `stage2`."""

    settings: Stage2Section

    def hints(self, month: Tensor, biome: Tensor) -> tuple[Tensor, Tensor]:
        """Month and biome (B,) as told to the network; what was unknown stays unknown."""
        own, count, device = self.settings, len(month), month.device
        # Drawn on the CPU, so that one seed gives one training whatever computes it.
        off = torch.randint(-own.month_jitter, own.month_jitter + 1, (count,)).to(device)
        told_month = (torch.rand(count) >= own.no_month).to(device)
        told_biome = (torch.rand(count) >= own.no_biome).to(device)
        moved = (month - 1 + off) % 12 + 1
        return moved * (month > 0) * told_month, biome * told_biome

    def image(self, opt_v1: Tensor) -> Tensor:
        """opt_v1 (B, C, H, W) DN with its brightness and its colours moved."""
        own = self.settings
        count, bands = opt_v1.shape[:2]
        whole = own.gain * torch.randn(count, 1, 1, 1)
        each = own.band_gain * torch.randn(count, bands, 1, 1)
        return opt_v1 * torch.exp(whole + each).to(opt_v1)
