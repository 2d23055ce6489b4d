"""Training history of a bundle: tiles and places named in its card, over all its stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from training.data.footprint import Footprint
from training.data.names import as_tile
from training.data.source import PairSource
from training.data.split import ROLES, Role, tiles_by_role

TILES, PLACES = "tiles", "places"

MOST_PLACES = 5000
"""Maximum number of places on a card, about 150 kB. With more pairs it keeps only the tiles."""

_CARD_ROLES: Mapping[str, Role] = {"train": "train", "stop": "val", "val": "val", "test": "test"}
"""Roles by their names on cards."""


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
        for story in _stories(card.get("training")):
            for name, names in story[TILES].items():
                if name in _CARD_ROLES and isinstance(names, list):
                    tiles[_CARD_ROLES[name]] |= {as_tile(str(tile)) for tile in names}
            places = story.get(PLACES)
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
    def seen(self) -> set[str]:
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
        are more than `MOST_PLACES` pairs.
    """
    history: dict[str, Any] = {TILES: tiles_by_role(roles)}
    if len(indices) <= MOST_PLACES:
        footprints = [source.footprint(index) for index in indices]
        history[PLACES] = sorted(
            {
                (round(one.lat, 4), round(one.lon, 4), round(one.half))
                for one in footprints
                if one is not None
            }
        )
    return history


def _stories(training: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every record of a training, at any depth."""
    if not isinstance(training, Mapping):
        return
    if isinstance(training.get(TILES), Mapping):
        yield cast("Mapping[str, Any]", training)
    for value in training.values():
        yield from _stories(value)
