"""Gains of a stage over the previous one, and the ranking behind every selection.

The checkpoint to keep, early stopping and the number of stage-3 steps are decided on validation
images by the weakest of the sure gains. A sure gain is the excess of a mean over its standard
error. Differences within the error are ignored.

Agreement with the radar is measured by the distance of an image's CFOG from the real image's. More
agreement than real images have indicates a copy of the radar.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gac_core.bundles.findings import SENTENCES, codes_of
from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message
from training.scores.image import score_image
from training.scores.pixels import Image, Mask

Scores = Mapping[str, float]
"""Scores of one image by measure; NaN where undefined."""

GAP = "cfog_gap"
"""Distance of an image's CFOG from the real image's, 0 to 2; less is better."""

SIGNS = {"psnr": 1, "ssim": 1, "sam": -1, GAP: -1}
"""Compared measures, and the sign by which more is better. CFOG is in no loss."""

TITLES = {"psnr": "PSNR", "ssim": "SSIM", "sam": "SAM", GAP: "CFOG gap"}

UNITS: Mapping[str, float] = {"psnr": 0.5, "ssim": 0.01, "sam": 0.5, GAP: 0.02}
"""Equivalent amounts of the measures: dB, 1, degrees, 1."""

UNDEFINED = SENTENCES["undefined"]
WORSE = SENTENCES["worse-than-before"]
MAYBE_WORSE = SENTENCES["maybe-worse-than-before"]
"""Templates of what a stage has not earned."""

_MEASURED = ("psnr", "ssim", "sam", "cfog")

_ROUNDING = {"psnr": 1e-4, "ssim": 1e-6, "sam": 1e-4, GAP: 1e-6}
"""Differences that may be due to rounding, of the order of the last digit of a DN."""

_OTHERS = 0.04
"""Weight of the mean of all gains beside the weakest: it breaks ties between similar weakest gains
and compensates no loss."""


def ranked_by(stage: int) -> tuple[str, ...]:
    """Return the measures that decide for a stage.

    Stage 2 estimates a mean, with edges fainter than a real image's, so CFOG is excluded there.
    """
    return tuple(SIGNS) if stage != 2 else tuple(key for key in SIGNS if key != GAP)


def real_cfog(s1: Image, real: Image, valid: Mask | None = None) -> float:
    """Return the CFOG of a real image; NaN if undefined. See `score_against`."""
    return score_image(s1, real, real, valid, names=("cfog",))["cfog"]


def score_against(
    s1: Image, image: Image, real: Image, level: float, valid: Mask | None = None
) -> dict[str, float]:
    """Score an image with the compared measures.

    A flat image has no edges and agrees with nothing: its CFOG counts as 0.

    Args:
        s1: (2, H, W) dB.
        image: (4, H, W) DN.
        real: (4, H, W) DN.
        level: CFOG of the real image (`real_cfog`).
        valid: (H, W) pixels that count; None: all that hold data.

    Returns:
        The scores of `SIGNS`, and `cfog`.
    """
    scores = score_image(s1, image, real, valid, names=_MEASURED, per_band=False)
    if math.isnan(scores["cfog"]) and math.isfinite(scores["psnr"]):
        scores["cfog"] = 0.0
    return {**scores, GAP: abs(scores["cfog"] - level)}


@dataclass(frozen=True)
class Gain:
    """Gain of a stage's images over the previous stage's, by one measure.

    Attributes:
        before: Mean of the previous stage, over the images for which both are defined.
        after: Mean of the stage.
        mean: Mean difference; positive is better for any measure.
        error: Its standard error over the images.
        undefined: Number of images whose measure is defined for the previous stage only.
    """

    before: float
    after: float
    mean: float
    error: float
    undefined: int

    @property
    def significant(self) -> float:
        """Excess of the mean over its error, with its sign; 0 within the error."""
        return math.copysign(max(abs(self.mean) - self.error, 0.0), self.mean)


@dataclass(frozen=True)
class Gains:
    """Gains of a stage by measure.

    Attributes:
        stage: The compared stage, 2 or 3.
        images: Number of compared images.
        by_measure: Gain by measure of `SIGNS`.
        cfog: Mean CFOG of the stage and of the previous stage; descriptive only.
    """

    stage: int
    images: int
    by_measure: Mapping[str, Gain]
    cfog: tuple[float, float]

    @classmethod
    def of(cls, stage: int, before: Sequence[Scores], after: Sequence[Scores]) -> Gains:
        """Compare the scores of the same images before and after a stage.

        Raises:
            SceneError: If a deciding measure is undefined for all images of the previous stage.
        """
        gains = {key: _gain(key, before, after) for key in SIGNS}
        for key in ranked_by(stage):
            if math.isnan(gains[key].mean) and not gains[key].undefined:
                raise SceneError(
                    Message(
                        "No validation image has a {}: they are flat, too small, "
                        "lack bands, or hold nodata everywhere.",
                        TITLES[key],
                    ),
                    Message("Check the validation pairs, and use a --crop of 64 or more."),
                    problem="score-not-measured",
                )
        cfog = tuple(_mean([scores["cfog"] for scores in some]) for some in (after, before))
        return cls(stage, len(after), gains, (cfog[0], cfog[1]))

    @property
    def ranked(self) -> Mapping[str, Gain]:
        """Gains that decide for this stage."""
        return {key: self.by_measure[key] for key in ranked_by(self.stage)}

    @property
    def undefined(self) -> int:
        """Number of images that lost a deciding measure, summed over the measures."""
        return sum(gain.undefined for gain in self.ranked.values())

    @property
    def worth(self) -> float:
        """Value of the gains: the weakest sure one, in units of `UNITS`.

        Keeping the previous stage's image is worth 0. The mean of all sure gains x, each as x / (1
        + |x|), breaks ties between similar weakest gains.
        """
        significant = [
            gain.significant / UNITS[key]
            for key, gain in self.ranked.items()
            if math.isfinite(gain.mean)
        ]
        if not significant:
            return 0.0
        return min(significant) + _OTHERS * _mean(
            [value / (1 + abs(value)) for value in significant]
        )

    @property
    def rank(self) -> tuple[int, float]:
        """Rank, greater is better: first few lost measures, then the worth.

        Means over the remaining images would be overoptimistic.
        """
        return -self.undefined, self.worth

    @property
    def not_earned(self) -> list[str]:
        """Messages on what is worse than in the previous stage; empty if nothing."""
        lines: list[str] = [
            Message(UNDEFINED, TITLES[key], gain.undefined, self.images)
            for key, gain in self.ranked.items()
            if gain.undefined
        ]
        for key, gain in self.ranked.items():
            if gain.mean < -_ROUNDING[key]:
                template = WORSE if gain.significant else MAYBE_WORSE
                before, after = f"{gain.before:.4g}", f"{gain.after:.4g}"
                lines.append(Message(template, TITLES[key], after, before))
        return lines

    def flat(self) -> dict[str, float]:
        """Return values for logs: `val/psnr`, `before/psnr`, `gain/psnr`, …, `val/worth`."""
        values = {"val/cfog": self.cfog[0], "before/cfog": self.cfog[1], "val/worth": self.worth}
        for key, gain in self.by_measure.items():
            values |= {f"val/{key}": gain.after, f"before/{key}": gain.before}
            values[f"gain/{key}"] = gain.mean
        return values

    def line(self) -> str:
        """Return the stage's means and gains on one line."""
        parts = [f"{TITLES[k]} {g.after:.4g} ({g.mean:+.2g})" for k, g in self.by_measure.items()]
        return f"{', '.join(parts)}; worth {self.worth:+.3f}"

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for `part.json`; a mean over no images is None."""
        return {
            "what": (
                f"Means over {self.images} validation images: PSNR in dB and SSIM for a range of "
                "10000 DN, SAM in degrees, distance of CFOG from that of the real image. Gains are "
                "positive where the stage is better, errors are standard errors. Decided by: "
                f"{', '.join(TITLES[key] for key in ranked_by(self.stage))}."
            ),
            "images": self.images,
            "stage": self._rounded(lambda gain: gain.after) | {"cfog": _rounded(self.cfog[0])},
            "before": self._rounded(lambda gain: gain.before) | {"cfog": _rounded(self.cfog[1])},
            "gain": self._rounded(lambda gain: gain.mean),
            "error": self._rounded(lambda gain: gain.error),
            "worth": _rounded(self.worth),
            # Checkpoints, which hold these values too, are read without any class but Python's.
            "not earned": [str.__str__(line) for line in self.not_earned],
            "findings": codes_of(self.not_earned),
        }

    def _rounded(self, part: Any) -> dict[str, float | None]:
        return {key: _rounded(part(gain)) for key, gain in self.by_measure.items()}


def _gain(key: str, before: Sequence[Scores], after: Sequence[Scores]) -> Gain:
    pairs = np.array([(b[key], a[key]) for b, a in zip(before, after, strict=True)]).reshape(-1, 2)
    undefined = int((np.isnan(pairs[:, 1]) & ~np.isnan(pairs[:, 0])).sum())
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    if not len(pairs):
        return Gain(math.nan, math.nan, math.nan, math.nan, undefined)
    each = SIGNS[key] * (pairs[:, 1] - pairs[:, 0])
    mean = float(each.mean()) + 0.0  # no -0.0
    # A single image says nothing of others: the next may have the opposite gain.
    error = float(each.std(ddof=1)) / math.sqrt(len(each)) if len(each) > 1 else abs(mean)
    means = pairs.mean(axis=0)
    return Gain(float(means[0]), float(means[1]), mean, max(error, _ROUNDING[key]), undefined)


def _mean(values: Collection[float]) -> float:
    numbers = [value for value in values if math.isfinite(value)]
    return sum(numbers) / len(numbers) if numbers else math.nan


def _rounded(value: float) -> float | None:
    return round(value, 5) if math.isfinite(value) else None
