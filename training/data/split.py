"""Split of tiles into training, validation and test."""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from gac_core.contract.bands import BIOMES
from gac_core.contract.message import Message
from training.data.files import as_tile
from training.data.pair import DataError, Footprint, PairSource, name_hash

Role = Literal["train", "val", "test"]
ROLES: tuple[Role, ...] = ("train", "val", "test")
_WRITE = Message(
    "Write a CSV with the columns tile,role and perhaps biome; roles are train, val and test."
)
_COLUMNS = ("tile", "role", "biome")
_MAX_NAMES = 5
log = logging.getLogger(__name__)

TILES, PLACES = "tiles", "places"
MAX_PLACES = 5000
"""Maximum number of places on a card, about 150 kB. With more pairs it keeps only the tiles."""
_CARD_ROLES: Mapping[str, Role] = {"train": "train", "stop": "val", "val": "val", "test": "test"}
"""Roles by their names on cards."""


def split_by_tile(
    tiles: Iterable[str],
    *,
    seed: int = 0,
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1),
    fixed: Mapping[str, str] | None = None,
) -> dict[str, Role]:
    """Return a role for each tile, by a hash of its name; patches of a tile stay together.

    A tile's role does not depend on the other tiles, so later data moves none. With few tiles the
    shares are met roughly, and a role may stay empty: fix roles then.

    Args:
        tiles: Names, repeated or not.
        seed: Another seed gives another split.
        shares: Shares of train, val and test; they add up to one.
        fixed: Fixed roles; those of tiles that do not occur are reported.

    Raises:
        DataError: If a fixed role is invalid, none of them is of a tile that occurs, or the shares
            are invalid.
    """
    if min(shares) < 0 or abs(sum(shares) - 1) > 1e-6:
        raise DataError(
            Message("{} are no shares of train, val and test.", shares),
            Message("Give three that add up to one."),
            problem="shares-wrong",
        )
    fixed_roles = {as_tile(tile): as_role(role, tile) for tile, role in (fixed or {}).items()}
    names = {tile: as_tile(tile) for tile in sorted(set(tiles))}
    _report_unused(fixed_roles, set(names.values()))
    return {
        tile: fixed_roles.get(name) or _draw_role(name, seed, shares)
        for tile, name in names.items()
    }


def _report_unused(fixed: Mapping[str, Role], present: set[str]) -> None:
    """Report roles of unknown tiles: a misspelt one would train though it is held out."""
    unused = sorted(fixed.keys() - present)
    if not unused:
        return
    if len(unused) == len(fixed):
        raise DataError(
            Message(
                "None of the {} tiles whose roles are settled occurs in the data. "
                "Settled are {}; the data has {}.",
                len(fixed),
                abbreviate(unused),
                abbreviate(sorted(present)),
            ),
            Message("Write tiles as the data does, or ask for more pairs."),
            problem="roles-of-absent-tiles",
        )
    log.warning(
        "%d of the %d tiles whose roles are settled do not occur in the data: %s.",
        len(unused), len(fixed), abbreviate(unused),
    )  # fmt: skip


def abbreviate(names: Sequence[str]) -> str:
    """Return some names as text, and the number of the others."""
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    return (", ".join(names[:_MAX_NAMES]) or "none") + more


def _draw_role(tile: str, seed: int, shares: tuple[float, float, float]) -> Role:
    place = name_hash(tile, seed) / 2**64
    if place < shares[0]:
        return "train"
    return "val" if place < shares[0] + shares[1] else "test"


def tiles_by_role(split: Mapping[str, str]) -> dict[str, list[str]]:
    """Return names of tiles by role as on cards: `train`, `stop` and `test`."""
    card_roles = {"train": "train", "stop": "val", "test": "test"}
    return {
        name: sorted(tile for tile, own in split.items() if own == role)
        for name, role in card_roles.items()
    }


def as_role(text: str, tile: str) -> Role:
    """Return a role by its name.

    Raises:
        DataError: If there is no such role.
    """
    for role in ROLES:
        if text == role:
            return role
    raise DataError(
        Message("Tile {} cannot have the role {}.", tile, repr(text)),
        _WRITE,
        problem="role-unknown",
    )


def read_roles(path: Path) -> dict[str, Role]:
    """Read roles by tile from a CSV with the columns `tile` and `role`.

    Raises:
        DataError: If it cannot be read, repeats a tile or has an invalid role.
    """
    roles: dict[str, Role] = {}
    for row in _rows(path):
        tile = row["tile"]
        if tile in roles:
            raise DataError(
                Message("{} gives tile {} two roles.", path, tile),
                _WRITE,
                problem="tile-with-two-roles",
            )
        roles[tile] = as_role(row["role"], tile)
    return roles


