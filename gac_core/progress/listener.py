"""Progress events from a run to its caller (worker, command line, a test)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gac_core.progress.pace import Costs, Pace
from gac_core.progress.partial import Partial


@dataclass(frozen=True)
class Progress:
    """State of a run.

    Attributes:
        stage: 1 to 3; 0 while models load.
        name: `load`, `generate`, `refine` or `ground`.
        tile: Tiles done in this stage.
        tiles: Tiles of this stage.
        percent: Percentage of the whole run.
        message: The same as text.
        seconds_left: Estimated seconds until the run ends; None: not known yet.
        partial: Final part of the stage's working file, for display; None: nothing yet.
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
    """Completion of a stage.

    Attributes:
        stage: 1 to 3.
        path: Its GeoTIFF.
        seconds: Computing time.
        gac: SAR agreement; None if there are no edges to compare.
    """

    stage: int
    path: Path
    seconds: float
    gac: float | None


class Listener(Protocol):
    """Callbacks of a run. `check` may raise `Cancelled`; it is called several times a second."""

    def progress(self, progress: Progress) -> None:
        """Receive the progress."""

    def stage_done(self, done: StageDone) -> None:
        """Receive the completion of a stage."""

    def check(self) -> None:
        """Raise `Cancelled` to stop the run."""


class Silent:
    """Listener that ignores all events and never stops a run."""

    def progress(self, progress: Progress) -> None:
        """Do nothing."""

    def stage_done(self, done: StageDone) -> None:
        """Do nothing."""

    def check(self) -> None:
        """Do nothing."""


class Meter:
    """Converter of completed tiles to a percentage of the whole run.

    Args:
        listener: Receives the progress.
        costs: Tiles and cost per tile of each stage, in any common unit.
        are_seconds: True if these costs are seconds.
    """

    def __init__(self, listener: Listener, costs: Costs, *, are_seconds: bool = False) -> None:
        self._listener = listener
        self._costs = costs
        self._pace = Pace(costs, are_seconds=are_seconds)
        self._total = sum(tiles * cost for tiles, cost in costs.values()) or 1.0
        self._before = 0.0
        self._percent = 0.0

    def load(self, message: str) -> None:
        """Report that models are being loaded."""
        self._listener.progress(Progress(0, "load", 0, 0, self._percent, message))

    def advance(
        self, stage: int, name: str, done: int, seconds: float, partial: Partial | None = None
    ) -> None:
        """Report `done` tiles of a stage, computed in that many seconds.

        The percentage never decreases: a restarted stage counts its tiles again.
        """
        self._pace.note(stage, done, seconds)
        tiles, cost = self._costs[stage]
        percent = 100.0 * (self._before + done * cost) / self._total
        self._percent = max(self._percent, percent)
        message = f"Stage {stage} of {max(self._costs)}, {name}: tile {done} of {tiles}"
        seconds_left = self._pace.seconds_left
        self._listener.progress(
            Progress(stage, name, done, tiles, self._percent, message, seconds_left, partial)
        )

    def finish(self, stage: int, seconds: float) -> None:
        """Record that a stage is complete, written and scored, after that many seconds."""
        tiles, cost = self._costs[stage]
        self._pace.note(stage, tiles, seconds)
        self._before += tiles * cost
