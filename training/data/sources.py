"""Pairs of a folder for a training: layouts, roles of tiles, warnings about them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gac_core.band_statistics import S1_STATISTICS
from gac_core.contract.message import Message
from training.data.bigearthnet import METADATA, BigEarthNet, find_patches
from training.data.checks import OnBad, check_source
from training.data.files import as_tile
from training.data.folders import FILES, TABLE, PairFolders, find_folders
from training.data.pair import DataError, Footprint, Pair, PairSource, touching
from training.data.split import (
    MAX_PLACES,
    ROLES,
    History,
    Role,
    abbreviate,
    card_history,
    read_biomes,
    read_roles,
    split_by_tile,
)
from training.processes import current_team

WANTED_IMAGES = 8
"""Number of validation images below which to warn. With n of them the 95 % interval of a mean gain
is t(n-1)/sqrt(n) standard deviations of one image's to either side: 0.84 with 8, 1.24 with 5."""
WANTED_TILES = 3
"""Likewise for tiles: images of one tile are alike, so that together they count little more than
one."""
TOO_FEW = (
    "Validation has {} of {}: too few to tell the best checkpoint, or when to stop, from chance. "
    "{} images of {} tiles are the least that serves."
)
TOUCHING = "{} of role {} ({}) touch places of role {}: what is reached there flatters."
TOUCHING_BASE = (
    "{} of role val ({}) touch places of the base bundle's training: what is reached there "
    "flatters."
)
"""Templates of warnings."""
FROM_FILE, FROM_CARD = "{} from {}", "{} as on the base bundle's card"
HASHED = "{} by a hash of their names"
"""Templates of the numbers of tiles by their roles' origin."""
MIXED: Mapping[tuple[Role | None, Role], str] = {
    ("train", "train"): "{} ({}) train, and trained the base bundle: its images of such places are "
    "better than of others, and this stage may learn to trust them too much.",
    (
        "train",
        "val",
    ): "{} ({}) validate, though they trained the base bundle: what is reached there "
    "flatters, and is no measure of unseen places.",
    ("train", "test"): "{} ({}) are held out, though they trained the base bundle: scores there "
    "flatter.",
    ("val", "train"): "{} ({}) train, though they decided when the base bundle's training stopped.",
    ("val", "test"): "{} ({}) are held out, though they decided when the base bundle's training "
    "stopped: scores there flatter a little.",
    (
        "test",
        "train",
    ): "{} ({}) train, though the base bundle held them out: they can judge neither "
    "it nor what comes of this training.",
    ("test", "val"): "{} ({}) validate, though the base bundle held them out: they are no "
    "independent judge of what comes of this training.",
}
"""Templates of warnings, by the role in the base's training and in this one; other combinations
are fine."""


def open_source(
    data_dir: Path,
    *,
    limit: int | None = None,
    tiles: Collection[str] | None = None,
    biomes: Mapping[str, int] | None = None,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    modality: str | None = None,
    supported: Collection[str] | None = None,
) -> PairSource:
    """Return the pairs of a folder after checking a sample of them.

    Args:
        data_dir: BigEarthNet v2's root, or pair folders with or without `pairs.csv`.
        limit: Maximum number of pairs, spread over the data; None: all.
        tiles: Only these tiles; None: all.
        biomes: Biomes by tile, for pairs without one; otherwise the biome of the place.
        on_bad: Action on a bad pair; see `check_source`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        modality: Modality of all radar, overriding the pairs'; None: as each pair states.
        supported: Modalities that the models know; None: all.

    Raises:
        DataError: If there are no readable or no requested pairs, if pairs are bad, or if the
            models do not know a pair's modality.
    """
    source: PairSource = _opened(
        data_dir, limit, tiles, biomes, without_doubts=without_doubts, radar_alone=False
    )
    if modality is not None:
        source = OfModality(source, modality)
    if supported is not None:
        require_supported(source.names, source.modalities, supported)
    return check_source(source, on_bad)


def open_radar(
    data_dir: Path, *, limit: int | None = None, biomes: Mapping[str, int] | None = None
) -> PairFolders | BigEarthNet:
    """Return the pairs of a folder for their radar alone: optical images may be missing or bad.

    Args:
        data_dir: As for `open_source`.
        limit: Maximum number of pairs, spread over the data; None: all.
        biomes: Biomes by tile, for pairs without one; otherwise the biome of the place.

    Raises:
        DataError: If there are no readable pairs.
    """
    return _opened(data_dir, limit, None, biomes, without_doubts=False, radar_alone=True)


