"""Selection of the pairs to judge, by default of places that the bundle has not seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from training.data.files import as_tile
from training.data.pair import Footprint, PairSource, touching
from training.data.split import History

ALL, UNSEEN, TEST = "all", "unseen", "test"

PLACELESS = (
    "{} of the pairs of unseen tiles do not say where they lie: they were compared with the "
    "bundle's training places by the names of their tiles alone."
)
"""Template of a note."""


@dataclass(frozen=True)
class Selection:
    """Pairs to judge.

    Attributes:
        indices: Indices in the order of the data.
        tiles: Their tiles, normalised by `as_tile`.
        footprints: Their footprints; None: unknown.
        notes: Notes on excluded pairs and checks that were not possible.
    """

    indices: list[int]
    tiles: set[str] = field(default_factory=set)
    footprints: list[Footprint | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def select_pairs(
    source: PairSource,
    wanted: str | Collection[str],
    history: History,
    limit: int | None = None,
) -> Selection:
    """Select the pairs to judge.

    A pair is unseen if its tile neither trained nor stopped any of the bundle's stages and its
    footprint touches none of such a tile: neighbouring tiles overlap, and two patches that touch
    are one place.

    Args:
        source: All pairs.
        wanted: `all`, `unseen`, `test` (tiles that the bundle's card holds out), names of tiles
            separated by commas, or names.
        history: Training history of the bundle.
        limit: Maximum number of pairs, from as many tiles as possible; None: all.

    Raises:
        RequestError: If a named tile is not in the data, or no pair remains.
    """
    tiles = [as_tile(tile) for tile in source.tiles]
    notes: list[str] = []
    if wanted == ALL:
        candidates = list(range(len(tiles)))
    elif wanted == UNSEEN:
        candidates = _unseen(source, tiles, history, notes)
    else:
        requested = _requested(wanted, history, tiles)
        candidates = [index for index, tile in enumerate(tiles) if tile in requested]
    indices = spread_over_tiles(tiles, candidates, limit)
    if wanted != UNSEEN and (used := {tiles[i] for i in indices} & history.used_tiles):
        notes.append(
            Message(
                "Tiles that took part in the bundle's training are judged: {}. That says nothing "
                "about new places.",
                ", ".join(sorted(used)),
            )
        )
    judged = {tiles[index] for index in indices}
    return Selection(indices, judged, [source.footprint(index) for index in indices], notes)


def spread_over_tiles(
    tiles: Sequence[str], candidates: Sequence[int], limit: int | None
) -> list[int]:
    """Return at most `limit` of the candidates, in the order of the data.

    With a limit, one of each tile is taken, then a second one of each, and so on: few images of
    many places are more informative than many of one.

    Args:
        tiles: Tile of each pair.
        candidates: Indices of pairs.
        limit: Maximum number; None: all.
    """
    by_tile: dict[str, list[int]] = {}
    for index in candidates:
        by_tile.setdefault(tiles[index], []).append(index)
    ranked = sorted((rank, i) for group in by_tile.values() for rank, i in enumerate(group))
    return sorted(i for _, i in ranked[:limit])


def _unseen(
    source: PairSource, tiles: Sequence[str], history: History, notes: list[str]
) -> list[int]:
    seen_tiles = history.used_tiles
    by_name = [index for index, tile in enumerate(tiles) if tile not in seen_tiles]
    trained = [source.footprint(i) for i, tile in enumerate(tiles) if tile in seen_tiles]
    own = [source.footprint(index) for index in by_name]
    touched = {by_name[i] for i in touching(own, [*trained, *history.footprints])}
    if touched:
        names = sorted({tiles[index] for index in touched})
        notes.append(
            Message(
                "{} pairs of {} are left out: their tiles did not take part in the bundle's "
                "training, but they touch places that did.",
                len(touched),
                ", ".join(names),
            )
        )
    placeless = sum(one is None for one in own)
    if history.used_tiles and placeless:
        notes.append(Message(PLACELESS, placeless))
    if history.used_tiles and not history.has_places:
        notes.append(
            Message(
                "The bundle's card names the tiles of its training without their places: pairs "
                "were compared with those of these tiles that are in the data."
            )
        )
    unseen = [index for index in by_name if index not in touched]
    if not unseen:
        raise RequestError(
            Message(
                "Every tile in the data took part in the bundle's training: {}.",
                ", ".join(sorted(set(tiles))) or "there are none",
            ),
            Message(
                "Give pairs of other places, or name tiles with --tiles to judge them all the same "
                "(that says nothing about new places)."
            ),
            problem="all-tiles-trained-on",
        )
    return unseen


def _requested(wanted: str | Collection[str], history: History, tiles: Sequence[str]) -> set[str]:
    """Return the requested tiles; raise if any is not in the data."""
    if wanted == TEST:
        requested = history.tiles("test") & set(tiles)
        if not requested:
            raise RequestError(
                Message(
                    "The data has no pairs of the tiles that the bundle's card holds out: {}.",
                    ", ".join(sorted(history.tiles("test"))) or "it names none",
                ),
                Message("Judge unseen places (--tiles unseen), or name tiles."),
                problem="held-out-tiles-missing",
            )
        return requested
    names = wanted.split(",") if isinstance(wanted, str) else list(wanted)
    requested = {as_tile(name) for name in names if name.strip()}
    missing = requested - set(tiles)
    if missing or not requested:
        raise RequestError(
            Message(
                "The data has no pairs of tile {}.", ", ".join(sorted(missing)) or "(none named)"
            ),
            Message("Its tiles are: {}.", ", ".join(sorted(set(tiles))) or "none"),
            problem="asked-tiles-missing",
        )
    return requested
