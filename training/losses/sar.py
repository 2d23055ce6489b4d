"""Losses of an image against the radar: a differentiable GAC score, and the cycle loss.

The score equals `gac_core.scores.gac` (sources there), for several decays of the radar's averages.
CFOG is deliberately excluded: it is reserved for evaluation and early stopping.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch
from scipy.ndimage import gaussian_filter1d
from torch import Tensor, nn
from torch.nn import functional

from gac_core.scores.gac import BORDER, DN_FLOOR, FLAT, SIGMA_GRADIENT, SIGMA_TENSOR, TRUNCATE
from gac_core.scores.gac import WEIGHT_FLOOR as MEAN_FLOOR
from gac_core.scores.gac import WEIGHT_FLOOR as SIDE_FLOOR
from training.losses.masks import Tally, ValidMask, pooled, tally

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


def gaussian(values: Tensor, sigma: float, order: tuple[int, int] = (0, 0)) -> Tensor:
    """Return a Gaussian filter of (..., H, W), or its derivative (y, x), with zero padding.

    The weights come from the same function as the score's. A filter along a line is a matrix; for a
    few hundred pixels its product is faster than a convolution.
    """
    down = _gaussian_matrix(values.shape[-2], sigma, order[0], values.dtype, values.device)
    across = _gaussian_matrix(values.shape[-1], sigma, order[1], values.dtype, values.device)
    return down @ values @ across.T


def one_sided_sums(values: Tensor, alpha: float, axis: int) -> tuple[Tensor, Tensor]:
    """Return the sums before and after each pixel along an axis, weighted exp(-n / alpha).

    Args:
        values: (..., H, W).
        alpha: Decay in pixels.
        axis: -2 (down) or -1 (across).

    Returns:
        The sums over pixels above (left of) it, and below (right of) it, without the pixel itself.
    """
    matrix = _decay_matrix(values.shape[axis], alpha, values.dtype, values.device)
    if axis == -2:
        return matrix @ values, matrix.T @ values
    return values @ matrix.T, values @ matrix


_NEGLIGIBLE = 1e-12
"""Weight too small to affect a sum."""


@lru_cache(maxsize=64)
def _gaussian_matrix(
    size: int, sigma: float, order: int, dtype: torch.dtype, device: torch.device
) -> Tensor:
    unit = np.eye(size)
    matrix = gaussian_filter1d(unit, sigma, 0, order, mode="constant", truncate=TRUNCATE)
    return torch.tensor(matrix, dtype=dtype, device=device)


@lru_cache(maxsize=64)
def _decay_matrix(size: int, alpha: float, dtype: torch.dtype, device: torch.device) -> Tensor:
    at = np.arange(size)
    steps = at[:, None] - at[None, :]
    matrix = np.where(steps > 0, np.exp(-np.maximum(steps, 1) / alpha), 0.0)
    # Denormal numbers slow processors down a hundredfold.
    matrix[matrix < _NEGLIGIBLE] = 0.0
    return torch.tensor(matrix, dtype=dtype, device=device)


def gac(
    s1_db: Tensor, image: Tensor, where: ValidMask, alphas: Sequence[float] = ALPHAS
) -> tuple[Tensor, Tensor]:
    """Return the GAC score of each sample at each decay.

    Args:
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        image: (B, 4, H, W) DN.
        where: Known pixels of the optical images; missing bands have no edges.
        alphas: Decays in pixels; the score's is 2.

    Returns:
        (B, A) scores, 0 where undefined; (B,) bool, True if defined: neither image flat, and some
        pixel 8 px away from all nodata.
    """
    valid, scored = _valid(s1_db, where)
    optical = _optical(image, valid, scored, where)
    return _agreement(_radar(s1_db, valid, scored, alphas), optical, scored)


def agreement_gap(
    s1_db: Tensor,
    image: Tensor,
    target: Tensor,
    where: ValidMask,
    alphas: Sequence[float] = ALPHAS,
) -> Tally:
    """Return the distance of the GAC score from the real image's, averaged over the decays.

    Too much costs as much as too little: an image that copies the radar scores highest.

    Faint edges do not suffice. The score ignores the strength of edges, so that in a flat image a
    change of a few DN would do; here an image with edges less than a third as steep as the real
    one's is scored as if it had that third. See `agreement_distance` for faint copies of the radar.

    Args:
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        image: (B, 4, H, W) DN.
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
    optical = _optical(image, valid, scored, where)
    scores, _ = _agreement(radar, optical, scored, least)
    power = optical.square().flatten(1).sum(1)
    gaps = agreement_distance(scores, level, edge_strength(power, least)[:, None]).mean(1)
    return Tally.of_samples(gaps, defined.to(gaps.dtype))


