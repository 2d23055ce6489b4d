"""Procedural landscape: ground cover independent of any sensor.

Each pixel is a mixture: shares of water, tree crowns, roofs and sealed ground, and the rest a field
or wild open ground. The radar and the optical simulation mix the same shares, so that a pair shows
one place. Effects visible to only one sensor are drawn separately.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.spatial import cKDTree
from scipy.special import ndtr, ndtri

from training.demo.region import CROPS, WILD, Region

Array = NDArray[np.float32]
"""Float32 map, (H, W) unless stated otherwise."""
Integers = NDArray[np.int64]


def fractal(
    rng: np.random.Generator, size: int, scale: float, slope: float = 2.4, finest: float = 0.0
) -> Array:
    """Return Gaussian noise with a power-law spectrum, mean 0 and deviation 1.

    The amplitude at spatial frequency k is (k² + 1/scale²)^(−slope/2): flat for features larger
    than `scale`, self-similar below (spectral synthesis, Saupe 1988).

    Args:
        rng: Random generator.
        size: Side of the map in pixels.
        scale: Size of the largest features in pixels.
        slope: Steepness of the spectrum; 1 is grainy, 3 is smooth.
        finest: Size in pixels below which features are damped; 0 keeps all.

    Returns:
        The map, (size, size).
    """
    # A border keeps the transform's periodic image out of the map.
    edge = fft.next_fast_len(size + min(size, round(scale)))
    ky = np.fft.fftfreq(edge).astype(np.float32)[:, None]
    kx = np.fft.rfftfreq(edge).astype(np.float32)[None, :]
    k2 = ky * ky + kx * kx
    amplitude = (k2 + np.float32(1.0 / scale**2)) ** np.float32(-slope / 2)
    if finest > 0:
        amplitude *= np.exp(-k2 * np.float32(finest**2))
    amplitude[0, 0] = 0
    white = rng.standard_normal((edge, edge), dtype=np.float32)
    field = fft.irfft2(fft.rfft2(white) * amplitude, s=(edge, edge))
    field = field / field.std()
    return np.ascontiguousarray(field[:size, :size], dtype=np.float32)


def hash01(seed: int, *keys: Integers | int) -> Array:
    """Return a reproducible number in [0, 1) for each combination of integers.

    Args:
        seed: Another seed gives unrelated numbers.
        *keys: Integer arrays that broadcast against each other.

    Returns:
        The numbers, in the shape of the keys. Mixing as in SplitMix64 (Steele et al. 2014).
    """
    state = np.asarray(seed * 0x9E3779B97F4A7C15 & (2**64 - 1), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for key in keys:
            mixed = np.asarray(key, dtype=np.int64).astype(np.uint64) ^ state
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            state = mixed ^ (mixed >> np.uint64(31))
    return np.asarray((state >> np.uint64(40)) / 2**24, dtype=np.float32)


def smoothstep(values: Array, low: float, high: float) -> Array:
    """Return 0 below `low`, 1 above `high`, a smooth ramp between (also with low > high)."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def bell(seed: int, *keys: Integers | int) -> Array:
    """Return roughly normal numbers like `hash01`, with mean 0, deviation 1 and none beyond 3."""
    total = hash01(seed, *keys) + hash01(seed + 101, *keys) + hash01(seed + 202, *keys)
    return np.asarray(2 * total - 3, dtype=np.float32)


@dataclass(frozen=True)
class Parcels:
    """Cadastre of blocks, fields and roads.

    Attributes:
        block: Index of each pixel's block, (H, W).
        key: Random number of each field, (H, W).
        along: Distance along the field's rows in pixels, (H, W).
        across: Distance across the field's rows in pixels, (H, W).
        margin: Distance to the field's nearest edge in pixels, (H, W).
        road: Share of each pixel that is road, 0 to 1, (H, W).
    """

    block: Integers
    key: Integers
    along: Array
    across: Array
    margin: Array
    road: Array


