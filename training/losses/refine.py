"""Stage-2 loss: nearer to the real image than opt_v1, without invented detail."""

from __future__ import annotations

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from training.losses.loss import PictureLoss
from training.losses.masks import Tally
from training.losses.parts import weighted
from training.losses.spectral import spectrum
from training.losses.weights import RefineWeights

OTHERS = tuple(i for i in range(len(S2_BANDS)) if i not in OUTPUT_INDEX)
"""Bands that users do not see, but stage 3 uses."""


class RefineLoss(PictureLoss[RefineWeights]):
    """Weighted parts of stage 2's loss.

    All parts compare the four output bands, except `spectrum`, which compares the others.
    """

    usual = RefineWeights

    def forward(
        self, found: Tensor, target: Tensor, opt_v1: Tensor, mask: Tensor
    ) -> dict[str, Tally]:
        """Return the parts by name; see `compare`. The previous image is opt_v1.

        Args:
            found: (B, 12, H, W) DN, the trained image.
            target: The real image.
            opt_v1: The stage's input.
            mask: (B, 12, H, W) bool, known pixels of the real image's bands.
        """
        a, b, before, where = (images[:, OUTPUT_INDEX] for images in (found, target, opt_v1, mask))
        parts = self.compare(a, b, before, where)
        others = [images[:, OTHERS] for images in (found, target, mask)]
        with torch.autocast(found.device.type, enabled=False):
            return parts | weighted({"spectrum": lambda: spectrum(*others)}, self.weights)

    @torch.no_grad()
    def counts(self, target: Tensor, opt_v1: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Return the counts of `forward`, which do not depend on the image."""
        parts = self(target, target, opt_v1, mask)
        return {name: part.count for name, part in parts.items()}
