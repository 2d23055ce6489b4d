"""Blurred images of stages 1 and 2: a stage that is no better has found no more than a blur."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gac_core.stages.base import Array
from training.data.pair import Pair
from training.evaluation.chain import OPT_NAMES
from training.evaluation.scored import as_written, optical_of, valid_of
from training.scores.pixels import psnr
from training.scores.scales import blurred

FLAT = math.inf
"""Sigma of the blur that leaves an image's mean colour alone."""

SIGMAS = (0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, FLAT)
"""Pixels. Steps fine enough for what lies between two of them to be read off a straight line."""

BLURRED = OPT_NAMES[:2]
"""Which images are blurred."""

CHOICE = (
    "How far an image is blurred was chosen on the judged images themselves, by their mean PSNR. "
    "That favours the blur: it is a generous rival."
)


@dataclass(frozen=True)
class Blur:
    """An image of a stage, blurred.

    Attributes:
        image: Which: `opt_v1` or `opt_v2`.
        sigma: Of the Gaussian in pixels; infinite: the mean colour of the image, everywhere.
    """

    image: str
    sigma: float

    @property
    def name(self) -> str:
        """Its name in tables and sentences."""
        if self.sigma == FLAT:
            return f"{self.image}'s mean colour"
        return f"{self.image} blurred by {self.sigma:g} px"

    def apply(self, image: Array) -> Array:
        """Return an image (4, H, W) in DN blurred, as a run would write it; NaN stays."""
        if self.sigma == FLAT:
            return as_written(flat(image))
        return as_written(blurred(image.astype(np.float64), self.sigma).astype(np.float32))


@dataclass(frozen=True)
class Choice:
    """The blurs that the judged images were found to bear best.

    Attributes:
        best: By image, the blur with the highest mean PSNR.
        equal: The blur of opt_v1 whose mean PSNR is opt_v2's; None: no blur reaches it, or none is
            needed.
        notes: Sentences on both for readers.
    """

    best: dict[str, Blur]
    equal: Blur | None
    notes: list[str]

    @property
    def blurs(self) -> list[Blur]:
        """All of them, none twice, and opt_v1's mean colour."""
        named = [*self.best.values(), *([self.equal] if self.equal else [])]
        return list(dict.fromkeys([Blur("opt_v1", FLAT), *named]))


class BlurSearch:
    """PSNR of every blur of every judged image, by which blurs are chosen.

    The images are kept for when the choice is made, as whole DN: 0.2 MB for a pair of 120 px.
    """

    def __init__(self) -> None:
        self._plain: dict[str, list[float]] = {name: [] for name in BLURRED}
        self._scores: dict[str, list[list[float]]] = {name: [] for name in BLURRED}
        self._images: dict[int, dict[str, NDArray[np.uint16]]] = {}

    @property
    def indices(self) -> list[int]:
        """Of the pairs that were added, in their order."""
        return list(self._images)

    def add(self, index: int, pair: Pair, images: Mapping[str, Array]) -> None:
        """Score the blurs of one pair's images, and keep the images.

        Args:
            index: The pair's number in its source.
            pair: The real images.
            images: (4, H, W) DN as written, `opt_v1` and `opt_v2` among them.
        """
        real, valid = optical_of(pair), valid_of(pair)
        for name in BLURRED:
            image = images[name]
            self._plain[name].append(psnr(image, real, valid))
            self._scores[name].append(
                [psnr(Blur(name, sigma).apply(image), real, valid) for sigma in SIGMAS]
            )
        # No image holds 0 as it is written.
        self._images[index] = {
            name: np.nan_to_num(images[name], nan=0).astype(np.uint16) for name in BLURRED
        }

    def blurred(self, index: int, blur: Blur) -> Array:
        """Return the blurred image (4, H, W) in DN of a pair that was added."""
        kept = self._images[index][blur.image]
        return blur.apply(np.where(kept == 0, np.float32(np.nan), kept.astype(np.float32)))

    def choose(self) -> Choice:
        """Return the blurs with the highest mean PSNR, and the one that equals opt_v2."""
        means = {name: np.mean(rows, axis=0).tolist() for name, rows in self._scores.items()}
        best = {name: Blur(name, SIGMAS[int(np.argmax(row))]) for name, row in means.items()}
        plain = {name: float(np.mean(values)) for name, values in self._plain.items()}
        target = plain["opt_v2"]
        sigma = reaching(means["opt_v1"], target, plain["opt_v1"])
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


def reaching(scores: Sequence[float], target: float, plain: float) -> float | None:
    """The least sigma at which blurring reaches a PSNR, on a straight line between two of `SIGMAS`.

    Args:
        scores: The PSNR at each of `SIGMAS`.
        target: The PSNR to reach.
        plain: The PSNR without a blur.

    Returns:
        Pixels to a tenth; 0 where no blur is needed; None where none reaches it.
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
    """Return an image (4, H, W) of another's mean colour, over its known pixels; NaN stays."""
    known = np.isfinite(image)
    mean = np.mean(image, axis=(1, 2), keepdims=True, where=known, dtype=np.float64)
    return np.where(known, mean, np.nan).astype(np.float32)
