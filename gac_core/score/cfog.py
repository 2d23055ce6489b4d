"""CFOG: a second measure of agreement, which shares only the SAR gradients with the first.

Channel features of orientated gradients, after Ye, Bruzzone, Shan, Bovolo, Zhu, "Fast and robust
matching for multimodal remote sensing image registration", IEEE TGRS 57 (2019). Train on one of the
two measures, validate and stop on the other.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from gac_core.score.orientation import TRUNCATE
from gac_core.score.roewa import Doubles

CHANNELS = 9
"""Orientations from 0 to 180 degrees, as in the paper."""

SIGMA = 2.0
"""Spatial smoothing in pixels, equal to that of the orientation tensor."""

TINY = 1e-6
"""Length (log-ratio) below which gradients are rounding errors of a flat image."""


def cfog(gradients: Doubles) -> Doubles:
    """Return descriptors of the gradients around each pixel.

    Magnitudes |cos θ·g_x + sin θ·g_y| for each orientation θ (the absolute value makes them
    invariant to contrast reversal), summed over bands, smoothed spatially with a Gaussian and
    across neighbouring orientations with 1-2-1, scaled to length 1.

    Args:
        gradients: (C, 2, H, W) g_x, g_y.

    Returns:
        (9, H, W); 0 where there is no gradient.
    """
    angles = np.arange(CHANNELS) * np.pi / CHANNELS
    channels = np.empty((CHANNELS, *gradients.shape[2:]))
    for out, angle in zip(channels, angles, strict=True):
        along = np.cos(angle) * gradients[:, 0] + np.sin(angle) * gradients[:, 1]
        summed = np.abs(along).sum(axis=0)
        gaussian_filter(summed, SIGMA, mode="constant", truncate=TRUNCATE, output=out)
    # Orientations are circular: 180 degrees equals 0 degrees.
    smooth = 2.0 * channels + np.roll(channels, 1, axis=0) + np.roll(channels, -1, axis=0)
    length = np.sqrt((smooth**2).sum(axis=0))
    descriptors: Doubles = smooth / np.maximum(length, TINY)
    return descriptors
