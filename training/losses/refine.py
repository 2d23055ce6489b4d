"""Stage 2's loss: nearer to the real image than opt_v1, without inventing anything."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.losses.masks import Where
from training.losses.parts import picture_parts, prepare, weighted
from training.losses.perceptual import Lpips
from training.losses.weights import RefineWeights


class RefineLoss(nn.Module):
    """The weighted parts of stage 2's loss; the loss is their sum.

    Args:
        weights: How much each part counts.

    Raises:
        BundleError: If LPIPS has a weight and its network's weights are not there.
    """

    def __init__(self, weights: RefineWeights | None = None) -> None:
        super().__init__()
        self.weights = weights or RefineWeights()
        self.lpips = Lpips() if self.weights.lpips > 0 else None

    def forward(
        self, found: Tensor, target: Tensor, opt_v1: Tensor, mask: Tensor
    ) -> dict[str, Tensor]:
        """The parts, by name.

        Args:
            found: (B, 4, H, W) DN (B02, B03, B04, B08), what is trained.
            target: The real image.
            opt_v1: Those bands of what stage 2 was given.
            mask: (B, 1, H, W) bool, or (B, 4, H, W) where samples lack bands.

        Returns:
            Scalars, each times its weight, in single precision whatever autocast says. A sample
            of which nothing is known adds 0.
        """
        with torch.autocast(found.device.type, enabled=False):
            where = Where.of(mask, found.shape[1])
            a, b, before = (prepare(image, where) for image in (found, target, opt_v1.detach()))
            parts = picture_parts(a, b, before, where)
            if self.lpips is not None:
                lpips = self.lpips
                parts["lpips"] = lambda: lpips(a, b, where)
            return weighted(parts, self.weights)
