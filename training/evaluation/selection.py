"""Which pairs are judged: those of tiles that the bundle has not seen, unless told otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from gac_core.errors import RequestError

STOP = ("stop", "val")
"""Roles in a card's `training.tiles` that decided when training was to stop."""

SEEN = ("train", *STOP)
"""Roles in a card's `training.tiles` whose pixels had a say in the weights."""

_GRID_TILE = re.compile(r"T?(\d{1,2}[C-X][A-Z]{2})")


def same_tile(tile: str) -> str:
    """One spelling for a tile: `T34TEN`, `34ten` and `34TEN` are one place."""
    match = _GRID_TILE.fullmatch(tile.strip().upper())
    return match[1].zfill(5) if match else tile.strip()


def seen_tiles(card: Mapping[str, Any], roles: Collection[str] = SEEN) -> set[str]:
    """Tiles that trained the bundle or stopped its training, by its card, in one spelling."""
    tiles = (card.get("training") or {}).get("tiles") or {}
    return {same_tile(tile) for role in roles for tile in tiles.get(role, ())}


def choose_tiles(wanted: str | Collection[str], present: Sequence[str], seen: set[str]) -> set[str]:
    """The tiles to judge, as they are spelt in the data.

    Args:
        wanted: `all`, `unseen`, names separated by commas, or names.
        present: The tile of each pair.
        seen: Tiles that the bundle has seen (`seen_tiles`).

    Raises:
        RequestError: If a named tile is not in the data, or nothing is left.
    """
    if wanted == "all":
        return set(present)
    if wanted == "unseen":
        unseen = {tile for tile in present if same_tile(tile) not in seen}
        if not unseen:
            raise RequestError(
                "Every tile in the data took part in the bundle's training: "
                f"{', '.join(sorted(set(present))) or 'there are none'}.",
                "Give pairs of other places, or name tiles with --tiles to judge them all the same "
                "(that says nothing about new places).",
            )
        return unseen
    names = wanted.split(",") if isinstance(wanted, str) else list(wanted)
    asked = {same_tile(name) for name in names if name.strip()}
    found = {tile for tile in present if same_tile(tile) in asked}
    missing = asked - {same_tile(tile) for tile in found}
    if missing or not found:
        raise RequestError(
            f"The data has no pairs of tile {', '.join(sorted(missing)) or '(none named)'}.",
            f"Its tiles are: {', '.join(sorted(set(present))) or 'none'}.",
        )
    return found


def choose_pairs(tiles: Sequence[str], chosen: set[str], limit: int | None) -> list[int]:
    """Indices of the pairs to judge, in the order of the data.

    With a limit, one of each tile is taken, then a second one of each, and so on: few images of
    many places say more than many of one.
    """
    by_tile: dict[str, list[int]] = {}
    for index, tile in enumerate(tiles):
        if tile in chosen:
            by_tile.setdefault(tile, []).append(index)
    ranked = sorted((rank, i) for group in by_tile.values() for rank, i in enumerate(group))
    return sorted(i for _, i in ranked[:limit])
