"""Stage 2 as a trainable module for `training.fit`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from gac_core.bands import OUTPUT_INDEX
from gac_core.networks.refiner import Metadata, Refiner, RefinerHead
from training.fit.module import Batch, StageModule
from training.losses.masks import Tally
from training.losses.refine import RefineLoss
from training.stage2.backbone import Backbone
from training.stage2.doubt import Doubt
from training.stage2.part import Origin, write_refiner_part


class RefinerModule(StageModule):
    """Prithvi and its head that learn to bring opt_v1 closer to the real image.

    A new head is the identity, so training starts from opt_v1.

    Args:
        backbone: Prepared Prithvi.
        head: Head that corrects all twelve bands.
        loss: Loss of the corrected image.
        doubt: Dropout and jitter of the inputs.
        origin: Origin of the base weights, for the part's card.
    """

    stage = 2

    def __init__(
        self,
        backbone: Backbone,
        head: RefinerHead,
        loss: RefineLoss,
        doubt: Doubt,
        origin: Origin,
    ) -> None:
        super().__init__()
        self.refiner = Refiner(backbone.prithvi, head)
        self.loss = loss.requires_grad_(False)
        self.doubt = doubt
        self.origin = origin
        self._backbone = backbone

    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the weighted loss parts of a training batch."""
        opt_v1, s1 = self.doubt.image(batch["opt_v1"]), self.doubt.radar(batch["s1"])
        metadata = self.doubt.metadata(metadata_of(batch))
        image = self.refiner(opt_v1, s1, batch["modality"], metadata)
        parts: dict[str, Tally] = self.loss(image, batch["s2"], opt_v1, known(batch))
        return parts

    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the count of each loss part; colour jitter does not affect it."""
        return self.loss.counts(batch["s2"], batch["opt_v1"], known(batch))

    @torch.no_grad()
    def predict(self, batch: Batch) -> Tensor:
        """Return the four output bands of opt_v2 (B, 4, H, W) DN, as a run computes them."""
        with _as_in_a_run(self.refiner):
            image = self.refiner(
                batch["opt_v1"], batch["s1"], batch["modality"], metadata_of(batch)
            )
        return image[:, OUTPUT_INDEX].float()

    def before(self, batch: Batch) -> Tensor:
        """Return the baseline of opt_v2: the four bands of opt_v1 (B, 4, H, W) DN."""
        return batch["opt_v1"][:, OUTPUT_INDEX]

    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write adapter, blocks, head and their card section to a folder."""
        write_refiner_part(folder, self._backbone, self.refiner.head, self.origin, training, scores)


def known(batch: Batch) -> Tensor:
    """Return the mask of known pixels by band (B, 12, H, W) bool."""
    mask: Tensor = batch["valid"][:, None] & batch["bands"][:, :, None, None]
    return mask


def metadata_of(batch: Batch) -> Metadata:
    """Return a batch's metadata; missing places are unknown."""
    month = batch["month"]
    place = batch.get("place")
    if place is None:
        place = torch.full((len(month), 2), torch.nan, device=month.device)
    return Metadata(month, batch["biome"], place)


@contextmanager
def _as_in_a_run(network: nn.Module) -> Iterator[None]:
    """Switch to evaluation mode, where 8-bit layers on a CPU compute as in a run."""
    training = network.training
    network.eval()
    try:
        yield
    finally:
        network.train(training)
