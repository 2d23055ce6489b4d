"""Cycle loss: the radar's error told from an image, beyond that from the real one.

A frozen network (`training.cycle`), taught on real pairs, tells the radar from the four bands. It
is held against multi-looked radar: power averaged in windows. Their speckle is gone, and nothing is
to be had by printing speckle into an image.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.losses.masks import Tally, Where, pooled, tally

WINDOW = 8
STEP = 4
"""Side of the windows that power is averaged in, and the step between them, in pixels: 64 pixels of
4.4 looks each leave 0.3 dB of speckle."""

_LEAST = 1e-8
"""Power that no radar measures, -80 dB: keeps a logarithm finite."""


def cycle_excess(
    regressor: nn.Module, s1_db: Tensor, found: Tensor, target: Tensor, where: Where
) -> Tally:
    """Return the mean excess of the radar's error over that from the real image.

    The real image explains the radar as far as an optical image does, and nothing pulls beyond it:
    in each window only what is further off counts. Not over the whole image, where windows that
    copy the radar would make up for others that contradict it.

    Radar and answer are taken about their means over the sample. Those depend on the angle of view
    and on moisture, which no optical image shows.

    Args:
        regressor: Gives the radar (B, 2, h, w), in dB, of bands (B, 4, H, W), in DN, and the pixels
            that are known (`Where`). Its `radar_std` (2,) is the spread that errors are counted in.
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        found: (B, 4, H, W) DN.
        target: Likewise.
        where: What is known of the optical images; samples that lack a band do not count.
    """
    radar, windows = multilook(s1_db, where)
    spread = regressor.radar_std.to(radar.dtype).view(1, -1, 1, 1)

    def error(image: Tensor) -> Tensor:
        answer = estimate(regressor, s1_db, image, where)
        return contrast(answer - radar, windows).abs() / spread

    with torch.no_grad():
        least = error(target)
    return tally((error(found) - least).clamp_min(0), windows)


def estimate(regressor: nn.Module, s1_db: Tensor, dn: Tensor, where: Where) -> Tensor:
    """The radar that an image goes with: (B, 2, h, w) dB of the windows of `multilook`.

    Args:
        regressor: As for `cycle_excess`.
        s1_db: (B, 2, H, W) dB; only where it is nodata matters.
        dn: (B, 4, H, W).
        where: What else must be known.
    """
    # In the regressor's own precision, whatever the image's.
    answer: Tensor = regressor(dn.float(), _whole(s1_db, where))
    return answer.to(dn.dtype)


def multilook(s1_db: Tensor, where: Where) -> tuple[Tensor, Tensor]:
    """Backscatter averaged over windows, as power.

    Args:
        s1_db: (B, 2, H, W) dB, NaN for nodata.
        where: What else must be known.

    Returns:
        (B, 2, h, w) dB; (B, 1, h, w) bool, windows of which at least half is known.
    """
    whole = _whole(s1_db, where)
    power = torch.where(whole.pixels, torch.pow(10.0, s1_db / 10.0), 0.0)
    means, windows = pooled(power, whole, WINDOW, STEP)
    return 10.0 * torch.log10(means.clamp_min(_LEAST)), windows


def contrast(values: Tensor, windows: Tensor) -> Tensor:
    """Values (B, C, h, w) about the mean of each sample's known windows (B, 1, h, w)."""
    weights = windows.to(values.dtype)
    count = weights.sum((2, 3), keepdim=True).clamp_min(1)
    return values - (values * weights).sum((2, 3), keepdim=True) / count


def _whole(s1_db: Tensor, where: Where) -> Where:
    """Pixels that both satellites saw, of samples that have all bands."""
    has = where.bands.all(1, keepdim=True)
    return Where(where.pixels & has & s1_db.isfinite().all(1, keepdim=True), has)
