"""The membrane solves its equations, and stops at the radar's edges and where data end."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse.linalg import spsolve

from gac_core.grid import Window
from gac_core.optical.cells import CellGrid
from gac_core.optical.membrane import (
    _EDGES,
    _NOISE,
    _STIFFNESS,
    MEMBRANE_REACH,
    interpolated,
    membrane,
)

WINDOW = Window(-37, 21, 96, 104)


def exact(rest: np.ndarray, clear: np.ndarray, has_data: np.ndarray, means: np.ndarray):
    """The membrane by a direct solver."""
    index = np.arange(clear.size).reshape(clear.shape)
    ties = sparse.lil_matrix((clear.size, clear.size))
    for row, col in np.argwhere(has_data):
        for other in ((row, col + 1), (row + 1, col)):
            if other[0] < len(clear) and other[1] < clear.shape[1] and has_data[other]:
                change = ((means[:, row, col] - means[(slice(None), *other)]) ** 2).sum()
                tie = 1.0 / (1.0 + _EDGES * change)
                ties[index[row, col], index[other]] = ties[index[other], index[row, col]] = tie
    ties = ties.tocsr()
    hold = clear.ravel() / _NOISE + _STIFFNESS**2
    matrix = sparse.diags(hold + np.asarray(ties.sum(axis=1)).ravel()) - ties
    pulls = (rest * clear / _NOISE).reshape(len(rest), -1)
    solution = np.stack([spsolve(matrix.tocsc(), pull) for pull in pulls])
    return np.where(has_data, solution.reshape(rest.shape), 0.0)


@pytest.fixture
def scene():
    """Residuals around a cloud over two fields that the radar tells apart."""
    rng = np.random.default_rng(1)
    rows, cols = np.mgrid[: WINDOW.height, : WINDOW.width]
    clear = np.hypot(rows - 50, cols - 50) > 18
    has_data = np.ones(clear.shape, bool)
    has_data[:, 90:] = False
    clear &= has_data
    fields = np.where(cols < 50, -1.0, 1.0)
    rest = np.where(clear, np.stack([6.0 * fields, 3.0 * fields]), 0.0)
    rest += np.where(clear, 0.1 * rng.standard_normal(rest.shape), 0.0)
    # Local means of the radar, so the edge is some pixels wide.
    means = 0.5 * np.tanh((cols - 49.5) / 3.0)
    return rest, clear, has_data, means[None]


def test_it_solves_its_equations(scene):
    rest, clear, has_data, means = scene
    under = has_data & ~clear
    for each in (means, np.zeros_like(means)):
        truth = exact(rest, clear, has_data, each)
        error = membrane(rest, clear, has_data, each, WINDOW) - truth
        assert np.sqrt((error[:, under] ** 2).mean()) < 0.2 * np.sqrt((truth[:, under] ** 2).mean())
        assert np.sqrt((error[:, clear] ** 2).mean()) < 0.05


def test_a_field_keeps_its_residual_to_its_edge(scene):
    rest, clear, has_data, means = scene
    with_edge = membrane(rest, clear, has_data, means, WINDOW)[0]
    without = membrane(rest, clear, has_data, np.zeros_like(means), WINDOW)[0]
    for cols, sign in ((slice(42, 48), -1), (slice(52, 58), 1)):
        field = slice(40, 60), cols
        assert sign * with_edge[field].mean() > 1.5 * sign * without[field].mean() > 0


@pytest.mark.parametrize("side", [1, 3, 5, 8])
@pytest.mark.parametrize("share", [0.001, 0.01, 0.5])
def test_it_stays_within_bounds_however_the_radar_is(side, share):
    rng = np.random.default_rng(side)
    fields = rng.normal(0, 5, (1, *WINDOW.shape))[:, ::side, ::side]
    means = fields.repeat(side, 1).repeat(side, 2)[:, : WINDOW.height, : WINDOW.width]
    has_data = rng.random(WINDOW.shape) > 0.3
    clear = has_data & (rng.random(WINDOW.shape) < share)
    rest = np.where(clear, rng.choice([-1.0, 1.0], WINDOW.shape), 0.0)[None]
    # The equations' own solution has no value beyond those of the residuals.
    assert np.abs(membrane(rest, clear, has_data, means, WINDOW)).max() < 2.0


def test_it_spans_data_alone(scene):
    rest, clear, has_data, means = scene
    has_data[20:40, 30:60] = False
    clear &= has_data
    result = membrane(np.where(clear, rest, 0.0), clear, has_data, means, WINDOW)
    assert (result[:, ~has_data] == 0).all()
    assert (result[:, has_data] != 0).all()


def test_its_reach():
    window = Window(3, -5, 300, 300)
    clear = np.zeros(window.shape, bool)
    clear[150, 150] = True
    rest = np.where(clear, 9.0, 0.0)[None]
    result = membrane(rest, clear, np.ones_like(clear), np.zeros((1, *window.shape)), window)
    changed = np.abs(np.argwhere(result[0] != 0) - 150).max()
    assert 60 < changed <= MEMBRANE_REACH


def test_fine_detail_goes_on_beside_what_is_observed(scene):
    rest, clear, has_data, means = scene
    rest[0] += np.where(clear, 4.0 * (-1.0) ** np.arange(WINDOW.height)[:, None], 0.0)
    smooth = membrane(rest, clear, has_data, means, WINDOW)[0]
    result = interpolated(rest, clear, has_data, means, WINDOW)[0]
    beside = ~clear & has_data & np.roll(clear, 1, axis=1)
    assert np.abs(result - smooth)[beside].mean() > 0.2
    far = (slice(45, 55), slice(45, 55))
    assert np.array_equal(result[far], smooth[far])


@pytest.mark.parametrize("side", [1, 4, 16])
def test_cells_of_the_world_are_summed_and_divided(side):
    values = np.arange(WINDOW.height * WINDOW.width, dtype=float).reshape(1, *WINDOW.shape)
    grid = CellGrid(WINDOW, side)
    sums = grid.sums(values[0])
    assert sums.sum() == values.sum()
    result = np.empty_like(values)
    for row, (rows, cells) in enumerate(grid.rows(values)):
        assert np.array_equal(cells.sum(axis=(1, 2, 3)), sums[row])
        result[:, rows] = grid.in_window(cells, rows)
    assert np.array_equal(result, values)
    world = (WINDOW.row + 10) // side - grid.first[0], (WINDOW.col + 20) // side - grid.first[1]
    at = [
        (WINDOW.row + 10) // side * side - WINDOW.row,
        (WINDOW.col + 20) // side * side - WINDOW.col,
    ]
    assert (
        sums[world] == values[0, max(at[0], 0) : at[0] + side, max(at[1], 0) : at[1] + side].sum()
    )
