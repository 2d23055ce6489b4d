"""Comparison of two images, with intervals of means by bootstrap."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gac_core.bundles.card import BLUR
from gac_core.bundles.findings import SENTENCES
from gac_core.contract.message import Message
from training.evaluation.chain import Scored

Doubles = NDArray[np.float64]

Verdict = Literal["better", "no better than a blur", "no worse", "worse", "not shown"]
WORSE, WORSE_ONCE = SENTENCES["worse"], SENTENCES["worse-on-one"]
MAYBE_WORSE, ONLY_BLURS = SENTENCES["maybe-worse"], SENTENCES["only-blurs"]
"""Templates of what a stage has not earned."""

_MIN_COUNT = 2
"""Minimum number of images or tiles for an interval."""


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


@dataclass(frozen=True)
class Measure:
    """A measure.

    Attributes:
        key: Key in tables of numbers.
        title: Name for readers.
        unit: Unit for readers; may be empty.
        sign: 1 if more is better, -1 if less is, 0 if descriptive only.
        digits: Significant decimals.
        about: One-line description.
    """

    key: str
    title: str
    unit: str
    sign: Literal[-1, 0, 1]
    digits: int
    about: str

    @property
    def heading(self) -> str:
        """Title, unit and an arrow to the better side, if any."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.title}{unit}{('', ' ↑', ' ↓')[self.sign]}"

    def with_unit(self, value: float) -> str:
        """Return a value with its decimals and unit."""
        unit = self.unit if self.unit in ("", "°") else f" {self.unit}"
        return f"{value:.{self.digits}f}{unit}"


_ALL = (
    Measure("psnr", "PSNR", "dB", 1, 2, "Peak signal-to-noise ratio for a peak of 10000 DN."),
    Measure("ssim", "SSIM", "", 1, 3, "Structural similarity, Gaussian window, range 10000 DN."),
    Measure("ms_ssim", "MS-SSIM", "", 1, 3, "The same over several scales."),
    Measure("lpips", "LPIPS", "", -1, 3, "Perceptual distance on true colour, 0 to 3000 DN."),
    Measure("sam", "SAM", "°", -1, 2, "Mean angle between the spectra."),
    Measure("ergas", "ERGAS", "", -1, 1, "Error relative to the bands' means, ratio 1."),
    Measure("ndvi_mae", "NDVI error", "", -1, 3, "Mean absolute error of the vegetation index."),
    Measure("gac", "GAC", "", 0, 3, "Agreement of edges with the radar's. More is not better."),
    Measure("gac_gap", "GAC gap", "", -1, 3, "Distance of the GAC from that of the real image."),
    Measure("cfog", "CFOG", "", 0, 3, "Another such agreement. More is not better either."),
    Measure("cfog_gap", "CFOG gap", "", -1, 3, "Distance of the CFOG from the real image's."),
    Measure("bias", "bias", "%", -1, 1, "Mean of the bands' absolute biases."),
    Measure(
        "contrast",
        "contrast error",
        "",
        -1,
        2,
        "Mean distance of the bands' local contrast from the real image's, in powers of 2.",
    ),
    Measure(
        "spectrum",
        "spectrum error",
        "",
        -1,
        2,
        "Mean distance of the power at five scales from the real image's, in powers of 2.",
    ),
    Measure("seconds", "time", "s", -1, 2, "Seconds an image, of this stage alone."),
)
KID = Measure(
    "kid", "KID", "", -1, 4, "Kernel inception distance; of all images together, none of its own."
)
MEASURES = {measure.key: measure for measure in _ALL}
"""Measures by key, in the order of the tables."""
STAGE_MEASURES = ("psnr", "ssim", "sam", "cfog_gap")
"""Measures in which each stage has to match the previous one and beat a blur of it. GAC and CFOG
themselves are excluded: a copy of the radar maximises both."""
FLOOR_MEASURES = ("ssim", "sam", "gac_gap", "cfog_gap")
"""Measures in which stage 1 has to beat the mean image and the regression."""
SCALE_MEASURES = ("bias", "contrast", "spectrum")
"""Measures of the table of level, contrast and scale."""


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
    def loss_sentence(self) -> str:
        """Message on what the later image worsens; empty if nothing."""
        gain = self.gain.images
        if not gain.mean < 0:
            return ""
        names = self.later, self.earlier, self.measure.title
        loss, most, least = (self._number(-x) for x in (gain.mean, gain.low, gain.high))
        if self.verdict == "worse":
            return Message(WORSE, *names, loss, least, most, gain.n)
        if gain.n < _MIN_COUNT:
            return Message(WORSE_ONCE, *names, loss)
        return Message(MAYBE_WORSE, *names, loss, gain.n, least, most)

    def _number(self, value: float) -> str:
        least = 10**-self.measure.digits
        if 0 < value < least / 2:
            return f"less than {self.measure.with_unit(least)}"
        return self.measure.with_unit(value)


def verdict(gain: Interval) -> Verdict:
    """Return the verdict of an interval of a gain."""
    if gain.n < _MIN_COUNT or math.isnan(gain.low) or math.isnan(gain.high):
        return "not shown"
    if gain.low > 0:
        return "better"
    if gain.high < 0:
        return "worse"
    return "no worse" if gain.low >= 0 else "not shown"


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
        Messages without a full stop; empty if there is nothing to report.
    """
    worse = [c.loss_sentence for c in comparisons if c.verdict == "worse"]
    doubtful = [c.loss_sentence for c in comparisons if c.verdict != "worse" and c.loss_sentence]
    shared: dict[tuple[str, str, str], list[str]] = {}
    for comparison in comparisons:
        if comparison.verdict == BLUR:
            key = comparison.later, comparison.earlier, comparison.unbeaten[0]
            shared.setdefault(key, []).append(comparison.measure.title)
    blurs = [
        Message(ONLY_BLURS, later, earlier, ", ".join(titles), blur)
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
