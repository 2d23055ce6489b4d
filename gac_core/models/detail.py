"""Means of an image within a few pixels."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

_REACH = 3.0
"""Where the bell is cut off, in standard deviations: 0.3 percent of it lies beyond."""


def reach(sigma: float) -> int:
    """How far the local mean looks, in pixels."""
    return math.ceil(_REACH * sigma)


def local_mean(image: Tensor, sigma: float) -> Tensor:
    """Gaussian mean of each channel, the image mirrored at its edges.

    Mirroring is what makes two tiles agree best where they overlap: with a mean cut off at the
    edge, or one fitted to a slope there, they were further apart (natural spectra, 96 px tiles).

    Args:
        image: (B, C, H, W); H and W above `reach(sigma)`.
        sigma: Standard deviation of the bell in pixels.

    Returns:
        (B, C, H, W).
    """
    radius = reach(sigma)
    away = torch.arange(-radius, radius + 1, dtype=image.dtype, device=image.device)
    bell = torch.exp(-0.5 * (away / sigma) ** 2)
    bell = bell / bell.sum()
    planes = image.flatten(0, 1).unsqueeze(1)
    padded = functional.pad(planes, (radius, radius, radius, radius), mode="reflect")
    across = functional.conv2d(padded, bell.view(1, 1, 1, -1))
    return functional.conv2d(across, bell.view(1, 1, -1, 1)).view_as(image)
