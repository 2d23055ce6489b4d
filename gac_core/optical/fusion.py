"""Fusion of generated pixels with observed ones around them: regression kriging on the world grid.

Two uses of a reference, an optical image beside the radar (`gac_core.optical`):

- *Keep*: where it is clear, the result is the reference. Elsewhere the generated image is moved to
  agree with what is observed near it, in two steps (Hengl et al. 2007, "About regression-kriging").
  The difference of observed and generated pixels is regressed on generated bands and radar, with
  weights that fall with the distance, and with a ridge that draws the coefficients to 0: far from
  observed pixels the generated image stays as it is. What the regression leaves unexplained is
  interpolated by normalised convolution (Knutsson and Westin 1993), the finer the nearer.
- *Guide*: the reference is of another date. Where it is clear, the result is the reference plus a
  regression of the difference to the generated image on the reference's bands and the radar: the
  old image's detail at the new date's level. Elsewhere it is moved to agree with that, as above.

All is done on the square root of DN, whose noise hardly depends on the brightness. A pixel depends
on pixels at most `reach_of` away, by sums in an order of its own: it has the same value to the last
bit whichever window it is computed in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.ndimage import correlate1d, distance_transform_edt

from gac_core.band_statistics import S1_STATISTICS
from gac_core.grid import TOKEN, Window

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

REACH, GUIDE_REACH = 144, 224
"""Distance in pixels beyond which nothing influences a pixel, where pixels are kept and where they
only guide; multiples of `TOKEN`.

A regression reaches 72 px (3 cells beyond the next cell, whose edge is up to 8 px farther), the
radar's means 9, the interpolation of residuals 56. A guide has one regression more.
"""

BLEND = 4
"""Distance in pixels from observed ones up to which generated pixels count as blended."""

NODATA, OBSERVED, GENERATED, BLENDED = 0, 1, 2, 3
"""Kinds of pixels of a result that keeps observed ones."""

_CELL = TOKEN
"""Side of the cells over which the regression's sums are taken."""
_TENT = 3
"""Cells to each side that a regression sees, with weights that fall linearly to 0."""
_RIDGE = 20.0
"""Weight of the ridge, in pixels, on standardised features."""
_CONSTANT_RIDGE = 2.0
"""The same for the constant, which needs fewer pixels to be sure of."""
_GUIDE_RIDGE = 2000.0
"""The ridge towards a guide as it is: the best of 20, 60, 200 … on series of training places."""
_LOOKS = (1.0, 3.0)
"""Sigmas in pixels of the radar's local means."""
_FINE = (1.0, 1.5, 3.0)
"""Sigmas in pixels of the finest interpolations of residuals, at full resolution."""
_COARSE = 4
"""Side in pixels of the cells of the coarser interpolations."""
_COARSER = (1.5, 4.0)
"""Their sigmas in cells: 60 and 160 m."""
_ENOUGH = 0.1
"""Share of observed pixels under a kernel from which on it is trusted fully."""
_CUT = 3.0
"""Cut-off of the Gaussians, in standard deviations."""
_ROOT_MEAN, _ROOT_STD = 40.0, 15.0
"""Mean and spread of the square root of land's DN, to standardise the features."""


def reach_of(*, keep: bool) -> int:
    """Return the distance in pixels beyond which nothing influences a pixel."""
    return REACH if keep else GUIDE_REACH


