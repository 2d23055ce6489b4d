"""One-sentence summary of stage 3's effect: location, amount, and change of agreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.contract.message import Message, later
from gac_core.raster import StripReader

VISIBLE = 0.02
"""Minimum change of reflectance in any band for a pixel to count as changed."""

STRIP = 256
"""Rows compared at a time."""

MIN_SHARE_RATIO = 1.25
"""Factor by which a part's changed share must exceed that of the whole area to be named."""

SAME = 0.005
"""Difference of two GAC scores below which they count as equal."""

BANDS = (Message("blue"), Message("green"), Message("red"), Message("near infrared"))

PARTS = (
    (Message("north-west"), Message("north"), Message("north-east")),
    (Message("west"), Message("centre"), Message("east")),
    (Message("south-west"), Message("south"), Message("south-east")),
)

NO_CHANGE = later("Stage 3 changed no pixel by more than {} reflectance")
MOST_IN = later("most in the {}")
ALL_OVER = Message("all over it")
CHANGED = later("Stage 3 changed {} of the area by more than {} reflectance, {} ({})")
STAGE_2_LOWERED = later("Stage 2 lowered the agreement with the radar from {} to {}.")
UNDEFINED = later("{} is undefined")
LOWERED = later("it LOWERED {} from {} to {}")
STAYED = later("{} stayed at {}")
ROSE = later("{} rose from {} to {}")
BRIGHTER, DARKER = later("brighter {}"), later("darker {}")
LITTLE = Message("less than 1 %")
"""Templates and parts of the sentences."""


@dataclass(frozen=True)
class Change:
    """Difference between two consecutive images.

    Attributes:
        share: Share of the valid pixels that changed visibly.
        part: Part of the image with the highest share; "" if no part stands out.
        band: Band with the largest mean change in changed pixels; "" if none changed.
        mean: Mean change of that band there, in reflectance.
    """

    share: float
    part: str
    band: str
    mean: float

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        return {
            "threshold": VISIBLE,
            "share": round(self.share, 4),
            "part": self.part,
            "band": self.band,
            "mean": round(self.mean, 4),
        }


def compare(before: Path, after: Path, tick: Callable[[], None] = lambda: None) -> Change:
    """Return the difference of two results of the same area, in bounded memory.

    Raises:
        OutputError: If one cannot be read.
    """
    changed, valid_counts = np.zeros((3, 3)), np.zeros((3, 3))
    sums = np.zeros(len(BANDS))
    with StripReader(before) as first, StripReader(after) as second:
        area = first.window
        columns = np.arange(area.width) * 3 // area.width
        for strip in area.strips(STRIP):
            tick()
            step = (second.read(strip) - first.read(strip)) / 10000.0
            valid = np.isfinite(step).all(axis=0)
            step = np.where(valid, step, 0.0)
            is_changed = np.abs(step).max(axis=0) > VISIBLE
            sums += (step * is_changed).sum(axis=(1, 2))
            rows = (np.arange(strip.height) + strip.row - area.row) * 3 // area.height
            for mask, counts in ((is_changed, changed), (valid, valid_counts)):
                lines = np.stack([mask[:, columns == c].sum(axis=1) for c in range(3)], axis=1)
                np.add.at(counts, rows, lines)
    if not changed.sum():
        return Change(0.0, "", "", 0.0)
    share = changed.sum() / valid_counts.sum()
    shares = np.divide(changed, valid_counts, out=np.zeros_like(changed), where=valid_counts > 0)
    row, col = np.unravel_index(int(shares.argmax()), shares.shape)
    means = sums / changed.sum()
    band = int(np.abs(means).argmax())
    part = PARTS[row][col] if shares[row, col] > MIN_SHARE_RATIO * share else ""
    return Change(float(share), part, BANDS[band], float(means[band]))


def sentence(change: Change, before: float | None, after: float | None) -> str:
    """Return the summary of stage 3's effect for users.

    Args:
        change: Change from opt_v2 to opt_v3.
        before: GAC score of opt_v2; None: undefined.
        after: GAC score of opt_v3; None: undefined.
    """
    if not change.share:
        effect = Message(NO_CHANGE, VISIBLE)
    else:
        location = Message(MOST_IN, change.part) if change.part else ALL_OVER
        direction = Message(BRIGHTER if change.mean > 0 else DARKER, change.band)
        effect = Message(
            CHANGED,
            _percent(change.share),
            VISIBLE,
            location,
            direction,
        )
    score = agreement(Message("agreement with the radar"), before, after)
    return Message("{}; {}.", effect, score)


def stage2_warning(scores: Mapping[str, float | None]) -> list[str]:
    """Return a sentence on stage 2 if it lowered the agreement; `sentence` covers stage 3."""
    before, after = scores.get("opt_v1"), scores.get("opt_v2")
    if before is None or after is None or after > before - SAME:
        return []
    return [
        Message(
            STAGE_2_LOWERED,
            f"{before:.2f}",
            f"{after:.2f}",
        )
    ]


def agreement(what: str, before: float | None, after: float | None) -> str:
    """Return the change of a score as text."""
    if before is None or after is None:
        return Message(UNDEFINED, what)
    if after < before - SAME:
        return Message(LOWERED, what, f"{before:.2f}", f"{after:.2f}")
    if after < before + SAME:
        return Message(STAYED, what, f"{after:.2f}")
    return Message(ROSE, what, f"{before:.2f}", f"{after:.2f}")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else LITTLE
