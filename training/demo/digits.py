"""The vocabulary, learnt through the five digits of a code.

A finite scalar code is a number of five digits. While it trains, the generator's vocabulary is the
sum of one vector for each digit's value, and those lie on a parabola: a digit's logits are then a
Gaussian over its levels, whose most likely level is the expected one. What is learnt of one code
holds for all: 15 vectors to learn, not 15360. The published layout, one vector a code, is written
out at the end and gives the same logits.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.models.tokenizer import CODEBOOK

LEVELS = tuple(int(level) for level in CODEBOOK.split("-"))

SOFT = 0.6
"""Width of the soft targets, in levels: a neighbouring code is nearly as right."""


class Digits(nn.Module):
    """Digit vectors in place of a vocabulary."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.curves = nn.Parameter(torch.randn(len(LEVELS), 2, dim) * dim**-0.5)

    def vectors(self) -> tuple[Tensor, ...]:
        """For each digit one vector a level, (levels, D)."""
        return tuple(_powers(n) @ curve for n, curve in zip(LEVELS, self.curves, strict=True))

    def forward(self, hidden: Tensor) -> tuple[Tensor, ...]:
        """Logits (B, N, levels) of each digit, from hidden states (B, N, D)."""
        return functional.linear(hidden, torch.cat(self.vectors())).split(LEVELS, dim=-1)

    def vocabulary(self) -> Tensor:
        """One vector for each code (15360, D); the first digit runs fastest."""
        rows = torch.zeros(1, self.curves.shape[-1])
        for part in self.vectors():
            rows = (part[:, None] + rows[None]).flatten(0, 1)
        return rows.detach()


def _powers(levels: int) -> Tensor:
    """(levels, 2): a level's place around the middle, and its square; both span some two units."""
    place = torch.linspace(-1, 1, levels)
    return 2.0 * torch.stack([place, 1.5 * place**2], dim=1)


def digit_loss(logits: tuple[Tensor, ...], latent: Tensor) -> Tensor:
    """Cross-entropy against soft digits of the true latents (B, 5, h, w), mean over digits."""
    position = torch.sigmoid(latent).flatten(2)
    total = latent.new_zeros(())
    for i, (levels, found) in enumerate(zip(LEVELS, logits, strict=True)):
        away = torch.arange(levels) - position[:, i, :, None] * (levels - 1)
        target = torch.softmax(-0.5 * (away / SOFT) ** 2, dim=-1)
        total = total - (target * torch.log_softmax(found, dim=-1)).sum(-1).mean()
    return total / len(LEVELS)


def local_error(logits: tuple[Tensor, ...], latent: Tensor) -> Tensor:
    """Squared error of the expected codes about each window's own mean, in units of their spread.

    A window's season and soil move all of its codes together, and the radar hardly tells them:
    against that noise what it does tell, where in a window things are, would be learnt last.

    Args:
        logits: Of each digit (B, N, levels).
        latent: True latents (B, 5, h, w).
    """
    expected = torch.stack(
        [
            torch.softmax(found, dim=-1) @ torch.linspace(0, 1, levels)
            for levels, found in zip(LEVELS, logits, strict=True)
        ],
        dim=1,
    )
    true = torch.sigmoid(latent).flatten(2)
    away = (expected - expected.mean(2, keepdim=True)) - (true - true.mean(2, keepdim=True))
    return (away**2).mean() / CODE_VARIANCE


CODE_VARIANCE = 0.03
"""About the variance of codes within a window."""


def code_error(logits: tuple[Tensor, ...], latent: Tensor, weight: Tensor) -> Tensor:
    """Squared error of the likeliest codes, as a share of that of codes in the middle.

    Training stops by this and not by the loss: on an unseen place, whose season the radar hardly
    tells, the loss soon counts nothing but how sure a wrong colour was.

    Args:
        logits: Of each digit (B, N, levels).
        latent: True latents (B, 5, h, w).
        weight: (5,), what a step in each code is worth.
    """
    side = latent.shape[-1]
    true = torch.sigmoid(latent)
    scale = weight.view(1, -1, 1, 1)
    error = scale * (straight_through(logits, side) - true) ** 2
    return error.sum() / (scale * (true - 0.5) ** 2).sum()


def straight_through(logits: tuple[Tensor, ...], side: int) -> Tensor:
    """Codes (B, 5, side, side): the most likely ones, with the gradient of the expected ones."""
    codes = []
    for levels, found in zip(LEVELS, logits, strict=True):
        values = torch.linspace(0, 1, levels)
        soft = torch.softmax(found, dim=-1) @ values
        codes.append(soft + (values[found.argmax(-1)] - soft).detach())
    return torch.stack(codes, dim=1).unflatten(-1, (side, side))
