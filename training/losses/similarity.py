"""Multi-scale structural similarity as a loss."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.losses.masks import SPREAD, Tally, Where

RANGE = 4.0
"""Range of values in spreads: two to either side of the mean.

It determines SSIM's constants. With the 10000 DN of the reported score they stand for a texture of
300 DN, more than most land has, so that any smooth image scores near 1 and its structure gets no
gradient. Here they stand for 0.12 spreads (42 to 96 DN), about the sensor's noise.
"""

BETAS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
"""Weights of the scales, finest first (Wang, Simoncelli, Bovik 2003)."""

WINDOW = 7
"""Side of the Gaussian window: five scales need a side of 16 times that (11 would need 176 px)."""

SIGMA = 1.5


def ms_ssim(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return 1 - MS-SSIM, with as many scales as the image allows.

    MS-SSIM is a product of powers, without a gradient where a scale correlates negatively, as in
    untrained images. Here it is the mean with the same weights, its tangent at the identity: Σ
    βᵢ·csᵢ, with luminance at the coarsest scale. Each scale counts the windows of known pixels.

    Args:
        found: (B, 4, H, W) DN, 0 where unknown.
        target: Likewise.
        where: Known pixels.

    Returns:
        0 (identical) to 2 per sample; samples without a window of known pixels do not count.
    """
    a, b = (where.clean(x) / x.new_tensor(SPREAD).view(1, -1, 1, 1) for x in (found, target))
    valid = where.pixels
    total = found.new_zeros(len(found))
    weights = torch.zeros_like(total)
    scales = _scales(min(found.shape[-2:]))
    for scale, beta in enumerate(BETAS[:scales]):
        loss, windows = _scale(a, b, valid, luminance=scale == scales - 1)
        counted = (windows & where.bands).to(found.dtype)
        count = counted.flatten(1).sum(1)
        has_windows = (count > 0).to(found.dtype)
        total = total + beta * (loss * counted).flatten(1).sum(1) / count.clamp_min(1)
        weights = weights + beta * has_windows
        if scale < scales - 1:
            a, b = functional.avg_pool2d(a, 2), functional.avg_pool2d(b, 2)
            valid = functional.avg_pool2d(valid.to(found.dtype), 2) == 1
    return Tally.of_samples(total, weights)


def _scales(side: int) -> int:
    """Return the number of scales at which a window fits into the image, at most 5."""
    count = 1
    while count < len(BETAS) and side >> count >= WINDOW:
        count += 1
    return count


def _scale(a: Tensor, b: Tensor, known: Tensor, *, luminance: bool) -> tuple[Tensor, Tensor]:
    """Return 1 - SSIM (or contrast and structure alone) of each window, and the known windows."""
    size = min(WINDOW, *a.shape[-2:])
    kernel = _gauss(size, a)
    channels = a.shape[1]
    sums = _windowed(torch.cat([a, b, a * a, b * b, a * b], 1), kernel)
    mean_a, mean_b, square_a, square_b, product = sums.split(channels, 1)
    c1, c2 = (0.01 * RANGE) ** 2, (0.03 * RANGE) ** 2
    covariance = product - mean_a * mean_b
    # Not square_a + square_b - ...: that equals 2 * covariance at the identity only up to rounding.
    variances = (square_a - mean_a**2).clamp_min(0) + (square_b - mean_b**2).clamp_min(0)
    similarity = (2 * covariance + c2) / (variances + c2)
    if luminance:
        similarity = similarity * (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1)
    windows = -functional.max_pool2d(-known.to(a.dtype), size, 1) == 1
    return 1 - similarity, windows


def _gauss(size: int, like: Tensor) -> Tensor:
    """Return Gaussian weights (size,) that sum to 1."""
    at = torch.arange(size, dtype=like.dtype, device=like.device) - (size - 1) / 2
    weights = torch.exp(-(at**2) / (2 * SIGMA**2))
    return weights / weights.sum()


def _windowed(values: Tensor, kernel: Tensor) -> Tensor:
    """Return weighted means in windows inside the image."""
    channels, size = values.shape[1], len(kernel)
    down = kernel.view(1, 1, size, 1).expand(channels, -1, -1, -1)
    across = kernel.view(1, 1, 1, size).expand(channels, -1, -1, -1)
    return functional.conv2d(
        functional.conv2d(values, down, groups=channels), across, groups=channels
    )
