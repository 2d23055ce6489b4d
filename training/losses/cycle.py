"""How much worse the radar can be told from an image than from the real one.

A frozen network (`training.cycle`), taught on real pairs, tells the radar from the four bands. It is
held against multi-looked radar: power averaged in windows, whose speckle is gone, so that nothing is
to be had by printing speckle into an image.
"""

from __future__ import annotations

from collections.abc import Callable

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
    """Mean of what the error of the radar that is told from an image exceeds the real image's.

    The real image explains the radar as far as an optical image does. In each window only what is
    further off counts, so that nothing pulls an image beyond it: not even window by window, where
    a mean over the image would let one that is copied make up for one that is made up.

    Args:
        regressor: As for `estimate`; its `radar_std` (2,) is the spread in dB that errors are
            counted in.
        s1_db: (B, 2, H, W) backscatter in dB, NaN for nodata.
        found: (B, 4, H, W) DN.
        target: Likewise.
        where: What is known of the optical images; samples that lack a band do not count.
    """
    radar, windows = multilook(s1_db, where)
    spread = regressor.radar_std.to(radar.dtype).view(1, -1, 1, 1)

    def error(image: Tensor) -> Tensor:
        answer, _ = estimate(regressor, s1_db, image, where)
        return contrast(answer - radar, windows).abs() / spread

    with torch.no_grad():
        least = error(target)
    return tally((error(found) - least).clamp_min(0), windows)


def estimate(
    regressor: Callable[[Tensor, Tensor], Tensor], s1_db: Tensor, dn: Tensor, where: Where
) -> tuple[Tensor, Tensor]:
    """The radar that an image goes with, by windows.

    Args:
        regressor: Gives the radar (B, C, H, W), in dB, of bands (B, 4, H, W), in DN, and pixels
            (B, 1, H, W) that are known; in single precision.
        s1_db: (B, 2, H, W) dB; only where it is nodata matters.
        dn: (B, 4, H, W).
        where: What else must be known.

    Returns:
        (B, C, h, w) means over the windows; (B, 1, h, w) bool, those that are known.
    """
    whole = _whole(s1_db, where)
    answer = torch.where(whole.pixels, regressor(dn.float(), whole.pixels).to(dn.dtype), 0.0)
    return pooled(answer, whole, WINDOW, STEP)


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
