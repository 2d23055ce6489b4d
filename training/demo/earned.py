"""Whether a stage earns its place on the stopping tiles: what stages 2 and 3 are stopped by."""

from __future__ import annotations

import torch
from torch import Tensor

from training.demo.windows import Windows
from training.stage3.choice import judge, score


class Earned:
    """What a stage is worth beside the one before it.

    Args:
        windows: Of the stopping tiles.
        before: Images (N, 4, H, W) in DN of the stage before.
    """

    def __init__(self, windows: Windows, before: Tensor) -> None:
        self._windows = windows
        target = windows.target
        self._real = self._scores(target, [{"cfog": float("inf")}] * len(windows))
        self._before = self._scores(before, self._real)

    def worth(self, after: Tensor) -> float:
        """The least sure gain of images (N, 4, H, W), in DN: 0 where nothing changed."""
        return judge(self._before, self._scores(after, self._real)).worth

    def _scores(self, images: Tensor, real: list[dict[str, float]]) -> list[dict[str, float]]:
        found = torch.round(images.clamp(1, 65535)).double().numpy()
        s1, target = self._windows.s1.numpy(), self._windows.target.double().numpy()
        return [
            dict(score(radar, image, wanted, known))
            for radar, image, wanted, known in zip(s1, found, target, real, strict=True)
        ]
