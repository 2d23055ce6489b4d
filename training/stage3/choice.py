"""How TerraMind's answer serves opt_v2 best, decided on images that did not train."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gac_core.stages.base import Array
from training.scores import score_image

STRENGTHS = (1.0, 0.5, 0.3, 0.15, 0.05)
RESIDUALS = (0.1, 0.25, 0.5, 0.75, 1.0)

UNITS: Mapping[str, float] = {"psnr": 0.5, "ssim": 0.01, "sam": 0.5, "cfog": 0.02}
"""What counts, and how much of each is worth as much as the others: dB, 1, degrees, 1."""

_OTHERS = 0.02
_MOST = 2.0
"""How much all measures together count beside the weakest, and what of each counts there at most:
they decide between ways whose weakest are alike, and make up for no loss."""

Scores = Mapping[str, float]
Gains = Mapping[str, float]


@dataclass(frozen=True)
class Judged:
    """What a way of using the answer does to the validation images.

    Attributes:
        gains: Mean gain over opt_v2 of each measure, positive where it is better.
        errors: Standard error of each mean.
        worth: See `worth_of`.
    """

    gains: Gains
    errors: Gains
    worth: float


def score(s1: Array, found: Array, real: Array, real_scores: Scores) -> Scores:
    """The measures that count of an image (4, H, W).

    CFOG counts up to that of the real image: more agreement with the radar than that is a copy of
    it.
    """
    scores = dict(score_image(s1, found, real, names=tuple(UNITS)))
    scores["cfog"] = min(scores["cfog"], real_scores["cfog"])
    return scores


def judge(before: Sequence[Scores], after: Sequence[Scores]) -> Judged:
    """Compare the scores of the same images before and after."""
    gains, errors = {}, {}
    for name in UNITS:
        sign = -1 if name == "sam" else 1
        found = [sign * (b[name] - a[name]) for a, b in zip(before, after, strict=True)]
        known = np.array([value for value in found if math.isfinite(value)])
        if not known.size:
            continue
        gains[name] = float(known.mean())
        # One image alone says nothing of others: it may as well be its opposite.
        spread = known.std(ddof=1) / math.sqrt(known.size) if known.size > 1 else abs(known[0])
        errors[name] = float(spread)
    return Judged(gains, errors, worth_of(gains, errors))


def worth_of(gains: Gains, errors: Gains) -> float:
    """One number for the gains: mostly the least sure of them, in units of `UNITS`.

    Stage 3 must make nothing worse, so the weakest measure decides, and each counts with its mean
    less its standard error. Leaving opt_v2 as it is is worth 0.
    """
    sure = [(gains[name] - errors[name]) / UNITS[name] for name in gains]
    return min(sure) + _OTHERS * float(np.clip(sure, -_MOST, _MOST).mean()) if sure else 0.0
