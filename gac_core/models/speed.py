"""How networks are laid out so that a device computes them fast.

What is done for GPUs follows their makers' advice and PyTorch's; it has not been measured yet.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import nn

from gac_core.models.winograd import is_faster, use_winograd

_MATRICES = (nn.Conv1d, nn.Conv2d, nn.Linear)


def lay_out(terramind: nn.Module, decoder: nn.Module, device: torch.device) -> None:
    """Change TerraMind's weights in place, to be called once they are on the device.

    On processors the decoder's convolutions go by Winograd's algorithm where that is faster: at the
    published size a pass over a block of 448 px took 3.9 s in place of 5.8 on two AVX2 cores.
    Elsewhere they want channels last. On GPUs that can, matrices are kept as bfloat16, half the
    memory, and computed so by `computing`; norms and embeddings stay as they are.
    """
    if device.type == "cpu" and is_faster() and use_winograd(decoder):
        return
    if uses_bfloat16(device):
        for part in terramind.modules():
            if isinstance(part, _MATRICES):
                part.to(torch.bfloat16)
    decoder.to(memory_format=torch.channels_last)


def computing(device: torch.device) -> AbstractContextManager[object]:
    """A context for passes through networks that were laid out."""
    if uses_bfloat16(device):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def uses_bfloat16(device: torch.device) -> bool:
    """Whether networks compute with 16-bit numbers there: on GPUs that do so by themselves."""
    if device.type != "cuda":
        return False
    return bool(torch.cuda.is_bf16_supported(including_emulation=False))
