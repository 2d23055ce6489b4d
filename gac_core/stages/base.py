"""Interface between stages and the tiling engine; quick to import, without PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from gac_core.grid import Window

Array = npt.NDArray[np.float32]

Inputs = Mapping[str, Array]
"""Values by name, without NaN: `s1` (B, 2, H, W) dB, `opt_v1` (B, 12, H, W) DN, `opt_v2` (B, 12, H,
W) DN; and `OBSERVED`.
"""

OBSERVED = "observed"
"""Input of stages that see them: observed pixels (B, 12, H, W) DN, NaN where nothing is."""

Tokens = npt.NDArray[np.int64]
"""Indices of TerraMind's Sentinel-2 tokens, one per 16 x 16 px."""

Check = Callable[[], None]
"""Called often during long work; raises `Cancelled` once the user has cancelled."""


STAGE_INPUTS: dict[int, tuple[int, ...]] = {1: (), 2: (1,), 3: (2,)}
"""Earlier stages that a stage reads; must agree with the stages' own `inputs`."""


class Stage(Protocol):
    """A function from windows to windows."""

    number: int
    channels: int

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs."""
        ...

    def compute(self, windows: Sequence[Window], inputs: Inputs) -> Array:
        """Return the output (B, channels, H, W) in DN for B windows of one size."""
        ...


@runtime_checkable
class TokenStage(Stage, Protocol):
    """A stage that first chooses tokens, in windows of the training size, and then decodes them."""

    def tokens(self, windows: Sequence[Window], inputs: Inputs) -> Tokens:
        """Return tokens (B, H/16, W/16) for B windows of the bundle's training size."""
        ...

    def decode(self, windows: Sequence[Window], inputs: Inputs, tokens: Tokens) -> Array:
        """Return the output (B, channels, H, W) in DN for B windows of any one size."""
        ...
