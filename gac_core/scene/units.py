"""Unit of a scene's values: from the user, names, tags, or similarity to Sentinel-1 backscatter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, any_of, later
from gac_core.scene.holes import NodataRules, detect_fills
from gac_core.scene.paths import CALIBRATE
from gac_core.scene.radiometry import Floats, to_db
from gac_core.scene.source import Sample

TYPICAL = {
    "vv": (-11.0, 3.0, 3.0),
    "step": (7.2, 1.8, 1.8),
    "texture": (1.05, 0.4, 0.3),
    "grain": (0.18, 0.25, 0.25),
}
"""Mean over scenes, and spread below and above it, of: the median of VV in dB; the difference (dB)
from VV to VH; the logarithm of the spread (half of the 16 to 84 percentile range, dB) of VV - VH;
that of the mean difference (dB) of neighbouring pixels of VV, where these show speckle.

From 45 Sentinel-1 images of eight European countries and Punjab, all seasons: VV -14.6 to -6.7,
step 5.0 to 11.5, spread 1.4 (speckle-filtered) to 4.7, difference 0.9 to 1.4 where unfiltered.
"""
MIN_SPECKLE_RATIO = 0.43
"""Difference of neighbours, relative to that of pixels four apart, above which it is due to
speckle, and not to the ground or a filter. It is the same in every unit. Unfiltered images of 10 to
30 m have 0.45 to 0.85, smoothed ones (3 x 3 and more) up to 0.42."""
GRAIN_SLOPE = 1.5
"""Slope of the logarithm of the difference over that ratio: 20 to 30 m pixels share less
speckle."""
MAX_FEATURE_DEVIATION = 9.0
"""Maximum squared deviation counted for one feature: no single one may settle the unit."""
TINY = 1e-3
"""Spread in dB below which an image is constant."""
LAGS = (1, 4)
"""Distances in pixels at which pixels are compared."""
BLOCK = 8
"""Edge in pixels of the blocks whose level and grain are compared."""
BLOCKS = 24
"""Minimum number of blocks for a meaningful comparison."""
LEVELS = 1.0
"""Minimum standard deviation in dB of their levels for it."""

DB_FLOOR = -60.0
"""Level in dB around which no image lies (noise is near -30): a scale must have been lost."""
POWER_CEILING = 10.0
"""Linear power that the 99th percentile of calibrated backscatter never exceeds."""
DN_FLOOR = 20.0
"""Median above which values are uncalibrated digital numbers."""
MIN_LEAD = 4.0
"""Minimum lead (in squared deviations) of the better linear unit over the other."""
ODD = 12.0
"""Deviation from which the user is warned. The maximum of 140 real images is 11.1 (dry land, with
VV around -22 dB); docs/decisions.md has the table, `python -m scripts.units FOLDER` creates it."""
ALIEN = 20.0
"""Deviation from which none of the units applies: two features have the maximum deviation, and the
third is unusual. Images normalised to 0 … 1, natural logarithms and bel have 22 to 27."""
BETTER = 6.0
"""Minimum improvement in deviation for a scaled reading to be accepted, and its maximum deviation:
that of 19 in 20 real images. For none of these is any scaled reading that much better."""
HINT = 2.0
"""Improvement from which the user is warned. No scaled reading of the 140 images is as good as dB:
the closest is 2.6 worse."""
GRAINS = (0.82, 1.65)
"""Speckle of VH in dB over that of VV beyond which the user is warned: 0.88 to 1.55 in the 140
images; 1.76 to 3.1 with VV in amplitude and VH in power, 0.44 to 0.78 the other way round."""
MIN_SPECKLE_EXPONENT = 0.52
"""Minimum power of the level with which the differences of neighbours grow in linear units. For
speckle it is 1: 0.63 to 1.25 in real images. For dB shifted to 0 … 1 it is -0.7 to 0.45, for
coherence below 0."""
NEGATIVE = 0.2
"""Maximum share of negative values in linear units, which noise removal may leave."""
BRIGHTEST = (5.0, -3.0)
"""Maximum median in dB of the stronger and of the weaker band: over dense towns VH is -9, over the
firn of Greenland -5."""
DARKEST = -45.0
"""Minimum median in dB of the stronger one."""
SCALED = (
    (10 / np.log(10), Message("the natural logarithm of power")),
    (1 / np.log(10), Message("ten times the natural logarithm of power")),
    (10.0, Message("bel, the logarithm of power")),
    (20 / np.log(10), Message("the natural logarithm of amplitude")),
    (20.0, Message("the logarithm of amplitude")),
    (0.5, Message("20·log10 of power")),
    (2.0, Message("10·log10 of amplitude")),
    (100.0, Message("dB divided by 100")),
)
"""Factors that convert numbers to dB, and what those numbers are."""
POWERS = {
    "power": (0.5, Message("the square of power")),
    "amplitude": (2.0, Message("the root of amplitude")),
}
"""By linear unit: the factor from its dB to those of the scene, if the numbers are a power of
it."""
UNITS = {"db": "dB", "power": Message("linear power"), "amplitude": Message("amplitude")}
ORIGINAL = Message(
    "Give the backscatter itself, in dB, linear power or amplitude, as it was before "
    "it was normalised or scaled."
)

UNUSUAL_VALUES = later("The values are unusual for {} ({}): {}. Check the unit.")
OTHER_UNIT = later("The unit is said to be {}, but the values look like {}: check it.")
NO_SPECKLE = Message(
    "their speckle does not grow with the signal, as that of power and amplitude does. They "
    "may be dB that were normalised, or a coherence"
)
"""Templates of warnings, and a reason in the first."""


@dataclass(frozen=True)
class Features:
    """Features of an image in dB.

    Attributes:
        medians: Of VV and of VH, dB.
        spread: Half of the 16 to 84 percentile range of VV - VH, dB.
        near: Mean difference of neighbouring pixels of the stronger band, dB.
        far: The same for pixels four apart.
        slope: Slope of the logarithm of the difference of neighbours over their level in dB; NaN if
            there is too little data.
        grains: Mean difference of neighbours in VH over that in VV.
    """

    medians: tuple[float, float]
    spread: float
    near: float
    far: float
    slope: float
    grains: float = 1.0

    def deviation(self, factor: float = 1.0) -> float:
        """Return the squared deviation from a typical scene when the dB are multiplied by a factor.

        It is the sum over TYPICAL of squared deviations in spreads, each at most UNLIKELY: 0 to 27.
        """
        vv, vh = (factor * median for median in self.medians)
        features = {"vv": max(vv, vh)}
        is_constant = self.spread == 0.0
        if not is_constant or self.near <= 0.0:
            features["step"] = abs(vv - vh)
        if self.near > MIN_SPECKLE_RATIO * self.far:
            ratio = self.near / max(self.far, TINY)
            features["grain"] = np.log(max(factor * self.near, TINY)) - GRAIN_SLOPE * (ratio - 0.5)
        elif not is_constant:
            features["texture"] = np.log(max(factor * self.spread, TINY))
        total = 0.0
        for key, value in features.items():
            mean, below, above = TYPICAL[key]
            total += min(
                ((value - mean) / (below if value < mean else above)) ** 2, MAX_FEATURE_DEVIATION
            )
        return float(total)

    def mixture(self) -> tuple[str, ...]:
        """Return a warning if the bands' speckle differs as that of amplitude and power does."""
        if GRAINS[0] <= self.grains <= GRAINS[1]:
            return ()
        return (
            Message(
                "The speckle of VH is {} times as strong as that of VV: one of them may be "
                "amplitude and the other power. Give both in the same unit.",
                f"{self.grains:.1f}",
            ),
        )


