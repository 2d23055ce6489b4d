"""Progress of a run: events, remaining time, and the final part of a working file.

The cost of a tile differs greatly between stages. Expected costs come from earlier runs
(`runs.plan.remembered`), or are rough defaults; either is scaled by the times measured in the
current run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gac_core.contract.message import Message
from gac_core.grid import Window, WorkGrid

Costs = dict[int, tuple[int, float]]
"""Tiles and cost per tile of each stage."""

TRUST = 0.1
"""Share of a run for which costs from earlier runs weigh as much as the run's own tiles.

A run's first tiles are slow while libraries and disks warm up, and predict little.
"""


class TimeEstimator:
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


@dataclass(frozen=True)
class Partial:
    """Final part of a working file.

    Attributes:
        path: The file: float32 reflectance DN, NaN where there is no data, band-interleaved by
            line.
        epsg: EPSG code of its CRS.
        bounds: (xmin, ymin, xmax, ymax) of the whole file.
        shape: Rows and columns of the whole file.
        bands: Names of its bands, in order.
        rows: Number of rows from the top that are completely final.
        stop_row: End of the rows that are partly final, see `cols`.
        cols: Number of columns from the west that are final in `rows` to `stop_row`.
    """

    path: Path
    epsg: int
    bounds: tuple[float, float, float, float]
    shape: tuple[int, int]
    bands: tuple[str, ...]
    rows: int
    stop_row: int
    cols: int


class FinalPart:
    """Tracker of a stage's pieces as they are written, row by row, west to east.

    Args:
        path: The working file.
        grid: The working grid.
        window: Extent of the file.
        bands: Names of its bands.
        first_row: The first row that was not written by an earlier process.
    """

    def __init__(
        self, path: Path, grid: WorkGrid, window: Window, bands: tuple[str, ...], first_row: int
    ) -> None:
        self._path, self._grid, self._window, self._bands = path, grid, window, bands
        self._row = self._stop_row = first_row
        self._col = window.col

    def add(self, piece: Window) -> None:
        """Record that a piece was written."""
        self._row, self._stop_row, self._col = piece.row, piece.stop_row, piece.stop_col
        if piece.stop_col == self._window.stop_col:
            self._row, self._col = piece.stop_row, self._window.col

    def partial(self) -> Partial | None:
        """Return the current final part, or None."""
        rows, cols = self._row - self._window.row, self._col - self._window.col
        if rows <= 0 and cols <= 0:
            return None
        return Partial(
            self._path,
            self._grid.epsg,
            self._grid.bounds(self._window),
            self._window.shape,
            self._bands,
            rows,
            max(self._stop_row - self._window.row, rows),
            cols,
        )


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


class ProgressMeter:
    """Converter of completed tiles to a percentage of the whole run.

    Args:
        listener: Receives the progress.
        costs: Tiles and cost per tile of each stage, in any common unit.
        are_seconds: True if these costs are seconds.
    """

    def __init__(self, listener: Listener, costs: Costs, *, are_seconds: bool = False) -> None:
        self._listener = listener
        self._costs = costs
        self._pace = TimeEstimator(costs, are_seconds=are_seconds)
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
        stages = max(self._costs)
        message = Message(
            "Stage {} of {}, {}: tile {} of {}", stage, stages, Message(name), done, tiles
        )
        seconds_left = self._pace.seconds_left
        self._listener.progress(
            Progress(stage, name, done, tiles, self._percent, message, seconds_left, partial)
        )

    def finish(self, stage: int, seconds: float) -> None:
        """Record that a stage is complete, written and scored, after that many seconds."""
        tiles, cost = self._costs[stage]
        self._pace.note(stage, tiles, seconds)
        self._before += tiles * cost
