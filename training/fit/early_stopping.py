"""Early stopping: the best validation so far, and how long ago it was."""

from __future__ import annotations

import math
from dataclasses import dataclass

from training.scores.gains import Gains


@dataclass
class EarlyStopping:
    """State of early stopping, part of a checkpoint.

    Attributes:
        rank: Of the best validation (`Gains.rank`); empty before the first.
        stale: Validations since it.
    """

    rank: tuple[float, ...] = ()
    stale: int = 0

    def update(self, gains: Gains) -> bool:
        """Take in a validation; return whether it is the best so far. Of equals the first stays."""
        rank = tuple(-math.inf if math.isnan(value) else value for value in gains.rank)
        best = rank > self.rank
        self.stale = 0 if best else self.stale + 1
        if best:
            self.rank = rank
        return best

    def should_stop(self, patience: int) -> bool:
        """Return whether nothing was better for `patience` validations; 0 never stops."""
        return 0 < patience <= self.stale
