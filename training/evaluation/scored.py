"""Scores of a pair's images."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gac_core.bands import OUTPUT_INDEX
from gac_core.stages.base import Array
from training.data.pair import Pair
from training.scores.image import score_image
from training.scores.references import agree

Scores = dict[str, float]
"""Measures by key, plus `psnr_B02` and the like for single bands; NaN if undefined."""

REAL = "real"

ORACLE = "the real image's mean colour (oracle)"
"""Upper bound for a single colour; unknowable from radar alone."""

REFERENCES = (ORACLE, "real, blurred", "copy of the radar", "noise")
"""Flat, blurred, copied or wrong images; their scores put the other scores into perspective."""

SMALLEST = 64
"""Minimum side in pixels for meaningful windows and edges."""

FEWEST = 0.1
"""Minimum share of pixels valid in both images."""


@dataclass
class Scored:
    """Scores of a pair's images.

    Attributes:
        name: Name of the pair.
        tile: Its tile.
        month: Month given to the models: 1 to 12, 0 unknown.
        biome: 1 to 14, 0 unknown.
        shape: Rows and columns.
        images: Scores by image: `opt_v1`, `dataset mean`, `real`, and for ablations `opt_v3,
            without Prithvi` and the like.
        place: Latitude and longitude of the centre, degrees; None: unknown.
    """

    name: str
    tile: str
    month: int
    biome: int
    shape: tuple[int, int]
    images: dict[str, Scores]
    place: tuple[float, float] | None = None

    def value(self, image: str, measure: str) -> float:
        """Return a score, NaN if missing."""
        return self.images.get(image, {}).get(measure, float("nan"))


def optical_of(pair: Pair) -> Array:
    """Return the real image in the four output bands, (4, H, W) DN, NaN for nodata."""
    return pair.s2[list(OUTPUT_INDEX)]


def valid_of(pair: Pair) -> npt.NDArray[np.bool_]:
    """Return the mask (H, W) of pixels valid in both images."""
    both = np.concatenate([pair.s1, optical_of(pair)])
    valid: npt.NDArray[np.bool_] = np.isfinite(both).all(axis=0)
    return valid


def why_not(pair: Pair) -> str:
    """Return the reason why a pair cannot be judged; empty if it can."""
    height, width = pair.s1.shape[1:]
    if not all(pair.bands[i] for i in OUTPUT_INDEX):
        return "it lacks one of the bands B02, B03, B04 and B08"
    if min(height, width) < SMALLEST:
        return f"it has {width} × {height} pixels, fewer than {SMALLEST} × {SMALLEST}"
    share = float(valid_of(pair).mean())
    if share < FEWEST:
        return f"only {share:.0%} of its pixels were seen by both satellites"
    return ""


def as_written(image: Array) -> Array:
    """Return an image as a run writes it: integer DN from 1 to 65535; NaN stays."""
    return np.clip(np.rint(image), 1, 65535).astype(np.float32)


def score_pair(
    pair: Pair, images: Mapping[str, Array], seconds: Mapping[str, float]
) -> dict[str, Scores]:
    """Return scores by image, including the real one's agreement with the radar.

    A flat image has no edges, so its agreement with the radar is undefined. It counts as 0 here if
    that of the real image is defined.

    Args:
        pair: Pair with the real image.
        images: (4, H, W) DN by name.
        seconds: Duration of some of them.
    """
    real, valid = optical_of(pair), valid_of(pair)
    real_known = np.where(valid, real, np.nan).astype(np.float64)
    own = dict(zip(("gac", "cfog"), agree(pair.s1.astype(np.float64), real_known), strict=True))
    result: dict[str, Scores] = {}
    for name, image in images.items():
        scores = score_image(pair.s1, image, real, valid)
        for key in ("gac", "cfog"):
            if np.isnan(scores[key]) and np.isfinite(own[key]):
                scores[key] = 0.0
            scores[f"{key}_gap"] = abs(scores[key] - own[key])
        if name in seconds:
            scores["seconds"] = seconds[name]
        result[name] = scores
    return {**result, REAL: own}
