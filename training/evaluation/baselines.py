"""What a stage must beat to be worth anything: the mean image, and a regression pixel by pixel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gac_core.errors import BundleError
from gac_core.stages.base import Array
from training.data.pair import Pair
from training.evaluation.scored import optical_of, valid_of, why_not

MEAN, REGRESSION = "dataset mean", "per-pixel regression"


@dataclass(frozen=True)
class Baselines:
    """Fitted on the pairs that trained the bundle.

    Attributes:
        mean: (4,) mean DN.
        weights: (4, 3) of VV, VH (dB) and one.
    """

    mean: Array
    weights: Array

    @classmethod
    def fit(cls, pairs: Iterable[Pair]) -> Baselines | None:
        """Least squares over all pixels that both satellites saw; None where there are none."""
        gram, cross, total, count = np.zeros((3, 3)), np.zeros((3, 4)), np.zeros(4), 0
        for pair in pairs:
            if why_not(pair):
                continue
            valid = valid_of(pair)
            radar = _with_one(pair.s1[:, valid].astype(np.float64))
            shown = optical_of(pair)[:, valid].astype(np.float64)
            gram += radar @ radar.T
            cross += radar @ shown.T
            total += shown.sum(axis=1)
            count += shown.shape[1]
        if not count:
            return None
        weights, *_ = np.linalg.lstsq(gram, cross, rcond=None)
        return cls((total / count).astype(np.float32), weights.T.astype(np.float32))

    def images(self, s1: Array) -> dict[str, Array]:
        """Both baselines' images (4, H, W) for a radar image (2, H, W), NaN where it has none."""
        height, width = s1.shape[1:]
        regressed = (self.weights @ _with_one(s1.reshape(2, -1))).reshape(4, height, width)
        constant = np.broadcast_to(self.mean[:, None, None], regressed.shape).astype(np.float32)
        known = np.isfinite(s1).all(axis=0)
        return {
            name: np.where(known, image, np.float32(np.nan))
            for name, image in ((MEAN, constant), (REGRESSION, regressed.astype(np.float32)))
        }

    def to_card(self) -> dict[str, Any]:
        """What goes into a card as `training.baselines`."""
        return {
            "mean": [round(float(value), 3) for value in self.mean],
            "regression": [[round(float(value), 5) for value in row] for row in self.weights],
        }

    @classmethod
    def from_card(cls, card: Mapping[str, Any]) -> Baselines | None:
        """Those that a card brings; None where it brings none.

        Raises:
            BundleError: If they are not four means and four times three weights.
        """
        found = (card.get("training") or {}).get("baselines")
        if found is None:
            return None
        try:
            mean = np.asarray(found["mean"], np.float32)
            weights = np.asarray(found["regression"], np.float32)
            if mean.shape != (4,) or weights.shape != (4, 3):
                raise ValueError(f"shapes {mean.shape} and {weights.shape}")
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(
                f"The baselines in the card of bundle {card.get('name')!r} are no baselines: "
                f"{error}.",
                "training.baselines holds mean (4 numbers) and regression (4 times VV, VH, 1).",
            ) from error
        return cls(mean, weights)


def _with_one(radar: Array) -> Array:
    return np.concatenate([radar, np.ones_like(radar[:1])])
