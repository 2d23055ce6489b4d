"""Orientation tensor: strength and direction of an image's edges."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from gac_core.score.roewa import Doubles, Mask

SIGMA_GRADIENT = 1.5
"""Sigma of the optical image's Gaussian derivative, in pixels."""

SIGMA_TENSOR = 2.0
"""Smoothing of the tensor, in pixels."""

TRUNCATE = 4.0
"""Truncation of Gaussians, in sigmas."""


def log_gradient(dn: Doubles, valid: Mask, sigma: float = SIGMA_GRADIENT) -> Doubles:
    """Return Gaussian-derivative gradients of log-reflectance.

    Normalised convolution (Knutsson & Westin 1993): the derivative of the weighted mean over valid
    pixels, so that nodata creates no edges. Where all pixels are valid it equals the plain
    derivative.

    Args:
        dn: (C, H, W) reflectance DN, above 0 where `valid`.
        valid: (H, W).
        sigma: Sigma in pixels.

    Returns:
        (C, 2, H, W) g_x, g_y; 0 where there is no valid pixel nearby.
    """
    weight = valid.astype(np.float64)
    mean_weight = _gauss(weight, sigma)
    slopes = [_gauss(weight, sigma, order) for order in ORDERS]
    near = mean_weight > WEIGHT_FLOOR
    gradients = np.zeros((dn.shape[0], 2, *valid.shape))
    for band, values in enumerate(dn):
        logs = np.log(values, out=np.zeros_like(values), where=valid)
        mean = _gauss(logs, sigma)
        for axis, (order, slope) in enumerate(zip(ORDERS, slopes, strict=True)):
            top = _gauss(logs, sigma, order) * mean_weight - mean * slope
            np.divide(top, mean_weight**2, out=gradients[band, axis], where=near)
    return gradients


ORDERS = ((0, 1), (1, 0))
"""Derivative orders (y, x) of g_x and g_y."""

WEIGHT_FLOOR = 1e-3
"""Share of valid weight below which the mean is undefined."""


def orientation(gradients: Doubles, sigma: float = SIGMA_TENSOR) -> Doubles:
    """Return the orientation of edges as a doubled-angle vector.

    J = Σ g·gᵀ over channels, smoothed; a = (J₁₁ - J₂₂, 2·J₁₂). The doubled angle makes
    bright-to-dark equal to dark-to-bright: it is invariant to contrast reversal (structure tensor,
    Bigün & Granlund 1987; for comparing images: Haber & Modersitzki 2006).

    Args:
        gradients: (C, 2, H, W) g_x, g_y.
        sigma: Sigma in pixels.

    Returns:
        (2, H, W).
    """
    gx, gy = gradients[:, 0], gradients[:, 1]
    return np.stack(
        [
            _gauss((gx * gx - gy * gy).sum(axis=0), sigma),
            _gauss(2.0 * (gx * gy).sum(axis=0), sigma),
        ]
    )


def _gauss(values: Doubles, sigma: float, order: tuple[int, int] = (0, 0)) -> Doubles:
    """Apply a Gaussian filter (H, W), with zeros outside the array."""
    filtered: Doubles = gaussian_filter(
        values, sigma, order=order, mode="constant", cval=0.0, truncate=TRUNCATE
    )
    return filtered
