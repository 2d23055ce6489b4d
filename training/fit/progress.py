"""How far a training is: all that a checkpoint must hold besides tensors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from gac_core.errors import RequestError
from training.fit.judge import Judge
from training.fit.settings import FitSettings


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
        judge: What validations have found.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    taken: int = 0
    validated: int = -1
    wrong: int = 0
    micro: int = 1
    judge: Judge = field(default_factory=Judge)

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
        judge = values["judge"]
        return cls(
            **{**values, "judge": Judge(tuple(judge["rank"]), judge["cfog"], judge["stale"])}
        )


@dataclass(frozen=True)
class Identity:
    """What must be as it was for a resumed training to be the same training."""

    stage: int
    samples: int
    batch: int
    steps: int
    seed: int
    lr: float
    lr_floor: float
    warmup_steps: int
    weight_decay: float
    optimiser: str
    clip: float
    ema: float
    val_every: int

    @classmethod
    def of(
        cls, settings: FitSettings, stage: int, samples: int, batch: int, steps: int
    ) -> Identity:
        """That of a training.

        Args:
            settings: The rest of it.
            stage: 2 or 3.
            samples: Training pairs.
            batch: Samples in an optimiser step.
            steps: Optimiser steps in all.
        """
        same = ("seed", "lr", "lr_floor", "warmup_steps", "weight_decay", "optimiser", "clip")
        rest = {name: getattr(settings, name) for name in (*same, "ema", "val_every")}
        return cls(stage, samples, batch, steps, **rest)

    def require(self, held: Mapping[str, Any]) -> None:
        """See that a checkpoint is of this training.

        Raises:
            RequestError: If it is of another.
        """
        for name, value in asdict(self).items():
            if held.get(name) != value:
                raise RequestError(
                    f"The training to resume had {name} {held.get(name)}, and now it is {value}.",
                    "Resume with the settings and data it began with (config.yaml in its folder), "
                    "or train in an empty folder.",
                )
