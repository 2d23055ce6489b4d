"""A small ConvNeXt network (Liu et al. 2022) that predicts a correction and starts as none."""

from __future__ import annotations

from timm.models.convnext import ConvNeXtBlock
from torch import Tensor, nn


class ResidualConvNeXt(nn.Module):
    """Convolution in, ConvNeXt blocks, convolution out; the last layer starts at zero.

    A context vector, where there is one, scales and shifts the features before each block (FiLM,
    Perez et al. 2018).

    Args:
        in_channels: Channels of the input (B, in, H, W).
        out_channels: Channels of the correction (B, out, H, W).
        width: Channels inside.
        depth: Number of blocks.
        context: Length of the context vector; 0: none.
    """

    def __init__(
        self, in_channels: int, out_channels: int, width: int, depth: int, context: int = 0
    ) -> None:
        super().__init__()
        self.stem = nn.Conv2d(in_channels, width, 3, padding=1, padding_mode="reflect")
        self.blocks = nn.ModuleList(ConvNeXtBlock(width, kernel_size=7) for _ in range(depth))
        self.films = nn.ModuleList(
            nn.Linear(context, 2 * width) for _ in range(depth * (context > 0))
        )
        self.out = nn.Conv2d(width, out_channels, 3, padding=1, padding_mode="reflect")
        for layer in (self.out, *self.films):
            for parameter in layer.parameters():
                nn.init.zeros_(parameter)

    def forward(self, x: Tensor, context: Tensor | None = None) -> Tensor:
        """The correction (B, out, H, W) for x (B, in, H, W) and a context (B, context)."""
        x = self.stem(x)
        for i, block in enumerate(self.blocks):
            if context is not None and len(self.films):
                scale, shift = self.films[i](context)[:, :, None, None].chunk(2, dim=1)
                x = x * (1 + scale) + shift
            x = block(x)
        result: Tensor = self.out(x)
        return result
