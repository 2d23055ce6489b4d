"""Early stopping: the best validation so far and the validations since."""

from __future__ import annotations

import math
from dataclasses import dataclass

from training.scores.gains import Gains


@dataclass
class EarlyStopping:
    """State of early stopping; saved in checkpoints.

    Attributes:
        rank: Rank of the best validation (`Gains.rank`); empty before the first.
        stale: Validations since the best.
    """

    rank: tuple[float, ...] = ()
    stale: int = 0

    def update(self, gains: Gains) -> bool:
        """Add a validation; return whether it is the best so far. Ties keep the earlier one."""
        rank = tuple(-math.inf if math.isnan(value) else value for value in gains.rank)
        best = rank > self.rank
        self.stale = 0 if best else self.stale + 1
        if best:
            self.rank = rank
        return best

    def should_stop(self, patience: int) -> bool:
        """Return whether `patience` validations passed without improvement; 0 never stops."""
        return 0 < patience <= self.stale
