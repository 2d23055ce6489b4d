"""Gradients through tokens: the likeliest codes forward, the expected ones backward."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

_CHUNK = 1024
"""Tokens whose probabilities are in memory at once: 63 MB of them in single precision."""


def straight_through(logits: Tensor, codebook: Tensor, grid: tuple[int, int]) -> Tensor:
    """Codes with the value of the likeliest and the gradient of the expected ones.

    q = hard + (soft - stopped(soft)), soft = softmax(logits) @ codebook (Bengio et al. 2013, over
    the whole vocabulary). The probabilities are computed again on the way back, not kept.

    Args:
        logits: (B, N, V) over the vocabulary, N = h·w, row by row.
        codebook: (V, D) code of each token.
        grid: (h, w).

    Returns:
        (B, D, h, w), in single precision.
    """
    flat = logits.flatten(0, 1)
    soft = torch.cat([_expected(part, codebook) for part in flat.split(_CHUNK)])
    hard = codebook[flat.argmax(-1)].to(soft.dtype)
    # In this order the sum is the hard code to the bit: what is added to it is exactly zero.
    codes = hard + (soft - soft.detach())
    return codes.unflatten(0, (len(logits), -1)).transpose(1, 2).unflatten(-1, grid)


def _expected(logits: Tensor, codebook: Tensor) -> Tensor:
    """Mean code (n, D) under the probabilities of n tokens."""
    if not (torch.is_grad_enabled() and logits.requires_grad):
        return _mean_code(logits, codebook)
    found: Tensor = checkpoint(
        _mean_code, logits, codebook, use_reentrant=False, preserve_rng_state=False
    )
    return found


def _mean_code(logits: Tensor, codebook: Tensor) -> Tensor:
    # Sums over 15360 probabilities have no place in half precision.
    with torch.autocast(logits.device.type, enabled=False):
        return torch.softmax(logits.float(), dim=-1) @ codebook.float()
