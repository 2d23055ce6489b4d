"""What stage 3 did to a run's image, in a sentence: where, how much, and whether it helped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.raster import StripReader

VISIBLE = 0.02
"""Change of reflectance in any band from which on a pixel counts as changed."""

STRIP = 256
"""Rows that are compared at a time."""

MARKED = 1.25
"""So many times the whole area's share a part must have changed to be named."""

SAME = 0.005
"""Difference of two GAC scores below which they are the same."""

BANDS = ("blue", "green", "red", "near infrared")

PARTS = (
    ("north-west", "north", "north-east"),
    ("west", "centre", "east"),
    ("south-west", "south", "south-east"),
)


@dataclass(frozen=True)
class Change:
    """How one image differs from the one before.

    Attributes:
        share: Of the pixels with data, those that changed visibly.
        part: Where most of them lie; "" if they lie all over.
        band: The band that changed most where it changed; "" if none did.
        mean: Mean change of that band there, in reflectance.
    """

    share: float
    part: str
    band: str
    mean: float

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return {
            "threshold": VISIBLE,
            "share": round(self.share, 4),
            "part": self.part,
            "band": self.band,
            "mean": round(self.mean, 4),
        }


def compare(before: Path, after: Path, tick: Callable[[], None] = lambda: None) -> Change:
    """How one result differs from another of the same area; memory does not grow with it.

    Raises:
        OutputError: If one cannot be read.
    """
    changed, known = np.zeros((3, 3)), np.zeros((3, 3))
    sums = np.zeros(len(BANDS))
    with StripReader(before) as one, StripReader(after) as other:
        area = one.window
        columns = np.arange(area.width) * 3 // area.width
        for strip in area.strips(STRIP):
            tick()
            step = (other.read(strip) - one.read(strip)) / 10000.0
            valid = np.isfinite(step).all(axis=0)
            step = np.where(valid, step, 0.0)
            moved = np.abs(step).max(axis=0) > VISIBLE
            sums += (step * moved).sum(axis=(1, 2))
            rows = (np.arange(strip.height) + strip.row - area.row) * 3 // area.height
            for mask, counts in ((moved, changed), (valid, known)):
                lines = np.stack([mask[:, columns == c].sum(axis=1) for c in range(3)], axis=1)
                np.add.at(counts, rows, lines)
    if not changed.sum():
        return Change(0.0, "", "", 0.0)
    share = changed.sum() / known.sum()
    shares = np.divide(changed, known, out=np.zeros_like(changed), where=known > 0)
    row, col = np.unravel_index(int(shares.argmax()), shares.shape)
    means = sums / changed.sum()
    band = int(np.abs(means).argmax())
    part = PARTS[row][col] if shares[row, col] > MARKED * share else ""
    return Change(float(share), part, BANDS[band], float(means[band]))


def sentence(change: Change, before: float | None, after: float | None) -> str:
    """What stage 3 did, for people.

    Args:
        change: From opt_v2 to opt_v3.
        before: GAC score of opt_v2; None: undefined.
        after: GAC score of opt_v3.
    """
    if not change.share:
        what = f"Stage 3 changed no pixel by more than {VISIBLE} reflectance"
    else:
        where = f"most in the {change.part}" if change.part else "all over it"
        how = f"{'brighter' if change.mean > 0 else 'darker'} {change.band}"
        what = (
            f"Stage 3 changed {_percent(change.share)} of the area by more than {VISIBLE} "
            f"reflectance, {where} ({how})"
        )
    return f"{what}; {agreement('agreement with the radar', before, after)}."


def lowered(scores: Mapping[str, float | None]) -> list[str]:
    """A sentence for stage 2 if it lowered the agreement; stage 3's is in its own sentence."""
    before, after = scores.get("opt_v1"), scores.get("opt_v2")
    if before is None or after is None or after > before - SAME:
        return []
    return [f"Stage 2 lowered the agreement with the radar from {before:.2f} to {after:.2f}."]


def agreement(what: str, before: float | None, after: float | None) -> str:
    """How a score went, in words."""
    if before is None or after is None:
        return f"{what} is undefined"
    if after < before - SAME:
        return f"it LOWERED {what} from {before:.2f} to {after:.2f}"
    if after < before + SAME:
        return f"{what} stayed at {after:.2f}"
    return f"{what} rose from {before:.2f} to {after:.2f}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"