def likeness(sample: Sample, holes: NodataRules, unit: str) -> Features | None:
    """Return the features of a scene read in a unit; None if no values are left."""
    values = to_db(holes.clean(sample.values), unit, least=-np.inf)
    if not values.shape[1]:
        return None
    medians = np.median(values, axis=1)
    low, high = np.percentile(values[0] - values[1], (16, 84))
    patches = [to_db(holes.mask(p.copy()), unit, least=-np.inf) for p in sample.patches]
    contrasts = [_contrast([patch[band] for patch in patches]) for band in (0, 1)]
    near, far = contrasts[int(np.argmax(medians))]
    spread = float(high - low) / 2
    (vv, _), (vh, _) = contrasts
    return Features(
        medians=(float(medians[0]), float(medians[1])),
        spread=spread,
        near=near,
        far=far,
        slope=_slope(patches),
        grains=vh / vv if vv > TINY and vh > TINY else 1.0,
    )


def _contrast(patches: list[Floats]) -> tuple[float, float]:
    """Return mean differences at each of LAGS along both axes of (H, W) patches of a band."""
    sums = np.zeros((len(LAGS), 2))
    for patch in patches:
        for i, lag in enumerate(LAGS):
            for step in (patch[lag:] - patch[:-lag], patch[:, lag:] - patch[:, :-lag]):
                step = np.abs(step[np.isfinite(step)])
                sums[i] += step.sum(dtype=np.float64), step.size
    near, far = (total / count if count else float("nan") for total, count in sums)
    return near, far


