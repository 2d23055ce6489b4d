"""Opening whatever data a folder holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from training.data.bigearthnet import METADATA, BigEarthNet, find_patches
from training.data.checked import OnBad, checked
from training.data.errors import DataError
from training.data.folders import PairFolders
from training.data.listing import FILES, TABLE, find_folders
from training.data.names import as_tile
from training.data.source import PairSource


def open_source(
    data_dir: Path,
    *,
    limit: int | None = None,
    tiles: Collection[str] | None = None,
    biomes: Mapping[str, int] | None = None,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
) -> PairSource:
    """The pairs in a folder, once a part of them was looked at.

    Args:
        data_dir: BigEarthNet v2's root, or pair folders with `pairs.csv` or without.
        limit: At most so many pairs, spread over the data; None: all.
        tiles: Only these tiles; None: all.
        biomes: Biomes by tile, for what names none.
        on_bad: What happens on a bad pair; see `checked`.
        without_doubts: Leave out what BigEarthNet's metadata says has snow, clouds or shadow.

    Raises:
        DataError: If there is nothing that can be read, nothing that is wanted, or bad pairs.
    """
    tiles = None if tiles is None else {as_tile(tile) for tile in tiles}
    biomes = {as_tile(tile): biome for tile, biome in (biomes or {}).items()}
    found: PairSource
    if (data_dir / METADATA).is_file():
        patches = find_patches(data_dir, limit, tiles, without_doubts=without_doubts)
        found = BigEarthNet(data_dir, patches, biomes)
    else:
        entries = find_folders(data_dir, limit, tiles)
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
    return checked(found, on_bad)
