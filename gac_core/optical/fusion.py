"""Fusion of generated pixels with observed ones around them: regression kriging on the world grid.

Two uses of a reference, an optical image beside the radar (`gac_core.optical`):

- *Keep*: where it is clear, the result is the reference. Elsewhere the generated image is moved to
  agree with what is observed near it, in two steps (Hengl et al. 2007, "About regression-kriging").
  The difference of observed and generated pixels is regressed on generated bands and radar, with
  weights that fall with the distance, and with a ridge that draws the coefficients to 0: far from
  observed pixels the generated image stays as it is. What the regression leaves unexplained is
  interpolated as a membrane that is fixed where pixels are observed: kriging with a variogram that
  rises slowly (Lindgren et al. 2011, "An explicit link between Gaussian fields and Gaussian Markov
  random fields"), from coarse cells to fine ones (Bornemann and Deuflhard 1996, "The cascadic
  multigrid method"). Beside observed pixels their fine detail goes on.
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

from gac_core.band_statistics import S1_STATISTICS, S2_BANDS
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.grid import TOKEN, Window

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

REACH, GUIDE_REACH = 224, 304
"""Distance in pixels beyond which nothing influences a pixel, where pixels are kept and where they
only guide; multiples of `TOKEN`.

A regression reaches 120 px (`_TENT` cells beyond the next cell, whose edge is up to 8 px farther),
the radar's means 9, the membrane 86. A guide has one regression of 72 px more.
"""

BLEND = 4
"""Distance in pixels from observed ones up to which generated pixels count as blended."""

NODATA, OBSERVED, GENERATED, BLENDED = 0, 1, 2, 3
"""Kinds of pixels of a result that keeps observed ones."""

_CELL = TOKEN
"""Side of the cells over which the regression's sums are taken."""
_TENT, _GUIDE_TENT = 6, 3
"""Cells to each side that a regression sees, with weights that fall linearly to 0; wider ones are
no better on stop pairs, narrower ones worse under large clouds."""
_RIDGE = 20.0
"""Weight of the ridge, in pixels, on standardised features."""
_CONSTANT_RIDGE = 2.0
"""The same for the constant, which needs fewer pixels to be sure of."""
_GUIDE_RIDGE = 2000.0
"""The ridge towards a guide as it is: the best of 20, 60, 200 … on series of training places."""
_LOOKS = (1.0, 3.0)
"""Sigmas in pixels of the radar's local means."""
_MEMBRANE = ((8, 4), (4, 4), (2, 6), (1, 8))
"""Sides in pixels of the membrane's cells, and the number of Jacobi's steps at each."""
_NEAR = 96
"""Pixels around an area that the interpolation sees: the membrane's 86, in whole cells."""
_STIFFNESS = 0.03
"""Pull of the membrane to 0, as the inverse of a distance in pixels: an error of the level holds
over some 300 m."""
_NOISE = 0.02
"""Variance of an observed residual, relative to that of the difference of two neighbours."""
_DETAIL = 0.9
"""Sigma in pixels of the Gaussian that carries detail on beside observed pixels: with 0.8 px steps
across the border are 6 % smaller than elsewhere, with 1.0 px 6 % larger."""
_ENOUGH = 0.1
"""Share of observed pixels under that Gaussian from which on it is trusted fully."""
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
    bands: Sequence[str],
    *,
    keep: bool = True,
    needed: Window | None = None,
) -> Floats:
    """Return a generated image, moved to agree with a reference where that is clear, and around it.

    Args:
        generated: (C, H, W) DN of a window; NaN where there is no data.
        reference: (12, H, W) DN; NaN where it is not clear, in every band, and throughout in bands
            that it lacks. Those keep their generated values.
        radar: (2, H, W) dB, NaN without data.
        modality: `S1GRD` or `S1RTC`.
        window: The window on the world grid.
        bands: Names of the generated bands, the output bands among them; the reference has those.
        keep: Keep the reference where it is clear; False: it is of another date and only guides.
        needed: Part of the window to return: what lies at least `reach_of` pixels inside those of
            its edges beyond which there is more. None: the whole window.

    Returns:
        (C, h, w) DN of the needed part, NaN where the generated image has none.
    """
    needed = needed or window
    reference = reference[[S2_BANDS.index(band) for band in bands]]
    features_of = [list(bands).index(band) for band in OUTPUT_BANDS]
    inner = needed.slices(window)
    result = generated[(..., *inner)].copy()
    measured: Mask = np.all(np.isfinite(radar), axis=0)
    has_data = np.isfinite(generated[0]) & measured
    held = [i for i in range(len(reference)) if np.isfinite(reference[i]).any()]
    clear = has_data & np.isfinite(reference[held]).all(axis=0) if held else np.zeros_like(has_data)
    if not clear.any():
        return result
    values = reference[(held, *inner)]
    cloudy = (has_data & ~clear)[inner]
    if cloudy.any() or not keep:
        looks = _looks(radar, modality, measured)
        roots = _roots(np.where(has_data, generated, 0))
        goal = np.where(clear, _roots(np.where(clear, reference[held], 0)), 0.0)
    if not keep:
        own = np.where(clear, _roots(np.where(clear, reference[features_of], 0)), 0.0)
        change = np.where(clear, roots[held] - goal, 0.0)
        regression = _Regression(window, _features(own, looks, clear), clear)
        shift = regression.predict(change, window, _GUIDE_TENT, _GUIDE_RIDGE)
        goal += np.where(clear, shift, 0.0)
        values = np.maximum(goal[(..., *inner)], 0.0) ** 2
    if cloudy.any():
        gap = np.where(clear, goal - roots[held], 0.0)
        regression = _Regression(window, _features(roots[features_of], looks, has_data), clear)
        near = needed.grown(_NEAR).intersection(window)
        part = near.slices(window)
        fit = regression.predict(gap, near, _TENT, _RIDGE)
        rest = np.where(clear[part], gap[(..., *part)] - fit, 0.0)
        shift = fit + _interpolated(rest, clear[part], has_data[part], near)
        shift = shift[(..., *needed.slices(near))]
        moved = np.maximum(roots[(held, *inner)] + shift, 0.0) ** 2
        # Out of reach the shift is 0, and the square of the root would round the value.
        result[held] = np.where(cloudy & (shift != 0), moved, result[held])
    result[held] = np.where(clear[inner], values, result[held])
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


