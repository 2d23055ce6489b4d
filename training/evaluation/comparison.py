"""Comparison of two images, with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gac_core.bundles.card import BLUR
from training.evaluation.measures import Measure
from training.evaluation.scored import Scored
from training.scores.bootstrap import Interval, interval

Verdict = Literal["better", "no better than a blur", "no worse", "worse", "not shown"]

_FEWEST = 2
"""Minimum number of images or tiles for an interval."""


@dataclass(frozen=True)
class Spread:
    """Mean over images with two intervals.

    Attributes:
        images: Interval from resampling images, as if they were independent.
        tiles: Interval from resampling whole tiles: images of a tile are alike, so this one is
            wider, and rough with few tiles.
    """

    images: Interval
    tiles: Interval


@dataclass(frozen=True)
class Comparison:
    """Difference of two images in one measure, signed so that more is better.

    Attributes:
        measure: The measure.
        earlier: Image to beat.
        later: Image under test.
        gain: later - earlier if more is better, earlier - later if less is.
        blurs: The later image against blurs of earlier ones, in the same measure. It has to beat
            them too to be called better.
    """

    measure: Measure
    earlier: str
    later: str
    gain: Spread
    blurs: tuple[Comparison, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Verdict by the interval over images."""
        word = verdict(self.gain.images)
        return BLUR if word == "better" and self.unbeaten else word

    @property
    def verdict_by_tile(self) -> Verdict:
        """Verdict by the interval over tiles."""
        word = verdict(self.gain.tiles)
        beaten = all(verdict(blur.gain.tiles) == "better" for blur in self.blurs)
        return BLUR if word == "better" and not beaten else word

    @property
    def unbeaten(self) -> list[str]:
        """Names of the blurs that the later image does not significantly beat."""
        return [b.earlier for b in self.blurs if verdict(b.gain.images) != "better"]

    @property
    def in_words(self) -> str:
        """Sentence on what the later image worsens; empty if nothing."""
        gain = self.gain.images
        if not gain.mean < 0:
            return ""
        names = f"{self.later} {{}} worse than {self.earlier} in {self.measure.title}"
        loss, most, least = (self._number(-x) for x in (gain.mean, gain.low, gain.high))
        if self.verdict == "worse":
            return (
                f"{names.format('is')} by {loss} (95% interval {least} to {most}, {gain.n} images)"
            )
        if gain.n < _FEWEST:
            return f"{names.format('is')} by {loss} on the only image"
        return (
            f"{names.format('may be')}: by {loss} on the mean of {gain.n} images, but the 95% "
            f"interval of that, {least} to {most}, holds 0"
        )

    def _number(self, value: float) -> str:
        least = 10**-self.measure.digits
        if 0 < value < least / 2:
            return f"less than {self.measure.with_unit(least)}"
        return self.measure.with_unit(value)


def verdict(found: Interval) -> Verdict:
    """Return the verdict of an interval of a gain."""
    if found.n < _FEWEST or math.isnan(found.low) or math.isnan(found.high):
        return "not shown"
    if found.low > 0:
        return "better"
    if found.high < 0:
        return "worse"
    return "no worse" if found.low >= 0 else "not shown"


def spread(values: Sequence[float], tiles: Sequence[str]) -> Spread:
    """Return mean and intervals of values, ignoring NaN."""
    images = interval(values)
    valid_tiles = [tile for value, tile in zip(values, tiles, strict=True) if math.isfinite(value)]
    if len(set(valid_tiles)) == len(valid_tiles):  # one image per tile: the same draws
        return Spread(images, images)
    return Spread(images, interval(values, groups=tiles))


def not_earned(comparisons: Sequence[Comparison]) -> list[str]:
    """Return sentences on what stages did not earn, the most serious first.

    Significant losses come first, then gains that a blur achieves as well, then possible losses:
    callers that show only a few lines show the first. Measures in which the same blur equals a
    stage share a line.

    Args:
        comparisons: Each stage against the previous one.

    Returns:
        Sentences without a full stop; empty if there is nothing to report.
    """
    worse = [c.in_words for c in comparisons if c.verdict == "worse"]
    doubtful = [c.in_words for c in comparisons if c.verdict != "worse" and c.in_words]
    shared: dict[tuple[str, str, str], list[str]] = {}
    for comparison in comparisons:
        if comparison.verdict == BLUR:
            key = comparison.later, comparison.earlier, comparison.unbeaten[0]
            shared.setdefault(key, []).append(comparison.measure.title)
    blurs = [
        f"{later} is better than {earlier} in {', '.join(titles)}, but no better than {blur}"
        for (later, earlier, blur), titles in shared.items()
    ]
    return [*worse, *blurs, *doubtful]


def compare(each: Sequence[Scored], measure: Measure, earlier: str, later: str) -> Comparison:
    """Return the paired difference of two images over all pairs that have both.

    Raises:
        ValueError: If the measure is descriptive only, neither direction being better.
    """
    if measure.sign == 0:
        raise ValueError(f"{measure.title} is in no verdict")
    gains = [
        measure.sign * (one.value(later, measure.key) - one.value(earlier, measure.key))
        for one in each
    ]
    return Comparison(measure, earlier, later, spread(gains, [one.tile for one in each]))
