"""Masks of valid pixels, and sums over them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from gac_core.grid import TOKEN

SPREAD = (350.0, 350.0, 450.0, 800.0)
"""Typical spread of B02, B03, B04, B08 (DN) over a landscape; unit of errors."""


@dataclass(frozen=True)
class ValidMask:
    """Known pixels and bands of a batch.

    Attributes:
        pixels: (B, 1, H, W) bool; pixels at which all bands of the sample are known.
        bands: (B, C, 1, 1) bool; bands of the sample.
    """

    pixels: Tensor
    bands: Tensor

    @classmethod
    def from_mask(cls, mask: Tensor, channels: int) -> ValidMask:
        """Create from (B, 1, H, W) bool, or (B, C, H, W) if some samples lack bands.

        Raises:
            ValueError: If the mask has neither one channel nor as many as the images.
        """
        if mask.ndim != 4 or mask.shape[1] not in (1, channels):
            raise ValueError(f"mask {tuple(mask.shape)}; not (B, 1, H, W) or (B, {channels}, H, W)")
        mask = mask.bool().expand(-1, channels, -1, -1)
        bands = mask.flatten(2).any(2)[..., None, None]
        pixels = (mask | ~bands).all(1, keepdim=True) & bands.any(1, keepdim=True)
        return cls(pixels, bands)

    def full(self) -> Tensor:
        """Return the mask (B, C, H, W) bool."""
        return self.pixels & self.bands

    def zero_unknown(self, images: Tensor) -> Tensor:
        """Return images with 0 wherever unknown."""
        return torch.where(self.full(), images, 0.0)


@dataclass(frozen=True)
class Tally:
    """Sum of a loss part over samples, with its divisor.

    Totals and counts of pieces add up to those of a whole step; means of pieces do not, because
    some samples have nothing to compare.

    Attributes:
        total: Scalar.
        count: Scalar, the number of samples in the total. It depends on the batch alone, never on
            what is trained.
    """

    total: Tensor
    count: Tensor

    @classmethod
    def of_samples(cls, sums: Tensor, counts: Tensor) -> Tally:
        """Add up the samples' means from their sums (B,) and divisors (B,).

        A sample with a divisor of 0 contributes neither to the total nor to the count.
        """
        valid = counts > 0
        each = torch.where(valid, sums, 0.0) / torch.where(valid, counts, 1.0)
        return cls(each.sum(), valid.sum())

    @property
    def mean(self) -> Tensor:
        """Total per count, a scalar; 0 with zero gradients if the count is 0."""
        return self.total / self.count.clamp_min(1)

    def weighted(self, weight: float) -> Tally:
        """Return the tally with its total weighted."""
        return Tally(weight * self.total, self.count)


def tally(values: Tensor, counted: Tensor) -> Tally:
    """Add up the samples' means over the counted elements.

    Args:
        values: (B, C, H, W), finite.
        counted: bool or weights, broadcast to `values`.
    """
    return Tally.of_samples(*sums(values, counted))


def sums(values: Tensor, counted: Tensor) -> tuple[Tensor, Tensor]:
    """Return each sample's weighted sum of values (B,), and its sum of weights (B,)."""
    weights = counted.to(values.dtype).expand_as(values).flatten(1)
    return (values.flatten(1) * weights).sum(1), weights.sum(1)


def known_tokens(known: Tensor) -> Tensor:
    """Return the tokens whose pixels are all known, (B, 1, H/16, W/16) bool.

    Args:
        known: (B, C, H, W) bool; a pixel counts where all its bands are known.
    """
    pixels = known.all(1, keepdim=True).float()
    return functional.avg_pool2d(pixels, TOKEN) == 1


def spreads(images: Tensor) -> Tensor:
    """Convert images (B, 4, H, W) from DN to multiples of the bands' spreads."""
    return images / images.new_tensor(SPREAD).view(1, -1, 1, 1)


def pooled(values: Tensor, where: ValidMask, size: int, stride: int) -> tuple[Tensor, Tensor]:
    """Return means over the known pixels in windows inside the image.

    Args:
        values: (B, C, H, W), 0 where unknown.
        where: Known pixels.
        size: Side of a window; limited to the image's.
        stride: Step between windows.

    Returns:
        (B, C, h, w) means; (B, C, h, w) bool, windows of which at least half is known.
    """
    window = (min(size, values.shape[-2]), min(size, values.shape[-1]))
    share = functional.avg_pool2d(where.pixels.to(values.dtype), window, stride)
    means = functional.avg_pool2d(values, window, stride) / torch.where(share > 0, share, 1.0)
    return means, (share >= 0.5) & where.bands
