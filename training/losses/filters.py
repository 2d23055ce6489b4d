"""The score's linear filters as matrices: exact, differentiable and fast for training crops."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from scipy.ndimage import gaussian_filter1d
from torch import Tensor

from gac_core.score.gradients import TRUNCATE


def gaussian(values: Tensor, sigma: float, order: tuple[int, int] = (0, 0)) -> Tensor:
    """Return a Gaussian filter of (..., H, W), or its derivative (y, x), with zero padding.

    The weights come from the same function as the score's. A filter along a line is a matrix; for a
    few hundred pixels its product is faster than a convolution.
    """
    down = _gaussian_matrix(values.shape[-2], sigma, order[0], values.dtype, values.device)
    across = _gaussian_matrix(values.shape[-1], sigma, order[1], values.dtype, values.device)
    return down @ values @ across.T


def sides(values: Tensor, alpha: float, axis: int) -> tuple[Tensor, Tensor]:
    """Return the sums before and after each pixel along an axis, weighted exp(-n / alpha).

    Args:
        values: (..., H, W).
        alpha: Decay in pixels.
        axis: -2 (down) or -1 (across).

    Returns:
        The sums over pixels above (left of) it, and below (right of) it, without the pixel itself.
    """
    matrix = _decay_matrix(values.shape[axis], alpha, values.dtype, values.device)
    if axis == -2:
        return matrix @ values, matrix.T @ values
    return values @ matrix.T, values @ matrix


_NOTHING = 1e-12
"""Weight too small to affect a sum."""


@lru_cache(maxsize=64)
def _gaussian_matrix(
    size: int, sigma: float, order: int, dtype: torch.dtype, device: torch.device
) -> Tensor:
    unit = np.eye(size)
    matrix = gaussian_filter1d(unit, sigma, 0, order, mode="constant", truncate=TRUNCATE)
    return torch.tensor(matrix, dtype=dtype, device=device)


@lru_cache(maxsize=64)
def _decay_matrix(size: int, alpha: float, dtype: torch.dtype, device: torch.device) -> Tensor:
    at = np.arange(size)
    steps = at[:, None] - at[None, :]
    matrix = np.where(steps > 0, np.exp(-np.maximum(steps, 1) / alpha), 0.0)
    # Denormal numbers slow processors down a hundredfold.
    matrix[matrix < _NOTHING] = 0.0
    return torch.tensor(matrix, dtype=dtype, device=device)
