"""Figures from the runs: seconds per km², ratios with their spread, shares of the peak."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

STAGES = ("1", "2", "3", "all")


@dataclass(frozen=True)
class Spread:
    """Median with minimum and maximum."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Create from at least one value."""
        return cls(statistics.median(values), min(values), max(values))

    def text(self, unit: str = "") -> str:
        """Return text like `2.14 (2.10–2.20)`; the median alone if there is no spread."""
        if self.least == self.most:
            return f"{_round(self.median)}{unit}"
        return f"{_round(self.median)}{unit} ({_round(self.least)}–{_round(self.most)})"


def _round(value: float) -> str:
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 4
    return f"{value:.{digits}f}"


def seconds(side: dict[str, Any], stage: str) -> list[float]:
    """Return the seconds of each run, of a stage or in total."""
    return [run["total"] if stage == "all" else run["stages"][stage] for run in side["runs"]]


def per_km2(part: dict[str, Any], kind: str, stage: str) -> Spread:
    """Return the seconds per km²."""
    return Spread.of([s / part["km2"] for s in seconds(part["sides"][kind], stage)])


def ratio(part: dict[str, Any], kind: str, stage: str) -> Spread:
    """Return the peer's time over ours, in alternating runs."""
    ours, theirs = (seconds(part["sides"][k], stage) for k in ("ours", kind))
    return Spread.of([b / a for a, b in zip(ours, theirs, strict=True)])


def tera_flop(part: dict[str, Any], kind: str, stage: str) -> float | None:
    """Return 10^12 FLOP per km²; None if not counted, or invisible to the counter."""
    by_stage = part["sides"][kind].get("flop")
    if by_stage is None:
        return None
    flop = sum(by_stage.values()) if stage == "all" else by_stage[stage]
    return flop / 1e12 / part["km2"] or None


def share(part: dict[str, Any], kind: str, stage: str) -> float | None:
    """Return a stage's FLOP rate as a share of the device's measured matrix peak."""
    flop = tera_flop(part, kind, stage)
    if flop is None:
        return None
    peak: float = part["sides"][kind]["peak"]["flops"]
    return flop * 1e12 / per_km2(part, kind, stage).median / peak


def peak(side: dict[str, Any], what: str = "process") -> dict[str, float]:
    """Return the peak GB (10^9 bytes) while `loading` and of any `run`, for one kind of memory."""
    return {
        "loading": side["load_memory"][what] / 1e9,
        "run": max(run["memory"][what] for run in side["runs"]) / 1e9,
    }
