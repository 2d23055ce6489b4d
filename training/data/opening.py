"""Opening whatever data a folder holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gac_core.bands import S1_STATISTICS
from training.data.bigearthnet import METADATA, BigEarthNet, find_patches
from training.data.checked import OnBad, checked
from training.data.errors import DataError
from training.data.folders import PairFolders
from training.data.footprint import Footprint
from training.data.listing import FILES, TABLE, find_folders
from training.data.names import as_tile
from training.data.pair import Pair
from training.data.source import PairSource


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
    """The pairs in a folder, once a part of them was looked at.

    Args:
        data_dir: BigEarthNet v2's root, or pair folders with `pairs.csv` or without.
        limit: At most so many pairs, spread over the data; None: all.
        tiles: Only these tiles; None: all.
        biomes: Biomes by tile, for what names none; without one, that of the place.
        on_bad: What happens on a bad pair; see `checked`.
        without_doubts: Leave out what BigEarthNet's metadata says has snow, clouds or shadow.
        modality: Kind of all radar, whatever the pairs say; None: what each says.
        supported: Kinds of radar that the models know; None: all.

    Raises:
        DataError: If there is nothing that can be read, nothing that is wanted, bad pairs, or
            radar of a kind that the models do not know.
    """
    found: PairSource = _opened(
        data_dir, limit, tiles, biomes, without_doubts=without_doubts, radar_alone=False
    )
    if modality is not None:
        found = OfModality(found, modality)
    if supported is not None:
        require_supported(found.names, found.modalities, supported)
    return checked(found, on_bad)


def open_radar(
    data_dir: Path, *, limit: int | None = None, biomes: Mapping[str, int] | None = None
) -> PairFolders | BigEarthNet:
    """The pairs in a folder for their radar alone: optical images may be missing or bad.

    Args:
        data_dir: As for `open_source`.
        limit: At most so many pairs, spread over the data; None: all.
        biomes: Biomes by tile, for what names none; without one, that of the place.

    Raises:
        DataError: If there is nothing that can be read.
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
    found: PairFolders | BigEarthNet
    if (data_dir / METADATA).is_file():
        patches = find_patches(
            data_dir, limit, tiles, without_doubts=without_doubts, radar_alone=radar_alone
        )
        found = BigEarthNet(data_dir, patches, biomes)
    else:
        entries = find_folders(data_dir, limit, tiles, radar_alone=radar_alone)
        if entries is None:
            raise DataError(
                f"{data_dir} holds no pairs of Sentinel-1 and Sentinel-2 images.",
                f"Give BigEarthNet v2's root (with {METADATA}), or a folder with {TABLE} and "
                f"pairs/<id>/{{{','.join(FILES)}}}, or one of folders with {' and '.join(FILES)}.",
            )
        found = PairFolders(entries, biomes)
    if len(found) == 0:
        raise DataError(
            f"{data_dir} holds none of the pairs asked for.", "Ask for other tiles, or for more."
        )
    return found


class OfModality:
    """Pairs whose radar is taken for one kind, whatever they say.

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
        """Return where a pair lies."""
        return self._source.footprint(i)


def require_supported(
    names: Sequence[str], modalities: Sequence[str], supported: Collection[str]
) -> None:
    """See that models know every pair's kind of radar.

    Raises:
        DataError: If they do not.
    """
    for name, modality in zip(names, modalities, strict=True):
        # What is no modality at all is a bad pair, and refused when it is read.
        if modality in S1_STATISTICS and modality not in supported:
            raise DataError(
                f"The radar of {name} is {modality}; the bundle's models know "
                f"{', '.join(supported)} only.",
                "Name a bundle that knows it with --bundle, leave such pairs out, or give "
                f"--modality {next(iter(supported))} to take all radar for that.",
            )
