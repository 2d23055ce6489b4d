"""Agreement of an image's edges with the radar's: a differentiable GAC score.

Equals `gac_core.score.gac` (sources there), for several decays of the radar's averages. CFOG is
deliberately excluded: it is reserved for evaluation and early stopping.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from gac_core.score.gac import BORDER, DN_FLOOR, FLAT
from gac_core.score.gradients import SIGMA_GRADIENT, SIGMA_TENSOR
from gac_core.score.gradients import WEIGHT_FLOOR as MEAN_FLOOR
from gac_core.score.gradients import WEIGHT_FLOOR as SIDE_FLOOR
from training.losses.filters import gaussian, sides
from training.losses.masks import Tally, Where

ALPHAS = (1.0, 2.0, 4.0)
"""Decays of the radar's averages in pixels: fine lines, the score's own, large fields."""

_FAINT = 3.0**-4
"""Minimum power of edges as a share of the real image's: edges a third as steep, because power goes
with the fourth power of slopes."""

_TINY = 1e-12
"""Power treated as zero: keeps the square root's slope finite."""

_MEASURED = (-80.0, 50.0)
"""Range in dB to which radar is clamped: lower values give 0 / 0 in single precision."""

_USUAL = 1000.0
"""Typical DN."""


def gac(
    s1_db: Tensor, found: Tensor, where: Where, alphas: Sequence[float] = ALPHAS
) -> tuple[Tensor, Tensor]:
    """Return the GAC score of each sample at each decay.

    Args:
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        found: (B, 4, H, W) DN.
        where: Known pixels of the optical images; missing bands have no edges.
        alphas: Decays in pixels; the score's is 2.

    Returns:
        (B, A) scores, 0 where undefined; (B,) bool, True if defined: neither image flat, and some
        pixel 8 px away from all nodata.
    """
    valid, scored = _valid(s1_db, where)
    optical = _optical(found, valid, scored, where)
    return _agreement(_radar(s1_db, valid, scored, alphas), optical, scored)


def agreement_gap(
    s1_db: Tensor,
    found: Tensor,
    target: Tensor,
    where: Where,
    alphas: Sequence[float] = ALPHAS,
) -> Tally:
    """Return the distance of the GAC score from the real image's, averaged over the decays.

    Too much costs as much as too little: an image that copies the radar scores highest.

    Faint edges do not suffice. The score ignores the strength of edges, so that in a flat image a
    change of a few DN would do; here an image with edges less than a third as steep as the real
    one's is scored as if it had that third. See `gap` for faint copies of the radar.

    Args:
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        found: (B, 4, H, W) DN.
        target: Likewise.
        where: Known pixels of the optical images.
        alphas: Decays in pixels.

    Returns:
        0 to 2 per sample; samples whose real image is undefined do not count.
    """
    valid, scored = _valid(s1_db, where)
    radar = _radar(s1_db, valid, scored, alphas)
    with torch.no_grad():
        real = _optical(target, valid, scored, where)
        level, defined = _agreement(radar, real, scored)
        least = _FAINT * real.square().flatten(1).sum(1)
    optical = _optical(found, valid, scored, where)
    scores, _ = _agreement(radar, optical, scored, least)
    power = optical.square().flatten(1).sum(1)
    gaps = gap(scores, level, strength(power, least)[:, None]).mean(1)
    return Tally.of_samples(gaps, defined.to(gaps.dtype))


def gap(score: Tensor, level: Tensor, share: Tensor) -> Tensor:
    """Return the distance of an agreement from the real image's, allowing for a minimum power.

    The minimum power lowers a faint image's score, by the share of `strength`: a faint copy of the
    radar would fall to the real image's level. Excess is therefore measured from that share of the
    level: a faint image gains nothing by agreeing better than the real one, and pays for its
    missing strength.

    Args:
        score: Score of the image, as lowered.
        level: Score of the real image.
        share: 0 to 1.
    """
    return (level - score).clamp_min(0) + (score - share * level).clamp_min(0)


def strength(power: Tensor, least: Tensor) -> Tensor:
    """Return the share by which a minimum power lowers a score: √(power / least), at most 1."""
    return torch.sqrt((power / least.clamp_min(_TINY)).clamp(_TINY, 1.0))


def _radar(s1_db: Tensor, whole: Tensor, scored: Tensor, alphas: Sequence[float]) -> list[Tensor]:
    """Return orientation vectors (B, 2, H, W) of the radar at each decay, 0 where not scored."""
    with torch.no_grad():
        return [_orientation(roewa(s1_db, whole, alpha)) * scored for alpha in alphas]


