"""Blurred opt_v1 and opt_v2: a stage that does not beat them adds no more than a blur."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gac_core.stages.base import Array
from training.data.pair import Pair
from training.evaluation.chain import OPT_NAMES, as_written, optical_of, valid_of
from training.scores.pixels import psnr
from training.scores.scales import blurred

FLAT = math.inf
"""Sigma of the blur that leaves only an image's mean colour."""

SIGMAS = (0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, FLAT)
"""Sigmas in pixels, dense enough for linear interpolation."""

BLURRED = OPT_NAMES[:2]
"""Images that are blurred."""

CHOICE = (
    "How far an image is blurred was chosen on the judged images themselves, by their mean PSNR. "
    "That favours the blur: it is a generous rival."
)


@dataclass(frozen=True)
class Blur:
    """Blur of a stage's image.

    Attributes:
        image: `opt_v1` or `opt_v2`.
        sigma: Sigma of the Gaussian in pixels; infinite: the image's mean colour everywhere.
    """

    image: str
    sigma: float

    @property
    def name(self) -> str:
        """Name in tables and sentences."""
        if self.sigma == FLAT:
            return f"{self.image}'s mean colour"
        return f"{self.image} blurred by {self.sigma:g} px"

    def apply(self, image: Array) -> Array:
        """Return an image (4, H, W) DN blurred, as a run would write it; NaN stays."""
        if self.sigma == FLAT:
            return as_written(flat(image))
        return as_written(blurred(image.astype(np.float64), self.sigma).astype(np.float32))


@dataclass(frozen=True)
class Choice:
    """Blurs chosen on the judged images.

    Attributes:
        best: Blur with the highest mean PSNR, by image.
        equal: Blur of opt_v1 whose mean PSNR equals opt_v2's; None: no blur reaches it, or none is
            needed.
        notes: Sentences on both for readers.
    """

    best: dict[str, Blur]
    equal: Blur | None
    notes: list[str]

    @property
    def blurs(self) -> list[Blur]:
        """All distinct blurs and opt_v1's mean colour."""
        named = [*self.best.values(), *([self.equal] if self.equal else [])]
        return list(dict.fromkeys([Blur("opt_v1", FLAT), *named]))


class BlurSearch:
    """Search over the PSNR of every blur of every judged image.

    The images are kept in memory until the choice is made, as integer DN: 0.2 MB for a pair of 120
    px.
    """

    def __init__(self) -> None:
        self._plain: dict[str, list[float]] = {name: [] for name in BLURRED}
        self._scores: dict[str, list[list[float]]] = {name: [] for name in BLURRED}
        self._images: dict[int, dict[str, NDArray[np.uint16]]] = {}

    @property
    def indices(self) -> list[int]:
        """Indices of the added pairs, in order."""
        return list(self._images)

    def add(self, index: int, pair: Pair, images: Mapping[str, Array]) -> None:
        """Score the blurs of a pair's images, and keep the images.

        Args:
            index: Index of the pair in its source.
            pair: Pair with the real image.
            images: (4, H, W) DN as written, including `opt_v1` and `opt_v2`.
        """
        real, valid = optical_of(pair), valid_of(pair)
        for name in BLURRED:
            image = images[name]
            self._plain[name].append(psnr(image, real, valid))
            self._scores[name].append(
                [psnr(Blur(name, sigma).apply(image), real, valid) for sigma in SIGMAS]
            )
        # A written image never holds 0.
        self._images[index] = {
            name: np.nan_to_num(images[name], nan=0).astype(np.uint16) for name in BLURRED
        }

    def blurred(self, index: int, blur: Blur) -> Array:
        """Return the blurred image (4, H, W) DN of an added pair."""
        stored = self._images[index][blur.image]
        return blur.apply(np.where(stored == 0, np.float32(np.nan), stored.astype(np.float32)))

    def choose(self) -> Choice:
        """Return the blurs with the highest mean PSNR, and the one that equals opt_v2."""
        means = {name: np.mean(rows, axis=0).tolist() for name, rows in self._scores.items()}
        best = {name: Blur(name, SIGMAS[int(np.argmax(row))]) for name, row in means.items()}
        plain = {name: float(np.mean(values)) for name, values in self._plain.items()}
        target = plain["opt_v2"]
        sigma = smallest_sigma(means["opt_v1"], target, plain["opt_v1"])
        notes = [
            f"{blur.name} is the best blur of {name}: mean PSNR {max(means[name]):.2f} dB, "
            f"{name} itself {plain[name]:.2f} dB."
            for name, blur in best.items()
        ]
        equal = None if sigma is None or sigma == 0 else Blur("opt_v1", sigma)
        if equal is not None:
            notes.append(f"{equal.name} has the mean PSNR of opt_v2, {target:.2f} dB.")
        elif sigma is None:
            notes.append(f"No blur of opt_v1 reaches the mean PSNR of opt_v2, {target:.2f} dB.")
        return Choice(best, equal, [*notes, CHOICE])


def smallest_sigma(scores: Sequence[float], target: float, plain: float) -> float | None:
    """Return the smallest sigma that reaches a PSNR, interpolated linearly between `SIGMAS`.

    Args:
        scores: PSNR at each of `SIGMAS`.
        target: PSNR to reach.
        plain: PSNR without a blur.

    Returns:
        Pixels to a tenth; 0 if no blur is needed; None if none reaches the target.
    """
    if plain >= target:
        return 0.0
    steps = list(zip((0.0, *SIGMAS), (plain, *scores), strict=True))
    for (low, before), (high, after) in pairwise(steps):
        if after >= target:
            if high == FLAT:
                return FLAT
            share = (target - before) / (after - before)
            return max(0.1, round(low + share * (high - low), 1))
    return None


def flat(image: Array) -> Array:
    """Return an image (4, H, W) of the mean colour over the known pixels; NaN stays."""
    finite = np.isfinite(image)
    mean = np.mean(image, axis=(1, 2), keepdims=True, where=finite, dtype=np.float64)
    return np.where(finite, mean, np.nan).astype(np.float32)
