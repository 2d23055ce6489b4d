"""How far TerraMind's answer is from the tokens of the real image."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from gac_core.errors import RequestError
from training.losses.masks import Tally

UNKNOWN = -1
"""A code that does not count."""


def token_loss(logits: Tensor, codes: Tensor, mask: Tensor) -> Tally:
    """Cross-entropy of the tokens, as a share of that of guessing: 1 for even odds, 0 for right.

    Args:
        logits: (B, N, V) over the vocabulary.
        codes: (B, h, w) int, N = h·w, row by row; `UNKNOWN` where the code is not to be trusted,
            as in samples that lack some of the 12 bands.
        mask: (B, 1 or C, H, W) bool at full resolution; a token counts where all of it is known.

    Raises:
        RequestError: If the shapes do not fit.
    """
    if logits.shape[:2] != (len(codes), codes[0].numel()):
        raise RequestError(
            f"Logits of shape {tuple(logits.shape)} do not fit codes {tuple(codes.shape)}.",
            "Both must come from images of the same size.",
        )
    counted = counted_tokens(codes, mask)
    wanted = torch.where(counted, codes, UNKNOWN).flatten().long()
    total = functional.cross_entropy(
        logits.flatten(0, 1), wanted, ignore_index=UNKNOWN, reduction="sum"
    )
    return Tally(total / math.log(logits.shape[-1]), counted.sum())


def counted_tokens(codes: Tensor, mask: Tensor) -> Tensor:
    """Which tokens count: (B, h, w) bool; of `codes` only matters where they are `UNKNOWN`."""
    pixels = mask.any(1, keepdim=True).float()
    whole = functional.adaptive_avg_pool2d(pixels, (codes.shape[1], codes.shape[2])) > 0.999
    return whole[:, 0] & (codes != UNKNOWN)
