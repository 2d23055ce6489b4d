"""Gains of a stage on the stop tiles, for early stopping of the demo bundle's stages 2 and 3."""

from __future__ import annotations

import torch
from torch import Tensor

from training.demo.examples import Windows
from training.scores.gains import Gains, real_cfog, score_against


class Earned:
    """Gains of a stage over the previous one.

    Args:
        stage: 2 or 3.
        windows: Windows of the stop tiles.
        before: Images (N, 4, H, W) in DN of the previous stage.
    """

    def __init__(self, stage: int, windows: Windows, before: Tensor) -> None:
        self._stage = stage
        self._s1 = windows.s1.numpy()
        self._real = windows.target.double().numpy()
        self._levels = [real_cfog(*pair) for pair in zip(self._s1, self._real, strict=True)]
        self._before = self._scores(before)

    def gains(self, after: Tensor) -> Gains:
        """Return the gains of images (N, 4, H, W) in DN; unchanged images are worth 0."""
        return Gains.of(self._stage, self._before, self._scores(after))

    def _scores(self, images: Tensor) -> list[dict[str, float]]:
        written = torch.round(images.clamp(1, 65535)).double().numpy()
        each = zip(self._s1, written, self._real, self._levels, strict=True)
        return [score_against(*one) for one in each]
