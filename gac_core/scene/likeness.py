"""How much like Sentinel-1 backscatter an image is when its values are read in a certain unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gac_core.scene.holes import Holes
from gac_core.scene.sample import Sample
from gac_core.scene.values import Floats, to_db

TYPICAL = {
    "vv": (-11.0, 3.0, 3.0),
    "step": (7.2, 1.8, 1.8),
    "texture": (1.05, 0.4, 0.3),
    "grain": (0.18, 0.25, 0.25),
}
"""Mean, and spread below and above it, over scenes of: the median of VV in dB; how many dB VH lies
below it; the logarithm of the spread (half of the 16 to 84 percentile range, dB) of VV - VH;
that of the mean difference (dB) of neighbouring pixels of VV, where these show speckle.

From 45 Sentinel-1 images of eight European countries and Punjab, all seasons: VV -14.6 to -6.7,
step 5.0 to 11.5, spread 1.4 (speckle-filtered) to 4.7, difference 0.9 to 1.4 where unfiltered.
"""

GRAINY = 0.43
"""Difference of neighbours, relative to that of pixels four apart, above which it is speckle that
one sees, and not the ground or a filter. It is the same in every unit. Unfiltered images of 10 to
30 m have 0.45 to 0.85, smoothed ones (3 x 3 and more) up to 0.42."""

GRAIN_SLOPE = 1.5
"""Rise of the logarithm of the difference with that ratio: 20 to 30 m pixels share less speckle."""

UNLIKELY = 9.0
"""Squared deviation at which one feature stops counting: no single one may settle the unit."""

TINY = 1e-3
"""Spread in dB below which an image is constant."""

LAGS = (1, 4)
"""Distances in pixels at which neighbours are compared."""

BLOCK = 8
"""Edge in pixels of the blocks whose level and grain are compared."""

BLOCKS = 24
"""Blocks with which that says something."""

LEVELS = 1.0
"""Standard deviation in dB of their levels from which on it does."""


@dataclass(frozen=True)
class Likeness:
    """What an image in dB looks like.

    Attributes:
        medians: Of VV and of VH, dB.
        spread: Half of the 16 to 84 percentile range of VV - VH, dB.
        near: Mean difference of neighbouring pixels of the stronger band, dB.
        far: The same of pixels four apart.
        slope: By how much the logarithm of the difference of neighbours rises with each dB of
            their level; NaN where too little is seen.
    """

    medians: tuple[float, float]
    spread: float
    near: float
    far: float
    slope: float

    def deviation(self, factor: float = 1.0) -> float:
        """Return how far it is from a typical scene when its dB are multiplied, in squares.

        The sum over TYPICAL of squared deviations in spreads, each UNLIKELY at most: 0 to 27.
        """
        vv, vh = (factor * median for median in self.medians)
        features = {"vv": max(vv, vh)}
        same = self.spread == 0.0
        if not same or self.near <= 0.0:
            features["step"] = abs(vv - vh)
        if self.near > GRAINY * self.far:
            ratio = self.near / self.far
            features["grain"] = np.log(max(factor * self.near, TINY)) - GRAIN_SLOPE * (ratio - 0.5)
        elif not same:
            features["texture"] = np.log(max(factor * self.spread, TINY))
        total = 0.0
        for key, value in features.items():
            mean, below, above = TYPICAL[key]
            total += min(((value - mean) / (below if value < mean else above)) ** 2, UNLIKELY)
        return float(total)


def likeness(sample: Sample, holes: Holes, unit: str) -> Likeness | None:
    """Return what a scene looks like when read in a unit; None where nothing is left to see."""
    values = to_db(holes.clean(sample.values), unit, least=-np.inf)
    if not values.shape[1]:
        return None
    medians = np.median(values, axis=1)
    low, high = np.percentile(values[0] - values[1], (16, 84))
    patches = [to_db(holes.mask(p.copy()), unit, least=-np.inf) for p in sample.patches]
    near, far = _contrast([patch[int(np.argmax(medians))] for patch in patches])
    spread = float(high - low) / 2
    return Likeness((float(medians[0]), float(medians[1])), spread, near, far, _slope(patches))


def _contrast(patches: list[Floats]) -> tuple[float, float]:
    """Mean differences at each of LAGS along both axes of (H, W) patches of a band."""
    sums = np.zeros((len(LAGS), 2))
    for patch in patches:
        for i, lag in enumerate(LAGS):
            for step in (patch[lag:] - patch[:-lag], patch[:, lag:] - patch[:, :-lag]):
                step = np.abs(step[np.isfinite(step)])
                sums[i] += step.sum(dtype=np.float64), step.size
    near, far = (total / count if count else float("nan") for total, count in sums)
    return near, far


def _slope(patches: list[Floats]) -> float:
    """Slope of the logarithm of the grain of blocks against their level in dB.

    Speckle multiplies: in dB it is as strong in dark places as in bright ones. In numbers that are
    logarithms already, or anything else, it is not.
    """
    levels, grains = [], []
    for patch in patches:
        rows, cols = (n // BLOCK for n in patch.shape[1:])
        cut = patch[:, : rows * BLOCK, : cols * BLOCK].reshape(2, rows, BLOCK, cols, BLOCK)
        blocks = cut.transpose(0, 1, 3, 2, 4).reshape(-1, BLOCK, BLOCK)
        blocks = blocks[np.isfinite(blocks).all(axis=(1, 2))]
        if blocks.size:
            levels.append(np.median(blocks.reshape(len(blocks), -1), axis=1))
            across, down = (np.abs(np.diff(blocks, axis=a)).mean(axis=(1, 2)) for a in (2, 1))
            grains.append(np.log(np.maximum((across + down) / 2, TINY)))
    if sum(map(len, levels)) < BLOCKS:
        return float("nan")
    level, grain = np.concatenate(levels), np.concatenate(grains)
    level = level - level.mean(dtype=np.float64)
    variance = float((level**2).mean())
    if variance < LEVELS**2:
        return float("nan")
    return float((level * (grain - grain.mean(dtype=np.float64))).mean()) / variance
