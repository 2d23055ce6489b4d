"""Cycle loss: excess error of the radar predicted from an image.

A frozen network (`training.stage3.cycle_regressor`), trained on real pairs, predicts the radar
from the four bands.
The target is multi-looked radar, power averaged in windows: it has little speckle, so printing
speckle into an image gains nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.losses.masks import Tally, ValidMask, pooled, tally

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
