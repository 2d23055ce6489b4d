"""ConvNeXt U-Net that predicts a correction, initially zero."""

from __future__ import annotations

from itertools import pairwise

import torch
from timm.models.convnext import ConvNeXtBlock
from torch import Tensor, nn
from torch.nn import functional

FINE = 2
"""Downsampling factor of the network's finest scale in each direction."""

_LAYER_SCALE = 0.1
"""Initial weight of a block's branch; the paper's 1e-6 suits days of training."""


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
            raise ValueError(f"{len(widths)} widths and {len(depths)} depths")
        if min(*widths, *depths) < 1:
            raise ValueError(f"widths {widths}, depths {depths}")
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
