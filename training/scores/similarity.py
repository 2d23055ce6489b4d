"""SSIM and MS-SSIM of images with holes: only windows of known pixels count."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, minimum_filter

from gac_core.bands import REFLECTANCE_SCALE
from training.scores.pixels import Doubles, Image, Mask

SIGMA = 1.5
_RADIUS = 5
"""Radius of SSIM's Gaussian window of 11 by 11."""

_SCALES_RADIUS = 3
"""Radius of MS-SSIM's window of 7 by 7, for images of any size: at 120 px, 11 by 11 does not fit
the fifth scale, and values of different windows are not comparable."""

BETAS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
"""Weights of the scales, finest first (Wang, Simoncelli, Bovik 2003)."""

_C1, _C2 = (0.01 * REFLECTANCE_SCALE) ** 2, (0.03 * REFLECTANCE_SCALE) ** 2


def ssim(found: Image, real: Image, valid: Mask) -> float:
    """Return the structural similarity (Wang et al. 2004) for a range of 10000 DN, band mean.

    Args:
        found: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) known pixels.

    Returns:
        -1 to 1; NaN if no window is known.
    """
    return _mean([_maps(a, b, valid, _RADIUS)[0] for a, b in _pairs(found, real, valid)])


def ms_ssim(found: Image, real: Image, valid: Mask) -> float:
    """Return the multi-scale SSIM with windows of 7 by 7, averaged over the bands.

    Negative contrasts count as 0, as in torchmetrics and pytorch-msssim.

    Returns:
        0 to 1; NaN for sides below 112 px, or if a scale has no known window.
    """
    return _mean([_band(a, b, valid) for a, b in _pairs(found, real, valid)])


def _band(a: Doubles, b: Doubles, valid: Mask) -> float:
    product = 1.0
    for scale, beta in enumerate(BETAS):
        similarity, contrast = _maps(a, b, valid, _SCALES_RADIUS)
        last = scale == len(BETAS) - 1
        product *= max(similarity if last else contrast, 0.0) ** beta
        a, b = _halved(a), _halved(b)
        valid = _halved(valid.astype(np.float64)) == 1
    return product


def _maps(a: Doubles, b: Doubles, valid: Mask, radius: int) -> tuple[float, float]:
    """Return the means of SSIM and of its contrast and structure alone over the known windows."""
    if min(a.shape) <= 2 * radius:
        return float("nan"), float("nan")
    windows = minimum_filter(valid, 2 * radius + 1, mode="constant", cval=False)
    if not windows.any():
        return float("nan"), float("nan")
    mean_a, mean_b, square_a, square_b, product = (
        gaussian_filter(x, SIGMA, radius=radius)[windows] for x in (a, b, a * a, b * b, a * b)
    )
    variances = square_a - mean_a**2 + square_b - mean_b**2
    contrast = (2 * (product - mean_a * mean_b) + _C2) / (variances + _C2)
    luminance = (2 * mean_a * mean_b + _C1) / (mean_a**2 + mean_b**2 + _C1)
    return float(np.mean(luminance * contrast)), float(np.mean(contrast))


def _pairs(found: Image, real: Image, valid: Mask) -> list[tuple[Doubles, Doubles]]:
    """Return the bands of both images, 0 where unknown."""
    a, b = (np.where(valid, image, 0).astype(np.float64) for image in (found, real))
    return list(zip(a, b, strict=True))


def _halved(values: Doubles) -> Doubles:
    """Return the means of 2 by 2 pixels, without an odd last row or column."""
    height, width = (side // 2 for side in values.shape)
    blocks = values[: 2 * height, : 2 * width].reshape(height, 2, width, 2)
    halved: Doubles = blocks.mean(axis=(1, 3))
    return halved


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")
