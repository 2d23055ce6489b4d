"""Device-specific optimisation of networks.

The GPU optimisations follow the advice of vendors and PyTorch; they have not been measured yet.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import nn

from gac_core.models.winograd import is_faster, use_winograd

_MATRICES = (nn.Conv1d, nn.Conv2d, nn.Linear)


def lay_out(terramind: nn.Module, decoder: nn.Module, device: torch.device) -> None:
    """Convert TerraMind's weights in place, once they are on the device.

    On CPUs the decoder's convolutions use Winograd's algorithm where it is faster: at the published
    size a pass over a block of 448 px took 3.9 s instead of 5.8 on two AVX2 cores. Elsewhere they
    use channels last. On GPUs with native support matrices are stored as bfloat16, in half the
    memory, and `computing` uses the same precision; norms and embeddings stay as they are.
    """
    if device.type == "cpu" and is_faster() and use_winograd(decoder):
        return
    if uses_bfloat16(device):
        for part in terramind.modules():
            if isinstance(part, _MATRICES):
                part.to(torch.bfloat16)
    decoder.to(memory_format=torch.channels_last)


def computing(device: torch.device) -> AbstractContextManager[object]:
    """Return a context for passes through optimised networks."""
    if uses_bfloat16(device):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


def uses_bfloat16(device: torch.device) -> bool:
    """Return whether networks compute in bfloat16 on a device: on GPUs with native support."""
    if device.type != "cuda":
        return False
    return bool(torch.cuda.is_bf16_supported(including_emulation=False))