def fuse(
    generated: Floats,
    reference: Floats,
    radar: Floats,
    modality: str,
    window: Window,
    bands: Sequence[int],
    *,
    keep: bool = True,
) -> Floats:
    """Return a generated image, moved to agree with a reference where that is clear, and around it.

    Args:
        generated: (C, H, W) DN of a window with `reach_of` pixels beyond what is needed; NaN
            where there is no data.
        reference: (C, H, W) DN; NaN where it is not clear, in every band, and throughout in bands
            that it lacks. Those keep their generated values.
        radar: (2, H, W) dB, NaN without data.
        modality: `S1GRD` or `S1RTC`.
        window: The window on the world grid.
        bands: Indices of the bands that serve as features; the reference has them.
        keep: Keep the reference where it is clear; False: it is of another date and only guides.

    Returns:
        (C, H, W) DN, NaN where the generated image has none. Valid from `reach_of` pixels inside
        the window's edges on.
    """
    measured: Mask = np.all(np.isfinite(radar), axis=0)
    has_data = np.isfinite(generated[0]) & measured
    held = [i for i in range(len(reference)) if np.isfinite(reference[i]).any()]
    clear = has_data & np.isfinite(reference[held]).all(axis=0) if held else np.zeros_like(has_data)
    if not clear.any():
        return generated
    result = generated.copy()
    looks = _looks(radar, modality, measured)
    roots = _roots(np.where(has_data, generated, 0))
    goal = np.where(clear, _roots(np.where(clear, reference[held], 0)), 0.0)
    if not keep:
        own = np.where(clear, _roots(np.where(clear, reference[list(bands)], 0)), 0.0)
        change = np.where(clear, roots[held] - goal, 0.0)
        features = _features(own, looks, clear)
        goal += np.where(clear, _regressed(change, features, clear, window, _GUIDE_RIDGE), 0.0)
    cloudy = has_data & ~clear
    if cloudy.any():
        gap = np.where(clear, goal - roots[held], 0.0)
        features = _features(roots[list(bands)], looks, has_data)
        fit = _regressed(gap, features, clear, window, _RIDGE)
        rest = _interpolated(np.where(clear, gap - fit, 0.0), clear, window)
        shift = fit + rest
        moved = np.maximum(roots[held] + shift, 0.0) ** 2
        # Out of reach the shift is 0, and the square of the root would round the value.
        result[held] = np.where(cloudy & (shift != 0), moved, result[held])
    values = reference[held] if keep else np.maximum(goal, 0.0) ** 2
    result[held] = np.where(clear, values, result[held])
    return result


def kinds_of(observed: Mask, has_data: Mask) -> npt.NDArray[np.uint8]:
    """Return the kind of each pixel (H, W) of a result that keeps observed ones.

    Args:
        observed: Pixels where the reference is clear.
        has_data: Pixels of the result that are not nodata.
    """
    kinds = np.where(has_data, np.uint8(GENERATED), np.uint8(NODATA))
    kept = observed & has_data
    if kept.any():
        near = distance_transform_edt(~kept) <= BLEND
        kinds[has_data & near] = BLENDED
        kinds[kept] = OBSERVED
    return kinds


def _roots(dn: npt.NDArray[np.floating]) -> Doubles:
    roots: Doubles = np.sqrt(np.maximum(dn, 0)).astype(np.float64)
    return roots


def _looks(radar: Floats, modality: str, measured: Mask) -> Doubles:
    """Return standardised local means of the radar (looks, H, W)."""
    mean, std = (np.array(v)[:, None, None] for v in S1_STATISTICS[modality])
    standard = np.where(measured, (np.nan_to_num(radar) - mean) / std, 0.0)
    weight = measured.astype(np.float64)
    looks = []
    for sigma in _LOOKS:
        share = np.maximum(_smooth(weight, sigma), 1e-6)
        looks += [_smooth(band, sigma) / share for band in standard]
    return np.stack(looks)


def _features(roots: Doubles, looks: Doubles, valid: Mask) -> Doubles:
    """Return the standardised features (1 + bands + looks, H, W) of a regression; 0 if invalid."""
    optical = (roots - _ROOT_MEAN) / _ROOT_STD
    return np.where(valid, np.stack([np.ones(valid.shape), *optical, *looks]), 0.0)


def _regressed(
    gap: Doubles, features: Doubles, clear: Mask, window: Window, ridge: float
) -> Doubles:
    """Return the prediction (C, H, W) of a gap, known where it is clear, from features."""
    count = len(features)
    grid = _CellGrid(window, _CELL)
    weighted = features * clear
    squares = np.empty((count, count, *grid.shape))
    for i in range(count):
        for j in range(i + 1):
            squares[i, j] = squares[j, i] = _tent(grid.sums(weighted[i] * features[j]))
    products = np.stack(
        [np.stack([_tent(grid.sums(weighted[i] * band)) for band in gap]) for i in range(count)]
    )
    matrices = np.moveaxis(squares, (0, 1), (-2, -1))
    matrices = matrices + np.diag([_CONSTANT_RIDGE] + [ridge] * (count - 1))
    coefficients = np.linalg.solve(matrices, np.moveaxis(products, (0, 1), (-2, -1)))
    result = np.zeros_like(gap)
    for i in range(count):
        for band in range(len(gap)):
            result[band] += features[i] * grid.spread(coefficients[..., i, band])
    return result


