"""Estimate of a run's remaining time from measured and expected times per tile.

Tiles of different stages differ many times in cost. Expected costs are known from earlier runs
(`pace_memory`), or roughly; either is scaled by the measured times of the current run.
"""

from __future__ import annotations

Costs = dict[int, tuple[int, float]]
"""Tiles and cost per tile of each stage."""


TRUST = 0.1
"""Share of a run for which costs from earlier runs weigh as much as the run's own tiles.

A run's first tiles are slow while libraries and disks warm up, and predict little.
"""


class Pace:
    """Estimator of the remaining time.

    Args:
        costs: Tiles and expected cost per tile of each stage, in any common unit.
        are_seconds: True if these costs are seconds, from earlier runs.
    """

    def __init__(self, costs: Costs, *, are_seconds: bool = False) -> None:
        self._costs = costs
        self._spent: dict[int, tuple[int, float]] = {}
        total = sum(tiles * cost for tiles, cost in costs.values())
        self._known = TRUST * total if are_seconds else 0.0

    def note(self, stage: int, done: int, seconds: float) -> None:
        """Record that `done` tiles of a stage took that many seconds, summed over all processes."""
        self._spent[stage] = done, seconds

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds until the run ends; None before the first tile is done."""
        expected = sum(done * self._costs[stage][1] for stage, (done, _) in self._spent.items())
        seconds = sum(seconds for _, seconds in self._spent.values())
        if expected <= 0 or seconds <= 0:
            return None
        scale = (seconds + self._known) / (expected + self._known)
        remaining = 0.0
        for stage, (tiles, cost) in self._costs.items():
            done, spent = self._spent.get(stage, (0, 0.0))
            # A stage's own tiles, once there are some, predict better than those of other stages.
            prior = TRUST * tiles if self._known else 0.0
            weight = done + prior
            rate = (spent + prior * cost * scale) / weight if done else cost * scale
            remaining += max(tiles - done, 0) * rate
        return remaining
