"""What a stage must bring to be trained: its losses, its image, and the one it has to beat."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from lightning import LightningModule
from torch import Tensor, nn

from gac_core.contract.errors import BundleError
from training.losses.masks import Tally

Batch = dict[str, Any]
"""A collated batch of `training.data.PairDataset`: tensors with the batch first, `name` and
`modality` lists."""


class StageModule(LightningModule, ABC):
    """A stage under training.

    `fit` trains exactly the parameters with `requires_grad`; everything else is the frozen base,
    which no checkpoint holds. So freeze and add adapters in the constructor. A batch is on the
    module's device when it comes in, and autocast is on where the precision asks for it.

    Before each call of `losses`, `predict` and `before`, all global random numbers are seeded from
    (seed, epoch, batch, sample): use torch's global generators, and nothing else is needed for
    training to resume bit for bit. Keep no other state between batches.

    Attributes:
        stage: 2 or 3.
    """

    stage: int

    @abstractmethod
    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the parts of the loss, their totals weighted; the sum of their means is minimised.

        A batch may be a piece of what a step sees: totals are divided by the counts of the whole
        step. The names are logged as `train/NAME`. CFOG must be in none of them.
        """

    @abstractmethod
    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the counts that `losses` gives, by name, without running what is trained.

        They depend on the batch alone. A step of several pieces asks for those of all pieces before
        the first one's gradient.
        """

    @abstractmethod
    def predict(self, batch: Batch) -> Tensor:
        """This stage's image (B, 4, H, W) in DN, as a run would make it; deterministic."""

    @abstractmethod
    def before(self, batch: Batch) -> Tensor:
        """The image of the stage before (B, 4, H, W) in DN, which this stage has to beat.

        It must not depend on what is trained: it is computed once for each validation image.
        """

    @abstractmethod
    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write what was trained as a part for `gac bundle pack`.

        Adapter folders, safetensors, and `part.json` through `gac_core.models.part.write_part`.

        Args:
            folder: An empty folder that exists.
            training: How it was trained, JSON-ready, for `part.json`.
            scores: What it reached in validation, JSON-ready, for `part.json`.
        """

    def prepare_batch_noise(self, generator: torch.Generator) -> None:
        """Draw a batch's noise from a CPU generator, where it shall be the same on every device.

        Called before `losses`, `predict` and `before` with the generator seeded as above.
        """

    def rate_factor(self, parameter: nn.Parameter) -> float:
        """Return a parameter's learning rate as a multiple of `fit.lr`."""
        return 1.0

    def trained(self) -> dict[str, nn.Parameter]:
        """The parameters that train, by name."""
        return {name: p for name, p in self.named_parameters() if p.requires_grad}

    def trained_state(self) -> dict[str, Tensor]:
        """The trained tensors, adapters and head only, sharing memory with the module."""
        return {name: p.detach() for name, p in self.trained().items()}

    def load_trained_state(self, state: Mapping[str, Tensor]) -> None:
        """Put trained tensors back.

        Raises:
            BundleError: If they are not those of this module.
        """
        own = self.trained_state()
        strange = sorted(own.keys() ^ state.keys()) or sorted(
            name for name, value in own.items() if value.shape != state[name].shape
        )
        if strange:
            raise BundleError(
                f"The checkpoint's tensors are not those that train here: {strange[0]} and "
                f"{len(strange) - 1} others differ.",
                "Use the settings of the training that wrote it (its config.yaml), or start anew "
                "in an empty folder.",
            )
        with torch.no_grad():
            for name, value in own.items():
                value.copy_(state[name])
