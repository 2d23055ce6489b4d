"""Paired simulated tiles: one place and month, seen by Sentinel-1 and by Sentinel-2."""

from __future__ import annotations

import numpy as np

from training.demo.landscape import make_landscape
from training.demo.noise import Array
from training.demo.optical import simulate_s2
from training.demo.radar import simulate_s1
from training.demo.region import Region, random_region

_MISREGISTRATION = 1.5
"""Pixels by which the two images of a pair lie apart at most, as real ones do."""


def simulate_pair(
    seed: int, size: int = 256, month: int = 6, region: Region | None = None
) -> tuple[Array, Array]:
    """Simulates a place as both satellites see it in one month.

    The same seed and size give the same place in every month.

    Args:
        seed: Which place.
        size: Edge in pixels of 10 m.
        month: 1 to 12; south of the equator that of the same season in the north, as stage 2 is
            told it.
        region: What kind of country; None draws it.

    Returns:
        Sentinel-1 in dB, (VV, VH), (2, size, size), and Sentinel-2 L2A in reflectance DN without
        offset in the order of `gac_core.bands.S2_BANDS`, (12, size, size).
    """
    ground = _ground(seed)
    place = make_landscape(ground, size, region or random_region(ground))
    day = np.random.default_rng((seed, month))
    angle, distance = day.uniform(0, 2 * np.pi), day.uniform(0, _MISREGISTRATION)
    offset = (float(distance * np.sin(angle)), float(distance * np.cos(angle)))
    return simulate_s1(place, month, day, offset), simulate_s2(place, month, day)


def biome_of_place(seed: int) -> int:
    """Return the biome, 1 to 14, of the country that `simulate_pair` draws for a place."""
    return random_region(_ground(seed)).biome


def _ground(seed: int) -> np.random.Generator:
    return np.random.default_rng((seed, 0))
