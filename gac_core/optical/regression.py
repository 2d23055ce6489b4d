"""Local ridge regressions: one in each cell of the world grid, linear between their centres."""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.ndimage import correlate1d

from gac_core.grid import TOKEN, Window
from gac_core.optical.cells import CellGrid
from gac_core.scene.radiometry import Doubles

_CELL = TOKEN
"""Side of the cells in pixels."""
_CONSTANT_RIDGE = 2.0
"""Weight of the ridge, in pixels, on the constant, which needs fewer pixels to be sure of than
other features do."""


def regress(
    features: Doubles, values: Doubles, window: Window, part: Window, tent: int, ridge: float
) -> Doubles:
    """Return the prediction (C, h, w) of values by features over a part of a window.

    A pixel depends on those up to `tent` cells beyond the cell next to its own, with weights that
    fall linearly with the distance; coefficients are drawn to 0.

    Args:
        features: (F, H, W), the first of them constant; 0 at pixels without them.
        values: (C, H, W) values to fit; NaN, in all bands, at pixels that are not to be fitted to.
        window: The window on the world grid.
        part: The part.
        tent: Cells to each side that a fit sees.
        ridge: Weight of the ridge, in pixels.
    """
    coefficients = _fitted(features, values, CellGrid(window, _CELL), tent, ridge)
    # Between the centres of cells lie the cells of a grid that is half a cell further.
    half = _CELL // 2
    between = CellGrid(Window(part.row + half, part.col + half, *part.shape), _CELL)
    row, col = (
        a - b // _CELL for a, b in zip(between.first, (window.row, window.col), strict=True)
    )
    limits = [size - 1 for size in coefficients.shape[:2]]
    cols = np.arange(between.shape[1]) + col
    shares = (np.arange(_CELL) + 0.5) / _CELL
    result = np.empty((len(values), *part.shape))
    for number, (rows, cells) in enumerate(between.rows(features[(..., *part.slices(window))])):
        flat = cells.reshape(*cells.shape[:2], -1)
        total = np.zeros((len(flat), len(values), _CELL, _CELL))
        for below, right in product((0, 1), (0, 1)):
            at = (
                np.clip(row + number - 1 + below, 0, limits[0]),
                np.clip(cols - 1 + right, 0, limits[1]),
            )
            down, across = (shares if side else 1.0 - shares for side in (below, right))
            total += (coefficients[at] @ flat).reshape(total.shape) * np.outer(down, across)
        result[:, rows] = between.in_window(total, rows)
    return result


def _fitted(features: Doubles, values: Doubles, grid: CellGrid, tent: int, ridge: float) -> Doubles:
    """Return the coefficients (rows, columns, C, F) of each cell."""
    count = len(features)
    products = np.empty((*grid.shape, count, count + len(values)))
    rows = zip(products, grid.rows(features), grid.rows(values), strict=True)
    for row, (_, feature_cells), (_, value_cells) in rows:
        clear = np.isfinite(value_cells[:, :1])
        both = np.concatenate([feature_cells * clear, np.where(clear, value_cells, 0.0)], axis=1)
        flat = both.reshape(*both.shape[:2], -1)
        row[:] = flat[:, :count] @ flat.transpose(0, 2, 1)
    weights = 1.0 - np.abs(np.arange(-tent, tent + 1)) / (tent + 1.0)
    for axis in (0, 1):
        products = correlate1d(products, weights, axis=axis, mode="constant")
    squares = products[..., :count] + np.diag([_CONSTANT_RIDGE] + [ridge] * (count - 1))
    solution: Doubles = np.linalg.solve(squares, products[..., count:]).astype(
        np.float64, copy=False
    )
    return solution.swapaxes(-1, -2)
