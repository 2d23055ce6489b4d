"""Scores of an image's power and contrast at each scale, beside those of the real image.

PSNR, SSIM and GAC see little of a blur. These do: a blurred image has too little power at its
finest scales and too little local contrast, noise has too much of both.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from training.scores.pixels import Doubles, Image, Mask

BLOCK = 64
"""Side in pixels of the blocks whose spectra are averaged: the smallest image that is judged."""

OCTAVES = ((2, 4), (4, 8), (8, 16), (16, 32), (32, 64))
"""Wavelengths in pixels, finest first."""

REACH = 8.0
"""Sigma in pixels of the local mean that local contrast is measured from: half a token."""

ROUNDING = 1 / 12
"""Variance of rounding to whole DN. Power below it is none, and without it the logarithm of a flat
image's power would be infinite."""


def power_ratios(found: Image, real: Image, valid: Mask) -> Doubles:
    """Log2 of an image's power over that of the real one, by band and octave of wavelengths.

    Radially averaged power spectra by Welch's method (Welch 1967): blocks of 64 px that share a
    half, each less its weighted mean and under a Hann window; the blocks that hold an unknown pixel
    are left out, so that no edge of a mask is seen. White noise has its variance at each frequency.

    Args:
        found: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) pixels to compare.

    Returns:
        (C, 5) for `OCTAVES`: 0 as in the real image, -1 half of its power, 1 twice. NaN where no
        whole block is known.
    """
    corners = [
        (row, col)
        for row, col in product(*(_starts(side) for side in valid.shape))
        if valid[row : row + BLOCK, col : col + BLOCK].all()
    ]
    if not corners:
        return np.full((len(found), len(OCTAVES)), np.nan)
    ratios: Doubles = np.log2(_power(found, corners) / _power(real, corners))
    return ratios


def spectrum_error(ratios: Doubles) -> float:
    """Mean over bands and octaves of the absolute log2-ratio of power (`power_ratios`).

    Returns:
        0 for the real image's spectrum, 1 where every octave has half or twice its power.
    """
    return float(np.abs(ratios).mean())


def contrast_ratios(found: Image, real: Image, valid: Mask) -> Doubles:
    """Local contrast of each band over that of the real image.

    Local contrast is the standard deviation from the Gaussian mean within 8 px (sigma), which is
    taken over known pixels alone: the root of the contrast term's variance in SSIM (Wang et al.
    2004) over a wider window, without the covariance, so that the place of a detail does not count.

    Args:
        found: (C, H, W) DN.
        real: Likewise.
        valid: (H, W) pixels to compare.

    Returns:
        (C,): 1 as in the real image, 0.5 half of its contrast. NaN where nothing is known.
    """
    if not valid.any():
        return np.full(len(found), np.nan)
    a, b = ((_detail(x, valid)[:, valid] ** 2).mean(axis=1) + ROUNDING for x in (found, real))
    ratios: Doubles = np.sqrt(a / b)
    return ratios


def contrast_error(ratios: Doubles) -> float:
    """Mean over the bands of the absolute log2 of the contrasts' ratios (`contrast_ratios`).

    Returns:
        0 for the real image's contrast, 1 where each band has half or twice as much.
    """
    return float(np.abs(np.log2(ratios)).mean())


def blurred(image: Doubles, sigma: float) -> Doubles:
    """Return the Gaussian mean of an image (C, H, W): of what is known, NaN where it was NaN."""
    known = np.isfinite(image)
    reach = (0.0, sigma, sigma)
    # One weight is enough where all bands lack the same pixels, as they mostly do.
    alike = bool((known == known[:1]).all())
    weight = gaussian_filter(known[: 1 if alike else None].astype(np.float64), reach)
    total = gaussian_filter(np.where(known, image, 0.0), reach)
    weight = np.broadcast_to(weight, total.shape)
    return np.divide(total, weight, out=np.full(image.shape, np.nan), where=known)


def _starts(side: int) -> list[int]:
    """First pixels of the blocks along a side; the last block ends where the side does."""
    last = side - BLOCK
    return [] if last < 0 else sorted({*range(0, last + 1, BLOCK // 2), last})


def _power(image: Image, corners: list[tuple[int, int]]) -> Doubles:
    """(C, 5) mean power in DN² of the octaves, that of rounding included."""
    hann = np.hanning(BLOCK + 1)[:-1]
    window = np.outer(hann, hann)
    total = np.zeros((len(image), BLOCK, BLOCK))
    for row, col in corners:
        block = image[:, row : row + BLOCK, col : col + BLOCK].astype(np.float64)
        block -= (block * window).sum(axis=(1, 2), keepdims=True) / window.sum()
        total += np.abs(np.fft.fft2(block * window)) ** 2
    total /= len(corners) * (window**2).sum()
    return np.stack([total[:, ring].mean(axis=1) for ring in _rings()], axis=1) + ROUNDING


def _rings() -> list[NDArray[np.bool_]]:
    """Which frequencies of a block (64, 64) belong to each octave."""
    each = np.fft.fftfreq(BLOCK)
    radius = np.hypot(each[:, None], each[None, :])
    return [(radius >= 1 / long) & (radius < 1 / short) for short, long in OCTAVES]


def _detail(image: Image, valid: Mask) -> Doubles:
    """Return an image (C, H, W) less its local mean."""
    known = np.where(valid, image, np.nan).astype(np.float64)
    return known - blurred(known, REACH)
