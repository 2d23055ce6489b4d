"""What a stage must beat to be worth anything: the mean image, and a regression pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gac_core.bands import OUTPUT_INDEX
from training.demo.noise import Array
from training.demo.pairs import Pair


@dataclass(frozen=True)
class Baselines:
    """Fitted on the real pairs that train.

    Attributes:
        mean: (4,) mean DN.
        weights: (4, 3) of VV, VH (dB) and one.
    """

    mean: Array
    weights: Array

    @classmethod
    def fit(cls, pairs: Sequence[Pair]) -> Baselines:
        """Least squares over all pixels."""
        radar = np.concatenate([_with_one(p.s1) for p in pairs], axis=1)
        shown = np.concatenate([p.s2[list(OUTPUT_INDEX)].reshape(4, -1) for p in pairs], axis=1)
        weights, *_ = np.linalg.lstsq(radar.T, shown.T, rcond=None)
        return cls(shown.mean(axis=1), weights.T.astype(np.float32))

    def images(self, s1: Array) -> dict[str, Array]:
        """Both baselines' images (4, H, W) for a radar image (2, H, W)."""
        constant = np.broadcast_to(self.mean[:, None, None], (4, *s1.shape[1:]))
        regressed = (self.weights @ _with_one(s1)).reshape(4, *s1.shape[1:])
        return {
            "dataset mean": constant.astype(np.float32),
            "per-pixel regression": regressed.astype(np.float32),
        }


def _with_one(s1: Array) -> Array:
    flat = s1.reshape(2, -1)
    return np.concatenate([flat, np.ones_like(flat[:1])])
