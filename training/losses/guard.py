"""What keeps a stage from making an image worse than the one it was given."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.losses.masks import Tally, Where, pooled, spreads, tally

_WINDOW = 8
_STEP = 4
"""Side of the means that stand for an image's coarse colours, and the step between them."""

_REACH = 2
"""Pixels by which an edge may be moved: a sharpened edge is not an invented one."""


def invented(found: Tensor, target: Tensor, before: Tensor, where: Where) -> Tally:
    """Slopes of the found image where neither the real one nor the one before has any near.

    Mean, in spreads per pixel, of what a slope exceeds the steepest of both others within 2 px.
    0 for either of them.
    """
    given = torch.maximum(_slopes(target, where), _slopes(before, where))
    allowed = functional.max_pool2d(given, 2 * _REACH + 1, 1, _REACH)
    return tally((_slopes(found, where) - allowed).clamp_min(0), where.full())


def worsened(found: Tensor, target: Tensor, before: Tensor, where: Where) -> Tally:
    """How much further from the real image coarse colours are than they were before, in spreads.

    0 for the image before, for the real one, and for anything between: a stage may leave colours
    alone or mend them. Plain nearness to the image before would hold on to its faults.
    """
    error, known = pooled(where.clean(spreads(found - target)), where, _WINDOW, _STEP)
    given, _ = pooled(where.clean(spreads(before - target)), where, _WINDOW, _STEP)
    return tally((error.abs() - given.abs()).clamp_min(0), known)


def identity(found: Tensor, before: Tensor, where: Where) -> Tally:
    """Mean absolute difference of the coarse colours of two images, in spreads."""
    error, known = pooled(where.clean(spreads(found - before)), where, _WINDOW, _STEP)
    return tally(error.abs(), known)


def _slopes(images: Tensor, where: Where) -> Tensor:
    """Steepness at each pixel, in spreads per pixel; 0 across the edge of what is known."""
    values, known = where.clean(spreads(images)), where.full().to(images.dtype)
    down = functional.pad(
        (values[..., 1:, :] - values[..., :-1, :]).abs() * known[..., 1:, :] * known[..., :-1, :],
        (0, 0, 0, 1),
    )
    across = functional.pad(
        (values[..., 1:] - values[..., :-1]).abs() * known[..., 1:] * known[..., :-1], (0, 1)
    )
    return down + across
