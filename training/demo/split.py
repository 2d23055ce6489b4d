"""Which Sentinel-2 tiles train, which stop the training, and which are held out for the scores.

`roles.csv` says it, looked up by hand: role and RESOLVE biome of each tile (0: on the edge of two).
Patches of a tile stay together. The same file serves `--roles` and `--biomes` on the command line.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from training.data.split import Role, read_biomes, read_roles

FOLDS = 2
"""Parts of the training tiles: each gets opt_v1 from a generator that has not seen it."""

TABLE = Path(__file__).with_name("roles.csv")


@cache
def _roles() -> dict[str, Role]:
    return read_roles(TABLE)


@cache
def _biomes() -> dict[str, int]:
    return read_biomes(TABLE)


def role_of(tile: str) -> Role:
    """What a tile is used for."""
    return _roles()[tile]


def biome_of(tile: str) -> int:
    """A tile's biome, 1 to 14; 0: unknown."""
    return _biomes()[tile]


def fold_of(tile: str) -> int:
    """Which of the `FOLDS` parts of the training tiles a tile is in.

    Raises:
        ValueError: If the tile does not train.
    """
    tiles = tiles_of("train")
    if tile not in tiles:
        raise ValueError(f"{tile} does not train")
    return tiles.index(tile) % FOLDS


def tiles_of(role: Role) -> list[str]:
    """The tiles of a role, sorted."""
    return sorted(tile for tile, found in _roles().items() if found == role)
