"""Radiometry: nodata, linear power, dB, and resampling of power."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FILL_VALUES = (-9999.0, -32768.0, -32767.0, -999.0)
"""Undeclared nodata values of common tools. No backscatter has these values."""
PACKED_FILLS = (-32768.0, -32767.0)
"""Fills that are masked before a declared scale is applied: the limits of 16 bits. The others are
numbers that occur in packed dB."""
HUGE = 1e20
"""Magnitude from which a number is a fill (3.4e38 of ArcGIS, 1e20 of GRASS) or infinite."""
NO_SIGNAL = -50.0
"""dB to which lower measurements are raised. Far below the sensor's noise (about -30 dB) lie only
remains of noise removal: S1Tiling writes 1e-7 (-70 dB) there. They are measurements, of a surface
as dark as can be, and so not nodata; but a depth of -70 dB is an artefact that no model was trained
on. The darkest of 140 real images has -49 dB."""

Doubles = NDArray[np.float64]
MIN_MEASURED_SHARE = 0.5
"""Share of measurements among a pixel's sources below which it is nodata."""


def is_fill(raw: Floats) -> NDArray[np.bool_]:
    """Return where values of any shape are NaN, infinite, huge or one of the usual fill values."""
    mask: NDArray[np.bool_] = ~(np.abs(raw) < HUGE)
    for sentinel in FILL_VALUES:
        mask |= raw == np.float32(sentinel)
    return mask


def mask_nodata(raw: Floats, unit: str) -> Floats:
    """Mask values that are not measurements.

    A pixel counts only if both VV and VH do. Zero is nodata in linear units, where it has no
    logarithm; in dB, where it is a bright target, it is nodata only where VV and VH are zero
    together, as fills are and targets are not.

    Args:
        raw: (2, H, W) values of VV and VH as they are in the file, NaN where it declares nodata;
            changed in place.
        unit: `db`, `power` or `amplitude`.

    Returns:
        `raw` itself, with NaN in both bands wherever either is not a measurement.
    """
    missing = is_fill(raw).any(axis=0)
    missing |= (raw == 0).all(axis=0) if unit == "db" else (raw <= 0).any(axis=0)
    raw[:, missing] = np.nan
    return raw


def to_power(masked: Floats, unit: str) -> Floats:
    """Convert values in `unit` to linear power, same shape; NaN stays NaN."""
    if unit == "db":
        power: Floats = np.power(np.float32(10.0), masked / np.float32(10.0))
        return power
    return masked * masked if unit == "amplitude" else masked


def to_db(masked: Floats, unit: str, least: float = NO_SIGNAL) -> Floats:
    """Convert values in `unit` to dB, same shape; NaN stays NaN.

    10·log10 of power, 20·log10 of amplitude, and never less than `least`. dB are changed in place.
    """
    if unit == "db":
        return np.maximum(masked, np.float32(least), out=masked)
    decibels: Floats = np.log10(masked)
    decibels *= np.float32(20.0 if unit == "amplitude" else 10.0)
    return np.maximum(decibels, np.float32(least), out=decibels)


def from_db(decibels: float, unit: str) -> float:
    """Convert one value from dB to `unit`."""
    if unit == "db":
        return decibels
    return float(10.0 ** (decibels / (20.0 if unit == "amplitude" else 10.0)))


def average(power: Floats, factors: tuple[int, int]) -> Floats:
    """Return means over rectangles of pixels.

    Args:
        power: (N, H, W), NaN for nodata in all bands; H and W need not be multiples.
        factors: Rows and columns per rectangle.

    Returns:
        (N, ceil(H / rows), ceil(W / columns)), NaN if less than half of a rectangle is measured.
    """
    if factors == (1, 1):
        return power
    down, across = factors
    bands, height, width = power.shape
    pad = ((0, 0), (0, -height % down), (0, -width % across))
    padded = np.pad(power, pad, constant_values=np.nan)
    rows, cols = padded.shape[1] // down, padded.shape[2] // across
    rectangles = padded.reshape(bands, rows, down, cols, across)
    count = np.isfinite(rectangles).sum(axis=(2, 4))
    summed = np.nansum(rectangles, axis=(2, 4))
    means = np.full(summed.shape, np.nan, np.float32)
    np.divide(summed, count, out=means, where=count >= MIN_MEASURED_SHARE * down * across)
    return means


def bilinear(
    power: Floats,
    rows: Doubles,
    cols: Doubles,
    # Slightly below a half, so that rounding does not decide for a pixel exactly on an edge.
    least: float = MIN_MEASURED_SHARE - 1e-6,
) -> Floats:
    """Interpolate bilinearly between measurements.

    Args:
        power: (N, H, W), NaN for nodata in all bands.
        rows: Positions, in any shape; 0 is the centre of the first row.
        cols: The same for columns.
        least: Weight of measurements that must be exceeded.

    Returns:
        (N, *shape): weighted mean of the measurements among the four neighbours; NaN where these
        have no more than the least weight, and beyond the outer edge.
    """
    height, width = power.shape[1:]
    measured = np.isfinite(power[0])
    filled = np.where(measured, power, np.float32(0.0))
    row, col = np.floor(rows).astype(np.int64), np.floor(cols).astype(np.int64)
    down, right = rows - row, cols - col
    total = np.zeros((power.shape[0], *rows.shape))
    weights = np.zeros(rows.shape)
    for r, row_weight in ((row, 1.0 - down), (row + 1, down)):
        for c, col_weight in ((col, 1.0 - right), (col + 1, right)):
            inside = (r >= 0) & (r < height) & (c >= 0) & (c < width)
            at = np.clip(r, 0, height - 1), np.clip(c, 0, width - 1)
            weight = row_weight * col_weight * (inside & measured[at])
            total += weight * filled[(..., *at)]
            weights += weight
    out = np.full(total.shape, np.nan, np.float32)
    np.divide(total, weights, out=out, where=weights > least, casting="same_kind")
    return out
