"""GAC score: alignment of edges in a radar and an optical image."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gac_core.score.roewa import Doubles
from gac_core.score.sums import agreement

WHOLE = (slice(None), slice(None))

REAL_MEAN = 0.36
REAL_HIGH = 0.65
"""Mean and 95th percentile of the score of real Sentinel-2 images.

Measured on 44 real pairs from eight countries (docs/score.md). More is not better: an image that
copies the radar including its speckle scores 0.89, so a score above `REAL_HIGH` is a reason to
look.
"""


def gac_score(s1_db: NDArray[Any], optical_dn: NDArray[Any]) -> float:
    """Return the GAC score of an in-memory image pair.

    Args:
        s1_db: (2, H, W) Sentinel-1 backscatter in dB, NaN for nodata.
        optical_dn: (4, H, W) reflectance DN (B02, B03, B04, B08) on the same pixels; nodata is NaN,
            or 0 in integer arrays.

    Returns:
        -1 to 1, near 0 for unrelated images; NaN if there is nothing to compare: a flat image, or
        no pixel 8 px away from all nodata.

    Raises:
        ValueError: If the shapes do not match.
    """
    if s1_db.ndim != 3 or s1_db.shape[0] != 2 or optical_dn.shape != (4, *s1_db.shape[1:]):
        raise ValueError(f"shapes {s1_db.shape} and {optical_dn.shape}; not (2, H, W), (4, H, W)")
    return agreement(s1_db.astype(np.float64), mark_nodata(optical_dn), WHOLE, features=False).gac()


def mark_nodata(dn: NDArray[Any]) -> Doubles:
    """Return DN as float64 with NaN for nodata, which is 0 in integer arrays."""
    values = dn.astype(np.float64)
    if np.issubdtype(dn.dtype, np.integer):
        values[values == 0] = np.nan
    return values


def above_real(score: float) -> bool:
    """Return whether a score exceeds 95 of 100 real images', which suggests a copy of the radar."""
    return score > REAL_HIGH
