"""GAC and CFOG of reference images that are known to be right, wrong or copied.

They put a model's scores into perspective: noise and flipped images score 0, a copy of the radar
scores highest, and blur does not affect GAC.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gac_core.score.gac import WHOLE, agreement
from training.scores.scales import blurred

Doubles = NDArray[np.float64]
Case = tuple[Doubles, Doubles]
"""Radar image (2, H, W) in dB and optical image (4, H, W) in DN."""

SHIFT = 8
"""Shift in pixels."""

BLUR = 2.0
"""Sigma in pixels of the Gaussian that blurs the real image, removing detail finer than 50 m."""


def reference_scores(
    s1: NDArray[Any], real: NDArray[Any], *, seed: int = 0
) -> dict[str, list[tuple[float, float]]]:
    """Return GAC and CFOG of each reference image of a pair.

    Args:
        s1: (2, H, W) backscatter in dB, NaN for nodata.
        real: (4, H, W) DN of the real image, NaN for nodata.
        seed: Seed of the noise.

    Returns:
        GAC and CFOG of each case, by kind of image; NaN where undefined.
    """
    cases = reference_cases(s1.astype(np.float64), real.astype(np.float64), seed=seed)
    return {kind: [agree(*case) for case in group] for kind, group in cases.items()}


def reference_cases(s1: Doubles, real: Doubles, *, seed: int = 0) -> dict[str, list[Case]]:
    """Return the reference images of a pair, each with its radar image."""
    rng = np.random.default_rng(seed)
    power = 10 ** (s1 / 10)
    speckled = 10 * np.log10(power * rng.exponential(size=s1.shape))
    flips = [real[:, ::-1], real[:, :, ::-1], real[:, ::-1, ::-1]]
    return {
        "real": [(s1, real)],
        "real, contrast reversed": [(s1, 1e7 / np.maximum(real, 1.0))],
        "real, blurred": [(s1, blurred(real, BLUR))],
        "real, one-look speckle added to the radar": [(speckled, real)],
        "copy of the radar": [(s1, 1e4 * np.sqrt(power)[[0, 1, 0, 1]])],
        "noise": [(s1, rng.uniform(500, 3000, real.shape))],
        f"shifted {SHIFT} px": [
            (s1[:, :, :-SHIFT], real[:, :, SHIFT:]),
            (s1[:, :, SHIFT:], real[:, :, :-SHIFT]),
            (s1[:, :-SHIFT], real[:, SHIFT:]),
            (s1[:, SHIFT:], real[:, :-SHIFT]),
        ],
        "flipped": [(s1, flipped) for flipped in flips],
    }


def agree(s1: Doubles, dn: Doubles) -> tuple[float, float]:
    """Return GAC and CFOG of two images, cropped to their common size."""
    height, width = np.minimum(s1.shape[1:], dn.shape[1:])
    sums = agreement(s1[:, :height, :width], dn[:, :height, :width], WHOLE)
    return sums.gac(), sums.cfog()
