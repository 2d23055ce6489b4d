"""Progress of a training: all of a checkpoint's values besides tensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from training.fit.early_stopping import EarlyStopping


@dataclass
class Progress:
    """Position of the loop between two steps.

    Attributes:
        epoch: Epoch, from 0.
        batch: Batches done in the epoch.
        step: Steps done, including skipped ones; the learning rate follows it.
        taken: Steps taken.
        validated: Step of the last validation; -1 before the first.
        wrong: Consecutive steps that could not be taken.
        micro: Samples on the device at once.
        stopping: State of early stopping.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    taken: int = 0
    validated: int = -1
    wrong: int = 0
    micro: int = 1
    stopping: EarlyStopping = field(default_factory=EarlyStopping)

    def advance(self, batches: int) -> None:
        """Advance by one batch, given the number of batches in an epoch."""
        self.step += 1
        self.batch += 1
        if self.batch == batches:
            self.epoch, self.batch = self.epoch + 1, 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a checkpoint."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Progress:
        """Restore from `to_dict`."""
        saved = values["stopping"]
        stopping = EarlyStopping(tuple(saved["rank"]), saved["stale"])
        return cls(**{**values, "stopping": stopping})
