"""What the tiling engine knows about a stage, and what stages share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from gac_core.grid import Window
from gac_core.noise import world_noise, world_uniform

Array = npt.NDArray[np.float32]

Inputs = Mapping[str, Array]
"""By name: `s1` (B, 2, H, W) dB, `opt_v1` (B, 12, H, W) DN, `opt_v2` (B, 4, H, W) DN; no NaN."""

Tokens = npt.NDArray[np.int64]
"""Indices of TerraMind's Sentinel-2 tokens, one for each 16 x 16 px."""

Check = Callable[[], None]
"""Called often during long work; raises `Cancelled` when the user has had enough."""

NAMES = {1: "generate", 2: "refine", 3: "ground"}

DECODES = {1: True, 2: False, 3: True}
"""Which stages choose tokens and decode them."""


_TURN = threading.Lock()


class Stage(Protocol):
    """A function from windows to windows."""

    number: int
    channels: int

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of what it reads."""
        ...

    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Output (B, channels, H, W) in DN for B windows of one size."""
        ...


@runtime_checkable
class TokenStage(Stage, Protocol):
    """A stage that first chooses tokens, in windows as it was trained on, and then decodes them."""

    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Tokens (B, H/16, W/16) for B windows of the size that the bundle was trained on."""
        ...

    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """Output (B, channels, H, W) in DN for B windows of any one size and their tokens."""
        ...


def each_on_cpu(device: torch.device, compute: Callable[..., Tensor], *batched: Tensor) -> Tensor:
    """Call `compute` on the whole batch on a GPU, one sample at a time on a CPU.

    A matrix product rounds differently for another batch size. One sample at a time gives every
    tile the same bits in any batch, and on a CPU a batch saves next to nothing. A GPU has memory
    for one batch at a time: threads that have prepared another one wait here.
    """
    if device.type != "cpu":
        with _TURN:
            return compute(*batched)
    if batched[0].shape[0] == 1:
        return compute(*batched)
    samples = range(batched[0].shape[0])
    return torch.cat([compute(*(b[i : i + 1] for b in batched)) for i in samples])


def to_device(array: Array | Tokens, device: torch.device) -> Tensor:
    """A contiguous tensor on the device."""
    return torch.from_numpy(np.ascontiguousarray(array)).to(device)


def noise_for(windows: Sequence[Window], channels: int, seed: int, stream: int) -> Array:
    """World noise (B, channels, H, W) for several windows."""
    return np.stack([world_noise(w, channels, seed=seed, stream=stream) for w in windows])


def uniform_for(windows: Sequence[Window], seed: int, stream: int) -> Array:
    """World-anchored uniform numbers (B, H/16, W/16) for several windows."""
    return np.stack([world_uniform(w, seed=seed, stream=stream) for w in windows])
