"""How a run tells its door (worker, command line, a test) how it is getting on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gac_core.progress.pace import Costs, Pace
from gac_core.progress.partial import Partial


@dataclass(frozen=True)
class Progress:
    """Where a run is.

    Attributes:
        stage: 1 to 3; 0 while models load.
        name: `load`, `generate`, `refine` or `ground`.
        tile: Tiles done in this stage.
        tiles: Tiles of this stage.
        percent: Of the whole run.
        message: The same in words.
        seconds_left: Until the run is over; None: not known yet.
        partial: What others may look at of the stage's working file; None: nothing yet.
    """

    stage: int
    name: str
    tile: int
    tiles: int
    percent: float
    message: str
    seconds_left: float | None = None
    partial: Partial | None = None


@dataclass(frozen=True)
class StageDone:
    """A stage whose file is whole.

    Attributes:
        stage: 1 to 3.
        path: Its GeoTIFF.
        seconds: What it took.
        gac: SAR agreement; None where there are no edges to compare.
    """

    stage: int
    path: Path
    seconds: float
    gac: float | None


class Listener(Protocol):
    """What a run calls. `check` may raise `Cancelled`; it is called several times a second."""

    def progress(self, progress: Progress) -> None:
        """The run has moved on."""

    def stage_done(self, done: StageDone) -> None:
        """A stage's file is whole."""

    def check(self) -> None:
        """A point at which the run can stop."""


class Silent:
    """A listener that tells nobody and never stops a run."""

    def progress(self, progress: Progress) -> None:
        """Ignored."""

    def stage_done(self, done: StageDone) -> None:
        """Ignored."""

    def check(self) -> None:
        """Goes on."""


class Meter:
    """Turns tiles done into a share of the whole run.

    Args:
        listener: Whom to tell.
        costs: For each stage its tiles and the cost of one, in any common unit.
        are_seconds: Whether these costs are seconds.
    """

    def __init__(self, listener: Listener, costs: Costs, *, are_seconds: bool = False) -> None:
        self._listener = listener
        self._costs = costs
        self._pace = Pace(costs, are_seconds=are_seconds)
        self._total = sum(tiles * cost for tiles, cost in costs.values()) or 1.0
        self._before = 0.0
        self._percent = 0.0

    def load(self, message: str) -> None:
        """Models are being loaded."""
        self._listener.progress(Progress(0, "load", 0, 0, self._percent, message))

    def advance(
        self, stage: int, name: str, done: int, seconds: float, partial: Partial | None = None
    ) -> None:
        """`done` tiles of a stage are done, which took so many seconds.

        The share of the whole never falls: a stage that is begun again counts its tiles again.
        """
        self._pace.note(stage, done, seconds)
        tiles, cost = self._costs[stage]
        percent = 100.0 * (self._before + done * cost) / self._total
        self._percent = max(self._percent, percent)
        message = f"Stage {stage} of {max(self._costs)}, {name}: tile {done} of {tiles}"
        left = self._pace.seconds_left
        self._listener.progress(
            Progress(stage, name, done, tiles, self._percent, message, left, partial)
        )

    def finish(self, stage: int, seconds: float) -> None:
        """A stage is complete, written and scored, after so many seconds."""
        tiles, cost = self._costs[stage]
        self._pace.note(stage, tiles, seconds)
        self._before += tiles * cost
