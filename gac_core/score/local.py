"""Local agreement: a map of where an optical image contradicts the radar."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from gac_core.score.roewa import Doubles, Mask
from gac_core.score.sums import FLAT, directions

SIGMA = 12.0
"""Sigma of the Gaussian neighbourhood in pixels."""

TRUNCATE = 3.0

REACH = int(SIGMA * TRUNCATE)
"""Support of the neighbourhood in pixels, in addition to that of the gradients."""

SPECKLE = 0.01
"""Mean |a_sar|² in a neighbourhood below which the radar shows only speckle: single-look speckle is
below it in 98 of 100 places.
"""

NULL_HIGH = 0.2
"""Local agreement that images of other places stay below in 93 of 100 places."""

REAL_MEDIAN = 0.32
"""Median of the local agreement of real Sentinel-2 images.

All three are measured (docs/score.md).
"""

HOLE = 1e-3
"""Share of valid pixels in a neighbourhood below which the agreement is undefined."""

Floats = NDArray[np.float32]


def local_agreement(s1_db: Doubles, dn: Doubles) -> Floats:
    """Return the GAC score of each pixel's neighbourhood.

    Σ w·a_sar·a_opt / √(Σ w·|a_sar|² · Σ w·|a_opt|²) with Gaussian weights w: the same formula and
    vectors as the GAC score of a whole image.

    Args:
        s1_db: (2, H, W) backscatter in dB, NaN for nodata.
        dn: (4, H, W) reflectance DN, NaN for nodata.

    Returns:
        (H, W) from -1 to 1; 0 where only the radar has edges; NaN where there is no data, or the
        radar is flat.
    """
    vectors = directions(s1_db, dn)
    result = np.full(s1_db.shape[1:], np.nan, np.float32)
    if vectors is None:
        return result
    sar, optical, scored = vectors
    weight = _smooth(scored.astype(np.float64))
    cross, sar_norm, optical_norm = (
        _smooth(np.where(scored, product.sum(axis=0), 0.0))
        for product in (sar * optical, sar * sar, optical * optical)
    )
    valid: Mask = np.isfinite(np.concatenate([s1_db, dn])).all(axis=0)
    is_defined = valid & (weight > HOLE) & (sar_norm > SPECKLE * weight)
    # An image without edges has only rounding errors.
    has_edges = is_defined & (optical_norm > FLAT * weight)
    values = np.zeros_like(cross)
    np.divide(cross, np.sqrt(sar_norm * optical_norm), out=values, where=has_edges)
    result[is_defined] = np.clip(values[is_defined], -1.0, 1.0)
    return result


def _smooth(values: Doubles) -> Doubles:
    smoothed: Doubles = gaussian_filter(values, SIGMA, mode="constant", truncate=TRUNCATE)
    return smoothed
