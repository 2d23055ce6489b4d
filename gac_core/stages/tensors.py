"""Array-to-tensor conversion and noise, shared by the stages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from gac_core.grid import Window
from gac_core.noise import world_noise, world_uniform
from gac_core.stages.base import Array, Tokens

_TURN = threading.Lock()


def each_on_cpu(device: torch.device, compute: Callable[..., Tensor], *batched: Tensor) -> Tensor:
    """Call `compute` on the whole batch on a GPU, one sample at a time on a CPU.

    A matrix product rounds differently for another batch size. One sample at a time gives every
    tile the same bits in any batch, and on a CPU a batch saves next to nothing. A GPU has memory
    for one batch at a time: threads with another batch wait here.
    """
    if device.type != "cpu":
        with _TURN:
            return compute(*batched)
    if batched[0].shape[0] == 1:
        return compute(*batched)
    samples = range(batched[0].shape[0])
    return torch.cat([compute(*(b[i : i + 1] for b in batched)) for i in samples])


def to_device(array: Array | Tokens, device: torch.device) -> Tensor:
    """Return a contiguous tensor on the device."""
    return torch.from_numpy(np.ascontiguousarray(array)).to(device)


def noise_for(windows: Sequence[Window], channels: int, seed: int, stream: int) -> Array:
    """Return world noise (B, channels, H, W) for several windows."""
    return np.stack([world_noise(w, channels, seed=seed, stream=stream) for w in windows])


def uniform_for(windows: Sequence[Window], seed: int, stream: int) -> Array:
    """Return world-anchored uniform numbers (B, H/16, W/16) for several windows."""
    return np.stack([world_uniform(w, seed=seed, stream=stream) for w in windows])
