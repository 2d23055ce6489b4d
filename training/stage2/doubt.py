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

from gac_core.errors import RequestError


@dataclass(frozen=True)
class Doubt:
    """How much is hidden and moved.

    Attributes:
        no_month: Share of the samples whose month is hidden (0, unknown).
        no_biome: Share of the samples whose biome is hidden.
        month_jitter: The month told may be off by up to this many; neighbouring months look alike.
        gain: Standard deviation of the logarithm of a factor on all of opt_v1's bands.
        band_gain: The same of a factor on each band.
    """

    no_month: float = 0.15
    no_biome: float = 0.4
    month_jitter: int = 1
    gain: float = 0.1
    band_gain: float = 0.05

    def __post_init__(self) -> None:
        limits = {"no_month": 1, "no_biome": 1, "month_jitter": 6, "gain": 3, "band_gain": 3}
        for name, most in limits.items():
            value = getattr(self, name)
            if not 0 <= value <= most:
                raise RequestError(
                    f"The setting stage2.{name} is {value}.", f"Give a number from 0 to {most}."
                )

    def hints(self, month: Tensor, biome: Tensor) -> tuple[Tensor, Tensor]:
        """Month and biome (B,) as told to the network; what was unknown stays unknown."""
        count, device = len(month), month.device
        # Drawn on the CPU, so that one seed gives one training whatever computes it.
        off = torch.randint(-self.month_jitter, self.month_jitter + 1, (count,)).to(device)
        told_month = (torch.rand(count) >= self.no_month).to(device)
        told_biome = (torch.rand(count) >= self.no_biome).to(device)
        moved = (month - 1 + off) % 12 + 1
        return moved * (month > 0) * told_month, biome * told_biome

    def image(self, opt_v1: Tensor) -> Tensor:
        """opt_v1 (B, C, H, W) DN with its brightness and its colours moved."""
        count, bands = opt_v1.shape[:2]
        whole = self.gain * torch.randn(count, 1, 1, 1)
        each = self.band_gain * torch.randn(count, bands, 1, 1)
        return opt_v1 * torch.exp(whole + each).to(opt_v1)
