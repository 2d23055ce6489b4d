"""Image pairs made up so that radar and optical show the same place."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from scipy.ndimage import distance_transform_edt


class Pair(NamedTuple):
    """(2, H, W) dB and (4, H, W) DN of one place."""

    s1: np.ndarray
    dn: np.ndarray


def fields(height: int, width: int, seed: int, number: int = 40) -> np.ndarray:
    """(H, W) numbers of the fields that a plain is cut up into (a Voronoi diagram)."""
    rng = np.random.default_rng(seed)
    points = np.zeros((height, width), int)
    points[rng.integers(0, height, number), rng.integers(0, width, number)] = np.arange(
        1, number + 1
    )
    nearest = distance_transform_edt(points == 0, return_distances=False, return_indices=True)
    return points[tuple(nearest)]


def make_pair(height: int = 200, width: int = 220, seed: int = 0, number: int = 40) -> Pair:
    """Fields with a backscatter and a reflectance each, of nothing in common, and speckle."""
    plots = fields(height, width, seed, number)
    rng = np.random.default_rng(seed + 1)
    backscatter = rng.normal((-11, -18), 2.5, (plots.max() + 1, 2))[plots].transpose(2, 0, 1)
    reflectance = rng.uniform(300, 3000, (plots.max() + 1, 4))[plots].transpose(2, 0, 1)
    looks = 5
    speckle = rng.gamma(looks, 1 / looks, backscatter.shape)
    dn = reflectance * rng.normal(1, 0.03, reflectance.shape)
    return Pair((backscatter + 10 * np.log10(speckle)).astype(np.float32), dn.astype(np.float32))


@pytest.fixture(scope="session")
def pair() -> Pair:
    """One pair, 200 x 220 px."""
    return make_pair()


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    """Twelve pairs."""
    return [make_pair(160, 160, seed) for seed in range(0, 120, 10)]
