"""Made-up places for tests of training: radar and optical images of the same fields."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from scipy.ndimage import gaussian_filter
from torch import Tensor

from tests.core.scores.conftest import make_pair


class Place(NamedTuple):
    """A batch of one place's images, and the pixels that are known."""

    s1: Tensor
    target: Tensor
    mask: Tensor


def place(side: int = 96, seed: int = 0, dtype: torch.dtype = torch.float64) -> Place:
    """Fields that radar and optical images both show: (1, 2, H, W) dB and (1, 4, H, W) DN."""
    pair = make_pair(side, side, seed)
    s1, dn = (torch.from_numpy(x).to(dtype)[None] for x in pair)
    return Place(s1, dn, torch.ones(1, 1, side, side, dtype=torch.bool))


def twelve(images: Tensor) -> Tensor:
    """Images or masks of all twelve bands from (B, 4, H, W): the four, and copies of them."""
    return images[:, [0, 0, 1, 2, 2, 3, 3, 3, 3, 0, 1, 2]]


def blurred(images: Tensor, sigma: float = 2.0) -> Tensor:
    """Images (B, C, H, W) without their fine structure."""
    return torch.from_numpy(gaussian_filter(images.numpy(), (0, 0, sigma, sigma)))


def holed(mask: Tensor) -> Tensor:
    """A mask with a hole and an unknown border on one side."""
    found = mask.clone()
    found[..., 30:45, 20:40] = False
    found[..., -9:] = False
    return found


def radar_copy(s1: Tensor) -> Tensor:
    """The radar's amplitude as an optical image."""
    return 1e4 * torch.sqrt(10 ** (s1 / 10))[:, [0, 1, 0, 1]]


def noisy(images: Tensor, sd: float, seed: int = 0) -> Tensor:
    """Images with independent noise of so many DN."""
    noise = np.random.default_rng(seed).normal(0, sd, images.shape)
    return images + torch.from_numpy(noise).to(images.dtype)
