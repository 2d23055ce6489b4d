"""Resampling linear power: exact places, no invention of data where there is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gac_core.scene.values import Floats

Doubles = NDArray[np.float64]

HALF = 0.5
"""Share of measurements among what a pixel is made from, below which it is nodata."""


def average(power: Floats, factors: tuple[int, int]) -> Floats:
    """Means over rectangles of pixels.

    Args:
        power: (2, H, W), NaN for nodata in both bands; H and W need not be multiples.
        factors: Rows and columns of a rectangle.

    Returns:
        (2, ceil(H / rows), ceil(W / columns)), NaN where less than half of a rectangle is measured.
    """
    if factors == (1, 1):
        return power
    down, across = factors
    bands, height, width = power.shape
    pad = ((0, 0), (0, -height % down), (0, -width % across))
    padded = np.pad(power, pad, constant_values=np.nan)
    rows, cols = padded.shape[1] // down, padded.shape[2] // across
    squares = padded.reshape(bands, rows, down, cols, across)
    count = np.isfinite(squares).sum(axis=(2, 4))
    summed = np.nansum(squares, axis=(2, 4))
    means = np.full(summed.shape, np.nan, np.float32)
    np.divide(summed, count, out=means, where=count >= HALF * down * across)
    return means


def bilinear(power: Floats, rows: Doubles, cols: Doubles) -> Floats:
    """Bilinear interpolation between measurements.

    Args:
        power: (2, H, W), NaN for nodata in both bands.
        rows: Any shape: where to interpolate; 0 is the centre of the first row.
        cols: The same for columns.

    Returns:
        (2, *shape): mean of the measured ones among the four neighbours, by their weights; NaN
        where these make less than half of the weight, and beyond the outer edge.
    """
    height, width = power.shape[1:]
    measured = np.isfinite(power[0])
    filled = np.where(measured, power, np.float32(0.0))
    row, col = np.floor(rows).astype(np.int64), np.floor(cols).astype(np.int64)
    down, right = rows - row, cols - col
    total = np.zeros((2, *rows.shape))
    weights = np.zeros(rows.shape)
    for r, row_weight in ((row, 1.0 - down), (row + 1, down)):
        for c, col_weight in ((col, 1.0 - right), (col + 1, right)):
            inside = (r >= 0) & (r < height) & (c >= 0) & (c < width)
            at = np.clip(r, 0, height - 1), np.clip(c, 0, width - 1)
            weight = row_weight * col_weight * (inside & measured[at])
            total += weight * filled[(..., *at)]
            weights += weight
    out = np.full(total.shape, np.nan, np.float32)
    # A hair below a half, so that rounding does not decide over a pixel right on an edge.
    np.divide(total, weights, out=out, where=weights > HALF - 1e-6, casting="same_kind")
    return out
