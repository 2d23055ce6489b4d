"""Kernel inception distance (Bińkowski et al. 2018) of sets of features.

It compares features of a network rather than pixels: an image need not match the real one of its
place, it must look real. A blur, which lowers pixel errors, is far from real images.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torchmetrics.image.kid import poly_mmd

SUBSET = 1000
"""Size of the random subsets over which a large set's distance is averaged."""


SUBSETS = 20


def kernel_distance(real: Tensor, generated: Tensor, seed: int = 0) -> float:
    """Return the unbiased squared maximum mean discrepancy with a cubic kernel.

    Bińkowski, Sutherland, Arbel, Gretton, "Demystifying MMD GANs" (ICLR 2018): the kernel is (x·y /
    D + 1)³. For more than `SUBSET` features it is the mean over `SUBSETS` random subsets, as there.

    Args:
        real: (N, D) features of real images.
        generated: (N, D) features of as many generated ones.
        seed: Seed of the subsets.

    Returns:
        About 0 for images like the real ones, possibly slightly below; NaN for fewer than two
        features.

    Raises:
        ValueError: If the shapes differ.
    """
    if real.shape != generated.shape:
        raise ValueError(f"features {tuple(real.shape)} and {tuple(generated.shape)}")
    count = len(real)
    if count < 2:
        return float("nan")
    real, generated = real.double(), generated.double()
    if count <= SUBSET:
        return float(poly_mmd(real, generated))
    generator = torch.Generator().manual_seed(seed)
    values = []
    for _ in range(SUBSETS):
        first, second = (torch.randperm(count, generator=generator)[:SUBSET] for _ in range(2))
        values.append(poly_mmd(real[first], generated[second]))
    return float(torch.stack(values).mean())