def _optical(image: Tensor, whole: Tensor, scored: Tensor, where: Where) -> Tensor:
    """Return orientation vectors (B, 2, H, W) of an optical image, 0 where not scored."""
    return _orientation(log_gradient(image, whole, where.bands)) * scored


def _agreement(
    radar: Sequence[Tensor], optical: Tensor, scored: Tensor, least: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Return the scores (B, A) of optical vectors against the radar's; (B,) True if defined.

    With `least` (B,), optical vectors have at least that power.
    """
    pixels = scored.flatten(1).sum(1)
    floor = FLAT * pixels.clamp_min(1)
    power = optical.square().flatten(1).sum(1)
    if least is not None:
        power = torch.maximum(power, least)
    defined = (power >= floor) & (pixels > 0)
    scores = []
    for sar in radar:
        strength = sar.square().flatten(1).sum(1)
        defined = defined & (strength >= floor)
        cross = (sar * optical).flatten(1).sum(1)
        scores.append(cross * torch.rsqrt(power.clamp_min(floor) * strength.clamp_min(floor)))
    return torch.where(defined[:, None], torch.stack(scores, 1), 0.0), defined


def roewa(s1_db: Tensor, valid: Tensor, alpha: float) -> Tensor:
    """Return ROEWA log-ratio gradients, as `gac_core.score.gradients.roewa`.

    Args:
        s1_db: (B, C, H, W) dB; clamped to values that a radar measures.
        valid: (B, 1, H, W) bool.
        alpha: Decay in pixels.

    Returns:
        (B, C, 2, H, W) g_x, g_y.
    """
    decibels = torch.where(valid, s1_db, 0.0).clamp(*_MEASURED)
    power = torch.where(valid, torch.pow(10.0, decibels / 10.0), 0.0)
    stacked = torch.cat([power, valid.to(power.dtype)], 1)
    gradients = []
    for along, across in ((-1, -2), (-2, -1)):
        before, after = sides(stacked, alpha, across)
        low, high = sides(stacked + before + after, alpha, along)
        weight_low, weight_high = low[:, -1:], high[:, -1:]
        defined = (weight_low > SIDE_FLOOR) & (weight_high > SIDE_FLOOR)
        ratio = torch.where(defined, high[:, :-1] * weight_low, 1.0) / torch.where(
            defined, low[:, :-1] * weight_high, 1.0
        )
        gradients.append(ratio.log())
    return torch.stack(gradients, 2)


def log_gradient(dn: Tensor, valid: Tensor, bands: Tensor) -> Tensor:
    """Return Gaussian-derivative gradients of log-reflectance, as `gac_core.score.gradients`.

    Args:
        dn: (B, C, H, W) DN.
        valid: (B, 1, H, W) bool.
        bands: (B, C, 1, 1) bool; missing ones have gradients of 0.

    Returns:
        (B, C, 2, H, W) g_x, g_y.
    """
    # Relative to a typical level, which changes no gradient, to keep precision.
    logs = torch.where(valid & bands, dn, _USUAL).clamp_min(DN_FLOOR).log() - math.log(_USUAL)
    weight = valid.to(dn.dtype)
    mean_weight = gaussian(weight, SIGMA_GRADIENT)
    near = (mean_weight > MEAN_FLOOR) & bands
    safe = torch.where(near, mean_weight, 1.0)
    mean = gaussian(logs, SIGMA_GRADIENT)
    gradients = []
    for order in ((0, 1), (1, 0)):
        slope = gaussian(weight, SIGMA_GRADIENT, order)
        top = gaussian(logs, SIGMA_GRADIENT, order) * mean_weight - mean * slope
        gradients.append(torch.where(near, top / safe**2, 0.0))
    return torch.stack(gradients, 2)


def _orientation(gradients: Tensor) -> Tensor:
    """Return the doubled-angle vectors (B, 2, H, W) of gradients (B, C, 2, H, W)."""
    gx, gy = gradients[:, :, 0], gradients[:, :, 1]
    doubled = torch.stack([(gx * gx - gy * gy).sum(1), 2.0 * (gx * gy).sum(1)], 1)
    return gaussian(doubled, SIGMA_TENSOR)


def _valid(s1_db: Tensor, where: Where) -> tuple[Tensor, Tensor]:
    """Return the pixels known in both images, and those 8 px away from all others: (B, 1, H, W)."""
    valid = where.pixels & s1_db.isfinite().all(1, keepdim=True)
    padded = functional.pad(valid.to(s1_db.dtype), (BORDER,) * 4)
    return valid, -functional.max_pool2d(-padded, 2 * BORDER + 1, 1) == 1
