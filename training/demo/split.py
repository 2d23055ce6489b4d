"""Split of the Sentinel-2 tiles into training, stopping and held-out ones.

`roles.csv` holds it, looked up by hand: role and RESOLVE biome of each tile (0: on the edge of
two). Patches of a tile stay together. The file also serves `--roles` and `--biomes` on the command
line.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from training.data.split import Role, read_biomes, read_roles

FOLDS = 2
"""Number of folds of the training tiles: each gets opt_v1 from a generator that has not seen it."""

TABLE = Path(__file__).with_name("roles.csv")


@cache
def _roles() -> dict[str, Role]:
    return read_roles(TABLE)


@cache
def _biomes() -> dict[str, int]:
    return read_biomes(TABLE)


def role_of(tile: str) -> Role:
    """Return the role of a tile."""
    return _roles()[tile]


def biome_of(tile: str) -> int:
    """Return a tile's biome, 1 to 14; 0: unknown."""
    return _biomes()[tile]


def fold_of(tile: str) -> int:
    """Return the fold of the training tiles that a tile is in.

    Raises:
        ValueError: If it is not a training tile.
    """
    tiles = tiles_of("train")
    if tile not in tiles:
        raise ValueError(f"{tile} does not train")
    return tiles.index(tile) % FOLDS


def tiles_of(role: Role) -> list[str]:
    """Return the tiles of a role, sorted."""
    return sorted(tile for tile, tile_role in _roles().items() if tile_role == role)
