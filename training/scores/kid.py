"""Kernel inception distance: how far a set of images is from real ones as a set.

It compares features of a network, not pixels: an image need not be the real one of its place, it
must look as real ones do. A blur, which lowers errors of pixels, is far from them.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torchmetrics.image.kid import poly_mmd

SUBSET = 1000
"""Features in each of the subsets over which a large set's distance is averaged."""

SUBSETS = 20


def kernel_distance(real: Tensor, made: Tensor, seed: int = 0) -> float:
    """Return the squared maximum mean discrepancy, unbiased, with a cubic kernel.

    Bińkowski, Sutherland, Arbel, Gretton, "Demystifying MMD GANs" (ICLR 2018): the kernel is
    (x·y / D + 1)³. Sets of more than `SUBSET` features are compared in `SUBSETS` random subsets,
    whose mean it is, as there.

    Args:
        real: (N, D) features of real images.
        made: (N, D) of as many made ones.
        seed: Of the subsets.

    Returns:
        About 0 for images like the real ones; it may fall a little below. NaN for fewer than two.

    Raises:
        ValueError: If there are not as many of both.
    """
    if real.shape != made.shape:
        raise ValueError(f"features {tuple(real.shape)} and {tuple(made.shape)}")
    count = len(real)
    if count < 2:
        return float("nan")
    real, made = real.double(), made.double()
    if count <= SUBSET:
        return float(poly_mmd(real, made))
    drawn = torch.Generator().manual_seed(seed)
    values = []
    for _ in range(SUBSETS):
        first, second = (torch.randperm(count, generator=drawn)[:SUBSET] for _ in range(2))
        values.append(poly_mmd(real[first], made[second]))
    return float(torch.stack(values).mean())
