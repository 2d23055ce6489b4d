"""How far a picture of the four shown bands is from the real one: level, colour, edges, structure.

Errors are counted in the bands' spreads, so that each part is of the order of 1 for a poor image
and 0 for the real one itself.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.losses.masks import Tally, Where, pooled, spreads, sums, tally

_HUBER = 2.0
"""Errors beyond this many spreads count linearly: clouds and snow that no radar sees."""

_ANGLE_FLOOR = 1e-6
"""Keeps the root of the angle smooth where spectra agree."""

_VARIANCE_FLOOR = 0.01
"""A tenth of a spread, squared: texture weaker than that is noise."""


def level(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Mean absolute error in spreads (L1)."""
    return tally(spreads(found - target).abs(), where.full())


def squared(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Mean squared error in spreads squared (L2)."""
    return tally(spreads(found - target).square(), where.full())


def huber(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Huber's loss of the error in spreads: squared when small, linear when large."""
    a, b = spreads(found), spreads(target)
    return tally(functional.huber_loss(a, b, reduction="none", delta=_HUBER), where.full())


def angle(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Mean spectral angle (SAM) in radians, over the bands that the sample has.

    By the chord, √(2 - 2·cos), which equals the angle when small and whose slope stays finite
    where that of the arc cosine does not. Missing bands hold 0 in both images.
    """
    cosine = functional.cosine_similarity(found, target, dim=1, eps=1.0).unsqueeze(1)
    chord = torch.sqrt((2 - 2 * cosine).clamp_min(0) + _ANGLE_FLOOR) - _ANGLE_FLOOR**0.5
    # A real spectrum of zeros has no direction. A generated one is as far off as can be: what
    # counts depends on the batch alone, and black is no way out.
    lit = target.abs().sum(1, keepdim=True) > 0
    return tally(chord, where.pixels & lit)


def edges(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Mean absolute difference of neighbouring errors, in spreads: how far slopes are off."""
    error, known = spreads(found - target), where.full()
    down = (error[..., 1:, :] - error[..., :-1, :]).abs()
    across = (error[..., 1:] - error[..., :-1]).abs()
    first, pairs_down = sums(down, known[..., 1:, :] & known[..., :-1, :])
    second, pairs_across = sums(across, known[..., 1:] & known[..., :-1])
    both = first / pairs_down.clamp_min(1) + second / pairs_across.clamp_min(1)
    return Tally.of_samples(both, ((pairs_down + pairs_across) > 0).to(both.dtype))


def structure(found: Tensor, target: Tensor, where: Where) -> Tally:
    """1 - mean local correlation in 9 by 9 windows: SSIM's structure term (Wang et al. 2004)."""
    # About a level that the windows share: without it, differences of large squares are lost.
    a, b = (where.clean(_centred(x, where)) for x in (found, target))
    mean_a, known = pooled(a, where, 9, 3)
    mean_b, _ = pooled(b, where, 9, 3)
    square_a, square_b, product = (pooled(x, where, 9, 3)[0] for x in (a * a, b * b, a * b))
    var_a, var_b = square_a - mean_a**2, square_b - mean_b**2
    covariance = product - mean_a * mean_b
    correlation = (covariance + _VARIANCE_FLOOR) / torch.sqrt(
        (var_a.clamp_min(0) + _VARIANCE_FLOOR) * (var_b.clamp_min(0) + _VARIANCE_FLOOR)
    )
    return tally(1 - correlation, known)


def _centred(images: Tensor, where: Where) -> Tensor:
    """Images in spreads, less each band's mean, which moves nothing."""
    values = spreads(images)
    count = where.full().flatten(2).sum(2).clamp_min(1)
    middle = values.detach().flatten(2).sum(2) / count
    return values - middle[..., None, None]
