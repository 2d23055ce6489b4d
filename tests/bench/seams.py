"""Visibility of tile and block edges in an image: steps across them and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.number[Any]]
Lines = npt.NDArray[np.bool_]

PERIOD = 32
"""Period in pixels of a decoder's own patches: TerraMind's are up to 32 px."""


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
    """Result of `seam_index`.

    Attributes:
        index: Mean absolute step across edges over the mean step elsewhere, minus 1; None: there
            are no edges, no other lines, or no steps.
        in_phase: Likewise, against only those lines that have the edges' position modulo `PERIOD`.
            A decoder of patches has larger steps on their borders, where tile edges always lie:
            those are no seams. None: no such lines, or all are edges.
        error: Standard error of `in_phase`, from the variation between lines.
        edges: Number of pixels compared across edges.
    """

    index: float | None
    in_phase: float | None
    error: float | None
    edges: int


def seam_index(image: Image, edges: Edges) -> SeamIndex:
    """Return the seam index of an image (C, H, W), averaged over its bands.

    Bands differ greatly in contrast: each has its own index, so that none dominates.
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
    """Return the index of some lines against others, and its standard error.

    Args:
        steps: Mean step across each line (C, lines).
        length: Pixels of each line.
        on: The edges.
        off: Lines to compare with.
        phase: Kinds of lines; each kind is compared with its own, weighted by its number of edges.
            None: one kind.
    """
    if not on.any() or not off.any():
        return None, None
    phase = np.zeros(on.shape, int) if phase is None else phase
    edge_step = other_step = spread = 0.0
    for kind in np.unique(phase[on]):
        a, b = on & (phase == kind), off & (phase == kind)
        share = length[a].sum() / length[on].sum()
        edge_step = edge_step + share * np.average(steps[:, a], axis=1, weights=length[a])
        other_step = other_step + share * np.average(steps[:, b], axis=1, weights=length[b])
        # Variation is taken from the other lines of a kind, because edges are few.
        variance = steps[:, b].var(axis=1, ddof=1) if b.sum() > 1 else np.full(len(steps), np.nan)
        spread = spread + share**2 * variance * (1 / a.sum() + 1 / b.sum())
    if not np.all(other_step > 0):
        return None, None
    # Bands are correlated, so their mean is hardly more certain than one of them.
    error = float((np.sqrt(spread) / other_step).mean())
    return float((edge_step / other_step).mean() - 1), error if np.isfinite(error) else None
