"""Common base of both stages' losses."""

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
"""A stage's own parts, as a function of the trained image, the real image and the previous image,
all prepared, and the known pixels."""


def _no_more(found: Tensor, target: Tensor, before: Tensor, where: Where) -> Mapping[str, Part]:
    return {}


class PictureLoss(nn.Module, Generic[Weights]):
    """Weighted parts of a stage's loss; the loss is the sum of their means.

    Args:
        weights: Weights of the parts; None: the defaults.

    Raises:
        BundleError: If LPIPS has a weight and its network's weights are missing.
    """

    usual: type[Weights]

    def __init__(self, weights: Weights | None = None) -> None:
        super().__init__()
        self.weights = weights or self.usual()
        self.lpips = Lpips() if self.weights.lpips > 0 else None

    def compare(
        self, found: Tensor, target: Tensor, before: Tensor, mask: Tensor, more: More = _no_more
    ) -> dict[str, Tally]:
        """Return the parts by name.

        Args:
            found: (B, 4, H, W) DN (B02, B03, B04, B08), the trained image.
            target: The real image.
            before: The stage's input.
            mask: (B, 1, H, W) bool, or (B, 4, H, W) if samples lack bands.
            more: The stage's own parts.

        Returns:
            Weighted totals, in single precision regardless of autocast, and counts. A sample
            without known pixels contributes to neither.
        """
        with torch.autocast(found.device.type, enabled=False):
            where = Where.of(mask, found.shape[1])
            a, b, previous = (prepare(image, where) for image in (found, target, before.detach()))
            parts = {**picture_parts(a, b, previous, where), **more(a, b, previous, where)}
            if self.lpips is not None:
                lpips = self.lpips
                parts["lpips"] = lambda: lpips(a, b, where)
            return weighted(parts, self.weights)

    @torch.no_grad()
    def _counts(
        self, target: Tensor, before: Tensor, mask: Tensor, more: More = _no_more
    ) -> dict[str, Tensor]:
        """Return the parts' counts, computed from the real image; they do not depend on `found`."""
        parts = self.compare(target, target, before, mask, more)
        return {name: part.count for name, part in parts.items()}