class _Regression:
    """Ridge regressions on features in cells of the world grid.

    Args:
        window: The window on the world grid.
        features: (F, H, W), the first of them constant.
        clear: (H, W) pixels to fit to.
    """

    def __init__(self, window: Window, features: Doubles, clear: Mask) -> None:
        self._window = window
        self._features = features
        self._weighted = features * clear
        self._grid = _CellGrid(window, _CELL)

    def predict(self, gap: Doubles, part: Window, tent: int, ridge: float) -> Doubles:
        """Return the prediction (C, h, w) over a part of the window.

        Args:
            gap: (C, H, W) values to fit, 0 where it is not clear.
            part: The part.
            tent: Cells to each side whose pixels a fit sees.
            ridge: Weight of the ridge.
        """
        count = len(self._features)
        squares = np.empty((count, count, *self._grid.shape))
        products = np.empty((count, len(gap), *self._grid.shape))
        for i, weighted in enumerate(self._weighted):
            for j in range(i + 1):
                sums = self._grid.sums(weighted * self._features[j])
                squares[i, j] = squares[j, i] = _tent(sums, tent)
            for band, values in enumerate(gap):
                products[i, band] = _tent(self._grid.sums(weighted * values), tent)
        matrices = np.moveaxis(squares, (0, 1), (-2, -1))
        matrices = matrices + np.diag([_CONSTANT_RIDGE] + [ridge] * (count - 1))
        coefficients = np.linalg.solve(matrices, np.moveaxis(products, (0, 1), (-2, -1)))
        result = np.zeros((len(gap), *part.shape))
        slices = part.slices(self._window)
        for i, feature in enumerate(self._features):
            for band in range(len(gap)):
                spread = self._grid.spread(coefficients[..., i, band], slices)
                result[band] += feature[slices] * spread
        return result


def _interpolated(rest: Doubles, clear: Mask, has_data: Mask, window: Window) -> Doubles:
    """Return residuals (C, H, W), 0 where not clear, interpolated between the clear pixels."""
    result = _membrane(rest, clear, has_data, window)
    weight = clear.astype(np.float64)
    share = _smooth(weight, _DETAIL)
    trust = np.minimum(share / _ENOUGH, 1.0)
    scale = np.where(trust > 0, trust / np.maximum(share, 1e-9), 0.0)
    for band, values in enumerate(rest):
        result[band] = scale * _smooth(values, _DETAIL) + (1.0 - trust) * result[band]
    return result


