"""Losses of an image's level, colour, edges and structure.

Errors are in units of the bands' spreads, so that each part is of the order of 1 for a poor image
and 0 for the real one.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.losses.masks import Tally, Where, pooled, spreads, sums, tally

_HUBER = 2.0
"""Error in spreads beyond which it counts linearly: clouds and snow that no radar sees."""

_ANGLE_FLOOR = 1e-6
"""Keeps the square root of the angle smooth where spectra agree."""

_VARIANCE_FLOOR = 0.01
"""Square of a tenth of a spread: weaker texture is noise."""


def level(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return the mean absolute error in spreads (L1)."""
    return tally(spreads(found - target).abs(), where.full())


def squared(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return the mean squared error in spreads squared (L2)."""
    return tally(spreads(found - target).square(), where.full())


def huber(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return Huber's loss of the error in spreads: squared when small, linear when large."""
    a, b = spreads(found), spreads(target)
    return tally(functional.huber_loss(a, b, reduction="none", delta=_HUBER), where.full())


def angle(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return the mean spectral angle (SAM) in radians over the sample's bands.

    Computed from the chord, √(2 - 2·cos), which equals small angles and whose slope stays finite
    where that of the arc cosine does not. Missing bands are 0 in both images.
    """
    cosine = functional.cosine_similarity(found, target, dim=1, eps=1.0).unsqueeze(1)
    chord = torch.sqrt((2 - 2 * cosine).clamp_min(0) + _ANGLE_FLOOR) - _ANGLE_FLOOR**0.5
    # A real spectrum of zeros has no direction and is skipped. A generated one gets the largest
    # error: the count depends on the batch alone, and black is not rewarded.
    lit = target.abs().sum(1, keepdim=True) > 0
    return tally(chord, where.pixels & lit)


def edges(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return the mean absolute difference of neighbouring errors, in spreads."""
    error, valid = spreads(found - target), where.full()
    down = (error[..., 1:, :] - error[..., :-1, :]).abs()
    across = (error[..., 1:] - error[..., :-1]).abs()
    first, pairs_down = sums(down, valid[..., 1:, :] & valid[..., :-1, :])
    second, pairs_across = sums(across, valid[..., 1:] & valid[..., :-1])
    both = first / pairs_down.clamp_min(1) + second / pairs_across.clamp_min(1)
    return Tally.of_samples(both, ((pairs_down + pairs_across) > 0).to(both.dtype))


def structure(found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return 1 - mean correlation in 9 by 9 windows: SSIM's structure term (Wang et al. 2004)."""
    # Centred, because differences of large squares lose precision.
    a, b = (where.clean(_centred(x, where)) for x in (found, target))
    mean_a, valid = pooled(a, where, 9, 3)
    mean_b, _ = pooled(b, where, 9, 3)
    square_a, square_b, product = (pooled(x, where, 9, 3)[0] for x in (a * a, b * b, a * b))
    var_a, var_b = square_a - mean_a**2, square_b - mean_b**2
    covariance = product - mean_a * mean_b
    correlation = (covariance + _VARIANCE_FLOOR) / torch.sqrt(
        (var_a.clamp_min(0) + _VARIANCE_FLOOR) * (var_b.clamp_min(0) + _VARIANCE_FLOOR)
    )
    return tally(1 - correlation, valid)


def _centred(images: Tensor, where: Where) -> Tensor:
    """Return images in spreads, centred on each band's mean."""
    values = spreads(images)
    count = where.full().flatten(2).sum(2).clamp_min(1)
    mean = values.detach().flatten(2).sum(2) / count
    return values - mean[..., None, None]
