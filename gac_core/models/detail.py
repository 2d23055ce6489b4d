"""Local mean of an image."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

_REACH = 3.0
"""Cut-off of the Gaussian in standard deviations: 0.3 percent of it lies beyond."""


def reach(sigma: float) -> int:
    """Return the radius of the local mean in pixels."""
    return math.ceil(_REACH * sigma)


def local_mean(image: Tensor, sigma: float) -> Tensor:
    """Return the Gaussian mean of each channel, with the image mirrored at its edges.

    Mirroring makes overlapping tiles agree best: with a mean cut off at the edge, or one fitted to
    a slope there, they differed more (natural spectra, 96 px tiles).

    Args:
        image: (B, C, H, W); H and W above `reach(sigma)`.
        sigma: Standard deviation of the Gaussian in pixels.

    Returns:
        (B, C, H, W).
    """
    radius = reach(sigma)
    offsets = torch.arange(-radius, radius + 1, dtype=image.dtype, device=image.device)
    kernel = torch.exp(-0.5 * (offsets / sigma) ** 2)
    kernel = kernel / kernel.sum()
    planes = image.flatten(0, 1).unsqueeze(1)
    padded = functional.pad(planes, (radius, radius, radius, radius), mode="reflect")
    across = functional.conv2d(padded, kernel.view(1, 1, 1, -1))
    return functional.conv2d(across, kernel.view(1, 1, -1, 1)).view_as(image)