def _membrane(rest: Doubles, clear: Mask, has_data: Mask, window: Window) -> Doubles:
    """Return the membrane (C, H, W) through residuals; it is not held beyond the data.

    At each size of cells, Jacobi's steps minimise the squared differences of neighbours plus the
    squared misfits over `_NOISE`. In two dimensions differences count the same at every size.
    """
    result = np.zeros_like(rest)
    coarser: _CellGrid | None = None
    for side, steps in _MEMBRANE:
        grid = _CellGrid(window, side)
        inside = (grid.sums(has_data.astype(np.float64)) > 0).astype(np.float64)
        weight = grid.sums(clear.astype(np.float64)) / _NOISE
        stiffness = weight + _neighbours(inside) + (_STIFFNESS * side) ** 2
        levels = []
        for start, values in zip(result, rest, strict=True):
            pull = grid.sums(values) / _NOISE
            if coarser is None:
                level = np.where(weight > 0, pull / np.maximum(weight, 1.0), 0.0)
            else:
                level = grid.finer(start, coarser) * inside
            for _ in range(steps):
                level = (pull + _neighbours(level)) / stiffness * inside
            levels.append(level)
        result, coarser = np.stack(levels), grid
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
            _nodes((np.arange(start, start + size) + 0.5) / side - 0.5, cells)
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

    def spread(self, cells: npt.NDArray[np.floating], part: tuple[slice, slice]) -> Doubles:
        """Return values (h, w) of a part of the pixels, linear between the centres of cells."""
        rows, cols = (
            (before[piece], behind[piece], share[piece])
            for (before, behind, share), piece in zip(self._nodes, part, strict=True)
        )
        return _linear(cells, rows, cols)

    def finer(self, cells: Doubles, coarser: _CellGrid) -> Doubles:
        """Return this grid's values, linear between the centres of a coarser grid's cells."""
        ratio = coarser._side // self._side
        rows, cols = (
            _nodes((first + np.arange(size) + 0.5) / ratio - 0.5 - start, count)
            for first, size, start, count in zip(
                self._first, self.shape, coarser._first, coarser.shape, strict=True
            )
        )
        return _linear(cells, rows, cols)


_Nodes = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Doubles]
"""Cells before and behind places on an axis, and the part of the latter."""


def _nodes(places: Doubles, cells: int) -> _Nodes:
    """Return the nodes of places on an axis, in units of cells from the first one's centre."""
    low = np.floor(places)
    first = low.astype(np.intp)
    before, behind = np.clip(first, 0, cells - 1), np.clip(first + 1, 0, cells - 1)
    return before, behind, places - low


def _linear(cells: npt.NDArray[np.floating], rows: _Nodes, cols: _Nodes) -> Doubles:
    """Return values linear between the centres of cells (rows, columns)."""
    (low, high, part), (left, right, across) = rows, cols
    between = cells[low] * (1.0 - part)[:, None] + cells[high] * part[:, None]
    result: Doubles = between[:, left] * (1.0 - across) + between[:, right] * across
    return result


def _tent(cells: Doubles, reach: int) -> Doubles:
    """Return weighted sums of cells (rows, columns) up to `reach` cells around each one."""
    weights = 1.0 - np.abs(np.arange(-reach, reach + 1)) / (reach + 1.0)
    for axis in (0, 1):
        cells = correlate1d(cells, weights, axis=axis, mode="constant")
    return cells


def _neighbours(cells: Doubles) -> Doubles:
    """Return the sum of each cell's four neighbours, which are 0 outside."""
    padded = np.pad(cells, 1)
    total: Doubles = padded[:-2, 1:-1] + padded[2:, 1:-1]
    return total + padded[1:-1, :-2] + padded[1:-1, 2:]


def _smooth(values: Doubles, sigma: float) -> Doubles:
    """Return the Gaussian means of values (H, W), which are 0 outside."""
    radius = int(np.ceil(_CUT * sigma))
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        values = correlate1d(values, weights, axis=axis, mode="constant")
    return values
