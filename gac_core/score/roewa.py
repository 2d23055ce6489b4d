"""Gradients of radar images: the log-ratio of exponentially weighted averages (ROEWA).

Speckle is multiplicative, so differences grow with brightness while ratios do not. Source:
Fjørtoft, Lopès, Marthon, Cubero-Castan, "An optimal multiedge detector for SAR image segmentation",
IEEE TGRS 36 (1998); as gradients: Dellinger et al., "SAR-SIFT", IEEE TGRS 53 (2015).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]

ALPHA = 2.0
"""Decay of the weights in pixels."""


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
