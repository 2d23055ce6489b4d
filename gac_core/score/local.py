"""Agreement place by place: where an optical image contradicts the radar, and where it cannot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from gac_core.score.roewa import Doubles, Mask
from gac_core.score.sums import FLAT, directions

SIGMA = 12.0
"""Of the Gaussian neighbourhood that is judged together, in pixels."""

TRUNCATE = 3.0

REACH = int(SIGMA * TRUNCATE)
"""Pixels beyond which nothing changes a pixel of the map, on top of the gradients' own reach."""

SPECKLE = 0.01
"""Mean |a_sar|² in a neighbourhood below which the radar shows no edges but those of speckle:
single-look speckle stays below it in 98 of 100 places."""

NULL_HIGH = 0.2
"""Local agreement below which images of other places stay in 93 of 100 places."""

REAL_MEDIAN = 0.32
"""Median of the local agreement of real Sentinel-2 images.

All three are measured (docs/score.md).
"""

HOLE = 1e-3
"""Share of a neighbourhood with data below which nothing is said."""

Floats = NDArray[np.float32]


def local_agreement(s1_db: Doubles, dn: Doubles) -> Floats:
    """The GAC score of the neighbourhood of each pixel.

    Σ w·a_sar·a_opt / √(Σ w·|a_sar|² · Σ w·|a_opt|²) with Gaussian weights w: what the GAC score
    is over a whole image, with the same vectors.

    Args:
        s1_db: (2, H, W) backscatter in dB, NaN for nodata.
        dn: (4, H, W) reflectance DN, NaN for nodata.

    Returns:
        (H, W) from -1 to 1; 0 where the radar has edges and the image none; NaN where there is
        no data, or where the radar is flat and there is nothing to judge by.
    """
    found = directions(s1_db, dn)
    result = np.full(s1_db.shape[1:], np.nan, np.float32)
    if found is None:
        return result
    sar, optical, scored = found
    weight = _smooth(scored.astype(np.float64))
    cross, own, other = (
        _smooth(np.where(scored, product.sum(axis=0), 0.0))
        for product in (sar * optical, sar * sar, optical * optical)
    )
    valid: Mask = np.isfinite(np.concatenate([s1_db, dn])).all(axis=0)
    judged = valid & (weight > HOLE) & (own > SPECKLE * weight)
    # Of an image without edges only rounding errors are left.
    edged = judged & (other > FLAT * weight)
    values = np.zeros_like(cross)
    np.divide(cross, np.sqrt(own * other), out=values, where=edged)
    result[judged] = np.clip(values[judged], -1.0, 1.0)
    return result


def _smooth(values: Doubles) -> Doubles:
    smoothed: Doubles = gaussian_filter(values, SIGMA, mode="constant", truncate=TRUNCATE)
    return smoothed
