"""What a picture of the four shown bands is judged by while it trains."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

SPREAD = (350.0, 350.0, 450.0, 800.0)
"""About the spread of the shown bands (DN) over a landscape: errors are counted in it."""

_ANGLE = 0.5
_EDGES = 0.5
_STRUCTURE = 1.0

_CONTRAST = 0.03 * 10_000
"""DN below which a contrast is too faint to matter: SSIM's K2 times its range."""


def picture_loss(found: Tensor, target: Tensor) -> Tensor:
    """Error of pictures (B, 4, H, W) in DN: level, colour, edges and structure."""
    spread = torch.tensor(SPREAD).view(1, -1, 1, 1)
    a, b = found / spread, target / spread
    error = a - b
    level = error.abs().mean() + 0.5 * functional.huber_loss(a, b, delta=2.0)
    return (
        level
        + _ANGLE * angle(found, target)
        + _EDGES * edges(error)
        + _STRUCTURE * (1 - structure(a, b))
    )


def angle(found: Tensor, target: Tensor) -> Tensor:
    """Mean spectral angle in radians, smooth where the spectra agree."""
    cosine = functional.cosine_similarity(found, target, dim=1, eps=1.0)
    return torch.sqrt((2 - 2 * cosine).clamp_min(0) + 1e-6).mean()


def edges(error: Tensor) -> Tensor:
    """Mean absolute difference of neighbouring errors: how far slopes are off."""
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    across = (error[..., 1:] - error[..., :-1]).abs().mean()
    return down + across


def structure(a: Tensor, b: Tensor) -> Tensor:
    """Mean agreement of contrast and structure in 9 by 9 windows: SSIM's second factor.

    Wang et al. 2004, "Image quality assessment", equation 13, of images in units of `SPREAD`.
    Texture that the target has not counts against an image: correlation would let it stand.
    """

    def mean(x: Tensor) -> Tensor:
        return functional.avg_pool2d(x, 9, stride=3)

    mean_a, mean_b = mean(a), mean(b)
    var_a, var_b = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2
    covariance = mean(a * b) - mean_a * mean_b
    floor = (_CONTRAST / torch.tensor(SPREAD).view(1, -1, 1, 1)) ** 2
    return ((2 * covariance + floor) / (var_a.clamp_min(0) + var_b.clamp_min(0) + floor)).mean()
