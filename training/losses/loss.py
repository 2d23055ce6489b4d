"""What the losses of both stages have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic

import torch
from torch import Tensor, nn

from training.losses.masks import Tally, Where
from training.losses.parts import Part, picture_parts, prepare, weighted
from training.losses.perceptual import Lpips
from training.losses.weights import Weights

More = Callable[[Tensor, Tensor, Tensor, Where], Mapping[str, Part]]
"""The parts that a stage has besides: of what is trained, the real image, the image before, each
fit for computing with, and where they are known."""


def _no_more(found: Tensor, target: Tensor, before: Tensor, where: Where) -> Mapping[str, Part]:
    return {}


class PictureLoss(nn.Module, Generic[Weights]):
    """The weighted parts of a stage's loss; the loss is the sum of their means.

    Args:
        weights: How much each part counts; None: the defaults.

    Raises:
        BundleError: If LPIPS has a weight and its network's weights are not there.
    """

    usual: type[Weights]

    def __init__(self, weights: Weights | None = None) -> None:
        super().__init__()
        self.weights = weights or self.usual()
        self.lpips = Lpips() if self.weights.lpips > 0 else None

    def compare(
        self, found: Tensor, target: Tensor, before: Tensor, mask: Tensor, more: More = _no_more
    ) -> dict[str, Tally]:
        """The parts, by name.

        Args:
            found: (B, 4, H, W) DN (B02, B03, B04, B08), what is trained.
            target: The real image.
            before: What the stage was given.
            mask: (B, 1, H, W) bool, or (B, 4, H, W) where samples lack bands.
            more: The stage's own parts.

        Returns:
            Totals, each times its weight, in single precision whatever autocast says, and counts.
            A sample of which nothing is known adds to neither.
        """
        with torch.autocast(found.device.type, enabled=False):
            where = Where.of(mask, found.shape[1])
            a, b, given = (prepare(image, where) for image in (found, target, before.detach()))
            parts = {**picture_parts(a, b, given, where), **more(a, b, given, where)}
            if self.lpips is not None:
                lpips = self.lpips
                parts["lpips"] = lambda: lpips(a, b, where)
            return weighted(parts, self.weights)

    @torch.no_grad()
    def _counts(
        self, target: Tensor, before: Tensor, mask: Tensor, more: More = _no_more
    ) -> dict[str, Tensor]:
        """The parts' counts, with the real image for what is trained: none depends on it."""
        parts = self.compare(target, target, before, mask, more)
        return {name: part.count for name, part in parts.items()}
