"""Optical references for training: simulated clouds over the real image, and images of other dates.

A sample with a reference has the image that stage 2 or 3 gets in a run: the previous stage's, with
the reference fused into it (`gac_core.optical.fusion`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gac_core.optical.use import ArrayReference
from training.data.clouds import Mask, Sun, simulate_clouds
from training.data.pair import Array, Pair, PairSource
from training.sections import CloudsSection

_PLACES = 1 << 20
"""Number of grid rows and columns over which samples are distributed."""
_LEAST = 64
"""Minimum number of clear pixels, and of others where they are kept."""


@dataclass(frozen=True)
class Fitted:
    """Image of a previous stage that a reference was fused into.

    Attributes:
        image: (12, H, W) DN.
        observed: Mask (H, W) of the pixels that are kept.
    """

    image: Array
    observed: Mask


class References:
    """References that are drawn for the samples of a training.

    Args:
        settings: Shares, sizes and covers.
        source: All pairs.
        indices: Pairs that train: a reference is none of another role.
    """

    def __init__(self, settings: CloudsSection, source: PairSource, indices: Sequence[int]) -> None:
        self._settings = settings
        self._source = source
        self._indices = list(indices)

    def fit(self, index: int, pair: Pair, image: Array, rng: np.random.Generator) -> Fitted | None:
        """Return the image with a drawn reference fused into it; None: the draw gave none.

        Args:
            index: Index of the pair.
            pair: The pair.
            image: Image (12, H, W) DN of the previous stage.
            rng: Random generator.
        """
        own, chance = self._settings, float(rng.random())
        if chance < own.share:
            return self._clouded(pair, image, rng)
        if chance < own.share + own.other_dates:
            return self._guided(index, pair, image, rng)
        return None

    def _clouded(self, pair: Pair, image: Array, rng: np.random.Generator) -> Fitted | None:
        """Return the image with the real one fused into it where drawn clouds leave that clear.

        Returns:
            None if too few pixels would be clear or under clouds.
        """
        own, (low, high) = self._settings, self._settings.covers
        share, size = float(rng.uniform(low, high)), float(rng.choice(own.sizes))
        sun, name = Sun.at(pair.lat, pair.month), f"{pair.name} {int(rng.integers(2**31))}"
        clouds = simulate_clouds(
            (pair.s1.shape[1], pair.s1.shape[2]), share, size, name, sun, margin=own.margin
        )
        held = np.isfinite(pair.s2).any(axis=(1, 2))
        valid = np.isfinite(pair.s1).all(axis=0) & np.isfinite(pair.s2[held]).all(axis=0)
        clear = valid & ~clouds
        if clear.sum() < _LEAST or (valid & clouds).sum() < _LEAST:
            return None
        values = np.where(clear, pair.s2, np.float32(np.nan))
        reference = ArrayReference(values, True, pair.modality)
        return Fitted(reference.fused(image, pair.s1, _place(rng)), clear)

    def _guided(
        self, index: int, pair: Pair, image: Array, rng: np.random.Generator
    ) -> Fitted | None:
        others = [other for other in self._dates.get(index, ()) if other != index]
        if not others:
            return None
        other = self._source.read(others[int(rng.integers(len(others)))])
        if other.s2.shape != pair.s2.shape or other.valid.sum() < _LEAST:
            return None
        values = np.where(other.valid, other.s2, np.float32(np.nan))
        nothing = np.zeros(pair.valid.shape, bool)
        reference = ArrayReference(values, False, pair.modality)
        return Fitted(reference.fused(image, pair.s1, _place(rng)), nothing)

    @cached_property
    def _dates(self) -> dict[int, list[int]]:
        """Pairs of the same series, by pair."""
        groups: dict[str, list[int]] = defaultdict(list)
        for index in self._indices:
            if self._source.tiles[index] in self._settings.series:
                groups[self._source.tiles[index]].append(index)
        return {index: group for group in groups.values() for index in group}


def _place(rng: np.random.Generator) -> tuple[int, int]:
    """Return a row and a column somewhere on the world grid."""
    return int(rng.integers(_PLACES)), int(rng.integers(_PLACES))
