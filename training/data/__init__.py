"""Pairs of Sentinel-1 and Sentinel-2 images for training: reading, checks, samples."""

from training.data.pair import DataError, Pair, PairSource
from training.data.sources import open_source
from training.data.split import read_biomes, read_roles, split_by_tile, tiles_by_role

__all__ = [
    "DataError",
    "Pair",
    "PairSource",
    "open_source",
    "read_biomes",
    "read_roles",
    "split_by_tile",
    "tiles_by_role",
]
