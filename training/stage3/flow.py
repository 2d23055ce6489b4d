"""Rectified flow from opt_v2 to the real image: its target and a sampled time step."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.networks.bridge import NOISE_CHANNELS
from gac_core.networks.convnext import local_mean

_SHARE = 1e-3
"""Minimum share of known pixels in a local mean."""


@dataclass(frozen=True)
class Moment:
    """State of a rectified flow (Liu et al. 2023) at time t, x_t = (1 - t) z_0 + t z_1.

    Attributes:
        time: t of each sample (B,), 0 to 1.
        image: x_t (B, C, H, W).
        velocity: z_1 - z_0, constant along the straight path.
    """

    time: Tensor
    image: Tensor
    velocity: Tensor

    @property
    def left(self) -> Tensor:
        """Remaining time 1 - t, (B, 1, 1, 1)."""
        return 1 - self.time[:, None, None, None]


def moment(start: Tensor, end: Tensor, noise: float) -> Moment:
    """Sample a state of the flow from start plus noise to end, (B, C, H, W) on the root scale.

    Sampled on the CPU, so that a seed gives the same training on every device.
    """
    time = torch.rand(len(start)).to(start)
    origin = start + noise * flow_noise(start).to(start)
    return Moment(time, origin + time[:, None, None, None] * (end - origin), end - origin)


def flow_noise(image: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Return standard normal noise (B, `NOISE_CHANNELS`, H, W) on the CPU."""
    size = (len(image), NOISE_CHANNELS, *image.shape[-2:])
    return torch.randn(size, generator=generator)


def end_of_flow(start: Tensor, real: Tensor, valid: Tensor, detail: float | None) -> Tensor:
    """Return the target of the flow: the real image at the level of opt_v2.

    Stage 2 sets the level; a flow free to change it would draw one at random.

    Args:
        start: opt_v2 on the root scale (B, C, H, W).
        real: Real image, likewise; the target is opt_v2 where it is unknown.
        valid: Mask of known pixels (B, C, H, W) bool.
        detail: Sigma in pixels of the local mean kept from opt_v2; None: the level may change.
    """
    change = torch.where(valid, real - start, 0.0)
    if detail is not None:
        # Half precision would round the level.
        with torch.autocast(change.device.type, enabled=False):
            share = local_mean(valid.to(change.dtype), detail).clamp_min(_SHARE)
            level = local_mean(change, detail) / share
        change = torch.where(valid, change - level, 0.0)
    return start + change