def _interpolated(rest: Doubles, clear: Mask, window: Window) -> Doubles:
    """Return residuals (C, H, W), 0 where not clear, interpolated between the clear pixels."""
    weight = clear.astype(np.float64)
    result, left = np.zeros_like(rest), np.ones_like(weight)
    for sigma in _FINE:
        share = _smooth(weight, sigma)
        trust = left * np.minimum(share / _ENOUGH, 1.0)
        scale = np.where(trust > 0, trust / np.maximum(share, 1e-9), 0.0)
        for band, values in enumerate(rest):
            result[band] += scale * _smooth(values, sigma)
        left -= trust
    grid = _CellGrid(window, _COARSE)
    sums, counts = [grid.sums(values) for values in rest], grid.sums(weight) / _COARSE**2
    for sigma in _COARSER:
        share = _smooth(counts, sigma)
        safe = np.maximum(share, 1e-9) * _COARSE**2
        trust = left * np.minimum(grid.spread(share) / _ENOUGH, 1.0)
        for band, values in enumerate(sums):
            result[band] += trust * grid.spread(_smooth(values, sigma) / safe)
        left -= trust
    return result


class _CellGrid:
    """Cells of the world grid that cover a window, and pixels between their centres."""

    def __init__(self, window: Window, side: int) -> None:
        self._side = side
        self._first = window.row // side, window.col // side
        last = (window.stop_row - 1) // side, (window.stop_col - 1) // side
        self.shape = last[0] - self._first[0] + 1, last[1] - self._first[1] + 1
        self._top = window.row - self._first[0] * side
        self._left = window.col - self._first[1] * side
        self._pixels = window.shape
        self._nodes = [
            _nodes(start, size, side, cells)
            for start, size, cells in zip(
                (self._top, self._left), window.shape, self.shape, strict=True
            )
        ]

    def sums(self, values: Doubles) -> Doubles:
        """Return the sums (rows, columns) of pixels (H, W) over each cell."""
        side = self._side
        padded = np.zeros((self.shape[0] * side, self.shape[1] * side))
        height, width = self._pixels
        padded[self._top : self._top + height, self._left : self._left + width] = values
        # One after the other: NumPy's own order of summation depends on the array's shape.
        rows = padded[0::side].copy()
        for offset in range(1, side):
            rows += padded[offset::side]
        total = rows[:, 0::side].copy()
        for offset in range(1, side):
            total += rows[:, offset::side]
        return total

    def spread(self, cells: npt.NDArray[np.floating]) -> Doubles:
        """Return values (H, W), linear between the centres of cells (rows, columns)."""
        (low, high, part), (left, right, across) = self._nodes
        rows = cells[low] * (1.0 - part)[:, None] + cells[high] * part[:, None]
        result: Doubles = rows[:, left] * (1.0 - across) + rows[:, right] * across
        return result


def _nodes(
    start: int, size: int, side: int, cells: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Doubles]:
    """Return, per pixel of an axis, the cells before and behind it and the part of the latter."""
    places = (np.arange(start, start + size) + 0.5) / side - 0.5
    low = np.floor(places)
    part = places - low
    first = np.clip(low.astype(np.intp), 0, cells - 1)
    return first, np.clip(low.astype(np.intp) + 1, 0, cells - 1), part


def _tent(cells: Doubles) -> Doubles:
    """Return weighted sums of cells (rows, columns) around each one."""
    for axis in (0, 1):
        weights = 1.0 - np.abs(np.arange(-_TENT, _TENT + 1)) / (_TENT + 1.0)
        cells = correlate1d(cells, weights, axis=axis, mode="constant")
    return cells


def _smooth(values: Doubles, sigma: float) -> Doubles:
    """Return the Gaussian means of values (H, W), which are 0 outside."""
    radius = int(np.ceil(_CUT * sigma))
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        values = correlate1d(values, weights, axis=axis, mode="constant")
    return values
