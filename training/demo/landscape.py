"""A procedural landscape: what is on the ground, before any sensor looks at it.

Each pixel is a mixture: shares of water, tree crowns, roofs and sealed ground, and the rest a field
or meadow. Both the radar and the optical simulation mix the same shares and carry the same texture,
so that a pair shows one place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.demo.noise import Array, bell, fractal, hash01, smoothstep
from training.demo.parcels import Parcels, make_parcels
from training.demo.region import Region
from training.demo.town import Towns, make_towns


@dataclass(frozen=True)
class Landscape:
    """One place. All maps are (H, W) with pixels of 10 m.

    Attributes:
        region: The country it lies in.
        height: Terrain height in metres.
        water: Share of open water, 0 to 1.
        tree: Share of tree crowns, 0 to 1.
        conifer: Share of conifers among the crowns, 0 to 1.
        built: Share under roofs, 0 to 1.
        sealed: Share of roads and other sealed ground, 0 to 1.
        roof: Random number of the building, 0 to 1.
        crop: What grows on the field, as a position in `region.CROPS`.
        phase: How many months earlier than usual the field's crop is.
        soil: Brightness of the bare soil against a middling one.
        rough: Roughness of the ground, mean 0 and deviation about 1, one value a field.
        vigour: How well plants grow, mean 0 and deviation about 1, varying within fields.
        grain: Fine texture that both sensors see, mean 0 and deviation 1.
    """

    region: Region
    height: Array
    water: Array
    tree: Array
    conifer: Array
    built: Array
    sealed: Array
    roof: Array
    crop: NDArray[np.int8]
    phase: Array
    soil: Array
    rough: Array
    vigour: Array
    grain: Array


def make_landscape(
    rng: np.random.Generator,
    size: int,
    region: Region,
    towns: tuple[tuple[float, float, float], ...] | None = None,
) -> Landscape:
    """Makes a landscape.

    Args:
        rng: Where the randomness comes from.
        size: Edge in pixels.
        region: What kind of country it is.
        towns: (row, column, radius) of each settlement in pixels; None draws them.

    Returns:
        The landscape.
    """
    parcels = make_parcels(rng, size, region.block_size, region.field_size)
    height, water, bank = _terrain(rng, size, region)
    town = make_towns(rng, size, region, towns)
    seed = int(rng.integers(2**31))
    dry_land = 1 - water

    tree, conifer = _trees(rng, size, region, parcels, town, bank, seed)
    tree = tree * dry_land
    built = town.built * dry_land * (1 - tree)
    road = np.maximum(parcels.road * (1 - 0.5 * tree), town.street)
    sealed = np.minimum(road * dry_land, 1 - built - tree * 0.8).clip(0)
    grain = fractal(rng, size, 4, 1.2)
    broad = fractal(rng, size, 60, 1.9)
    stripes = np.sin(parcels.across * (2.2 + 2 * hash01(seed + 1, parcels.key)))
    stripes = stripes * (hash01(seed + 2, parcels.key) < 0.5)
    vigour = 0.6 * broad + 0.35 * stripes + 0.45 * grain + bell(seed + 3, parcels.key)
    soil = region.soil * np.exp(0.16 * bell(seed + 4, parcels.key) + 0.12 * broad)
    return Landscape(
        region=region,
        height=height,
        water=water,
        tree=tree.astype(np.float32),
        conifer=conifer,
        built=built.astype(np.float32),
        sealed=np.minimum(sealed, 1 - water - tree - built).clip(0).astype(np.float32),
        roof=town.roof,
        crop=_crops(seed, parcels, region, town),
        phase=0.7 * bell(seed + 5, parcels.key),
        soil=soil.astype(np.float32),
        rough=bell(seed + 6, parcels.key) + np.float32(0.3) * broad,
        vigour=vigour.astype(np.float32),
        grain=grain,
    )


def _terrain(rng: np.random.Generator, size: int, region: Region) -> tuple[Array, Array, Array]:
    """Height, water share, and how close the river is (1 at its bank, 0 far from it)."""
    scale = 110.0
    hills = fractal(rng, size, scale, 2.7)
    ridges = 1 - np.abs(fractal(rng, size, 0.6 * scale, 2.9)) + 0.04 * fractal(rng, size, 30, 2.2)
    height = region.relief * (0.75 * hills + 0.5 * ridges)
    water = np.zeros((size, size), np.float32)
    bank = np.zeros((size, size), np.float32)
    if region.lakes > 0:
        basin = fractal(rng, size, 70, 2.1, finest=3) + 0.7 * hills
        level = np.float32(np.quantile(basin, region.lakes))
        off = np.asarray((basin - level) / _steepness(basin, 1e-3), dtype=np.float32)
        water = smoothstep(off, 0.6, -0.6)
    if region.river_width > 0:
        distance = _river_distance(rng, size)
        half = np.float32(region.river_width / 2) * (1 + 0.15 * fractal(rng, size, 60, 2.0))
        off = np.asarray(distance - half, dtype=np.float32)
        water = np.maximum(water, smoothstep(off, 0.6, -0.6))
        bank = np.exp(-np.square(off.clip(0) / 4)).astype(np.float32)
        valley = np.exp(-np.square(distance / 60))
        height = height - valley * (height - height.min())
    return height.astype(np.float32), water.astype(np.float32), bank


def _river_distance(rng: np.random.Generator, size: int) -> Array:
    """Distance in pixels to a meandering line: the zero line of a bent plane."""
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.meshgrid(*[np.arange(size, dtype=np.float32) - size / 2] * 2, indexing="ij")
    offset = rng.uniform(-0.2, 0.2) * size
    bends = 18 * fractal(rng, size, 80, 3.2, finest=10)
    plane = np.asarray(x * np.cos(angle) + y * np.sin(angle) + offset + bends, np.float32)
    return np.asarray(np.abs(plane) / _steepness(plane, 0.5), dtype=np.float32)


def _steepness(field: Array, least: float) -> Array:
    """Change per pixel, at least `least`: a level line's width in pixels is 1 over it."""
    dy, dx = np.gradient(field)
    return np.asarray(np.maximum(np.hypot(dy, dx), least), dtype=np.float32)