def _opened(
    data_dir: Path,
    limit: int | None,
    tiles: Collection[str] | None,
    biomes: Mapping[str, int] | None,
    *,
    without_doubts: bool,
    radar_alone: bool,
) -> PairFolders | BigEarthNet:
    tiles = None if tiles is None else {as_tile(tile) for tile in tiles}
    biomes = {as_tile(tile): biome for tile, biome in (biomes or {}).items()}
    source: PairFolders | BigEarthNet
    if (data_dir / METADATA).is_file():
        patches = find_patches(
            data_dir, limit, tiles, without_doubts=without_doubts, radar_alone=radar_alone
        )
        source = BigEarthNet(data_dir, patches, biomes)
    else:
        entries = find_folders(data_dir, limit, tiles, radar_alone=radar_alone)
        if entries is None:
            raise DataError(
                Message("{} holds no pairs of Sentinel-1 and Sentinel-2 images.", data_dir),
                Message(
                    "Give BigEarthNet v2's root (with {}), or a folder with {} and pairs/<id>/{}, "
                    "or one of folders with {}.",
                    METADATA,
                    TABLE,
                    f"{{{','.join(FILES)}}}",
                    " and ".join(FILES),
                ),
                problem="data-without-pairs",
            )
        source = PairFolders(entries, biomes)
    if len(source) == 0:
        raise DataError(
            Message("{} holds none of the pairs asked for.", data_dir),
            Message("Ask for other tiles, or for more."),
            problem="asked-pairs-missing",
        )
    return source


class OfModality:
    """Pair source with one modality for all radar, overriding the pairs'.

    Args:
        source: The pairs.
        modality: `S1GRD` or `S1RTC`.
    """

    def __init__(self, source: PairSource, modality: str) -> None:
        self._source = source
        self._modality = modality
        self.names = source.names
        self.tiles = source.tiles
        self.modalities = [modality] * len(source)

    def __len__(self) -> int:
        return len(self._source)

    def read(self, i: int) -> Pair:
        """Read a pair."""
        return replace(self._source.read(i), modality=self._modality)

    def footprint(self, i: int) -> Footprint | None:
        """Return the footprint of a pair."""
        return self._source.footprint(i)


def require_supported(
    names: Sequence[str], modalities: Sequence[str], supported: Collection[str]
) -> None:
    """Check that the models know every pair's modality.

    Raises:
        DataError: If they do not.
    """
    for name, modality in zip(names, modalities, strict=True):
        # An invalid modality is a bad pair, which is refused when it is read.
        if modality in S1_STATISTICS and modality not in supported:
            raise DataError(
                Message(
                    "The radar of {} is {}; the bundle's models know {} only.",
                    name,
                    modality,
                    ", ".join(supported),
                ),
                Message(
                    "Name a bundle that knows it with --bundle, leave such pairs out, or "
                    "give --modality {} to take all radar for that.",
                    next(iter(supported)),
                ),
                problem="pair-modality-not-supported",
            )


