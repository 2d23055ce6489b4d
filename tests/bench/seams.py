"""How visible the edges of tiles and blocks are in an image: steps across them and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.number[Any]]
Lines = npt.NDArray[np.bool_]

PERIOD = 32
"""Pixels after which a decoder's own patches repeat: TerraMind's looks at up to 32 px as one."""


@dataclass(frozen=True)
class Edges:
    """Lines of an image at which a tile or block begins or ends.

    Attributes:
        rows: Row r: between the rows r - 1 and r.
        cols: Column c: between the columns c - 1 and c.
        phase_row: World row of the image's first row, modulo `PERIOD`.
        phase_col: World column of its first column, likewise.
    """

    rows: frozenset[int]
    cols: frozenset[int]
    phase_row: int = 0
    phase_col: int = 0


@dataclass(frozen=True)
class SeamIndex:
    """What `seam_index` finds.

    Attributes:
        index: Mean absolute step across edges over the mean step elsewhere, minus 1; None: there
            are no edges, or nothing else, or no steps.
        in_phase: The same against those lines alone that lie where the edges do within `PERIOD`
            pixels. A decoder that works by patches has larger steps on their borders, where edges
            of tiles always lie: that is no seam. None: no such lines, or the edges take them all.
        error: Standard error of `in_phase`, from how lines differ among themselves.
        edges: Pixels that were compared across edges.
    """

    index: float | None
    in_phase: float | None
    error: float | None
    edges: int


def seam_index(image: Image, edges: Edges) -> SeamIndex:
    """The seam index of an image (C, H, W), the mean of its bands'.

    Bands differ in their contrast by far: each has its index, so that none decides alone.
    """
    values = image.astype(np.float64)
    down = np.abs(np.diff(values, axis=1)).mean(axis=2)
    across = np.abs(np.diff(values, axis=2)).mean(axis=1)
    _, height, width = values.shape
    # The difference i lies between the pixels i and i + 1: it is line i + 1.
    rows, cols = np.arange(1, height), np.arange(1, width)
    steps = np.concatenate([down, across], axis=1)
    length = np.concatenate([np.full(height - 1, width), np.full(width - 1, height)])
    on = np.concatenate([np.isin(rows, list(edges.rows)), np.isin(cols, list(edges.cols))])
    phase = np.concatenate(
        [(rows + edges.phase_row) % PERIOD, (cols + edges.phase_col) % PERIOD + PERIOD]
    )
    shared = np.isin(phase, np.intersect1d(phase[on], phase[~on]))
    index, _ = _compare(steps, length, on, ~on)
    in_phase, error = _compare(steps, length, on & shared, ~on & shared, phase)
    return SeamIndex(index, in_phase, error, int(length[on].sum()))


def _compare(
    steps: Image,
    length: npt.NDArray[np.int_],
    on: Lines,
    off: Lines,
    phase: npt.NDArray[np.int_] | None = None,
) -> tuple[float | None, float | None]:
    """The index of some lines against others, and its standard error.

    Args:
        steps: Mean step across each line (C, lines).
        length: Pixels of each line.
        on: The edges.
        off: What they are compared with.
        phase: Kinds of lines; each kind is compared with its own, and counts as often as it has
            edges. None: all are of one kind.
    """
    if not on.any() or not off.any():
        return None, None
    phase = np.zeros(on.shape, int) if phase is None else phase
    here = there = spread = 0.0
    for kind in np.unique(phase[on]):
        a, b = on & (phase == kind), off & (phase == kind)
        share = length[a].sum() / length[on].sum()
        here = here + share * np.average(steps[:, a], axis=1, weights=length[a])
        there = there + share * np.average(steps[:, b], axis=1, weights=length[b])
        # Lines of one kind differ as they do elsewhere; few edges tell too little of that.
        variance = steps[:, b].var(axis=1, ddof=1) if b.sum() > 1 else np.full(len(steps), np.nan)
        spread = spread + share**2 * variance * (1 / a.sum() + 1 / b.sum())
    if not np.all(there > 0):
        return None, None
    # Bands are alike, so that their mean is hardly surer than one of them.
    error = float((np.sqrt(spread) / there).mean())
    return float((here / there).mean() - 1), error if np.isfinite(error) else None