def make_parcels(
    rng: np.random.Generator, size: int, block_size: float, field_size: float, order: float = 0.0
) -> Parcels:
    """Return a random cadastre.

    Args:
        rng: Random generator.
        size: Side of the map in pixels.
        block_size: Typical side of a block in pixels.
        field_size: Typical width of a field in pixels.
        order: 0 for irregular blocks, 1 for a surveyed grid.

    Returns:
        The cadastre.
    """
    seed = int(rng.integers(2**31))
    y, x = np.meshgrid(*[np.arange(size, dtype=np.float32)] * 2, indexing="ij")
    bend = 0.12 * block_size * (1 - order)
    wx = x + bend * fractal(rng, size, block_size, 3.0)
    wy = y + bend * fractal(rng, size, block_size, 3.0)

    north = float(rng.uniform(0, np.pi))
    wx, wy = (wx * np.cos(north) + wy * np.sin(north), wy * np.cos(north) - wx * np.sin(north))
    block, other, gap = _blocks(rng, wx, wy, block_size, 0.48 * (1 - order))
    low, high = np.minimum(block, other), np.maximum(block, other)
    width = _road_width(hash01(seed, low, high))
    road = smoothstep(gap, 1.4, 0.2) * width

    angle = _per_block(seed + 1, block) * 0.9 * (1 - order) + north
    angle += np.where(hash01(seed + 2, block) < 0.5, np.pi / 2, 0).astype(np.float32)
    # Roads bend, fields are straight.
    along = x * np.cos(angle) + y * np.sin(angle)
    across = y * np.cos(angle) - x * np.sin(angle)

    strip_width = field_size * np.exp((0.55 - 0.3 * order) * bell(seed + 3, block))
    strip, edge_u = _cells(seed + 4, across / strip_width, block)
    length = strip_width * (1.3 + 3.5 * hash01(seed + 5, block, strip))
    piece, edge_v = _cells(seed + 6, along / length, block * 8191 + strip)
    margin = np.minimum(np.minimum(edge_u * strip_width, edge_v * length), gap)
    key = (hash01(seed + 7, block, strip, piece) * 2**24).astype(np.int64)
    return Parcels(
        block=block,
        key=key,
        along=along.astype(np.float32),
        across=across.astype(np.float32),
        margin=margin.astype(np.float32),
        road=road.astype(np.float32),
    )


def _blocks(
    rng: np.random.Generator, x: Array, y: Array, spacing: float, jitter: float
) -> tuple[Integers, Integers, Array]:
    """Return Voronoi cells of a jittered lattice: own cell, nearest other one, edge distance."""
    px, py = np.meshgrid(
        *[np.arange(a.min() - 2 * spacing, a.max() + 2 * spacing, spacing) for a in (x, y)]
    )
    seeds = np.stack([px.ravel(), py.ravel()], -1)
    seeds = seeds + rng.uniform(-jitter, jitter, seeds.shape) * spacing
    distance, index = cKDTree(seeds).query(np.stack([x.ravel(), y.ravel()], -1), k=2)
    apart = np.linalg.norm(seeds[index[:, 0]] - seeds[index[:, 1]], axis=1)
    gap = (distance[:, 1] ** 2 - distance[:, 0] ** 2) / (2 * apart)
    own, other = index[:, 0].reshape(x.shape), index[:, 1].reshape(x.shape)
    return own.astype(np.int64), other.astype(np.int64), gap.reshape(x.shape).astype(np.float32)


def _road_width(chance: Array) -> Array:
    """Return the road share of an edge between two blocks: paved, track, or none."""
    return np.select([chance < 0.3, chance < 0.75], [0.95, 0.45], 0.1).astype(np.float32)


def _per_block(seed: int, block: Integers) -> Array:
    return hash01(seed, block) - 0.5


