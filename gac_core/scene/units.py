"""Which unit a scene's values are in: what the user said, then names and tags, then the values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gac_core.errors import SceneError

DB_FLOOR = -60.0
"""dB below which the first percentile of real backscatter never lies (noise is near -30)."""

POWER_CEILING = 10.0
"""Linear power above which the 99th percentile of calibrated backscatter does not lie."""

DN_FLOOR = 20.0
"""Median above which values are uncalibrated digital numbers."""

TYPICAL = {"vv": (-11.0, 3.0), "step": (7.2, 1.8), "texture": (1.05, 0.3)}
"""Mean and spread over scenes of: the median of VV in dB; how many dB VH lies below it; the natural
logarithm of the spread (half of the 16 to 84 percentile range, dB) of VV - VH.

From 45 Sentinel-1 images of eight European countries and Punjab, all seasons: VV -14.6 to -6.7,
step 5.0 to 11.5, spread 1.4 (speckle-filtered) to 4.7.
"""

CLEAR = 4.0
"""How much better (in squared deviations) one linear unit must fit than the other. Of those
images in either unit, the right one wins by more than this or none does (3 of 45, as amplitude)."""

TINY = 1e-3
"""Spread in dB below which an image is constant."""

CHOOSE = "Set the unit yourself: dB, linear power or amplitude."
CALIBRATE = (
    "Calibrate it to sigma0 or gamma0 and terrain-correct it, for example with SNAP (Calibration, "
    "then Range-Doppler Terrain Correction) or with ASF HyP3's RTC, and use the result."
)


@dataclass(frozen=True)
class UnitDecision:
    """The unit and why: `unit` is one of `RADAR_UNITS`; `warnings` are for the user."""

    unit: str
    reason: str
    warnings: tuple[str, ...] = ()


def decide_unit(
    asked: str,
    named: tuple[str, str] | None,
    values: NDArray[np.float32],
    dtype: str,
    name: str,
) -> UnitDecision:
    """Decides the unit, or refuses with a remedy.

    Args:
        asked: What the user said: `auto` or one of `RADAR_UNITS`.
        named: (unit, reason) from names and tags, None where they tell nothing.
        values: (2, N) sample of VV and VH as they stand in the file, nodata left out.
        dtype: The file's type of number.
        name: What to call the scene in messages.

    Raises:
        SceneError: If the values cannot be calibrated backscatter, contradict what was said of
            them, or leave the choice open.
    """
    _refuse_counts(asked, named, values, dtype, name)
    negative = float(np.median(values)) < 0
    if asked != "auto":
        if asked != "db" and negative:
            raise SceneError(
                f"{name} cannot be linear {asked}: its values are mostly negative.",
                "Choose dB as its unit.",
            )
        positive = asked == "db" and float(values.min()) >= 0
        odd = ("The values are all positive, which is unusual in dB.",) if positive else ()
        return UnitDecision(asked, "as chosen", odd)
    found = _from_values(values)
    if named is None:
        if found is None:
            raise SceneError(
                f"{name}: the values do not tell whether they are dB, power or amplitude "
                f"({_summary(values)}).",
                CHOOSE,
            )
        return UnitDecision(found, f"the values look like it ({_summary(values)})")
    unit, reason = named
    if (unit == "db") != negative and found != unit:
        raise SceneError(
            f"{name}: {reason}, but the values are not in that unit ({_summary(values)}).", CHOOSE
        )
    return UnitDecision(unit, reason)


def _refuse_counts(
    asked: str,
    named: tuple[str, str] | None,
    values: NDArray[np.float32],
    dtype: str,
    name: str,
) -> None:
    """Refuses digital numbers: whole numbers, and floats far above any calibrated backscatter."""
    signed_db = dtype.startswith("int") and (asked == "db" or (named and named[0] == "db"))
    if "int" in dtype and not signed_db:
        raise SceneError(
            f"{name} holds whole numbers ({dtype}): digital numbers, not calibrated backscatter.",
            CALIBRATE,
        )
    if float(np.median(values)) > DN_FLOOR:
        raise SceneError(
            f"{name} holds values around {float(np.median(values)):.0f}: digital numbers, "
            "not calibrated backscatter.",
            CALIBRATE,
        )


def _from_values(values: NDArray[np.float32]) -> str | None:
    """The unit that the values alone make clear, or None."""
    low, middle, high = (float(v) for v in np.percentile(values, (1, 50, 99)))
    if middle < 0:
        return "db" if low >= DB_FLOOR else None
    if low < 0 or high >= POWER_CEILING:
        return None
    # The same numbers read as amplitude are twice as many dB as read as power, and so are the
    # step from VV to VH and the texture: most scenes make only one of the two readings plausible.
    power = _deviation(10.0, values)
    amplitude = _deviation(20.0, values)
    if abs(power - amplitude) < CLEAR:
        return None
    return "power" if power < amplitude else "amplitude"


def _deviation(factor: float, values: NDArray[np.float32]) -> float:
    """How far from a typical scene the values are when read as `factor`·log10, squared."""
    decibels = factor * np.log10(values[:, (values > 0).all(axis=0)].astype(np.float64))
    first, second = np.median(decibels, axis=1)
    low, high = np.percentile(decibels[0] - decibels[1], (16, 84))
    found = {
        "vv": max(first, second),
        "step": abs(first - second),
        "texture": np.log(max(float(high - low) / 2, TINY)),
    }
    return float(sum(((found[key] - mean) / sd) ** 2 for key, (mean, sd) in TYPICAL.items()))


def _summary(values: NDArray[np.float32]) -> str:
    vv, vh = (float(np.median(band)) for band in values)
    return f"medians {vv:.3g} and {vh:.3g}, from {values.min():.3g} to {values.max():.3g}"
