"""Which validation is the best, whether it earns its place, and when to stop."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gac_core.errors import SceneError

MEASURES = {"psnr": 1, "ssim": 1, "sam": -1, "cfog": 1}
"""What is measured, and the sign by which more of it is better. CFOG is in no loss."""

TIES = {"psnr": 1e-4, "ssim": 1e-6, "sam": 1e-4, "cfog": 1e-6}
"""Losses that rounding can make, of the order of the last digit of a DN: as good as before."""

Scores = Mapping[str, float]


@dataclass(frozen=True)
class Verdict:
    """Means over the validation images of which both images have the measure.

    Attributes:
        stage: Of the image of the stage that trains.
        before: Of the image of the stage before.
        gain: How much better the stage's is, positive for better whatever the measure.
        images: How many images were measured.
        lost: Of how many images the stage before has the measure, and the stage none.
    """

    stage: dict[str, float]
    before: dict[str, float]
    gain: dict[str, float]
    images: int
    lost: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, stage: Sequence[Scores], before: Sequence[Scores]) -> Verdict:
        """The verdict on images, in the same order.

        Raises:
            SceneError: If the stage before lacks a measure for all of them: nothing could be
                judged by it.
        """
        verdict = cls({}, {}, {}, len(stage))
        for key, sign in MEASURES.items():
            pairs = np.array([(a[key], b[key]) for a, b in zip(stage, before, strict=True)])
            pairs = pairs.reshape(-1, 2)
            verdict.lost[key] = int((np.isnan(pairs[:, 0]) & ~np.isnan(pairs[:, 1])).sum())
            pairs = pairs[np.isfinite(pairs).all(axis=1)]
            if not len(pairs) and not verdict.lost[key]:
                raise SceneError(
                    f"No validation image has a {key.upper()}: they are flat, too small, lack "
                    "bands, or hold nodata everywhere.",
                    "Check the validation pairs, and use a --crop of 64 or more.",
                )
            a, b = map(float, pairs.mean(axis=0)) if len(pairs) else (math.nan, math.nan)
            verdict.stage[key], verdict.before[key] = a, b
            verdict.gain[key] = sign * (a - b) + 0.0  # no -0.0
        return verdict

    @property
    def cfog(self) -> float:
        """Mean CFOG in which an image that has lost it counts 0, the score of noise."""
        share = 1 - self.lost.get("cfog", 0) / max(1, self.images)
        return share * self.stage["cfog"] if math.isfinite(self.stage["cfog"]) else 0.0

    @property
    def rank(self) -> tuple[int, int, int, float]:
        """The greater, the better.

        First, as few images as possible have lost a measure: means over the others promise too
        much. Then, CFOG is not worse than that of the stage before; then, as many as possible of
        PSNR, SSIM and SAM are not worse; then the highest CFOG.
        """
        kept = {key: gain >= -TIES[key] for key, gain in self.gain.items()}
        others = sum(good for key, good in kept.items() if key != "cfog")
        return -sum(self.lost.values()), int(kept["cfog"]), others, self.cfog

    @property
    def not_earned(self) -> list[str]:
        """What is worse than in the stage before, in words; empty where nothing is."""
        lost = [
            f"{key.upper()} is undefined for {count} of {self.images} images, and defined in the "
            "stage before"
            for key, count in self.lost.items()
            if count
        ]
        return lost + [
            f"{key.upper()} is worse than in the stage before: {self.stage[key]:.4g} after "
            f"{self.before[key]:.4g}"
            for key, gain in self.gain.items()
            if gain < -TIES[key]
        ]

    def flat(self) -> dict[str, float]:
        """For logs: `val/psnr`, `before/psnr`, `gain/psnr` and so on."""
        parts = {"val": self.stage, "before": self.before, "gain": self.gain}
        return {f"{name}/{key}": v for name, part in parts.items() for key, v in part.items()}

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, for `part.json`; a mean over no images is None."""
        return {
            "what": (
                f"Means over {self.images} validation images: PSNR in dB and SSIM for a range of "
                "10000 DN, SAM in degrees, CFOG. Gains are positive where the stage is better."
            ),
            "images": self.images,
            "stage": _short(self.stage),
            "before": _short(self.before),
            "gain": _short(self.gain),
            "not earned": self.not_earned,
        }


@dataclass
class Judge:
    """What validations have found so far.

    Attributes:
        rank: Of the best validation; empty before the first.
        cfog: The highest CFOG.
        stale: Validations since that.
    """

    rank: tuple[float, ...] = ()
    cfog: float = -math.inf
    stale: int = 0

    def take(self, verdict: Verdict) -> bool:
        """Take in a validation; whether it is the best so far."""
        self.stale = 0 if verdict.cfog > self.cfog else self.stale + 1
        self.cfog = max(self.cfog, verdict.cfog)
        best = verdict.rank > self.rank
        if best:
            self.rank = verdict.rank
        return best

    def enough(self, patience: int) -> bool:
        """Whether CFOG has not risen for as many validations as one has patience for."""
        return 0 < patience <= self.stale


def _short(values: Mapping[str, float]) -> dict[str, float | None]:
    return {k: round(v, 5) if math.isfinite(v) else None for k, v in values.items()}
