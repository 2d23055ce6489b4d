"""Winograd convolutions on CPUs, through NNPACK, which PyTorch includes.

A 3 x 3 convolution needs less than half the multiplications of its definition (Lavin and Gray
2016). PyTorch's default, oneDNN, does not use this on AVX2 CPUs, where the published decoder spends
nine tenths of its time in such convolutions.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

WIDTH = 192
"""Minimum channels for which it is faster."""

AREA = 900
"""Minimum pixels of a feature map for which it is faster: NNPACK works in patches of 6 x 6."""


class WinogradConv2d(nn.Conv2d):
    """3 x 3 convolution for inference.

    It differs from the plain one by rounding, some 1e-5 of the largest value, independent of the
    number of threads.
    """

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 (nn.Conv2d calls it so)
        """Convolve like `nn.Conv2d`."""
        height, width = input.shape[-2:]
        if not torch.is_inference_mode_enabled() or height * width < AREA:
            return super().forward(input)
        return torch._nnpack_spatial_convolution(
            input.contiguous(), self.weight, self.bias, padding=1, stride=1
        )


def is_faster() -> bool:
    """Return whether NNPACK is the fastest on this CPU."""
    # The query also initialises NNPACK; with wider vector units oneDNN is as fast.
    return torch.backends.cpu.get_cpu_capability() == "AVX2" and torch._nnpack_available()


def use_winograd(network: nn.Module) -> int:
    """Replace the convolutions of a network for which it is faster; weights are shared.

    Returns:
        Number of replaced layers.
    """
    count = 0
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if type(child) is nn.Conv2d and _fits(child):
                setattr(parent, name, _like(child))
                count += 1
    return count


def _fits(conv: nn.Conv2d) -> bool:
    plain = conv.groups == 1 and conv.dilation == (1, 1) and conv.padding_mode == "zeros"
    shaped = (conv.kernel_size, conv.stride, conv.padding) == ((3, 3), (1, 1), (1, 1))
    return plain and shaped and min(conv.in_channels, conv.out_channels) >= WIDTH


def _like(conv: nn.Conv2d) -> WinogradConv2d:
    layer = WinogradConv2d(
        conv.in_channels, conv.out_channels, 3, padding=1, bias=conv.bias is not None, device="meta"
    )
    layer.weight, layer.bias = conv.weight, conv.bias
    return layer.train(conv.training)
