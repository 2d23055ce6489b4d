"""Scores of runs with an optical image of another date: of one place at several dates.

Each date is generated from its radar and the real image of the date before, which guides; and under
simulated clouds, where what is clear of its own image is kept, and the date before guides beneath
the clouds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from gac_core.optical.use import ArrayReference
from training.data.files import as_tile
from training.data.pair import Pair, PairSource
from training.evaluation.chain import Scores, optical_of, valid_of
from training.evaluation.cloud_scores import (
    FILLED,
    Cover,
    Runs,
    are_enough,
    moved_locally,
    scores_of,
    scores_under,
    without_reference,
)
from training.evaluation.gap_fill import fill_in, move_locally, regress
from training.evaluation.run import ScoreCache

BEFORE = "the date before"
BEFORE_MOVED = moved_locally(BEFORE)
BEFORE_REGRESSED = moved_locally(f"regression on {BEFORE}")


def without_before(name: str) -> str:
    """Return the name of a stage's image of a run with the clear pixels alone."""
    return f"{name} without {BEFORE}"


def dates_of(source: PairSource, series: Sequence[str]) -> list[tuple[int, int]]:
    """Return the indices of each date of each series with those of the date before.

    Dates without a known day, such as monthly means, are ordered by month and name.

    Raises:
        RequestError: If a series is not in the data.
    """
    tiles = [as_tile(tile) for tile in source.tiles]
    result: list[tuple[int, int]] = []
    for name in series:
        indices = [i for i, tile in enumerate(tiles) if tile == as_tile(name)]
        if len(indices) < 2:
            raise RequestError(
                Message("{} is no series: the data has {} pairs of that tile.", name, len(indices)),
                Message("Name tiles whose pairs show one place at several dates."),
                problem="series-too-short",
            )
        indices.sort(key=lambda i: (source.read(i).date, source.names[i]))
        result += pairwise(indices)
    return result


class SeriesJudge:
    """Scores of a date's images with the date before as a reference.

    Args:
        runs: The bundle's runs.
        cache: Scores that were computed before.
    """

    def __init__(self, runs: Runs, cache: ScoreCache) -> None:
        self._runs = runs
        self._cache = cache

    def guided(self, before: Pair, now: Pair) -> dict[str, Scores]:
        """Return the scores of a date's images, guided by the date before and without it.

        Raises:
            OSError: If the cache cannot be written.
        """
        key = self._cache.key(f"guide by {_identity(before)}", now)
        scores = self._cache.get(key)
        if scores is None:
            scores = self._guided(before, now)
            self._cache.put(key, scores)
        return scores

    def under(self, before: Pair, now: Pair, cover: Cover) -> dict[str, Scores]:
        """Return the scores under clouds with the date before beneath them, and of rivals.

        Returns:
            Scores by image; empty if too few pixels are clear or under clouds.

        Raises:
            OSError: If the cache cannot be written.
        """
        key = self._cache.key(f"clouds {cover.name} over {_identity(before)}", now)
        scores = self._cache.get(key)
        if scores is None:
            scores = self._under(before, now, cover)
            self._cache.put(key, scores)
        return scores

    def _guided(self, before: Pair, now: Pair) -> dict[str, Scores]:
        real = optical_of(now)
        valid = valid_of(now) & valid_of(before)
        plain, _ = self._runs.without(now)
        guide = ArrayReference(before.s2, False, now.modality)
        (images,) = self._runs.with_references(now, guide)
        without = {without_reference(name): image for name, image in plain.items()}
        return {
            name: scores_of(image, real, valid, valid)
            for name, image in {**images, **without, BEFORE: optical_of(before)}.items()
        }

    def _under(self, before: Pair, now: Pair, cover: Cover) -> dict[str, Scores]:
        real, old = optical_of(now), optical_of(before)
        clouds, valid = cover.clouds(now), valid_of(now) & valid_of(before)
        clear, counted = valid & ~clouds, valid & clouds
        if not are_enough(clear, counted):
            return {}
        plain, _ = self._runs.without(now)
        values = np.where(clear, now.s2, np.float32(np.nan))
        beneath, alone = self._runs.with_references(
            now,
            ArrayReference(values, True, now.modality, before.s2),
            ArrayReference(values, True, now.modality),
        )
        images = beneath | {without_before(name): image for name, image in alone.items()}
        rivals = {
            **{without_reference(name): image for name, image in plain.items()},
            FILLED: fill_in(real, clear),
            BEFORE: old,
            BEFORE_MOVED: move_locally(old, real, clear),
            BEFORE_REGRESSED: move_locally(regress(now.s1, old, real, clear), real, clear),
        }
        return scores_under(images, rivals, real, valid, counted)


def _identity(before: Pair) -> str:
    """Return the name of the date before and a hash of its pixels, for keys of the cache."""
    digest = hashlib.sha256(before.s1.tobytes() + before.s2.tobytes()).hexdigest()
    return f"{before.name} {digest[:16]}"
