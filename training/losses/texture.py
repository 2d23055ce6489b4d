"""Agreement of an image's texture with the radar's, corrected for speckle."""

from __future__ import annotations

import torch
from torch import Tensor

from training.losses.masks import Tally, Where, pooled
from training.losses.sar import gap, strength

_WINDOW = 9
_STEP = 3
"""Side of the windows of texture, and their step, in pixels."""

_SMOOTH = 0.1
"""Share of windows assumed to hold only speckle."""

_RADAR_FLOOR = 0.1
_OPTICAL_FLOOR = 0.05
"""Coefficients of variation treated as zero."""

_EVEN = 0.1
"""Minimum variance of an image's log texture, as a share of the real one's, and absolute."""


def texture_gap(s1_db: Tensor, found: Tensor, target: Tensor, where: Where) -> Tally:
    """Return the distance of the agreement of textures from the real image's.

    Texture is the local coefficient of variation; the agreement is the correlation of its
    logarithms, radar against optical, over a sample's windows. On 42 real pairs it is 0.36 on
    average, on flipped ones 0.04, on copies of the radar 0.96; too much costs as much as too
    little.

    An even image has nothing to correlate: its variance counts as at least a tenth of the real
    one's, so that a change of a few DN is not rewarded.

    Args:
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        found: (B, 4, H, W) DN.
        target: Likewise.
        where: Known pixels.

    Returns:
        0 to 2 per sample; samples with fewer than three known windows do not count.
    """
    valid = Where(where.pixels & s1_db.isfinite().all(1, keepdim=True), where.bands)
    with torch.no_grad():
        radar, valid_windows = radar_texture(s1_db, valid)
        real = optical_texture(target, valid)
        variance = _moments(real, real, valid_windows)[1]
        least = _EVEN * variance.clamp_min(_EVEN)
        level = _correlation(radar, real, valid_windows, least)
    own = optical_texture(found, valid)
    score = _correlation(radar, own, valid_windows, least)
    # The real image may be the fainter one, at no cost.
    share = strength(_moments(own, own, valid_windows)[1], torch.minimum(least, variance))
    windows = valid_windows.flatten(1).sum(1)
    return Tally.of_samples(gap(score, level, share), (windows > 2).to(score.dtype))


def radar_texture(s1_db: Tensor, whole: Where) -> tuple[Tensor, Tensor]:
    """Return the ground's texture as seen by the radar, and the known windows.

    In the product model, intensity is ground times speckle, C_I² = C_T² + C_u² + C_T²·C_u², so the
    ground's is C_T² = (C_I² - C_u²) / (1 + C_u²) (Ulaby, Kouyate, Brisco, Williams, "Textural
    information in SAR images", IEEE TGRS 24, 1986). C_u² is taken from the sample's smoothest
    windows, because the number of looks differs between products and monthly sums have many.

    Returns:
        (B, 1, h, w) mean over polarisations of ln C_T; (B, 1, h, w) bool.
    """
    power = torch.where(whole.pixels, torch.pow(10.0, s1_db / 10.0), 0.0)
    both = Where(whole.pixels, torch.ones_like(whole.bands[:, :2]))
    variation, valid = _variation(power, both)
    valid = valid.all(1, keepdim=True)
    lines = torch.where(valid, variation, torch.nan).flatten(2)
    speckle = torch.nanquantile(lines, _SMOOTH, 2).nan_to_num()[..., None, None]
    ground = ((variation - speckle) / (1 + speckle)).clamp_min(0)
    return torch.log(ground + _RADAR_FLOOR**2).mean(1, keepdim=True) / 2, valid


def optical_texture(images: Tensor, whole: Where) -> Tensor:
    """Return the mean over bands of ln C (B, 1, h, w) of an optical image (B, 4, H, W) in DN."""
    variation, _ = _variation(whole.clean(images), whole)
    bands = whole.bands.to(images.dtype)
    logs = torch.log(variation + _OPTICAL_FLOOR**2) * bands
    return logs.sum(1, keepdim=True) / bands.sum(1, keepdim=True).clamp_min(1) / 2


def _variation(values: Tensor, where: Where) -> tuple[Tensor, Tensor]:
    """Return the squared coefficient of variation in windows, and the known windows."""
    # In units of each channel's mean, so that squares keep single precision.
    scale = values.detach().abs().flatten(2).mean(2)[..., None, None]
    values = values / torch.where(scale > 0, scale, 1.0)
    mean, valid = pooled(values, where, _WINDOW, _STEP)
    square, _ = pooled(values * values, where, _WINDOW, _STEP)
    return (square - mean**2).clamp_min(0) / mean.square().clamp_min(1e-4), valid


def _correlation(radar: Tensor, optical: Tensor, known: Tensor, least: Tensor) -> Tensor:
    """Return the correlation (B,) of maps (B, 1, h, w), with a minimum optical variance."""
    cross, spread = _moments(radar, optical, known)
    _, radar_spread = _moments(radar, radar, known)
    return cross * torch.rsqrt(radar_spread.clamp_min(1e-4) * torch.maximum(spread, least))


def _moments(a: Tensor, b: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
    """Return the covariance (B,) of maps (B, 1, h, w) over known windows, and b's variance."""
    weights = known.to(a.dtype)
    count = weights.flatten(1).sum(1).clamp_min(1)

    def average(x: Tensor) -> Tensor:
        return ((x * weights).flatten(1).sum(1) / count)[:, None, None, None]

    a, b = a - average(a), b - average(b)
    return average(a * b).flatten(), average(b * b).flatten()
