"""Intervals of means by bootstrap."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """Mean with its bootstrap interval.

    Attributes:
        mean: Mean of the values; NaN if there are none.
        low: Lower end; NaN with fewer than two independent values.
        high: Upper end.
        n: Number of values used.
    """

    mean: float
    low: float
    high: float
    n: int


def interval(
    values: ArrayLike,
    *,
    groups: Sequence[Hashable] | None = None,
    draws: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Return the bootstrap interval of a mean (BCa: Efron 1987), by scipy.

    For the gain of one image over another pass the paired differences. With `groups`, whole groups
    are drawn (cluster bootstrap: Davison & Hinkley 1997, 3.8): images of one tile share season,
    light and landscape, so that independent draws would be overconfident.

    Args:
        values: (n,) numbers; non-finite ones are ignored.
        groups: Group of each value, such as its tile; None: each is its own.
        draws: Bootstrap samples.
        level: Confidence level.
        seed: Seed of the draws.

    Raises:
        ValueError: If the numbers of groups and values differ.
    """
    numbers = np.asarray(values, np.float64).ravel()
    labels: list[Hashable] = list(range(len(numbers)) if groups is None else groups)
    if len(labels) != len(numbers):
        raise ValueError(f"{len(labels)} groups for {len(numbers)} values")
    finite = np.isfinite(numbers)
    numbers, labels = numbers[finite], [g for g, k in zip(labels, finite, strict=True) if k]
    if not len(numbers):
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    mean = float(numbers.mean())
    places = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    member = np.array([places[label] for label in labels])
    sums: Doubles = np.bincount(member, numbers).astype(np.float64)
    counts: Doubles = np.bincount(member).astype(np.float64)
    if len(sums) < 2:
        return Interval(mean, float("nan"), float("nan"), len(numbers))
    if np.allclose(sums, mean * counts, rtol=1e-12, atol=0):
        return Interval(mean, mean, mean, len(numbers))
    low, high = _ends(sums, counts, draws, level, seed)
    return Interval(mean, low, high, len(numbers))


def _ends(
    sums: Doubles, counts: Doubles, draws: int, level: float, seed: int
) -> tuple[float, float]:
    from scipy.stats import bootstrap

    def mean(drawn: NDArray[np.int64], axis: int) -> Doubles:
        means: Doubles = sums[drawn].sum(axis=axis) / counts[drawn].sum(axis=axis)
        return means

    result = bootstrap(
        (np.arange(len(sums)),),
        mean,
        vectorized=True,
        n_resamples=draws,
        confidence_level=level,
        method="BCa",
        rng=np.random.default_rng(seed),
    )
    return float(result.confidence_interval.low), float(result.confidence_interval.high)
