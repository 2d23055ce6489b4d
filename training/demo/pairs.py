"""Pairs of Sentinel-1 and Sentinel-2 images in memory: real ones from files, and simulated ones."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import torch
from torch import Tensor

from gac_core.bands import S2_BANDS
from training.data.atmosphere import CORRECTED, subtract_haze
from training.data.split import Role
from training.demo.noise import Array
from training.demo.simulate import biome_of_place, simulate_pair
from training.demo.split import biome_of, role_of

BRIGHTEST = 10_000.0
"""Reflectance DN at which images are clipped: brighter is cloud or glint."""

LEAST = 96
"""Minimum side of a pair in pixels: a window's."""

_CLOUDY = 0.01
"""Maximum share of pixels brighter than `_CLOUD` in blue."""

_CLOUD = 3000.0


@dataclass(frozen=True)
class Pair:
    """Pair of images of one place at one time.

    Attributes:
        name: Name of the pair.
        tile: Its Sentinel-2 tile; "": simulated.
        s1: (2, H, W) dB.
        s2: (12, H, W) DN; bands that the source lacks are NaN.
        month: 1 to 12; 0: unknown.
        biome: 1 to 14; 0: unknown.
        real: False for simulated pairs.
    """

    name: str
    tile: str
    s1: Array
    s2: Array
    month: int
    biome: int
    real: bool

    @property
    def is_complete(self) -> bool:
        """True if the pair has all twelve bands."""
        return bool(np.isfinite(self.s2[:, 0, 0]).all())


def read_pairs(data_dir: Path, role: Role) -> list[Pair]:
    """Return the real pairs of one role, in the order of `pairs.csv`.

    Pairs that are misregistered, cloudy, or smaller than a window are excluded.
    """
    with (data_dir / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if role_of(row["tile"]) == role]
    pairs = (_read(data_dir, row) for row in rows if row.get("align") != "shifted")
    return [
        p for p in pairs if min(p.s1.shape[1:]) >= LEAST and (p.s2[1] > _CLOUD).mean() <= _CLOUDY
    ]


def _read(data_dir: Path, row: dict[str, str]) -> Pair:
    folder = data_dir / "pairs" / row["id"]
    with rasterio.open(folder / "s1.tif") as file:
        s1 = file.read().astype(np.float32)
    with rasterio.open(folder / "s2.tif") as file:
        bands = file.descriptions
        values = file.read().astype(np.float32).clip(1, BRIGHTEST)
    s2 = np.full((len(S2_BANDS), *values.shape[1:]), np.nan, np.float32)
    s2[[S2_BANDS.index(band) for band in bands]] = values
    if row.get("level") == CORRECTED:
        s2 = subtract_haze(s2)
    tile = row["tile"]
    return Pair(row["id"], tile, s1, s2, _month_of(row), biome_of(tile), real=True)


def _month_of(row: dict[str, str]) -> int:
    """Return the month, 1 to 12; 0: unknown."""
    date = row["s2_date"].replace("-", "")
    if date:
        return int(date[4:6])
    # BioMassters numbers the months of a growing season from September as 0.
    monthly = re.fullmatch(r"biomassters_\w+_m(\d\d)", row["id"])
    return (int(monthly[1]) + 8) % 12 + 1 if monthly else 0


def simulate_pairs(first_seed: int, count: int, size: int) -> list[Pair]:
    """Return simulated pairs, cycling through the months."""
    seeds = range(first_seed, first_seed + count)
    return [_simulated(seed, *simulate_pair(seed, size, _month(seed))) for seed in seeds]


def pack_pairs(pairs: list[Pair]) -> dict[str, Tensor]:
    """Return simulated pairs as half-precision tensors for a file."""
    return {
        "s1": torch.from_numpy(np.stack([p.s1 for p in pairs])).half(),
        "s2": torch.from_numpy(np.stack([p.s2 for p in pairs])).half(),
    }


def unpack_pairs(tensors: dict[str, Tensor], first_seed: int) -> list[Pair]:
    """Invert `pack_pairs`."""
    images = zip(tensors["s1"].float().numpy(), tensors["s2"].float().numpy(), strict=True)
    return [_simulated(first_seed + i, s1, s2) for i, (s1, s2) in enumerate(images)]


def _simulated(seed: int, s1: Array, s2: Array) -> Pair:
    name = f"simulated {seed}"
    image = s2.clip(1, BRIGHTEST)
    return Pair(name, "", s1, image, _month(seed), biome_of_place(seed), real=False)


def _month(seed: int) -> int:
    return seed % 12 + 1
