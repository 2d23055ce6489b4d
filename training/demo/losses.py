"""Losses of a picture's colours and slopes."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def angle(found: Tensor, target: Tensor) -> Tensor:
    """Return the mean spectral angle in radians, smooth where the spectra agree."""
    cosine = functional.cosine_similarity(found, target, dim=1, eps=1.0)
    return torch.sqrt((2 - 2 * cosine).clamp_min(0) + 1e-6).mean()


def edges(error: Tensor) -> Tensor:
    """Return the mean absolute difference of neighbouring errors: the error of slopes."""
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    across = (error[..., 1:] - error[..., :-1]).abs().mean()
    return down + across
