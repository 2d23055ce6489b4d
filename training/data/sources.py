"""Opening of a folder's pairs in any supported layout."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gac_core.band_statistics import S1_STATISTICS
from training.data.bigearthnet import METADATA, BigEarthNet, find_patches
from training.data.checks import OnBad, check_source
from training.data.files import as_tile
from training.data.folders import FILES, TABLE, PairFolders, find_folders
from training.data.pair import DataError, Footprint, Pair, PairSource


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
                f"{data_dir} holds no pairs of Sentinel-1 and Sentinel-2 images.",
                f"Give BigEarthNet v2's root (with {METADATA}), or a folder with {TABLE} and "
                f"pairs/<id>/{{{','.join(FILES)}}}, or one of folders with {' and '.join(FILES)}.",
            )
        source = PairFolders(entries, biomes)
    if len(source) == 0:
        raise DataError(
            f"{data_dir} holds none of the pairs asked for.", "Ask for other tiles, or for more."
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
                f"The radar of {name} is {modality}; the bundle's models know "
                f"{', '.join(supported)} only.",
                "Name a bundle that knows it with --bundle, leave such pairs out, or give "
                f"--modality {next(iter(supported))} to take all radar for that.",
            )