def _slope(patches: list[Floats]) -> float:
    """Return the slope of the logarithm of the blocks' grain over their level in dB.

    Speckle is multiplicative: in dB it is equally strong in dark and in bright places. In numbers
    that are logarithms already, or anything else, it is not.
    """
    levels, grains = [], []
    for patch in patches:
        rows, cols = (n // BLOCK for n in patch.shape[1:])
        cropped = patch[:, : rows * BLOCK, : cols * BLOCK].reshape(2, rows, BLOCK, cols, BLOCK)
        blocks = cropped.transpose(0, 1, 3, 2, 4).reshape(-1, BLOCK, BLOCK)
        blocks = blocks[np.isfinite(blocks).all(axis=(1, 2))]
        if blocks.size:
            levels.append(np.median(blocks.reshape(len(blocks), -1), axis=1))
            across, down = (np.abs(np.diff(blocks, axis=a)).mean(axis=(1, 2)) for a in (2, 1))
            grains.append(np.log(np.maximum((across + down) / 2, TINY)))
    if sum(map(len, levels)) < BLOCKS:
        return float("nan")
    level, grain = np.concatenate(levels), np.concatenate(grains)
    level = level - level.mean(dtype=np.float64)
    variance = float((level**2).mean())
    if variance < LEVELS**2:
        return float("nan")
    return float((level * (grain - grain.mean(dtype=np.float64))).mean()) / variance


@dataclass(frozen=True)
class UnitDecision:
    """Decision on the unit, with its reason.

    Attributes:
        unit: One of `RADAR_UNITS`.
        reason: Reason for that unit.
        by: `user`, `file` or `values`.
        holes: Rules for nodata in that unit.
        warnings: For the user.
    """

    unit: str
    reason: str
    by: str
    holes: NodataRules
    warnings: tuple[str, ...] = ()


def without_fills(sample: Sample) -> Sample:
    """Return a sample without nodata, as far as it is recognisable without the unit.

    The sign reveals dB, and power and amplitude have the same fills. If hardly anything is left,
    the values are not backscatter, and all of them stay.
    """
    is_negative = _is_negative(sample.values)
    holes = detect_fills(sample, "db" if is_negative else "power")
    values = holes.clean(sample.values)
    return sample.of(values) if values.shape[1] * 5 >= sample.values.shape[1] else sample


def decide_unit(
    asked: str,
    named: tuple[str, str] | None,
    usual: tuple[str, str] | None,
    sample: Sample,
    dtype: str,
    name: str,
) -> UnitDecision:
    """Decide the unit, or refuse the scene with a remedy.

    Args:
        asked: The user's choice: `auto` or one of `RADAR_UNITS`.
        named: (unit, reason) from names and tags, None if they state nothing.
        usual: (unit, reason) by the producer's convention, None if unknown.
        sample: Values of VV and VH, from `without_fills`.
        dtype: Data type of the file.
        name: Name of the scene in messages.

    Raises:
        SceneError: If the values cannot be calibrated backscatter, contradict the stated unit, or
            leave the choice open.
    """
    values = sample.values
    _refuse_counts(values, dtype, name)
    is_negative = _is_negative(values)
    _refuse_scaled(values, is_negative, asked, named, name)
    readings = _Readings(sample)
    if asked != "auto":
        if asked != "db" and is_negative:
            raise SceneError(
                Message("{} cannot be linear {}: its values are mostly negative.", name, asked),
                Message("Choose dB as its unit.") if readings.possible("db") else ORIGINAL,
                problem="unit-not-linear",
            )
        if not readings.possible(asked):
            raise _impossible(asked, readings, name)
        values_unit = _from_values(readings, is_negative)
        # Changing the choice would not help if the other unit is wrong too.
        is_contradicted = values_unit is not None and readings.alien(values_unit) is None
        warnings = _contradiction(asked, values_unit, values) if is_contradicted else ()
        return readings.decision(
            asked, Message("as chosen"), "user", warnings or readings.doubt(asked)
        )
    if named is None and usual is not None and not is_negative:
        named = usual
    values_unit = _from_values(readings, is_negative)
    if named is not None:
        unit, reason = named
        if (unit == "db") != is_negative and values_unit != unit:
            raise SceneError(
                Message(
                    "{}: {}, but the values are not in that unit ({}).",
                    name,
                    reason,
                    _summary(values),
                ),
                readings.remedy(),
                problem="declared-unit-not-fitting",
            )
        readings.refuse_alien(values_unit or unit, name)
        warnings = _contradiction(unit, values_unit, values) or readings.doubt(unit)
        return readings.decision(unit, reason, "file", warnings)
    if values_unit is None:
        likely = min(("power", "amplitude"), key=readings.deviation)
        readings.refuse_alien("db" if is_negative else likely, name)
        raise SceneError(
            Message(
                "{}: the values do not show whether they are dB, power or amplitude ({}).",
                name,
                _summary(values),
            ),
            readings.remedy(),
            problem="unit-ambiguous",
        )
    readings.refuse_alien(values_unit, name)
    reason = Message("the values look like it ({})", _summary(values))
    return readings.decision(values_unit, reason, "values", readings.doubt(values_unit))


class _Readings:
    """A sample read in each of the units."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.holes = cache(lambda unit: detect_fills(sample, unit))
        self._likeness = cache(lambda unit: likeness(sample, self.holes(unit), unit))

    def decision(self, unit: str, reason: str, by: str, warnings: tuple[str, ...]) -> UnitDecision:
        return UnitDecision(unit, reason, by, self.holes(unit), warnings)

    def deviation(self, unit: str) -> float:
        """Return the scene's deviation from a typical one; infinite if no values are left."""
        features: Features | None = self._likeness(unit)
        return features.deviation() if features else float("inf")

    def possible(self, unit: str) -> bool:
        """Return whether any radar image can have such values in that unit."""
        features: Features | None = self._likeness(unit)
        if features is None:
            return False
        weaker, stronger = sorted(features.medians)
        return DARKEST <= stronger <= BRIGHTEST[0] and weaker <= BRIGHTEST[1]

    def alien(self, unit: str) -> str | None:
        """Return why the values are in none of the units, if `unit` is the best one, or None."""
        features: Features | None = self._likeness(unit)
        if features is None:
            return Message("there is hardly a value that radar can measure")
        deviation = features.deviation()
        values = self.sample.values
        if unit != "db":
            negative_share = float((values < 0).mean())
            if negative_share > NEGATIVE:
                return Message(
                    "{} % of them are negative, and the others are not",
                    f"{100 * negative_share:.0f}",
                )
            # In dB the grain is relative to the level, so the exponent of its growth is one less.
            growth = 1 + features.slope * (20 if unit == "amplitude" else 10) / np.log(10)
            if growth < MIN_SPECKLE_EXPONENT:
                return NO_SPECKLE
        else:
            best, gain, may_be = _scaled(features)
            if best <= BETTER <= gain:
                return may_be
        if deviation >= ALIEN or not self.possible(unit):
            return Message("neither their level nor their speckle is that of a radar image")
        return None

    def refuse_alien(self, unit: str, name: str) -> None:
        why = self.alien(unit)
        if why:
            raise SceneError(
                Message(
                    "{} is neither in dB nor in linear power nor in amplitude ({}): {}.",
                    name,
                    _summary(self.sample.values),
                    why,
                ),
                self.remedy(),
                problem="unit-not-recognised",
            )

    def doubt(self, unit: str) -> tuple[str, ...]:
        """Return a warning if the scene is unusual in that unit."""
        reason = self.alien(unit)
        features: Features | None = self._likeness(unit)
        if reason is None and features is not None:
            if unit == "db":
                _, gain, may_be = _scaled(features)
            else:
                factor, power = POWERS[unit]
                gain = features.deviation() - features.deviation(factor)
                may_be = Message("they may be {}", power)
            if gain >= HINT:
                reason = may_be
            elif features.deviation() >= ODD:
                reason = Message("few radar images look like that")
        if reason is None:
            return features.mixture() if features is not None else ()
        return (
            Message(
                UNUSUAL_VALUES,
                UNITS[unit],
                _summary(self.sample.values),
                reason,
            ),
        )

    def remedy(self) -> str:
        """Return the remedy for an unclear unit: to choose it, if any is possible."""
        values = self.sample.values
        negative = _is_negative(values)
        units = [u for u in UNITS if (u == "db") == negative and self.possible(u)]
        if not units:
            return ORIGINAL
        choice = any_of(UNITS[unit] for unit in units)
        return Message(
            "Set the unit yourself if you know that it is {}. Otherwise: {}", choice, ORIGINAL
        )


def _scaled(looks: Features) -> tuple[float, float, str]:
    """Return the most likely scaling of numbers that would be dB when multiplied.

    Returns:
        The deviation with the best factor, the improvement over the numbers as they are, and a
        text with what they may be.
    """
    fits = sorted((looks.deviation(float(f)), float(f), what) for f, what in SCALED)
    best = fits[0][0]
    # Factors as close as 0.5 and 0.43 cannot be distinguished.
    may_be = [
        Message("{} (times {} they are dB)", what, f"{f:.4g}")
        for d, f, what in fits
        if d - best < MIN_LEAD
    ]
    return best, looks.deviation() - best, Message("they may be {}", any_of(may_be))


def _is_negative(values: NDArray[np.float32]) -> bool:
    """Return whether values are negative, as dB are."""
    return float(np.median(values)) < 0


def _contradiction(unit: str, fits: str | None, values: NDArray[np.float32]) -> tuple[str, ...]:
    """Return a warning if the values look like another unit than the stated one."""
    if fits is None or fits == unit:
        return ()
    return (Message(OTHER_UNIT, unit, fits),)


def _impossible(unit: str, readings: _Readings, name: str) -> SceneError:
    return SceneError(
        Message(
            "{} cannot be in {}: no radar image has such values ({}).",
            name,
            UNITS[unit],
            _summary(readings.sample.values),
        ),
        readings.remedy(),
        problem="values-not-of-unit",
    )


def _refuse_scaled(
    values: NDArray[np.float32],
    negative: bool,
    asked: str,
    named: tuple[str, str] | None,
    name: str,
) -> None:
    """Refuse values beyond any radar measurement, as dB have when their scale is missing."""
    in_db = asked == "db" or (asked == "auto" and named is not None and named[0] == "db")
    median = float(np.median(values))
    if abs(median) <= -DB_FLOOR or not (negative or in_db):
        return
    scale = 10 ** round(np.log10(abs(median) / abs(TYPICAL["vv"][0] + TYPICAL["step"][0] / -2)))
    raise SceneError(
        Message(
            "{} cannot be in dB as it is: its values lie around {}. They may be dB times "
            "{}, whose scale is not declared.",
            name,
            f"{median:.0f}",
            f"{scale:.0f}",
        ),
        Message(
            "Divide them by {}, or declare the scale in the file (gdal_edit.py -scale {}).",
            f"{scale:.0f}",
            f"{1 / scale:g}",
        ),
        problem="db-scaled",
    )


def _refuse_counts(values: NDArray[np.float32], dtype: str, name: str) -> None:
    """Refuse digital numbers: integers, and floats far above any calibrated backscatter."""
    middle = float(np.median(values))
    if "int" in dtype and middle >= 0:
        raise SceneError(
            Message(
                "{} holds integers ({}): digital numbers, not calibrated backscatter.",
                name,
                dtype,
            ),
            Message(
                "{} If they are packed backscatter, declare its scale and offset in the "
                "file (gdal_edit.py -scale, -offset).",
                CALIBRATE,
            ),
            problem="integers-not-calibrated",
        )
    if middle > DN_FLOOR:
        raise SceneError(
            Message(
                "{} holds values around {}: digital numbers, not calibrated backscatter.",
                name,
                f"{middle:.0f}",
            ),
            CALIBRATE,
            problem="values-not-calibrated",
        )


def _from_values(readings: _Readings, negative: bool) -> str | None:
    """Return the unit that is clear from the values alone, or None."""
    if negative:
        return "db"
    if float(np.percentile(readings.sample.values, 99)) >= POWER_CEILING:
        return None
    # Read as amplitude, the same numbers are twice as many dB as read as power, and so are the step
    # from VV to VH, the texture and the speckle: for most scenes only one reading is plausible.
    power, amplitude = readings.deviation("power"), readings.deviation("amplitude")
    if not abs(power - amplitude) >= MIN_LEAD:
        return None
    return "power" if power < amplitude else "amplitude"


def _summary(values: NDArray[np.float32]) -> str:
    vv, vh = (float(np.median(band)) for band in values)
    return Message(
        "medians {} and {}, from {} to {}",
        f"{vv:.3g}",
        f"{vh:.3g}",
        f"{values.min():.3g}",
        f"{values.max():.3g}",
    )
