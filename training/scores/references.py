"""What GAC and CFOG say of images that are known to be right, wrong or copied.

Beside a model's scores these tell what they are worth: noise and flipped images score 0, a copy of
the radar scores highest, and blur does not matter to GAC.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from gac_core.score.gac import WHOLE
from gac_core.score.sums import agreement
from training.scores.scales import blurred

Doubles = NDArray[np.float64]
Case = tuple[Doubles, Doubles]
"""A radar image (2, H, W) in dB and an optical image (4, H, W) in DN."""

SHIFT = 8
"""Pixels."""

BLUR = 2.0
"""Sigma of the Gaussian that blurs the real image, in pixels: what is finer than 50 m is gone."""


def reference_scores(
    s1: NDArray[Any], real: NDArray[Any], *, seed: int = 0
) -> dict[str, list[tuple[float, float]]]:
    """GAC and CFOG of each reference image of a pair.

    Args:
        s1: (2, H, W) backscatter in dB, NaN for nodata.
        real: (4, H, W) DN of the real image, NaN for nodata.
        seed: Of the noise.

    Returns:
        By kind of image, GAC and CFOG of each case of it; NaN where undefined.
    """
    cases = reference_cases(s1.astype(np.float64), real.astype(np.float64), seed=seed)
    return {kind: [agree(*case) for case in found] for kind, found in cases.items()}


def reference_cases(s1: Doubles, real: Doubles, *, seed: int = 0) -> dict[str, list[Case]]:
    """The reference images of a pair, each with the radar image to hold it against."""
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
    """GAC and CFOG of two images, cut to the size they share."""
    height, width = np.minimum(s1.shape[1:], dn.shape[1:])
    sums = agreement(s1[:, :height, :width], dn[:, :height, :width], WHOLE)
    return sums.gac(), sums.cfog()
