"""From the numbers in a file to backscatter: nodata, linear power, dB."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SENTINELS = (-9999.0, -32768.0, -32767.0, -999.0)
"""What tools write for nodata without declaring it. No backscatter has these values."""

PACKED_FILLS = (-32768.0, -32767.0)
"""Fills that are looked for before a declared scale is applied: the ends of what 16 bits hold. The
others are numbers that packed dB really take."""

HUGE = 1e20
"""Size from which on a number is a fill (3.4e38 of ArcGIS, 1e20 of GRASS) or infinite."""

NO_SIGNAL = -50.0
"""dB that measurements are raised to. Far below the sensor's noise (about -30 dB) lies only what
noise removal left over: S1Tiling writes 1e-7 (-70 dB) there. It is a measurement, of a surface as
dark as can be, and so not nodata; but a depth of -70 dB is an artefact that no model has seen. The
darkest of 140 real images has -49 dB."""


def is_fill(raw: Floats) -> NDArray[np.bool_]:
    """Where values of any shape are NaN, infinite, huge or one of the usual fill values."""
    bad: NDArray[np.bool_] = ~(np.abs(raw) < HUGE)
    for sentinel in SENTINELS:
        bad |= raw == np.float32(sentinel)
    return bad


def mask_nodata(raw: Floats, unit: str) -> Floats:
    """Marks what is no measurement.

    A pixel counts only where VV and VH both do. Zero is no measurement in linear units, where a
    logarithm needs more than nothing; in dB, where it is a bright target, it is taken as nodata
    only where VV and VH are zero together, as fills are and targets are not.

    Args:
        raw: (2, H, W) values of VV and VH as they stand in the file, NaN where it declares
            nodata; changed in place.
        unit: `db`, `power` or `amplitude`.

    Returns:
        `raw` itself, with NaN in both bands wherever either holds no measurement.
    """
    missing = is_fill(raw).any(axis=0)
    missing |= (raw == 0).all(axis=0) if unit == "db" else (raw <= 0).any(axis=0)
    raw[:, missing] = np.nan
    return raw


def to_power(masked: Floats, unit: str) -> Floats:
    """Linear power of values in `unit`, same shape; NaN stays NaN."""
    if unit == "db":
        power: Floats = np.power(np.float32(10.0), masked / np.float32(10.0))
        return power
    return masked * masked if unit == "amplitude" else masked


def to_db(masked: Floats, unit: str, least: float = NO_SIGNAL) -> Floats:
    """Values in `unit` as dB, same shape; NaN stays NaN, and dB from `least` on what it was.

    10·log10 of power, 20·log10 of amplitude, and never less than `least`. dB are changed in place.
    """
    if unit == "db":
        return np.maximum(masked, np.float32(least), out=masked)
    decibels: Floats = np.log10(masked)
    decibels *= np.float32(20.0 if unit == "amplitude" else 10.0)
    return np.maximum(decibels, np.float32(least), out=decibels)


def from_db(decibels: float, unit: str) -> float:
    """One value of dB in `unit`."""
    if unit == "db":
        return decibels
    return float(10.0 ** (decibels / (20.0 if unit == "amplitude" else 10.0)))