@dataclass(frozen=True)
class Split:
    """Pairs and the roles of their tiles.

    Attributes:
        source: All pairs.
        roles: Role by tile.
        base: Training history of the base bundle.
    """

    source: PairSource
    roles: Mapping[str, Role]
    base: History

    def indices(self, role: Role, among: Iterable[int] | None = None) -> list[int]:
        """Return the indices of a role's pairs.

        Args:
            role: The role.
            among: Indices of the usable pairs; None: all.

        Raises:
            DataError: If there are none.
        """
        tiles = self.source.tiles
        indices = [
            index
            for index in (range(len(tiles)) if among is None else among)
            if self.roles[tiles[index]] == role
        ]
        if not indices:
            raise DataError(
                Message("No pair has the role {} ({}).", repr(role), _counted(self.roles.values())),
                Message(
                    "Give more pairs, or settle roles with --roles FILE: a CSV with "
                    "tile,role, where each of {} has a tile. The data has {}.",
                    ", ".join(map(repr, ROLES[:2])),
                    abbreviate(sorted(self.roles)),
                ),
                problem="role-without-pairs",
            )
        return indices

    def card_record(self, train: Sequence[int], val: Sequence[int]) -> dict[str, Any]:
        """Return the record of a training's pairs for its card, including warnings.

        Args:
            train: Indices of the training pairs.
            val: Indices of the validation pairs.
        """
        history = card_history(self.source, [*train, *val], self.roles)
        return {**history, "warnings": self.warnings(train, val)}

    def warnings(self, train: Sequence[int], val: Sequence[int]) -> list[str]:
        """Return sentences on what weakens this training's verdicts; may be empty.

        Args:
            train: Indices of the training pairs.
            val: Indices of the validation pairs.
        """
        return [*self._too_few(val), *self._mixed(train, val), *self._touching(train, val)]

    def _too_few(self, val: Sequence[int]) -> Iterable[str]:
        tiles = {self.source.tiles[index] for index in val}
        if len(val) >= WANTED_IMAGES and len(tiles) >= WANTED_TILES:
            return
        yield Message(
            TOO_FEW,
            _count(len(val), "image"),
            _count(len(tiles), "tile"),
            WANTED_IMAGES,
            WANTED_TILES,
        )

    def _mixed(self, train: Sequence[int], val: Sequence[int]) -> Iterable[str]:
        used = {self.source.tiles[index] for index in (*train, *val)}
        tiles: dict[tuple[Role | None, Role], list[str]] = {}
        for tile, role in sorted(self.roles.items()):
            if tile in used or role == "test":
                tiles.setdefault((self.base.role(tile), role), []).append(tile)
        for case, template in MIXED.items():
            if case in tiles:
                names = tiles[case]
                yield Message(template, _count(len(names), "tile"), abbreviate(names))

    def _touching(self, train: Sequence[int], val: Sequence[int]) -> Iterable[str]:
        test = [i for i, tile in enumerate(self.source.tiles) if self.roles[tile] == "test"]
        if len(train) + len(val) + len(test) > MAX_PLACES:
            yield Message(
                "Nobody looked whether places of different roles touch: that is done for {} pairs "
                "at most.",
                MAX_PLACES,
            )
            return
        pairs = {"train": train, "val": val, "test": test}
        places = {r: [self.source.footprint(i) for i in own] for r, own in pairs.items()}
        for role, other in (("val", "train"), ("test", "train"), ("test", "val")):
            near = [pairs[role][i] for i in touching(places[role], places[other])]
            if near:
                yield Message(
                    TOUCHING, _count(len(near), "place"), role, self._tiles_of(near), other
                )
        unseen = [i for i in val if as_tile(self.source.tiles[i]) not in self.base.used_tiles]
        own = [self.source.footprint(index) for index in unseen]
        near = [unseen[i] for i in touching(own, self.base.footprints)]
        if near:
            yield Message(TOUCHING_BASE, _count(len(near), "place"), self._tiles_of(near))

    def _tiles_of(self, indices: Sequence[int]) -> str:
        return abbreviate(sorted({self.source.tiles[index] for index in indices}))


def open_split(
    data_dir: Path,
    *,
    limit: int | None,
    seed: int,
    roles: Path | None,
    base: Mapping[str, Any],
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    modality: str | None = None,
    supported: Collection[str] | None = None,
) -> Split:
    """Open pairs, assign roles to their tiles, and print the roles' origins.

    A role in the file takes precedence over that on the base's card, and that over the hash of the
    name: a base's held-out tiles stay held out unless the file says otherwise.

    Args:
        data_dir: Folder of the pairs.
        limit: Maximum number of pairs; None: all.
        seed: Seed of the drawn roles.
        roles: CSV with tile, role and optionally biome; None: no such file.
        base: Card of the base bundle, with `training`.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        modality: Modality of all radar, overriding the pairs'; None: as each pair states.
        supported: Modalities that the models know; None: all.

    Raises:
        DataError: If data or file cannot be used.
    """
    source = open_source(
        data_dir,
        limit=limit,
        biomes=read_biomes(roles) if roles is not None else None,
        on_bad=on_bad,
        without_doubts=without_doubts,
        modality=modality,
        supported=supported,
    )
    listed = read_roles(roles) if roles is not None else {}
    history = History.of(base)
    tiles = sorted(set(source.tiles))
    from_card = {
        tile: role
        for tile in tiles
        if (role := history.role(tile)) is not None and as_tile(tile) not in listed
    }
    drawn = split_by_tile(tiles, seed=seed, fixed=listed)
    split = Split(source, {**drawn, **from_card}, history)
    _print_origins(split.roles, listed, from_card, roles)
    return split


def _print_origins(
    roles: Mapping[str, Role],
    listed: Collection[str],
    from_card: Collection[str],
    file: Path | None,
) -> None:
    in_file = sum(as_tile(tile) in listed for tile in roles)
    others = len(roles) - in_file - len(from_card)
    origins = (
        (FROM_FILE, in_file, file),
        (FROM_CARD, len(from_card)),
        (HASHED, others),
    )
    text = ", ".join(Message(*each) for each in origins if each[1])
    print(f"Tiles: {_counted(roles.values())}. Roles: {text}.")


def print_warnings(warnings: Sequence[str]) -> None:
    """Print warnings as one block on standard error, once for a team; nothing without any."""
    if warnings and current_team().is_lead:
        lines = "".join(f"\n  - {warning}" for warning in warnings)
        print(f"\nBefore this training starts, know that:{lines}\n", file=sys.stderr)


def _counted(roles: Iterable[Role]) -> str:
    all_roles = list(roles)
    return ", ".join(f"{all_roles.count(role)} {role}" for role in ROLES)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