def _cells(seed: int, position: Array, owner: Integers) -> tuple[Integers, Array]:
    """Cut a line at jittered integers: return the cell's index and the distance to its edge."""

    def cut(number: Integers) -> Array:
        return number + 0.7 * (hash01(seed, owner, number) - 0.5)

    number = np.floor(position).astype(np.int64)
    number = np.where(position < cut(number), number - 1, number)
    number = np.where(position >= cut(number + 1), number + 1, number)
    edge = np.minimum(position - cut(number), cut(number + 1) - position)
    return number, np.maximum(edge, 0).astype(np.float32)


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


@dataclass(frozen=True)
class Landscape:
    """Simulated place. All maps are (H, W) with pixels of 10 m.

    Attributes:
        region: Region it lies in.
        height: Terrain height in metres.
        water: Share of open water, 0 to 1.
        tree: Share of tree crowns, 0 to 1.
        conifer: Share of conifers among the crowns, 0 to 1.
        built: Share under roofs, 0 to 1.
        sealed: Share of roads and other sealed ground, 0 to 1.
        roof: Random number of the building, 0 to 1.
        urban: How urban the place is, 0 to 1.
        crop: Cover of open ground, as an index into `region.CROPS`.
        phase: Months by which the field's crop is ahead of the usual.
        soil: Brightness of the bare soil relative to a medium one.
        blend: Share of the second of the region's soils in the first, 0 to 1.
        rough: Roughness of the ground, mean 0 and deviation about 1, one value per field.
        vigour: Plant growth, mean 0 and deviation about 1, varying within fields.
        tint: Colour of the field's crop, mean 0 and deviation 1, one value per field; visible to
            the optical sensor only.
        drift: Persistence of snow, mean 0 and deviation about 1.
        snow: Snow in midwinter, 0 (none) to 1 (full cover).
        grain: Fine texture visible to both sensors, mean 0 and deviation 1.
    """

    region: Region
    height: Array
    water: Array
    tree: Array
    conifer: Array
    built: Array
    sealed: Array
    roof: Array
    urban: Array
    crop: NDArray[np.int8]
    phase: Array
    soil: Array
    blend: Array
    rough: Array
    vigour: Array
    tint: Array
    drift: Array
    snow: float
    grain: Array


def make_landscape(
    rng: np.random.Generator,
    size: int,
    region: Region,
    towns: tuple[tuple[float, float, float], ...] | None = None,
) -> Landscape:
    """Return a random landscape.

    Args:
        rng: Random generator.
        size: Side in pixels.
        region: Kind of region.
        towns: (row, column, radius) of each settlement in pixels; None: random ones.

    Returns:
        The landscape.
    """
    parcels = make_parcels(rng, size, region.block_size, region.field_size, region.order)
    height, water, bank = _terrain(rng, size, region)
    town = make_towns(rng, size, region, towns)
    seed = int(rng.integers(2**31))
    dry_land = 1 - water
    grain = fractal(rng, size, 4, 1.2)
    broad = fractal(rng, size, 60, 1.9)
    patchy = fractal(rng, size, 25, 1.6)
    wild = _wild(broad, patchy, region, parcels, town)

    tree, conifer = _trees(rng, size, region, parcels, town, wild, bank, seed)
    tree = tree * dry_land
    built = town.built * dry_land * (1 - tree)
    road = np.maximum(parcels.road * (1 - 0.5 * tree) * np.where(wild, 0.4, 1.0), town.street)
    sealed = np.minimum(road * dry_land, 1 - built - tree * 0.8).clip(0)
    stripes = np.sin(parcels.across * (2.2 + 2 * hash01(seed + 1, parcels.key)))
    stripes = stripes * (hash01(seed + 2, parcels.key) < 0.5)

    def by_field(number: int) -> Array:
        """Return one number per field; outside of fields, a slowly varying one."""
        return np.where(wild, 0.8 * patchy, bell(seed + number, parcels.key))

    vigour = 0.6 * broad + 0.35 * stripes * ~wild + 0.45 * grain + by_field(3)
    soil = region.soil * np.exp(0.26 * by_field(4) + 0.12 * broad + 0.06 * patchy)
    return Landscape(
        region=region,
        height=height,
        water=water,
        tree=tree.astype(np.float32),
        conifer=conifer,
        built=built.astype(np.float32),
        sealed=np.minimum(sealed, 1 - water - tree - built).clip(0).astype(np.float32),
        roof=town.roof,
        urban=town.density,
        crop=_crops(seed, parcels, region, town, wild, broad, patchy),
        phase=np.float32(region.sowing) * by_field(5),
        soil=soil.astype(np.float32),
        blend=smoothstep(0.5 * broad + 0.25 * patchy + 0.8 * by_field(7), -1.6, 1.6),
        rough=by_field(6) + np.float32(0.3) * broad,
        vigour=vigour.astype(np.float32),
        tint=by_field(8),
        drift=0.7 * patchy - 0.5 * broad,
        snow=float(rng.uniform(0, 1)) if rng.random() < region.cold else 0.0,
        grain=grain,
    )


