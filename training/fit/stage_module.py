"""Interface of a trainable stage: its losses, its image and the baseline image."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from lightning import LightningModule
from torch import Tensor, nn

from gac_core.contract.errors import BundleError
from gac_core.contract.message import Message
from training.losses.masks import Tally

Batch = dict[str, Any]
"""Collated batch of `training.data.dataset.PairDataset`: tensors with the batch dimension first;
`name` and `modality` are lists."""


def observed_of(batch: Batch) -> Tensor | None:
    """Return the mask (B, 1, H, W) of the pixels that were observed; None without references."""
    observed: Tensor | None = batch.get("observed")
    return None if observed is None else observed[:, None]


class StageModule(LightningModule, ABC):
    """A stage under training.

    `fit` trains exactly the parameters with `requires_grad`; everything else is the frozen base,
    which no checkpoint holds. Freeze and add adapters in the constructor. Batches arrive on the
    module's device, with autocast enabled if the precision asks for it.

    Before each call of `losses`, `predict` and `before`, all global random generators are seeded
    from (seed, epoch, batch, sample): using torch's global generators is enough for training to
    resume bit for bit. Keep no other state between batches.

    Attributes:
        stage: 2 or 3.
    """

    stage: int

    def forward(self, batch: Batch, counts: Mapping[str, float] | None = None) -> dict[str, Tensor]:
        """Return the loss parts as scalars whose sum is minimised.

        Training calls `losses` by way of it, because gradients between processes hook onto a
        module's forward pass.

        Args:
            batch: Samples.
            counts: Counts of the whole step that the batch is a piece of; None: it is all of it.
        """
        return {
            name: tally.mean if counts is None else tally.total / max(counts[name], 1.0)
            for name, tally in self.losses(batch).items()
        }

    @abstractmethod
    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the loss parts with weighted totals; the sum of their means is minimised.

        A batch may be a piece of a step: totals are divided by the counts of the whole step. Names
        are logged as `train/NAME`. No part may contain CFOG.
        """

    @abstractmethod
    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the counts of `losses` by name, without running what is trained.

        They depend on the batch alone. A step of several pieces needs the counts of all pieces
        before the first gradient.
        """

    @abstractmethod
    def predict(self, batch: Batch) -> Tensor:
        """Return this stage's image (B, 4, H, W) DN, deterministically, as a run computes it."""

    @abstractmethod
    def before(self, batch: Batch) -> Tensor:
        """Return the previous stage's image (B, 4, H, W) DN, the baseline of this stage.

        Must not depend on what is trained: it is computed once for each validation image.
        """

    @abstractmethod
    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write the trained part for `gac bundle pack`.

        Consists of adapter folders, safetensors, and `part.json` by
        `gac_core.bundles.part.write_part`.

        Args:
            folder: Existing empty folder.
            training: Training record, JSON-ready, for `part.json`.
            scores: Validation scores, JSON-ready, for `part.json`.
        """

    def prepare_batch_noise(self, generator: torch.Generator) -> None:
        """Draw a batch's noise from a CPU generator, to make it equal on every device.

        Called before `losses`, `predict` and `before`, with the generator seeded as above.
        """

    def rate_factor(self, parameter: nn.Parameter) -> float:
        """Return a parameter's learning rate as a multiple of `fit.lr`."""
        return 1.0

    def trained(self) -> dict[str, nn.Parameter]:
        """Return the trained parameters by name."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def trained_state(self) -> dict[str, Tensor]:
        """Return the trained tensors (adapters and head), sharing memory with the module."""
        return {name: p.detach() for name, p in self.trained().items()}

    def load_trained_state(self, state: Mapping[str, Tensor]) -> None:
        """Restore trained tensors.

        Raises:
            BundleError: If names or shapes do not match this module's.
        """
        own = self.trained_state()
        mismatched = sorted(own.keys() ^ state.keys()) or sorted(
            name for name, value in own.items() if value.shape != state[name].shape
        )
        if mismatched:
            raise BundleError(
                Message(
                    "The checkpoint's tensors are not those that train here: {} "
                    "and {} others differ.",
                    mismatched[0],
                    len(mismatched) - 1,
                ),
                Message(
                    "Use the settings of the training that wrote it (its config.yaml), or start "
                    "anew in an empty folder."
                ),
                problem="checkpoint-not-fitting",
            )
        with torch.no_grad():
            for name, value in own.items():
                value.copy_(state[name])
