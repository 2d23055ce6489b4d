"""Baselines without a network: images from a few fitted numbers.

The dataset mean and a per-pixel regression are compared with stage 1, opt_v2 plus radar detail with
stage 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gac_core.contract.errors import BundleError
from gac_core.stages.base import Array
from training.data.pair import Pair
from training.evaluation.scored import optical_of, valid_of, why_not
from training.scores.pixels import Doubles
from training.scores.scales import blurred

MEAN, REGRESSION = "dataset mean", "per-pixel regression"
PRINT = "opt_v2 + radar detail"

DETAIL = 8.0
"""Sigma in pixels of the local mean subtracted from the radar before it is added to opt_v2: half a
TerraMind token. opt_v2 already holds coarser detail; its tokens lost finer detail."""


@dataclass(frozen=True)
class Baselines:
    """Dataset mean and per-pixel regression, fitted on the bundle's training pairs.

    Attributes:
        mean: Mean (4,) DN.
        weights: Coefficients (4, 3) of VV, VH (dB) and 1.
    """

    mean: Array
    weights: Array

    @classmethod
    def fit(cls, pairs: Iterable[Pair]) -> Baselines | None:
        """Fit by least squares over all pixels valid in both images; return None without any."""
        gram, cross, total, count = np.zeros((3, 3)), np.zeros((3, 4)), np.zeros(4), 0
        for pair in pairs:
            if why_not(pair):
                continue
            valid = valid_of(pair)
            radar = _with_one(pair.s1[:, valid].astype(np.float64))
            optical = optical_of(pair)[:, valid].astype(np.float64)
            gram += radar @ radar.T
            cross += radar @ optical.T
            total += optical.sum(axis=1)
            count += optical.shape[1]
        if not count:
            return None
        weights, *_ = np.linalg.lstsq(gram, cross, rcond=None)
        return cls((total / count).astype(np.float32), weights.T.astype(np.float32))

    def images(self, s1: Array) -> dict[str, Array]:
        """Return both baselines' images (4, H, W) of a radar image (2, H, W); NaN stays."""
        height, width = s1.shape[1:]
        regressed = (self.weights @ _with_one(s1.reshape(2, -1))).reshape(4, height, width)
        constant = np.broadcast_to(self.mean[:, None, None], regressed.shape).astype(np.float32)
        finite = np.isfinite(s1).all(axis=0)
        return {
            name: np.where(finite, image, np.float32(np.nan))
            for name, image in ((MEAN, constant), (REGRESSION, regressed.astype(np.float32)))
        }

    def to_card(self) -> dict[str, Any]:
        """Return the card entry `training.baselines`."""
        return {
            "mean": [round(float(value), 3) for value in self.mean],
            "regression": [[round(float(value), 5) for value in row] for row in self.weights],
        }

    @classmethod
    def from_card(cls, card: Mapping[str, Any]) -> Baselines | None:
        """Return the baselines of a card, or None if it has none.

        Raises:
            BundleError: If they do not hold four means and four times three weights.
        """
        values = (card.get("training") or {}).get("baselines")
        if values is None:
            return None
        try:
            mean = np.asarray(values["mean"], np.float32)
            weights = np.asarray(values["regression"], np.float32)
            if mean.shape != (4,) or weights.shape != (4, 3):
                raise ValueError(f"shapes {mean.shape} and {weights.shape}")
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError(
                f"The baselines in the card of bundle {card.get('name')!r} are no baselines: "
                f"{error}.",
                "training.baselines holds mean (4 numbers) and regression (4 times VV, VH, 1).",
            ) from error
        return cls(mean, weights)


@dataclass(frozen=True)
class RadarPrint:
    """opt_v2 plus radar detail: the simplest way to edges that agree with the radar.

    Each band is opt_v2 + c_VV·(VV − its local mean) + c_VH·(VH − its local mean): eight
    coefficients.

    Attributes:
        weights: (4, 2) DN per dB.
    """

    weights: Array

    @classmethod
    def fit(cls, pairs: Iterable[tuple[Pair, Array]]) -> RadarPrint | None:
        """Fit the coefficients by least squares; return None without valid pixels.

        Args:
            pairs: Training pairs, each with its opt_v2 (4, H, W) in DN.
        """
        gram, cross = np.zeros((2, 2)), np.zeros((2, 4))
        for pair, opt_v2 in pairs:
            valid = valid_of(pair) & np.isfinite(opt_v2).all(axis=0)
            detail = _detail(pair.s1)[:, valid]
            gram += detail @ detail.T
            cross += detail @ (optical_of(pair) - opt_v2)[:, valid].astype(np.float64).T
        if not gram.any():
            return None
        weights, *_ = np.linalg.lstsq(gram, cross, rcond=None)
        return cls(weights.T.astype(np.float32))

    def image(self, s1: Array, opt_v2: Array) -> Array:
        """Return the image (4, H, W) DN of a radar image (2, H, W) dB and its opt_v2."""
        printed = np.einsum("bp,phw->bhw", self.weights, _detail(s1))
        return (opt_v2 + printed).astype(np.float32)


def _detail(s1: Array) -> Doubles:
    return s1.astype(np.float64) - blurred(s1.astype(np.float64), DETAIL)


def _with_one(radar: Array) -> Array:
    return np.concatenate([radar, np.ones_like(radar[:1])])
