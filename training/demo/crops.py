"""Batches of random windows of pairs, rotated and mirrored, with jittered radar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.demo.noise import Array
from training.demo.pairs import LEAST, Pair

WINDOW = LEAST
"""Side of a training window; the bundle's tile size."""


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


def turned(arrays: Sequence[Array], turns: int, mirror: bool) -> list[Array]:
    """Return arrays (…, H, W) rotated by quarter turns, and mirrored."""
    rotated = [np.rot90(a, turns, axes=(-2, -1)) for a in arrays]
    return [a[..., ::-1] if mirror else a for a in rotated]


def disturbed(s1: Array, rng: np.random.Generator) -> Array:
    """Return backscatter (2, H, W) in dB as another pass might have measured it.

    Calibration, incidence and moisture shift a whole image; residual speckle differs with speckle
    filters and rounding.
    """
    shift = rng.normal(0, 0.5) + rng.normal(0, 0.3, (2, 1, 1))
    grain = rng.uniform(0, 1.0) * rng.standard_normal(s1.shape)
    return np.asarray(s1 + shift + grain, dtype=np.float32)


def tinted(image: Tensor, whole: float, band: float) -> Tensor:
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
    return _batch(chosen, [disturbed(s1, rng) for s1, _ in cut], [s2 for _, s2 in cut])


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
    s1, s2 = turned((pair.s1[here], pair.s2[here]), int(rng.integers(4)), rng.random() < 0.5)
    return s1, s2
