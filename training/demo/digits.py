"""Vocabulary learned through the five digits of a code.

A finite scalar code is a number of five digits. During training, the generator's vocabulary is the
sum of one vector per digit value, and those lie on a parabola: a digit's logits are then a Gaussian
over its levels, whose mode is the expected level. Codes share what is learned: 15 vectors instead
of 15360. The published layout, one vector per code, is written at the end and gives the same
logits.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.networks.terramind import CODEBOOK

LEVELS = tuple(int(level) for level in CODEBOOK.split("-"))

SOFT = 0.6
"""Width of the soft targets in levels: a neighbouring code is nearly as correct."""


class Digits(nn.Module):
    """Digit vectors in place of a vocabulary."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.curves = nn.Parameter(torch.randn(len(LEVELS), 2, dim) * dim**-0.5)

    def vectors(self) -> tuple[Tensor, ...]:
        """Return the vectors of each digit's levels, (levels, D)."""
        return tuple(_powers(n) @ curve for n, curve in zip(LEVELS, self.curves, strict=True))

    def forward(self, hidden: Tensor) -> tuple[Tensor, ...]:
        """Return the logits (B, N, levels) of each digit, from hidden states (B, N, D)."""
        return functional.linear(hidden, torch.cat(self.vectors())).split(LEVELS, dim=-1)

    def vocabulary(self) -> Tensor:
        """Return one vector per code (15360, D); the first digit varies fastest."""
        rows = torch.zeros(1, self.curves.shape[-1])
        for part in self.vectors():
            rows = (part[:, None] + rows[None]).flatten(0, 1)
        return rows.detach()


def _powers(levels: int) -> Tensor:
    """Return (levels, 2): each level's centred position and its square, both about two wide."""
    place = torch.linspace(-1, 1, levels)
    return 2.0 * torch.stack([place, 1.5 * place**2], dim=1)


def digit_loss(logits: tuple[Tensor, ...], latent: Tensor) -> Tensor:
    """Return the cross-entropy against soft digits of the true latents (B, 5, h, w), digit mean."""
    position = torch.sigmoid(latent).flatten(2)
    total = latent.new_zeros(())
    for i, (levels, digit_logits) in enumerate(zip(LEVELS, logits, strict=True)):
        distance = torch.arange(levels) - position[:, i, :, None] * (levels - 1)
        target = torch.softmax(-0.5 * (distance / SOFT) ** 2, dim=-1)
        total = total - (target * torch.log_softmax(digit_logits, dim=-1)).sum(-1).mean()
    return total / len(LEVELS)


def local_error(logits: tuple[Tensor, ...], latent: Tensor) -> Tensor:
    """Return the squared error of the expected codes about each window's mean, in their variance.

    Season and soil shift all codes of a window together, and the radar hardly reveals them: with
    that noise, the spatial structure, which it does reveal, would be learned last.

    Args:
        logits: Logits of each digit (B, N, levels).
        latent: True latents (B, 5, h, w).
    """
    expected = torch.stack(
        [
            torch.softmax(digit_logits, dim=-1) @ torch.linspace(0, 1, levels)
            for levels, digit_logits in zip(LEVELS, logits, strict=True)
        ],
        dim=1,
    )
    true = torch.sigmoid(latent).flatten(2)
    error = (expected - expected.mean(2, keepdim=True)) - (true - true.mean(2, keepdim=True))
    return (error**2).mean() / CODE_VARIANCE


CODE_VARIANCE = 0.03
"""Approximate variance of codes within a window."""


def code_error(logits: tuple[Tensor, ...], latent: Tensor, weight: Tensor) -> Tensor:
    """Return the squared error of the likeliest codes relative to that of mid-range codes.

    Used for early stopping instead of the loss: on an unseen place, whose season the radar hardly
    reveals, the loss soon measures only the confidence in a wrong colour.

    Args:
        logits: Logits of each digit (B, N, levels).
        latent: True latents (B, 5, h, w).
        weight: (5,), weight of a step in each code.
    """
    side = latent.shape[-1]
    true = torch.sigmoid(latent)
    scale = weight.view(1, -1, 1, 1)
    error = scale * (straight_through(logits, side) - true) ** 2
    return error.sum() / (scale * (true - 0.5) ** 2).sum()


def straight_through(logits: tuple[Tensor, ...], side: int) -> Tensor:
    """Return the likeliest codes (B, 5, side, side), with the gradient of the expected ones."""
    codes = []
    for levels, digit_logits in zip(LEVELS, logits, strict=True):
        values = torch.linspace(0, 1, levels)
        soft = torch.softmax(digit_logits, dim=-1) @ values
        codes.append(soft + (values[digit_logits.argmax(-1)] - soft).detach())
    return torch.stack(codes, dim=1).unflatten(-1, (side, side))
