"""Gradients of radar and optical images: ROEWA, and the orientation tensor.

Speckle is multiplicative, so differences grow with brightness while ratios do not. Source:
Fjørtoft, Lopès, Marthon, Cubero-Castan, "An optimal multiedge detector for SAR image segmentation",
IEEE TGRS 36 (1998); as gradients: Dellinger et al., "SAR-SIFT", IEEE TGRS 53 (2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]
ALPHA = 2.0
"""Decay of the weights in pixels."""

SIGMA_GRADIENT = 1.5
"""Sigma of the optical image's Gaussian derivative, in pixels."""
SIGMA_TENSOR = 2.0
"""Smoothing of the tensor, in pixels."""
TRUNCATE = 4.0
"""Truncation of Gaussians, in sigmas."""


def roewa(power: Doubles, valid: Mask, alpha: float = ALPHA) -> Doubles:
    """Return ROEWA log-ratio gradients.

    g_x = ln(M₊ₓ / M₋ₓ), where M₊ₓ averages the half plane right of the pixel with weights exp(-(|x|
    + |y|) / alpha) and M₋ₓ the one left of it; g_y likewise, below against above. Only valid pixels
    are averaged; the pixel itself belongs to neither side.

    Args:
        power: (C, H, W) linear power, above 0 where `valid`.
        valid: (H, W).
        alpha: Decay of the weights in pixels.

    Returns:
        (C, 2, H, W) g_x, g_y (natural logarithm); 0 where a side has no valid pixel.
    """
    decay = float(np.exp(-1.0 / alpha))
    stacked = np.concatenate([np.where(valid, power, 0.0), valid[None].astype(np.float64)])
    gradients = np.zeros((power.shape[0], 2, *valid.shape))
    for number, (along, across) in enumerate(((2, 1), (1, 2))):
        smooth = stacked + _before(stacked, decay, across) + _after(stacked, decay, across)
        low, high = _before(smooth, decay, along), _after(smooth, decay, along)
        # With a vanishing weight all valid pixels are tens of pixels away: no gradient.
        is_valid = (low[-1] > WEIGHT_FLOOR) & (high[-1] > WEIGHT_FLOOR)
        ratio = np.ones_like(power)
        np.divide(high[:-1] * low[-1], low[:-1] * high[-1], out=ratio, where=is_valid)
        gradients[:, number] = np.log(ratio)
    return gradients


WEIGHT_FLOOR = 1e-3
"""Total weight below which an average is undefined (a full half plane has some 6)."""


def _before(values: Doubles, decay: float, axis: int) -> Doubles:
    """Return the sum of decay^n times the value n pixels before, for n from 1 on."""
    # A plain loop, since importing scipy.signal takes longer than scoring a scene.
    lines = np.ascontiguousarray(np.moveaxis(values, axis, 0))
    summed = np.zeros_like(lines)
    for number in range(1, len(lines)):
        np.add(summed[number - 1], lines[number - 1], out=summed[number])
        summed[number] *= decay
    return np.moveaxis(summed, 0, axis)


def _after(values: Doubles, decay: float, axis: int) -> Doubles:
    """Return the sum of decay^n times the value n pixels after, for n from 1 on."""
    return np.flip(_before(np.flip(values, axis), decay, axis), axis)


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
