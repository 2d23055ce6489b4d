"""Masks of what counts in an image, and sums over it."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from gac_core.grid import TOKEN

SPREAD = (350.0, 350.0, 450.0, 800.0)
"""About the spread of B02, B03, B04, B08 (DN) over a landscape: errors are counted in it."""


@dataclass(frozen=True)
class Where:
    """What is known of the images of a batch.

    Attributes:
        pixels: (B, 1, H, W) bool; pixels at which every band counts that the sample has.
        bands: (B, C, 1, 1) bool; bands that the sample has.
    """

    pixels: Tensor
    bands: Tensor

    @classmethod
    def of(cls, mask: Tensor, channels: int) -> Where:
        """From (B, 1, H, W) bool, or (B, C, H, W) where some samples lack bands.

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
        """(B, C, H, W) bool."""
        return self.pixels & self.bands

    def clean(self, images: Tensor) -> Tensor:
        """Images with 0 wherever nothing is known, whatever stood there."""
        return torch.where(self.full(), images, 0.0)


@dataclass(frozen=True)
class Tally:
    """A part of a loss, added up over some samples and not divided yet.

    Totals and counts of pieces add up to those of a whole step; means of pieces do not, for some
    samples have nothing to compare.

    Attributes:
        total: Scalar.
        count: Scalar: how many samples are in the total. It depends on the batch alone, never on
            what is trained.
    """

    total: Tensor
    count: Tensor

    @classmethod
    def of_samples(cls, sums: Tensor, counts: Tensor) -> Tally:
        """Add up the samples' own means: (B,) sums, and (B,) by what each is divided.

        A sample whose count is 0 adds neither to the total nor to the count.
        """
        there = counts > 0
        each = torch.where(there, sums, 0.0) / torch.where(there, counts, 1.0)
        return cls(each.sum(), there.sum())

    @property
    def mean(self) -> Tensor:
        """Total per count, a scalar; 0, with a gradient of zeros, where nothing counts."""
        return self.total / self.count.clamp_min(1)

    def times(self, weight: float) -> Tally:
        """Return the tally with its total weighted."""
        return Tally(weight * self.total, self.count)


def tally(values: Tensor, counted: Tensor) -> Tally:
    """Add up, over the samples in which anything counts, the mean of what does.

    Args:
        values: (B, C, H, W), finite.
        counted: bool or weights, broadcast to `values`.
    """
    return Tally.of_samples(*sums(values, counted))


def sums(values: Tensor, counted: Tensor) -> tuple[Tensor, Tensor]:
    """Each sample's weighted sum of values, and its sum of weights: (B,) both."""
    weights = counted.to(values.dtype).expand_as(values).flatten(1)
    return (values.flatten(1) * weights).sum(1), weights.sum(1)


def known_tokens(known: Tensor) -> Tensor:
    """Return the tokens of which every pixel is known, (B, 1, H/16, W/16) bool.

    Args:
        known: (B, C, H, W) bool; a pixel counts where all its bands are known.
    """
    pixels = known.all(1, keepdim=True).float()
    return functional.avg_pool2d(pixels, TOKEN) == 1


def spreads(images: Tensor) -> Tensor:
    """Images (B, 4, H, W) in DN as multiples of the bands' spreads."""
    return images / images.new_tensor(SPREAD).view(1, -1, 1, 1)


def pooled(values: Tensor, where: Where, size: int, stride: int) -> tuple[Tensor, Tensor]:
    """Means of what is known in windows of size by size, inside the image.

    Args:
        values: (B, C, H, W), 0 where not known.
        where: What is known.
        size: Side of a window; one as large as the image where that is smaller.
        stride: Step between windows.

    Returns:
        (B, C, h, w) means; (B, C, h, w) bool, windows of which at least half is known.
    """
    window = (min(size, values.shape[-2]), min(size, values.shape[-1]))
    share = functional.avg_pool2d(where.pixels.to(values.dtype), window, stride)
    found = functional.avg_pool2d(values, window, stride) / torch.where(share > 0, share, 1.0)
    return found, (share >= 0.5) & where.bands