def _trees(
    rng: np.random.Generator,
    size: int,
    region: Region,
    parcels: Parcels,
    town: Towns,
    bank: Array,
    seed: int,
) -> tuple[Array, Array]:
    """Share of tree crowns and of conifers among them."""
    wild = fractal(rng, size, 80, 1.9, finest=2) + 0.9 * (hash01(seed + 10, parcels.key) - 0.5)
    wild = wild - 1.5 * town.density
    forest = smoothstep(wild - np.quantile(wild, 1 - region.forest), -0.06, 0.06)
    cleared = hash01(seed + 11, parcels.key) < 0.05
    forest = forest * np.where(cleared, 0.15, 1.0)
    gaps = fractal(rng, size, 5, 1.3)
    crowns = forest * (0.9 + 0.09 * gaps).clip(0.3, 1)

    hedged = hash01(seed + 12, parcels.block) < 0.35
    hedge = smoothstep(parcels.margin, 0.9, 0.3) * (hash01(seed + 13, parcels.key) < 0.4) * hedged
    lone = smoothstep(gaps, 2.2, 2.8) * 0.7
    riverside = bank * smoothstep(fractal(rng, size, 25, 1.8), -0.3, 0.6) * 0.8
    garden = town.garden * (1 - town.built - town.street) * (0.7 + 0.5 * gaps).clip(0, 1.5)
    tree = np.maximum.reduce([crowns, 0.75 * hedge, lone * (town.density < 0.1), riverside])
    tree = np.where(town.density > 0.05, np.minimum(tree, 1 - town.built - town.street), tree)
    tree = np.maximum(tree, garden).clip(0, 1)

    stands = fractal(rng, size, 45, 1.9) + 1.2 * (hash01(seed + 14, parcels.key) - 0.5)
    bias = 2.2 * (2 * region.conifer - 1)
    conifer = smoothstep(stands + np.float32(bias), -0.5, 0.5)
    return tree.astype(np.float32), conifer


def _crops(seed: int, parcels: Parcels, region: Region, town: Towns) -> NDArray[np.int8]:
    """What grows on each field: drawn from the region's mix, with likes among neighbours."""
    draw = hash01(seed + 20, parcels.key)
    draw = np.where(hash01(seed + 21, parcels.key) < 0.25, hash01(seed + 22, parcels.block), draw)
    crop = np.searchsorted(np.cumsum(region.crop_mix)[:-1], draw, side="right")
    pasture = 3
    return np.where(town.density > 0.05, pasture, crop).astype(np.int8)