def read_biomes(path: Path) -> dict[str, int]:
    """Read biomes by tile from the same CSV's column `biome`; tiles without one are omitted.

    Raises:
        DataError: If it cannot be read, or a biome is not a number from 0 to 14.
    """
    return {
        row["tile"]: as_biome(row["biome"], f"{path}, tile {row['tile']}")
        for row in _rows(path)
        if row["biome"]
    }


def as_biome(text: str, where: str) -> int:
    """Return a biome's number.

    Raises:
        DataError: If it is invalid.
    """
    if not text.isdigit() or int(text) >= len(BIOMES):
        raise DataError(
            Message("{}: {} is no biome.", where, repr(text)),
            Message("Give a RESOLVE biome's number, 1 to {}, or 0 for unknown.", len(BIOMES) - 1),
            problem="biome-unknown",
        )
    return int(text)


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            Message("{} cannot be read: {}.", path, error), _WRITE, problem="roles-table-unreadable"
        ) from error
    if not rows or not {"tile", "role"} <= rows[0].keys():
        raise DataError(
            Message("{} is no table of roles.", path), _WRITE, problem="roles-table-wrong"
        )
    # A short row has None values, a long one has a list under the key None.
    cleaned = [{key: (row.get(key) or "").strip() for key in _COLUMNS} for row in rows]
    for number, row in enumerate(cleaned, start=2):
        row["tile"] = as_tile(row["tile"])
        if not row["tile"]:
            raise DataError(
                Message("{}, line {} names no tile.", path, number),
                _WRITE,
                problem="roles-line-without-tile",
            )
    return cleaned


@dataclass(frozen=True)
class History:
    """Tiles and places by their role in the training of any of a bundle's stages.

    A tile with several roles keeps the one with the strongest influence on the weights: one that
    trained any stage is a training tile of the bundle.

    Attributes:
        roles: Role by tile, normalised by `as_tile`.
        footprints: Footprints of the training and validation pairs, as far as cards name them.
        has_places: True if every stage whose card names tiles also names its places.
    """

    roles: Mapping[str, Role] = field(default_factory=dict)
    footprints: tuple[Footprint, ...] = ()
    has_places: bool = True

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> History:
        """Read the history from a bundle's card.

        A bundle trained as a whole keeps it under `training`; a packed one under `training` of its
        base and of each stage.
        """
        tiles: dict[Role, set[str]] = {role: set() for role in ROLES}
        footprints: list[Footprint] = []
        has_places = True
        for record in _training_records(card.get("training")):
            for name, names in record[TILES].items():
                if name in _CARD_ROLES and isinstance(names, list):
                    tiles[_CARD_ROLES[name]] |= {as_tile(str(tile)) for tile in names}
            places = record.get(PLACES)
            if isinstance(places, list):
                footprints += [Footprint(*map(float, place)) for place in places]
            else:
                has_places = False
        roles: dict[str, Role] = {}
        for role in ROLES:
            for tile in tiles[role]:
                roles.setdefault(tile, role)
        return cls(roles, tuple(footprints), has_places)

    def role(self, tile: str) -> Role | None:
        """Return the role of a tile in any spelling, or None if no card names it."""
        return self.roles.get(as_tile(tile))

    def tiles(self, *roles: Role) -> set[str]:
        """Return the tiles with the given roles."""
        return {tile for tile, role in self.roles.items() if role in roles}

    @property
    def used_tiles(self) -> set[str]:
        """Tiles that influenced the weights: training and validation tiles."""
        return self.tiles("train", "val")


def card_history(
    source: PairSource, indices: Sequence[int], roles: Mapping[str, str]
) -> dict[str, Any]:
    """Return a training's places for its card, readable by `History.of`.

    Args:
        source: All pairs.
        indices: Indices of the training and validation pairs.
        roles: Role by tile.

    Returns:
        `tiles` by role, and `places` as [latitude, longitude, half of the side in m], unless there
        are more than `MAX_PLACES` pairs.
    """
    history: dict[str, Any] = {TILES: tiles_by_role(roles)}
    if len(indices) <= MAX_PLACES:
        footprints = [source.footprint(index) for index in indices]
        history[PLACES] = sorted(
            {
                (round(one.lat, 4), round(one.lon, 4), round(one.half))
                for one in footprints
                if one is not None
            }
        )
    return history


def _training_records(training: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every record of a training, at any depth."""
    if not isinstance(training, Mapping):
        return
    if isinstance(training.get(TILES), Mapping):
        yield cast("Mapping[str, Any]", training)
    for value in training.values():
        yield from _training_records(value)
