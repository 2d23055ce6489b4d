"""ConvNeXt U-Net of stages 2 and 3, and its inputs: root scale, local mean, radar looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from gac_core.contract.message import Message
from gac_core.networks.libraries import ConvNeXtBlock
from gac_core.networks.terramind import standardise_radar

FINE = 2
"""Downsampling factor of the network's finest scale in each direction."""
_LAYER_SCALE = 0.1
"""Initial weight of a block's branch; the paper's 1e-6 suits days of training."""

_REACH = 3.0
"""Cut-off of the Gaussian in standard deviations: 0.3 percent of it lies beyond."""

LOOKS = (1.5, 5.0)
"""Sigmas in pixels of the local means beside the original radar: about 30 and 300 looks."""
RADAR_CHANNELS = 2 * (1 + len(LOOKS))
"""Channels of `radar_looks`."""
_FARTHEST = 100.0
"""Limit in dB beyond any radar measurement, so that invalid values do not dominate local means."""
_SCALE = 100.0
"""Square root of the DN of reflectance 1."""
_GAIN = 10.0
"""Scales the roots of most land reflectances, 0.01 to 0.4, to 1 to 6."""


class ConvNeXtUNet(nn.Module):
    """ConvNeXt blocks (Liu et al. 2022) at several scales (Ronneberger et al. 2015).

    Pixels are unshuffled two by two at the input and shuffled back at the output (Shi et al. 2016),
    so that no block works at full resolution. An optional context vector scales and shifts the
    features before each block (FiLM, Perez et al. 2018). The last layer is initialised to zero.

    Args:
        in_channels: Channels of the input (B, in, H, W).
        out_channels: Channels of the correction (B, out, H, W).
        widths: Channels at each scale, the finest first.
        depths: Blocks at each scale; all but the coarsest scale have them twice, in the encoder and
            in the decoder.
        context: Length of the context vector; 0: none.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        widths: tuple[int, ...],
        depths: tuple[int, ...],
        context: int = 0,
    ) -> None:
        super().__init__()
        if not widths or len(widths) != len(depths):
            raise ValueError(Message("{} widths and {} depths", len(widths), len(depths)))
        if min(*widths, *depths) < 1:
            raise ValueError(Message("widths {}, depths {}", widths, depths))
        self.stem = nn.Conv2d(in_channels * FINE**2, widths[0], 3, padding=1)
        self.down = nn.ModuleList(
            _Scale(w, d, context) for w, d in zip(widths, depths, strict=True)
        )
        self.shrink = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2) for a, b in pairwise(widths))
        finer = list(zip(widths, depths, strict=True))[-2::-1]
        self.up = nn.ModuleList(_Scale(w, d, context) for w, d in finer)
        self.merge = nn.ModuleList(nn.Conv2d(a + b, a, 1) for a, b in pairwise(widths))
        self.out = nn.Conv2d(widths[0], out_channels * FINE**2, 3, padding=1)
        for parameter in self.out.parameters():
            nn.init.zeros_(parameter)

    @property
    def multiple(self) -> int:
        """Pixels to whose multiples the sides of an image are padded."""
        return int(FINE << len(self.shrink))

    def forward(self, x: Tensor, context: Tensor | None = None) -> Tensor:
        """Return the correction (B, out, H, W) for x (B, in, H, W) and a context (B, context)."""
        height, width = x.shape[-2:]
        padding = -width % self.multiple, -height % self.multiple
        if any(padding):
            x = functional.pad(x, (0, padding[0], 0, padding[1]), mode="replicate")
        # On a CPU gradients of depthwise convolutions are ten times faster in this layout.
        x = functional.pixel_unshuffle(x, FINE).contiguous(memory_format=torch.channels_last)
        x = self.stem(x)
        skips = []
        for scale, shrink in zip(self.down, [*self.shrink, None], strict=True):
            x = scale(x, context)
            if shrink is not None:
                skips.append(x)
                x = shrink(x)
        for scale, merge in zip(self.up, reversed(self.merge), strict=True):
            x = functional.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
            x = scale(merge(torch.cat([skips.pop(), x], dim=1)), context)
        return functional.pixel_shuffle(self.out(x), FINE)[..., :height, :width]


class _Scale(nn.Module):
    """Blocks of one scale, each after the context's scale and shift."""

    def __init__(self, width: int, depth: int, context: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(width, kernel_size=7, mlp_ratio=3, ls_init_value=_LAYER_SCALE)
            for _ in range(depth)
        )
        self.films = nn.ModuleList(
            nn.Linear(context, 2 * width) for _ in range(depth * (context > 0))
        )
        for parameter in self.films.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor, context: Tensor | None) -> Tensor:
        for i, block in enumerate(self.blocks):
            if context is not None and len(self.films):
                scale, shift = self.films[i](context)[:, :, None, None].chunk(2, dim=1)
                x = x * (1 + scale) + shift
            x = block(x)
        return x