def _wild(
    broad: Array, patchy: Array, region: Region, parcels: Parcels, town: Towns
) -> NDArray[np.bool_]:
    """Return the mask of open ground without fields."""
    if region.wild <= 0:
        return np.zeros(broad.shape, np.bool_)
    score = broad + 0.3 * patchy + 1.2 * (hash01(17, parcels.block) - 0.5)
    return (score >= np.quantile(score, 1 - region.wild)) & (town.density < 0.05)


def _terrain(rng: np.random.Generator, size: int, region: Region) -> tuple[Array, Array, Array]:
    """Return height, water share, and closeness to the river (1 at its bank, 0 far away)."""
    scale = 110.0
    hills = fractal(rng, size, scale, 2.7)
    ridges = 1 - np.abs(fractal(rng, size, 0.6 * scale, 2.9)) + 0.04 * fractal(rng, size, 30, 2.2)
    height = region.relief * (0.75 * hills + 0.5 * ridges)
    water = np.zeros((size, size), np.float32)
    bank = np.zeros((size, size), np.float32)
    if region.lakes > 0:
        basin = fractal(rng, size, 70, 2.1, finest=3) + 0.7 * hills
        level = np.float32(np.quantile(basin, region.lakes))
        edge_distance = np.asarray((basin - level) / _steepness(basin, 1e-3), dtype=np.float32)
        water = smoothstep(edge_distance, 0.6, -0.6)
    if region.coast > 0:
        sea = _bent_plane(rng, size, 26)
        sea = sea - np.float32(np.quantile(sea, region.coast))
        edge_distance = np.asarray(sea / _steepness(sea, 0.3), dtype=np.float32)
        water = np.maximum(water, smoothstep(edge_distance, 0.6, -0.6))
        height = height * smoothstep(edge_distance, -5, 40)
    if region.river_width > 0:
        distance = _river_distance(rng, size)
        half = np.float32(region.river_width / 2) * (1 + 0.15 * fractal(rng, size, 60, 2.0))
        edge_distance = np.asarray(distance - half, dtype=np.float32)
        water = np.maximum(water, smoothstep(edge_distance, 0.6, -0.6))
        bank = np.exp(-np.square(edge_distance.clip(0) / 4)).astype(np.float32)
        valley = np.exp(-np.square(distance / 60))
        height = height - valley * (height - height.min())
    return height.astype(np.float32), water.astype(np.float32), bank


def _river_distance(rng: np.random.Generator, size: int) -> Array:
    """Return the distance in pixels to a meandering line: the zero line of a bent plane."""
    plane = _bent_plane(rng, size, 14) + np.float32(rng.uniform(-0.2, 0.2) * size)
    return np.asarray(np.abs(plane) / _steepness(plane, 0.5), dtype=np.float32)


