"""Interpolation of residuals between observed pixels: a membrane that the radar's edges soften.

The membrane is fixed where pixels are observed and tied to its neighbours elsewhere: kriging with
a variogram that rises slowly (Lindgren et al. 2011, "An explicit link between Gaussian fields and
Gaussian Markov random fields"). Where the radar changes, the ties are weak, so that the residual
of a field goes on under a cloud to that field's edge (Perona and Malik 1990, "Scale-space and edge
detection using anisotropic diffusion").
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gac_core.grid import Window
from gac_core.optical.cells import CellGrid, smooth
from gac_core.scene.radiometry import Doubles

Mask = npt.NDArray[np.bool_]

MEMBRANE_REACH = 120
"""Distance in pixels beyond which nothing influences the membrane.

Each round reaches 59 px: 3 steps over cells of 8, 4, 2 and 1 px, the rest of the first cell, and
half a cell wherever cells are divided; and 1 px for what is left of the equations.
"""

_SIDES = (8, 4, 2, 1)
"""Sides in pixels of the cells at which the equations are solved, one after another."""
_STEPS = 3
"""Jacobi's steps at each."""
_ROUNDS = (1.0, 1.6)
"""Weights of the rounds: each underestimates what is smooth, so the second counts more."""
_STIFFNESS = 0.03
"""Pull of the membrane to 0, as the inverse of a distance in pixels: an error of the level holds
over some 300 m."""
_NOISE = 0.02
"""Variance of an observed residual, relative to that of the difference of two neighbours."""
_EDGES = 400.0
"""Weakness of a tie for a squared difference of 1 between the radar's standardised means."""
_DETAIL = 0.9
"""Sigma in pixels of the Gaussian that carries detail on beside observed pixels: with 0.8 px steps
across the border are 6 % smaller than elsewhere, with 1.0 px 6 % larger."""
_ENOUGH = 0.1
"""Share of observed pixels under that Gaussian from which on it is trusted fully."""


def interpolated(
    rest: Doubles, clear: Mask, has_data: Mask, means: Doubles, window: Window
) -> Doubles:
    """Return residuals interpolated between the clear pixels, whose fine detail goes on nearby.

    Args:
        rest: (C, H, W) residuals, 0 where it is not clear.
        clear: (H, W) pixels that are observed.
        has_data: (H, W) pixels that the membrane spans.
        means: (M, H, W) standardised local means of the radar, whose edges weaken the ties.
        window: The window on the world grid.
    """
    return with_detail(membrane(rest, clear, has_data, means, window), rest, clear)


def with_detail(level: Doubles, rest: Doubles, clear: Mask) -> Doubles:
    """Return interpolated values (C, H, W) with the fine detail that goes on beside clear pixels.

    Args:
        level: (C, H, W) interpolated values.
        rest: (C, H, W) the values between which they are, 0 where it is not clear.
        clear: (H, W) pixels with values.
    """
    result = level.copy()
    share = smooth(clear.astype(np.float64), _DETAIL)
    trust = np.minimum(share / _ENOUGH, 1.0)
    scale = np.where(trust > 0, trust / np.maximum(share, 1e-9), 0.0)
    for band, values in enumerate(rest):
        result[band] = scale * smooth(values, _DETAIL) + (1.0 - trust) * level[band]
    return result


def membrane(rest: Doubles, clear: Mask, has_data: Mask, means: Doubles, window: Window) -> Doubles:
    """Return the membrane (C, H, W) through residuals; arguments as for `interpolated`.

    It minimises the squared differences of tied neighbours, the squared misfits over `_NOISE`, and
    its squares times `_STIFFNESS` squared. A round solves for what is left of these equations from
    coarse cells to fine ones (Bornemann and Deuflhard 1996, "The cascadic multigrid method"). In
    two dimensions differences count the same at every size of cells.
    """
    levels = _levels(clear, has_data, means, window)
    finest = levels[-1]
    result = np.empty_like(rest)
    for band, values in enumerate(rest):
        pull = values / _NOISE
        solution = np.zeros_like(pull)
        for weight in _ROUNDS:
            left = finest.residual(pull, solution)
            error, coarser = None, None
            for level in levels:
                sums = level.grid.sums(left)
                error = (
                    sums * level.inverse
                    if error is None or coarser is None
                    else level.grid.finer(error, coarser) * level.inside
                )
                error = level.relaxed(error, sums)
                coarser = level.grid
            if error is not None:
                solution += weight * error
        result[band] = solution
    return result


