"""How far a training is: all that a checkpoint must hold besides tensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from training.fit.early_stopping import EarlyStopping


@dataclass
class Progress:
    """Where the loop stands, between two steps.

    Attributes:
        epoch: From 0.
        batch: Batches of the epoch that are done.
        step: Steps done, those not taken included: the learning rate follows it.
        taken: Steps taken.
        validated: The step at which the last validation was; -1 before the first.
        wrong: Steps in a row that could not be taken.
        micro: Samples on the device at once.
        stopping: The best validation so far.
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
        """One batch further, of so many in an epoch."""
        self.step += 1
        self.batch += 1
        if self.batch == batches:
            self.epoch, self.batch = self.epoch + 1, 0

    def to_dict(self) -> dict[str, Any]:
        """Plain values for a checkpoint."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Progress:
        """From `to_dict`."""
        held = values["stopping"]
        stopping = EarlyStopping(tuple(held["rank"]), held["stale"])
        return cls(**{**values, "stopping": stopping})