def _bent_plane(rng: np.random.Generator, size: int, bends: float) -> Array:
    """Return a bent plane with a slope of about 1 per pixel in a random direction."""
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.meshgrid(*[np.arange(size, dtype=np.float32) - size / 2] * 2, indexing="ij")
    bent = bends * fractal(rng, size, 80, 3.2, finest=14)
    return np.asarray(x * np.cos(angle) + y * np.sin(angle) + bent, np.float32)


def _steepness(field: Array, minimum: float) -> Array:
    """Return the change per pixel, at least `minimum`; its inverse is a level line's width."""
    dy, dx = np.gradient(field)
    return np.asarray(np.maximum(np.hypot(dy, dx), minimum), dtype=np.float32)


def _trees(
    rng: np.random.Generator,
    size: int,
    region: Region,
    parcels: Parcels,
    town: Towns,
    wild: NDArray[np.bool_],
    bank: Array,
    seed: int,
) -> tuple[Array, Array]:
    """Return the share of tree crowns, and of conifers among them."""
    # Forest follows the borders of fields, if any.
    bounds = np.where(wild, 0.1, 0.9) * (hash01(seed + 10, parcels.key) - 0.5)
    score = fractal(rng, size, 80, 1.8, finest=1) + bounds - 1.5 * town.density
    forest = smoothstep(score - np.quantile(score, 1 - region.forest), -0.08, 0.08)
    cleared = hash01(seed + 11, parcels.key) < 0.08
    forest = forest * np.where(cleared, 0.15, 1.0)
    gaps = fractal(rng, size, 5, 1.3)
    crowns = forest * (0.9 + 0.09 * gaps).clip(0.3, 1)

    hedged = hash01(seed + 12, parcels.block) < 0.35
    hedge = smoothstep(parcels.margin, 0.9, 0.3) * (hash01(seed + 13, parcels.key) < 0.4) * hedged
    # Single crowns: the Gaussian quantile exceeded by the share of pixels under them.
    single = float(-ndtri(region.scattered + 1e-4))
    lone = smoothstep(gaps, single - 0.3, single + 0.6) * 0.75
    riverside = bank * smoothstep(fractal(rng, size, 25, 1.8), -0.3, 0.6) * 0.8
    garden = town.garden * (1 - town.built - town.street) * (0.7 + 0.5 * gaps).clip(0, 1.5)
    tree = np.maximum.reduce([crowns, 0.75 * hedge, lone * (town.density < 0.1), riverside])
    tree = np.where(town.density > 0.05, np.minimum(tree, 1 - town.built - town.street), tree)
    tree = np.maximum(tree, garden).clip(0, 1)

    stands = fractal(rng, size, 45, 1.9) + 1.2 * (hash01(seed + 14, parcels.key) - 0.5)
    bias = 2.2 * (2 * region.conifer - 1)
    conifer = smoothstep(stands + np.float32(bias), -0.5, 0.5)
    return tree.astype(np.float32), conifer


def _crops(
    seed: int,
    parcels: Parcels,
    region: Region,
    town: Towns,
    wild: NDArray[np.bool_],
    broad: Array,
    patchy: Array,
) -> NDArray[np.int8]:
    """Return the cover of open ground, drawn from the region's mixes, similar among neighbours."""
    draw = hash01(seed + 20, parcels.key)
    draw = np.where(hash01(seed + 21, parcels.key) < 0.25, hash01(seed + 22, parcels.block), draw)
    farmed = np.searchsorted(np.cumsum(region.crop_mix)[:-1], draw, side="right")
    # Wild covers follow each other along a slow gradient, each over its share of the land.
    drift = ndtr((0.8 * patchy - 0.6 * broad).astype(np.float64))
    place = np.searchsorted(np.cumsum(region.wild_mix)[:-1], drift, side="right")
    cover = np.array([CROPS.index(name) for name in WILD])[place]
    crop = np.where(wild, cover, farmed)
    return np.where(town.density > 0.05, CROPS.index("pasture"), crop).astype(np.int8)