class _Level:
    """The membrane's equations at one size of cells.

    Args:
        grid: The cells.
        ties: (2, h, w) strength of each cell's ties to the next column and to the next row.
        hold: (h, w) strength with which residuals and 0 hold each cell.
        inside: (h, w) 1 for cells with data, else 0.
    """

    def __init__(self, grid: CellGrid, ties: Doubles, hold: Doubles, inside: Doubles) -> None:
        self.grid = grid
        self.inside = inside
        self._ties = _four(ties)
        self._stiffness = hold + sum(self._ties[1:], start=self._ties[0])
        self.inverse = np.where(self._stiffness > 0, inside, 0.0)
        self.inverse /= np.where(self._stiffness > 0, self._stiffness, 1.0)

    def residual(self, pull: Doubles, values: Doubles) -> Doubles:
        """Return what is left of the equations for a pull (h, w) at the values (h, w)."""
        left: Doubles = pull + self._pulled(values) - self._stiffness * values
        return left * self.inside

    def relaxed(self, values: Doubles, pull: Doubles) -> Doubles:
        """Return values (h, w) after Jacobi's steps."""
        for _ in range(_STEPS):
            values = self._pulled(values)
            values += pull
            values *= self.inverse
        return values

    def _pulled(self, values: Doubles) -> Doubles:
        """Return the sum of each cell's neighbours, by the strength of the ties."""
        right, left, below, above = self._ties
        around = np.pad(values, 1)
        total: Doubles = right * around[1:-1, 2:]
        total += left * around[1:-1, :-2]
        total += below * around[2:, 1:-1]
        total += above * around[:-2, 1:-1]
        return total


def _levels(clear: Mask, has_data: Mask, means: Doubles, window: Window) -> list[_Level]:
    """Return the levels, coarsest first."""
    levels: list[_Level] = []
    ties = _pixel_ties(means, has_data)
    data, seen = has_data.astype(np.float64), clear.astype(np.float64)
    for side in reversed(_SIDES):
        grid = CellGrid(window, side)
        count = grid.sums(data)
        hold = grid.sums(seen) / _NOISE + _STIFFNESS**2 * count
        levels.insert(0, _Level(grid, ties, hold, (count > 0).astype(np.float64)))
        ties = _coarser_ties(ties, grid.first)
    return levels


def _pixel_ties(means: Doubles, has_data: Mask) -> Doubles:
    """Return the ties (2, H, W) of pixels; 0 where either has no data, and at the last ones."""
    ties = np.zeros((2, *has_data.shape))
    for tie, (here, there) in zip(ties, _NEIGHBOURS, strict=True):
        change = ((means[(..., *there)] - means[(..., *here)]) ** 2).sum(axis=0)
        tie[here] = np.where(has_data[here] & has_data[there], 1.0 / (1.0 + _EDGES * change), 0.0)
    return ties


_NEIGHBOURS = (
    (np.s_[:, :-1], np.s_[:, 1:]),
    (np.s_[:-1, :], np.s_[1:, :]),
)
"""Cells and their neighbours in the next column, and in the next row."""


def _coarser_ties(ties: Doubles, first: tuple[int, int]) -> Doubles:
    """Return the ties of cells of twice the side: the means of those across their borders.

    Ties within a cell play no part. Were they to weaken its ties, a cell that the radar's edge
    divides would be looser than its halves are, and the solution would grow without bounds.

    Args:
        ties: (2, h, w) ties of the cells.
        first: Row and column of the first cell on the world grid of cells.
    """
    top, left = first[0] % 2, first[1] % 2
    bottom, right = (top + ties.shape[1]) % 2, (left + ties.shape[2]) % 2
    columns, rows = np.pad(ties, ((0, 0), (top, bottom), (left, right)))
    across, below = columns[:, 1::2], rows[1::2]
    return 0.5 * np.stack([across[0::2] + across[1::2], below[:, 0::2] + below[:, 1::2]])


def _four(ties: Doubles) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Return the ties (h, w) of cells to those at the right, at the left, below and above."""
    right, below = ties
    left, above = np.zeros_like(right), np.zeros_like(below)
    left[:, 1:] = right[:, :-1]
    above[1:] = below[:-1]
    return right, left, below, above
