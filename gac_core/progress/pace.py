"""How long a run will take: from what its tiles took so far, and what tiles should take.

A tile of one stage costs many times what one of another does. What each should cost is known from
earlier runs (`pace_memory`), or roughly; either is scaled by what the tiles of this very run took.
"""

from __future__ import annotations

Costs = dict[int, tuple[int, float]]
"""For each stage its tiles, and what one costs."""


TRUST = 0.1
"""Share of a run for which what is known of earlier runs weighs as much as the run's own tiles.

A run's first tiles are slow, while libraries and disks warm up, and tell little.
"""


class Pace:
    """Tells the time that is left.

    Args:
        costs: For each stage its tiles, and what one should cost, in any common unit.
        are_seconds: Whether these costs are seconds, from earlier runs.
    """

    def __init__(self, costs: Costs, *, are_seconds: bool = False) -> None:
        self._costs = costs
        self._spent: dict[int, tuple[int, float]] = {}
        total = sum(tiles * cost for tiles, cost in costs.values())
        self._known = TRUST * total if are_seconds else 0.0

    def note(self, stage: int, done: int, seconds: float) -> None:
        """`done` tiles of a stage took so many seconds, in all processes that worked on them."""
        self._spent[stage] = done, seconds

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the run is over; None: not a tile is done."""
        expected = sum(done * self._costs[stage][1] for stage, (done, _) in self._spent.items())
        seconds = sum(seconds for _, seconds in self._spent.values())
        if expected <= 0 or seconds <= 0:
            return None
        scale = (seconds + self._known) / (expected + self._known)
        left = 0.0
        for stage, (tiles, cost) in self._costs.items():
            done, spent = self._spent.get(stage, (0, 0.0))
            # A stage's own tiles tell better than those of the others, once there are some.
            few = TRUST * tiles if self._known else 0.0
            counted = done + few
            rate = (spent + few * cost * scale) / counted if done else cost * scale
            left += max(tiles - done, 0) * rate
        return left
