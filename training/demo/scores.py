"""How near an image is to the real one, and how far its edges follow the radar's."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from gac_core.bands import REFLECTANCE_SCALE
from gac_core.score import gac_score
from training.demo.noise import Array

_SIGMA = 1.5
_TRUNCATE = 3.5
"""Eleven taps at this sigma."""


def psnr(found: Array, real: Array) -> float:
    """Peak signal-to-noise ratio in dB, for a peak of 10000 DN."""
    error = float(np.sqrt(np.mean((found - real).astype(np.float64) ** 2)))
    return float(20 * np.log10(REFLECTANCE_SCALE / error))


def ssim(found: Array, real: Array) -> float:
    """Structural similarity (Wang et al. 2004), mean over the bands, for a range of 10000 DN."""
    floor_mean, floor_var = (0.01 * REFLECTANCE_SCALE) ** 2, (0.03 * REFLECTANCE_SCALE) ** 2
    values = []
    for a, b in zip(found.astype(np.float64), real.astype(np.float64), strict=True):
        mean_a, mean_b, square_a, square_b, product = (
            gaussian_filter(x, _SIGMA, truncate=_TRUNCATE) for x in (a, b, a * a, b * b, a * b)
        )
        var_a, var_b = square_a - mean_a**2, square_b - mean_b**2
        cross = product - mean_a * mean_b
        luminance = (2 * mean_a * mean_b + floor_mean) / (mean_a**2 + mean_b**2 + floor_mean)
        values.append(np.mean(luminance * (2 * cross + floor_var) / (var_a + var_b + floor_var)))
    return float(np.mean(values))


def sam(found: Array, real: Array) -> float:
    """Mean spectral angle in degrees; pixels without a spectrum are left out."""
    a, b = found.reshape(4, -1).astype(np.float64), real.reshape(4, -1).astype(np.float64)
    lengths = np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0)
    cosine = (a * b).sum(0)[lengths > 0] / lengths[lengths > 0]
    return float(np.degrees(np.arccos(cosine.clip(-1, 1))).mean())


def score(s1: Array, found: Array, real: Array) -> dict[str, float]:
    """All of them for one image: (2, H, W) dB, and (4, H, W) DN twice."""
    return {
        "psnr": psnr(found, real),
        "ssim": ssim(found, real),
        "sam": sam(found, real),
        "gac": gac_score(s1, found),
    }
