"""Simulated pairs: one place and month as seen by Sentinel-1 and Sentinel-2."""

from __future__ import annotations

import numpy as np

from training.demo.landscape import make_landscape
from training.demo.noise import Array
from training.demo.optical import simulate_s2
from training.demo.radar import simulate_s1
from training.demo.region import Region, random_region

_MISREGISTRATION = 1.5
"""Maximum misregistration of a pair in pixels, as in real ones."""


def simulate_pair(
    seed: int, size: int = 256, month: int = 6, region: Region | None = None
) -> tuple[Array, Array]:
    """Return simulated images of a place by both satellites in one month.

    The same seed and size give the same place in every month.

    Args:
        seed: Seed of the place.
        size: Side in pixels of 10 m.
        month: 1 to 12; south of the equator that of the same season in the north, as for stage 2.
        region: Kind of region; None: a random one.

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
    """Return the biome, 1 to 14, of the random region of a place in `simulate_pair`."""
    return random_region(_ground(seed)).biome


def _ground(seed: int) -> np.random.Generator:
    return np.random.default_rng((seed, 0))
