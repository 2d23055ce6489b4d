"""Land parcels: blocks between roads, and fields as strips within the blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from training.demo.noise import Array, Integers, bell, fractal, hash01, smoothstep


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
