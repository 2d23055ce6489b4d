"""Settlements: streets, houses and sheds, denser towards the centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.demo.noise import Array, fractal, hash01, smoothstep
from training.demo.region import Region


@dataclass(frozen=True)
class Towns:
    """Maps of settlements, each (H, W).

    Attributes:
        density: Degree of urbanisation, 0 to 1.
        built: Share of each pixel under a roof, 0 to 1.
        street: Share of each pixel that is sealed but not built, 0 to 1.
        roof: Random number of the building, 0 to 1: its colour and its radar brightness.
        garden: Share of tree crowns between the houses, 0 to 1.
    """

    density: Array
    built: Array
    street: Array
    roof: Array
    garden: Array


def make_towns(
    rng: np.random.Generator,
    size: int,
    region: Region,
    centres: tuple[tuple[float, float, float], ...] | None = None,
) -> Towns:
    """Return random settlements.

    Args:
        rng: Random generator.
        size: Side of the map in pixels.
        region: Number and size of the settlements.
        centres: (row, column, radius) of each settlement; None: random ones.

    Returns:
        The settlements; all zero without any.
    """
    if centres is None:
        count = rng.poisson(region.towns * (size / 256) ** 2)
        centres = tuple(
            (*rng.uniform(0, size, 2), region.town_radius * float(np.exp(0.45 * rng.normal())))
            for _ in range(count)
        )
    seed = int(rng.integers(2**31))
    y, x = np.meshgrid(*[np.arange(size, dtype=np.float32)] * 2, indexing="ij")
    rough = fractal(rng, size, 30, 1.8)
    density = np.zeros((size, size), np.float32)
    turn = np.zeros((size, size), np.float32)
    for number, (row, col, radius) in enumerate(centres):
        distance = np.hypot(y - row, x - col) / radius
        here = np.exp(-(distance**1.6)).astype(np.float32)
        turn = np.where(here > density, np.float32(hash01(seed, number) * np.pi), turn)
        density = np.maximum(density, here)
    urban = smoothstep(density + 0.1 * rough * (density > 0.08), 0.22, 0.4)

    # Streets bound quarters of about 90 by 140 m, oriented by their town.
    bend = 3 * fractal(rng, size, 60, 2.8)
    u = x * np.cos(turn) + y * np.sin(turn) + bend
    v = y * np.cos(turn) - x * np.sin(turn) + bend
    quarter_u, quarter_v = np.floor(u / 9).astype(np.int64), np.floor(v / 14).astype(np.int64)
    to_street = np.minimum(np.minimum(u % 9, 9 - u % 9), np.minimum(v % 14, 14 - v % 14))
    street = smoothstep(to_street, 1.1, 0.3) * 0.8

    # A quarter is a hall, a park, or lots of 2 by 3 pixels with a house on some.
    use = hash01(seed + 1, quarter_u, quarter_v)
    lot_u, lot_v = np.floor(u / 2.2).astype(np.int64), np.floor(v / 2.9).astype(np.int64)
    lot = hash01(seed + 2, lot_u, lot_v)
    house = np.where(lot < 0.35 + 0.5 * density, 0.35 + 0.5 * density, 0.05)
    hall = np.where(to_street > 1.6, 0.97, 0.1)
    is_hall, is_park = use < 0.07, use > 0.93
    built = np.select([is_hall, is_park], [hall, 0.0], house) * (1 - street)
    hall_roof = hash01(seed + 3, quarter_u, quarter_v)
    house_roof = hash01(seed + 4, lot_u, lot_v)
    sealed = np.where(is_park, 0.03, 0.15 + 0.45 * density) * (1 - built - street)
    garden = np.where(is_park, 0.6, 0.3 * (1 - density))
    return Towns(
        density=(urban * density).astype(np.float32),
        built=(urban * built).astype(np.float32),
        street=(urban * (street + np.where(is_hall, 1.4, 1.0) * sealed))
        .clip(0, 1 - urban * built)
        .astype(np.float32),
        roof=np.where(is_hall, 0.8 + 0.2 * hall_roof, 0.8 * house_roof).astype(np.float32),
        garden=(urban * garden).astype(np.float32),
    )
