"""Which Sentinel-2 tiles train, which stop the training, and which are held out for the scores."""

from __future__ import annotations

from typing import Literal

Role = Literal["train", "stop", "test"]

_TILES: dict[str, tuple[Role, int]] = {
    # Serbia
    "T34TEN": ("train", 4),
    "T34TCR": ("train", 4),
    "T34TFN": ("train", 4),
    "T34TEQ": ("stop", 4),
    # Lithuania
    "T35UMB": ("train", 4),
    "T35VLC": ("train", 4),
    "T35UMA": ("stop", 4),
    "T34UEG": ("test", 4),
    # Finland; the south coast lies between two biomes and stays unknown
    "T35VNL": ("train", 6),
    "T34VER": ("train", 6),
    "T35VLG": ("stop", 0),
    "T34WFS": ("test", 6),
    # Portugal
    "T29SNC": ("train", 12),
    "T29SND": ("stop", 12),
    "T29SNB": ("test", 12),
    # Austria, Ireland, Punjab, Belgium
    "T33UWP": ("test", 4),
    "T29UPV": ("train", 4),
    "T29UPU": ("stop", 4),
    "ssl4eo_0000200": ("train", 13),
    "wc_belgium": ("train", 4),
}
"""Role and RESOLVE biome of each tile, looked up by hand; patches of a tile stay together."""


def role_of(tile: str) -> Role:
    """What a tile is used for."""
    return _TILES[tile][0]


def biome_of(tile: str) -> int:
    """A tile's biome, 1 to 14; 0: unknown."""
    return _TILES[tile][1]


def tiles_of(role: Role) -> list[str]:
    """The tiles of a role, sorted."""
    return sorted(tile for tile, (found, _) in _TILES.items() if found == role)