def agreement_distance(score: Tensor, level: Tensor, share: Tensor) -> Tensor:
    """Return the distance of an agreement from the real image's, allowing for a minimum power.

    The minimum power lowers a faint image's score, by the share of `edge_strength`: a faint copy of
    the radar would fall to the real image's level. Excess is therefore measured from that share of
    the level: a faint image gains nothing by agreeing better than the real one, and pays for its
    missing strength.

    Args:
        score: Score of the image, as lowered.
        level: Score of the real image.
        share: 0 to 1.
    """
    return (level - score).clamp_min(0) + (score - share * level).clamp_min(0)


def edge_strength(power: Tensor, minimum: Tensor) -> Tensor:
    """Return the share by which a minimum power lowers a score: √(power / least), at most 1."""
    return torch.sqrt((power / minimum.clamp_min(_TINY)).clamp(_TINY, 1.0))


def _radar(s1_db: Tensor, whole: Tensor, scored: Tensor, alphas: Sequence[float]) -> list[Tensor]:
    """Return orientation vectors (B, 2, H, W) of the radar at each decay, 0 where not scored."""
    with torch.no_grad():
        return [_orientation(roewa(s1_db, whole, alpha)) * scored for alpha in alphas]


def _optical(image: Tensor, whole: Tensor, scored: Tensor, where: ValidMask) -> Tensor:
    """Return orientation vectors (B, 2, H, W) of an optical image, 0 where not scored."""
    return _orientation(log_gradient(image, whole, where.bands)) * scored