def observed_input(seen: bool, image: Tensor, observed: Tensor | None) -> list[Tensor]:
    """Return the input channels of a network that tell which pixels were observed.

    Args:
        seen: The network has such a channel.
        image: Its image (B, C, H, W).
        observed: Mask (B, 1, H, W); None: no pixel was.
    """
    if not seen:
        return []
    return [torch.zeros_like(image[:, :1]) if observed is None else observed.to(image.dtype)]


def reach(sigma: float) -> int:
    """Return the radius of the local mean in pixels."""
    return math.ceil(_REACH * sigma)


def local_mean(image: Tensor, sigma: float) -> Tensor:
    """Return the Gaussian mean of each channel, with the image mirrored at its edges.

    Mirroring makes overlapping tiles agree best: with a mean cut off at the edge, or one fitted to
    a slope there, they differed more (natural spectra, 96 px tiles).

    Args:
        image: (B, C, H, W); H and W above `reach(sigma)`.
        sigma: Standard deviation of the Gaussian in pixels.

    Returns:
        (B, C, H, W).
    """
    radius = reach(sigma)
    offsets = torch.arange(-radius, radius + 1, dtype=image.dtype, device=image.device)
    kernel = torch.exp(-0.5 * (offsets / sigma) ** 2)
    kernel = kernel / kernel.sum()
    planes = image.flatten(0, 1).unsqueeze(1)
    padded = functional.pad(planes, (radius, radius, radius, radius), mode="reflect")
    across = functional.conv2d(padded, kernel.view(1, 1, 1, -1))
    return functional.conv2d(across, kernel.view(1, 1, -1, 1)).view_as(image)


def to_root(dn: Tensor) -> Tensor:
    """Return ten times the square root of reflectance.

    An error of a tenth of the value is about as large on dark as on bright ground, while in DN
    bright ground would dominate.

    Args:
        dn: DN of any shape; clamped to at least 1, below which there is no gradient.
    """
    return dn.clamp_min(1.0).sqrt() * (_GAIN / _SCALE)


def from_root(root: Tensor) -> Tensor:
    """Return DN, the inverse of `to_root`; negative values are clamped, without a gradient."""
    return (root.clamp_min(0.0) * (_SCALE / _GAIN)) ** 2


def radar_looks(s1_db: Tensor, modality: str | Sequence[str]) -> Tensor:
    """Return the original radar and two multi-looked versions, standardised.

    Speckle is multiplicative on power, so power is averaged (multi-looking).

    Args:
        s1_db: (B, 2, H, W) dB, without NaN.
        modality: `S1GRD` or `S1RTC`, or one per sample.

    Returns:
        (B, `RADAR_CHANNELS`, H, W).
    """
    db = s1_db.clamp(-_FARTHEST, _FARTHEST)
    power = torch.pow(10.0, db / 10)
    images = [db, *(10 * local_mean(power, sigma).log10() for sigma in LOOKS)]
    return torch.cat([standardise_radar(image, modality) for image in images], dim=1)
