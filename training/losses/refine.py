"""Stage 2's loss: nearer to the real image than opt_v1, without inventing anything."""

from __future__ import annotations

from torch import Tensor

from training.losses.loss import PictureLoss
from training.losses.masks import Tally
from training.losses.weights import RefineWeights


class RefineLoss(PictureLoss[RefineWeights]):
    """The weighted parts of stage 2's loss."""

    usual = RefineWeights

    def forward(
        self, found: Tensor, target: Tensor, opt_v1: Tensor, mask: Tensor
    ) -> dict[str, Tally]:
        """The parts, by name; see `compare`. What came before is opt_v1."""
        return self.compare(found, target, opt_v1, mask)

    def counts(self, target: Tensor, opt_v1: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """The counts that `forward` gives, whatever the image."""
        return self._counts(target, opt_v1, mask)
