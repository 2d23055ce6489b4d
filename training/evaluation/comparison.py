"""Whether one image is better than another, with how sure one can be of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gac_core.models.evaluated import BLUR
from training.evaluation.measures import Measure
from training.evaluation.scored import Scored
from training.scores.bootstrap import Interval, interval

Verdict = Literal["better", "no better than a blur", "no worse", "worse", "not shown"]

_FEWEST = 2
"""Of fewer images or tiles nobody can tell how much they vary."""


@dataclass(frozen=True)
class Spread:
    """A mean over images with two intervals.

    Attributes:
        images: With images drawn anew: as if each were a place of its own.
        tiles: With whole tiles drawn anew: images of one tile are alike, so this one is wider,
            and with few tiles rough.
    """

    images: Interval
    tiles: Interval


@dataclass(frozen=True)
class Comparison:
    """The difference of two images in one measure, turned so that more is better.

    Attributes:
        measure: In what.
        earlier: The image to beat.
        later: The one that has to.
        gain: later - earlier where more is better, earlier - later where less is.
        blurs: The later image against blurs of earlier ones, in the same measure, which it has to
            beat as well before it is called better.
    """

    measure: Measure
    earlier: str
    later: str
    gain: Spread
    blurs: tuple[Comparison, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """By the interval over images."""
        word = verdict(self.gain.images)
        return BLUR if word == "better" and self.unbeaten else word

    @property
    def verdict_by_tile(self) -> Verdict:
        """By the interval over tiles."""
        word = verdict(self.gain.tiles)
        beaten = all(verdict(blur.gain.tiles) == "better" for blur in self.blurs)
        return BLUR if word == "better" and not beaten else word

    @property
    def unbeaten(self) -> list[str]:
        """Names of the blurs that the later image is not shown to be better than."""
        return [b.earlier for b in self.blurs if verdict(b.gain.images) != "better"]

    @property
    def in_words(self) -> str:
        """What the later image makes worse; empty where that cannot be said."""
        found = self.gain.images
        if not found.mean < 0:
            return ""
        names = f"{self.later} {{}} worse than {self.earlier} in {self.measure.title}"
        loss, most, least = (self._number(-x) for x in (found.mean, found.low, found.high))
        if self.verdict == "worse":
            return (
                f"{names.format('is')} by {loss} (95% interval {least} to {most}, {found.n} images)"
            )
        if found.n < _FEWEST:
            return f"{names.format('is')} by {loss} on the only image"
        return (
            f"{names.format('may be')}: by {loss} on the mean of {found.n} images, but the 95% "
            f"interval of that, {least} to {most}, holds 0"
        )

    def _number(self, value: float) -> str:
        least = 10**-self.measure.digits
        if 0 < value < least / 2:
            return f"less than {self.measure.with_unit(least)}"
        return self.measure.with_unit(value)


def verdict(found: Interval) -> Verdict:
    """What an interval of a gain lets one say."""
    if found.n < _FEWEST or math.isnan(found.low) or math.isnan(found.high):
        return "not shown"
    if found.low > 0:
        return "better"
    if found.high < 0:
        return "worse"
    return "no worse" if found.low >= 0 else "not shown"


def spread(values: Sequence[float], tiles: Sequence[str]) -> Spread:
    """Mean and intervals of values; those that are NaN are left out."""
    images = interval(values)
    known = [tile for value, tile in zip(values, tiles, strict=True) if math.isfinite(value)]
    if len(set(known)) == len(known):  # one image a tile: the same draws
        return Spread(images, images)
    return Spread(images, interval(values, groups=tiles))


def not_earned(comparisons: Sequence[Comparison]) -> list[str]:
    """Say what stages did not earn, the gravest first.

    What is worse beyond doubt comes first, then what a blur does as well, then what may be worse:
    who shows only a few lines shows the first. Measures in which one blur does as well as a stage
    share a line.

    Args:
        comparisons: Each stage against the one before.

    Returns:
        Sentences without a full stop; empty where there is nothing to say.
    """
    worse = [c.in_words for c in comparisons if c.verdict == "worse"]
    doubtful = [c.in_words for c in comparisons if c.verdict != "worse" and c.in_words]
    shared: dict[tuple[str, str, str], list[str]] = {}
    for found in comparisons:
        if found.verdict == BLUR:
            key = found.later, found.earlier, found.unbeaten[0]
            shared.setdefault(key, []).append(found.measure.title)
    blurs = [
        f"{later} is better than {earlier} in {', '.join(titles)}, but no better than {blur}"
        for (later, earlier, blur), titles in shared.items()
    ]
    return [*worse, *blurs, *doubtful]


def compare(each: Sequence[Scored], measure: Measure, earlier: str, later: str) -> Comparison:
    """The paired difference of two images over all pairs that have both.

    Raises:
        ValueError: If the measure only describes: more of it is neither better nor worse.
    """
    if measure.sign == 0:
        raise ValueError(f"{measure.title} is in no verdict")
    gains = [
        measure.sign * (one.value(later, measure.key) - one.value(earlier, measure.key))
        for one in each
    ]
    return Comparison(measure, earlier, later, spread(gains, [one.tile for one in each]))
