"""The rectified flow from opt_v2 to the real image: where it goes, and a moment of it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from gac_core.models.bridge import NOISE_CHANNELS
from gac_core.models.detail import local_mean

_SHARE = 1e-3
"""Least share of known pixels that a local mean is taken over."""


@dataclass(frozen=True)
class Moment:
    """Where flows (Liu et al. 2023) are at a time of each sample, x_t = (1 - t) z_0 + t z_1.

    Attributes:
        time: (B,) t, 0 to 1.
        image: x_t (B, C, H, W).
        velocity: z_1 - z_0, what leads straight to the end.
    """

    time: Tensor
    image: Tensor
    velocity: Tensor

    @property
    def left(self) -> Tensor:
        """1 - t, (B, 1, 1, 1)."""
        return 1 - self.time[:, None, None, None]


def moment(start: Tensor, end: Tensor, noise: float) -> Moment:
    """Draw a moment of the flow from start and noise to end, (B, C, H, W) on the root scale.

    Drawn on the CPU, so that one seed gives one training whatever computes it.
    """
    time = torch.rand(len(start)).to(start)
    origin = start + noise * flow_noise(start).to(start)
    return Moment(time, origin + time[:, None, None, None] * (end - origin), end - origin)


def flow_noise(image: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Return standard normal numbers (B, `NOISE_CHANNELS`, H, W), on the CPU."""
    size = (len(image), NOISE_CHANNELS, *image.shape[-2:])
    return torch.randn(size, generator=generator)


def end_of_flow(start: Tensor, real: Tensor, valid: Tensor, detail: float | None) -> Tensor:
    """Return where the flow is to end: the real image, at the level of opt_v2.

    Level is stage 2's task, and a flow that may change it would draw one at random.

    Args:
        start: opt_v2 on the root scale (B, C, H, W).
        real: Likewise; where it is not known the end is opt_v2.
        valid: (B, C, H, W) bool.
        detail: Sigma, in pixels, of the local mean that opt_v2 keeps; None: none is kept.
    """
    change = torch.where(valid, real - start, 0.0)
    if detail is not None:
        # Half precision would round the level.
        with torch.autocast(change.device.type, enabled=False):
            share = local_mean(valid.to(change.dtype), detail).clamp_min(_SHARE)
            level = local_mean(change, detail) / share
        change = torch.where(valid, change - level, 0.0)
    return start + change