def _agreement(
    radar: Sequence[Tensor], optical: Tensor, scored: Tensor, minimum: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Return the scores (B, A) of optical vectors against the radar's; (B,) True if defined.

    With `minimum` (B,), optical vectors have at least that power.
    """
    pixels = scored.flatten(1).sum(1)
    floor = FLAT * pixels.clamp_min(1)
    power = optical.square().flatten(1).sum(1)
    if minimum is not None:
        power = torch.maximum(power, minimum)
    defined = (power >= floor) & (pixels > 0)
    scores = []
    for sar in radar:
        strength = sar.square().flatten(1).sum(1)
        defined = defined & (strength >= floor)
        cross = (sar * optical).flatten(1).sum(1)
        scores.append(cross * torch.rsqrt(power.clamp_min(floor) * strength.clamp_min(floor)))
    return torch.where(defined[:, None], torch.stack(scores, 1), 0.0), defined


def roewa(s1_db: Tensor, valid: Tensor, alpha: float) -> Tensor:
    """Return ROEWA log-ratio gradients, as `gac_core.scores.gac.roewa`.

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
        before, after = one_sided_sums(stacked, alpha, across)
        low, high = one_sided_sums(stacked + before + after, alpha, along)
        weight_low, weight_high = low[:, -1:], high[:, -1:]
        defined = (weight_low > SIDE_FLOOR) & (weight_high > SIDE_FLOOR)
        ratio = torch.where(defined, high[:, :-1] * weight_low, 1.0) / torch.where(
            defined, low[:, :-1] * weight_high, 1.0
        )
        gradients.append(ratio.log())
    return torch.stack(gradients, 2)


def log_gradient(dn: Tensor, valid: Tensor, bands: Tensor) -> Tensor:
    """Return Gaussian-derivative gradients of log-reflectance, as `gac_core.scores.gac`.

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


def _valid(s1_db: Tensor, where: ValidMask) -> tuple[Tensor, Tensor]:
    """Return the pixels known in both images, and those 8 px away from all others: (B, 1, H, W)."""
    valid = where.pixels & s1_db.isfinite().all(1, keepdim=True)
    padded = functional.pad(valid.to(s1_db.dtype), (BORDER,) * 4)
    return valid, -functional.max_pool2d(-padded, 2 * BORDER + 1, 1) == 1


def texture_gap(s1_db: Tensor, image: Tensor, target: Tensor, where: ValidMask) -> Tally:
    """Return the distance of the agreement of textures from the real image's.

    Texture is the local coefficient of variation; the agreement is the correlation of its
    logarithms, radar against optical, over a sample's windows. On 42 real pairs it is 0.36 on
    average, on flipped ones 0.04, on copies of the radar 0.96; too much costs as much as too
    little.

    An even image has nothing to correlate: its variance counts as at least a tenth of the real
    one's, so that a change of a few DN is not rewarded.

    Args:
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        image: (B, 4, H, W) DN.
        target: Likewise.
        where: Known pixels.

    Returns:
        0 to 2 per sample; samples with fewer than three known windows do not count.
    """
    valid = ValidMask(where.pixels & s1_db.isfinite().all(1, keepdim=True), where.bands)
    with torch.no_grad():
        radar, valid_windows = radar_texture(s1_db, valid)
        real = optical_texture(target, valid)
        variance = _moments(real, real, valid_windows)[1]
        least = _EVEN * variance.clamp_min(_EVEN)
        level = _correlation(radar, real, valid_windows, least)
    own = optical_texture(image, valid)
    score = _correlation(radar, own, valid_windows, least)
    # The real image may be the fainter one, at no cost.
    share = edge_strength(_moments(own, own, valid_windows)[1], torch.minimum(least, variance))
    windows = valid_windows.flatten(1).sum(1)
    return Tally.of_samples(agreement_distance(score, level, share), (windows > 2).to(score.dtype))


def radar_texture(s1_db: Tensor, whole: ValidMask) -> tuple[Tensor, Tensor]:
    """Return the ground's texture as seen by the radar, and the known windows.

    In the product model, intensity is ground times speckle, C_I² = C_T² + C_u² + C_T²·C_u², so the
    ground's is C_T² = (C_I² - C_u²) / (1 + C_u²) (Ulaby, Kouyate, Brisco, Williams, "Textural
    information in SAR images", IEEE TGRS 24, 1986). C_u² is taken from the sample's smoothest
    windows, because the number of looks differs between products and monthly sums have many.

    Returns:
        (B, 1, h, w) mean over polarisations of ln C_T; (B, 1, h, w) bool.
    """
    power = torch.where(whole.pixels, torch.pow(10.0, s1_db / 10.0), 0.0)
    both = ValidMask(whole.pixels, torch.ones_like(whole.bands[:, :2]))
    variation, valid = _variation(power, both)
    valid = valid.all(1, keepdim=True)
    lines = torch.where(valid, variation, torch.nan).flatten(2)
    speckle = torch.nanquantile(lines, _SMOOTH, 2).nan_to_num()[..., None, None]
    ground = ((variation - speckle) / (1 + speckle)).clamp_min(0)
    return torch.log(ground + _RADAR_FLOOR**2).mean(1, keepdim=True) / 2, valid


def optical_texture(images: Tensor, whole: ValidMask) -> Tensor:
    """Return the mean over bands of ln C (B, 1, h, w) of an optical image (B, 4, H, W) in DN."""
    variation, _ = _variation(whole.zero_unknown(images), whole)
    bands = whole.bands.to(images.dtype)
    logs = torch.log(variation + _OPTICAL_FLOOR**2) * bands
    return logs.sum(1, keepdim=True) / bands.sum(1, keepdim=True).clamp_min(1) / 2


def _variation(values: Tensor, where: ValidMask) -> tuple[Tensor, Tensor]:
    """Return the squared coefficient of variation in windows, and the known windows."""
    # In units of each channel's mean, so that squares keep single precision.
    scale = values.detach().abs().flatten(2).mean(2)[..., None, None]
    values = values / torch.where(scale > 0, scale, 1.0)
    mean, valid = pooled(values, where, _WINDOW, _STEP)
    square, _ = pooled(values * values, where, _WINDOW, _STEP)
    return (square - mean**2).clamp_min(0) / mean.square().clamp_min(1e-4), valid


def _correlation(radar: Tensor, optical: Tensor, known: Tensor, minimum: Tensor) -> Tensor:
    """Return the correlation (B,) of maps (B, 1, h, w), with a minimum optical variance."""
    cross, spread = _moments(radar, optical, known)
    _, radar_spread = _moments(radar, radar, known)
    return cross * torch.rsqrt(radar_spread.clamp_min(1e-4) * torch.maximum(spread, minimum))


def _moments(a: Tensor, b: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
    """Return the covariance (B,) of maps (B, 1, h, w) over known windows, and b's variance."""
    weights = known.to(a.dtype)
    count = weights.flatten(1).sum(1).clamp_min(1)

    def average(x: Tensor) -> Tensor:
        return ((x * weights).flatten(1).sum(1) / count)[:, None, None, None]

    a, b = a - average(a), b - average(b)
    return average(a * b).flatten(), average(b * b).flatten()


WINDOW = 8
STEP = 4
"""Side of the windows of averaged power, and their step, in pixels: 64 pixels of 4.4 looks leave
0.3 dB of speckle."""

_MIN_POWER = 1e-8
"""Power of -80 dB, below any measurement: keeps the logarithm finite."""


def cycle_excess(
    regressor: nn.Module, s1_db: Tensor, image: Tensor, target: Tensor, where: ValidMask
) -> Tally:
    """Return the mean excess of the radar's prediction error over that of the real image.

    The real image explains the radar as far as an optical image can, so nothing is gained beyond
    it: in each window only a larger error counts. An average over the image would let windows that
    copy the radar offset others that contradict it.

    Radar and prediction are centred on their means over the sample. Those depend on the angle of
    view and on moisture, which no optical image shows.

    Args:
        regressor: Predicts the radar (B, 2, h, w) in dB from bands (B, 4, H, W) in DN and the known
            pixels (`ValidMask`). Its `radar_std` (2,) is the unit of errors.
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        image: (B, 4, H, W) DN.
        target: Likewise.
        where: Known pixels of the optical images; samples that lack a band do not count.
    """
    radar, windows = multilook(s1_db, where)
    spread = regressor.radar_std.to(radar.dtype).view(1, -1, 1, 1)

    def error(dn: Tensor) -> Tensor:
        prediction = estimate(regressor, s1_db, dn, where)
        return contrast(prediction - radar, windows).abs() / spread

    with torch.no_grad():
        least = error(target)
    return tally((error(image) - least).clamp_min(0), windows)


def estimate(regressor: nn.Module, s1_db: Tensor, dn: Tensor, where: ValidMask) -> Tensor:
    """Return the radar predicted from an image, (B, 2, h, w) dB of the windows of `multilook`.

    Args:
        regressor: As for `cycle_excess`.
        s1_db: (B, 2, H, W) dB; only its nodata is used.
        dn: (B, 4, H, W).
        where: Known pixels of the optical image.
    """
    # In the regressor's precision, regardless of the image's.
    prediction: Tensor = regressor(dn.float(), _whole(s1_db, where))
    return prediction.to(dn.dtype)


def multilook(s1_db: Tensor, where: ValidMask) -> tuple[Tensor, Tensor]:
    """Return backscatter averaged over windows, as power.

    Args:
        s1_db: (B, 2, H, W) dB, NaN for nodata.
        where: Known pixels of the optical image.

    Returns:
        (B, 2, h, w) dB; (B, 1, h, w) bool, windows of which at least half is known.
    """
    valid = _whole(s1_db, where)
    power = torch.where(valid.pixels, torch.pow(10.0, s1_db / 10.0), 0.0)
    means, windows = pooled(power, valid, WINDOW, STEP)
    return 10.0 * torch.log10(means.clamp_min(_MIN_POWER)), windows


def contrast(values: Tensor, windows: Tensor) -> Tensor:
    """Centre values (B, C, h, w) on the mean of each sample's known windows (B, 1, h, w)."""
    weights = windows.to(values.dtype)
    count = weights.sum((2, 3), keepdim=True).clamp_min(1)
    return values - (values * weights).sum((2, 3), keepdim=True) / count


def _whole(s1_db: Tensor, where: ValidMask) -> ValidMask:
    """Return the pixels known in both images, of samples with all bands."""
    has = where.bands.all(1, keepdim=True)
    return ValidMask(where.pixels & has & s1_db.isfinite().all(1, keepdim=True), has)
