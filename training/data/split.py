"""Which tiles train, which decide when training stops, which are held out for the scores."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from gac_core.bands import BIOMES
from training.data.errors import DataError
from training.data.source import name_hash

Role = Literal["train", "val", "test"]

ROLES: tuple[Role, ...] = ("train", "val", "test")

_WRITE = "Write a CSV with the columns tile,role and perhaps biome; roles are train, val and test."


def split_by_tile(
    tiles: Iterable[str],
    *,
    seed: int = 0,
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1),
    fixed: Mapping[str, str] | None = None,
) -> dict[str, Role]:
    """A role for each tile, by a hash of its name: never by patch, as neighbours are alike.

    A tile's role does not depend on which others there are, so data that comes later moves none.
    With few tiles the shares are met roughly, and a role may stay empty: fix roles then.

    Args:
        tiles: Names, repeated or not.
        seed: Another seed gives another split.
        shares: Of train, val and test; they add up to one.
        fixed: Roles that are settled.

    Raises:
        DataError: If a fixed role is no role, or the shares are no shares.
    """
    if min(shares) < 0 or abs(sum(shares) - 1) > 1e-6:
        raise DataError(
            f"{shares} are no shares of train, val and test.", "Give three that add up to one."
        )
    settled = {tile: as_role(role, tile) for tile, role in (fixed or {}).items()}
    return {tile: settled.get(tile) or _drawn(tile, seed, shares) for tile in sorted(set(tiles))}


def _drawn(tile: str, seed: int, shares: tuple[float, float, float]) -> Role:
    place = name_hash(tile, seed) / 2**64
    if place < shares[0]:
        return "train"
    return "val" if place < shares[0] + shares[1] else "test"


def as_role(text: str, tile: str) -> Role:
    """The role of that name.

    Raises:
        DataError: If there is none.
    """
    for role in ROLES:
        if text == role:
            return role
    raise DataError(f"Tile {tile} cannot have the role {text!r}.", _WRITE)


def read_roles(path: Path) -> dict[str, Role]:
    """Roles by tile from a CSV with the columns `tile` and `role`.

    Raises:
        DataError: If it cannot be read, or names a tile twice or another role.
    """
    roles: dict[str, Role] = {}
    for row in _rows(path):
        tile = row["tile"]
        if tile in roles:
            raise DataError(f"{path} gives tile {tile} two roles.", _WRITE)
        roles[tile] = as_role(row["role"], tile)
    return roles


def read_biomes(path: Path) -> dict[str, int]:
    """Biomes by tile from the same CSV's column `biome`; tiles without one are left out.

    Raises:
        DataError: If it cannot be read, or a biome is no number from 0 to 14.
    """
    return {
        row["tile"]: as_biome(row["biome"], f"{path}, tile {row['tile']}")
        for row in _rows(path)
        if row.get("biome")
    }


def as_biome(text: str, where: str) -> int:
    """A biome's number.

    Raises:
        DataError: If it is none.
    """
    if not text.isdigit() or int(text) >= len(BIOMES):
        raise DataError(
            f"{where}: {text!r} is no biome.",
            f"Give a RESOLVE biome's number, 1 to {len(BIOMES) - 1}, or 0 for unknown.",
        )
    return int(text)


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path} cannot be read: {error}.", _WRITE) from error
    if not rows or not {"tile", "role"} <= rows[0].keys():
        raise DataError(f"{path} is no table of roles.", _WRITE)
    return rows
