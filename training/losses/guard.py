"""Guards against an image worse than its input."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.losses.masks import Tally, Where, pooled, spreads, tally

_WINDOW = 8
_STEP = 4
"""Side of the windows whose means are an image's coarse colours, and their step."""

_REACH = 2
"""Tolerated displacement of an edge in pixels: a sharpened edge is not an invented one."""


def invented(found: Tensor, target: Tensor, before: Tensor, where: Where) -> Tally:
    """Return the slopes of an image that neither the real nor the previous one has nearby.

    Mean, in spreads per pixel, of a slope's excess over the steepest of both within 2 px. 0 for
    either of them.
    """
    steepest = torch.maximum(_slopes(target, where), _slopes(before, where))
    allowed = functional.max_pool2d(steepest, 2 * _REACH + 1, 1, _REACH)
    return tally((_slopes(found, where) - allowed).clamp_min(0), where.full())


def worsened(found: Tensor, target: Tensor, before: Tensor, where: Where) -> Tally:
    """Return the increase of the error of coarse colours over the previous image, in spreads.

    0 for the previous image, for the real one, and for anything between: a stage may keep colours
    or improve them. A plain distance to the previous image would preserve its errors.
    """
    error, valid = pooled(where.clean(spreads(found - target)), where, _WINDOW, _STEP)
    previous, _ = pooled(where.clean(spreads(before - target)), where, _WINDOW, _STEP)
    return tally((error.abs() - previous.abs()).clamp_min(0), valid)


def identity(found: Tensor, before: Tensor, where: Where) -> Tally:
    """Return the mean absolute difference of the coarse colours of two images, in spreads."""
    error, valid = pooled(where.clean(spreads(found - before)), where, _WINDOW, _STEP)
    return tally(error.abs(), valid)


def _slopes(images: Tensor, where: Where) -> Tensor:
    """Return the slope at each pixel, in spreads per pixel; 0 across the edge of the known area."""
    values, valid = where.clean(spreads(images)), where.full().to(images.dtype)
    down = functional.pad(
        (values[..., 1:, :] - values[..., :-1, :]).abs() * valid[..., 1:, :] * valid[..., :-1, :],
        (0, 0, 0, 1),
    )
    across = functional.pad(
        (values[..., 1:] - values[..., :-1]).abs() * valid[..., 1:] * valid[..., :-1], (0, 1)
    )
    return down + across
