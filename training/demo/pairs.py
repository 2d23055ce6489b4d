"""Pairs of Sentinel-1 and Sentinel-2 images in memory: real ones from files, and simulated ones.

`roles.csv` holds it, looked up by hand: role and RESOLVE biome of each tile (0: on the edge of
two). Patches of a tile stay together. The file also serves `--roles` and `--biomes` on the command
line.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import rasterio
import torch
from torch import Tensor

from gac_core.band_statistics import S2_BANDS
from training.data.folders import CORRECTED, subtract_haze
from training.data.split import Role, read_biomes, read_roles
from training.demo.landscape import Array
from training.demo.sensors import biome_of_place, simulate_pair

FOLDS = 2
"""Number of folds of the training tiles: each gets opt_v1 from a generator that has not seen it."""
TABLE = Path(__file__).with_name("roles.csv")

MAX_DN = 10_000.0
"""Reflectance DN at which images are clipped: brighter is cloud or glint."""
MIN_SIDE = 96
"""Minimum side of a pair in pixels: a window's."""
_CLOUDY = 0.01
"""Maximum share of pixels brighter than `_CLOUD` in blue."""
_CLOUD = 3000.0

WINDOW = MIN_SIDE
"""Side of a training window; the bundle's tile size."""


@cache
def _roles() -> dict[str, Role]:
    return read_roles(TABLE)


@cache
def _biomes() -> dict[str, int]:
    return read_biomes(TABLE)


def role_of(tile: str) -> Role:
    """Return the role of a tile."""
    return _roles()[tile]


def biome_of(tile: str) -> int:
    """Return a tile's biome, 1 to 14; 0: unknown."""
    return _biomes()[tile]


def fold_of(tile: str) -> int:
    """Return the fold of the training tiles that a tile is in.

    Raises:
        ValueError: If it is not a training tile.
    """
    tiles = tiles_of("train")
    if tile not in tiles:
        raise ValueError(f"{tile} does not train")
    return tiles.index(tile) % FOLDS


def tiles_of(role: Role) -> list[str]:
    """Return the tiles of a role, sorted."""
    return sorted(tile for tile, tile_role in _roles().items() if tile_role == role)


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
        p for p in pairs if min(p.s1.shape[1:]) >= MIN_SIDE and (p.s2[1] > _CLOUD).mean() <= _CLOUDY
    ]


def _read(data_dir: Path, row: dict[str, str]) -> Pair:
    folder = data_dir / "pairs" / row["id"]
    with rasterio.open(folder / "s1.tif") as file:
        s1 = file.read().astype(np.float32)
    with rasterio.open(folder / "s2.tif") as file:
        bands = file.descriptions
        values = file.read().astype(np.float32).clip(1, MAX_DN)
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
    image = s2.clip(1, MAX_DN)
    return Pair(name, "", s1, image, _month(seed), biome_of_place(seed), real=False)


def _month(seed: int) -> int:
    return seed % 12 + 1


@dataclass(frozen=True)
class Batch:
    """Windows of several pairs.

    Attributes:
        s1: (B, 2, H, W) dB.
        s2: (B, 12, H, W) DN.
        month: (B,) integer.
        biome: (B,) integer.
        real: (B,) bool, False for simulated pairs.
    """

    s1: Tensor
    s2: Tensor
    month: Tensor
    biome: Tensor
    real: Tensor


def rotate_and_mirror(arrays: Sequence[Array], turns: int, mirror: bool) -> list[Array]:
    """Return arrays (…, H, W) rotated by quarter turns, and mirrored."""
    rotated = [np.rot90(a, turns, axes=(-2, -1)) for a in arrays]
    return [a[..., ::-1] if mirror else a for a in rotated]


def jitter_radar(s1: Array, rng: np.random.Generator) -> Array:
    """Return backscatter (2, H, W) in dB as another pass might have measured it.

    Calibration, incidence and moisture shift a whole image; residual speckle differs with speckle
    filters and rounding.
    """
    shift = rng.normal(0, 0.5) + rng.normal(0, 0.3, (2, 1, 1))
    grain = rng.uniform(0, 1.0) * rng.standard_normal(s1.shape)
    return np.asarray(s1 + shift + grain, dtype=np.float32)


def jitter_colours(image: Tensor, whole: float, band: float) -> Tensor:
    """Return images (B, bands, H, W) times random factors per image and per band."""
    count, bands = image.shape[:2]
    gain = whole * torch.randn(count, 1, 1, 1) + band * torch.randn(count, bands, 1, 1)
    return image * torch.exp(gain)


def draw(
    real: Sequence[Pair],
    simulated: Sequence[Pair],
    rng: np.random.Generator,
    count: int,
    *,
    share: float = 0.5,
) -> Batch:
    """Return a batch of random windows.

    Args:
        real: Real pairs; the probability grows with a pair's side (not its area), and falls with
            the number of pairs on its tile.
        simulated: Simulated pairs, all of one size.
        rng: Random generator.
        count: Number of windows.
        share: Mean share of real windows.
    """
    tiles = Counter(pair.tile for pair in real)
    weight = np.array([pair.s1.shape[-1] / tiles[pair.tile] ** 0.5 for pair in real])
    chosen = [
        real[rng.choice(len(real), p=weight / weight.sum())]
        if rng.random() < share
        else simulated[int(rng.integers(len(simulated)))]
        for _ in range(count)
    ]
    cut = [_window(pair, rng) for pair in chosen]
    return _batch(chosen, [jitter_radar(s1, rng) for s1, _ in cut], [s2 for _, s2 in cut])


def corners(pairs: Sequence[Pair]) -> Batch:
    """Return the four corners of each pair, without augmentation."""
    s1, s2, owners = [], [], []
    for pair in pairs:
        height, width = pair.s1.shape[1:]
        for row in (0, height - WINDOW):
            for col in (0, width - WINDOW):
                s1.append(pair.s1[:, row : row + WINDOW, col : col + WINDOW])
                s2.append(pair.s2[:, row : row + WINDOW, col : col + WINDOW])
                owners.append(pair)
    return _batch(owners, s1, s2)


def _batch(whose: Sequence[Pair], s1: Sequence[Array], s2: Sequence[Array]) -> Batch:
    return Batch(
        s1=torch.from_numpy(np.stack(s1)),
        s2=torch.from_numpy(np.stack(s2)),
        month=torch.tensor([pair.month for pair in whose]),
        biome=torch.tensor([pair.biome for pair in whose]),
        real=torch.tensor([pair.real for pair in whose]),
    )


def _window(pair: Pair, rng: np.random.Generator) -> tuple[Array, Array]:
    height, width = pair.s1.shape[1:]
    row, col = rng.integers(height - WINDOW + 1), rng.integers(width - WINDOW + 1)
    here = (..., slice(row, row + WINDOW), slice(col, col + WINDOW))
    s1, s2 = rotate_and_mirror(
        (pair.s1[here], pair.s2[here]), int(rng.integers(4)), rng.random() < 0.5
    )
    return s1, s2
