"""Unit of a scene's values: by the user, names, tags, or likeness to Sentinel-1 backscatter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from gac_core.contract.errors import SceneError
from gac_core.scene.holes import Holes, find_holes
from gac_core.scene.paths import CALIBRATE
from gac_core.scene.radiometry import Floats, to_db
from gac_core.scene.sampling import Sample

TYPICAL = {
    "vv": (-11.0, 3.0, 3.0),
    "step": (7.2, 1.8, 1.8),
    "texture": (1.05, 0.4, 0.3),
    "grain": (0.18, 0.25, 0.25),
}
"""Mean, and spread below and above it, over scenes of: the median of VV in dB; how many dB VH lies
below it; the logarithm of the spread (half of the 16 to 84 percentile range, dB) of VV - VH;
that of the mean difference (dB) of neighbouring pixels of VV, where these show speckle.

From 45 Sentinel-1 images of eight European countries and Punjab, all seasons: VV -14.6 to -6.7,
step 5.0 to 11.5, spread 1.4 (speckle-filtered) to 4.7, difference 0.9 to 1.4 where unfiltered.
"""
GRAINY = 0.43
"""Difference of neighbours, relative to that of pixels four apart, above which it is speckle that
one sees, and not the ground or a filter. It is the same in every unit. Unfiltered images of 10 to
30 m have 0.45 to 0.85, smoothed ones (3 x 3 and more) up to 0.42."""
GRAIN_SLOPE = 1.5
"""Rise of the logarithm of the difference with that ratio: 20 to 30 m pixels share less speckle."""
UNLIKELY = 9.0
"""Squared deviation at which one feature stops counting: no single one may settle the unit."""
TINY = 1e-3
"""Spread in dB below which an image is constant."""
LAGS = (1, 4)
"""Distances in pixels at which neighbours are compared."""
BLOCK = 8
"""Edge in pixels of the blocks whose level and grain are compared."""
BLOCKS = 24
"""Blocks with which that says something."""
LEVELS = 1.0
"""Standard deviation in dB of their levels from which on it does."""

DB_FLOOR = -60.0
"""dB around which no image lies (noise is near -30): a scale has got lost."""
POWER_CEILING = 10.0
"""Linear power above which the 99th percentile of calibrated backscatter does not lie."""
DN_FLOOR = 20.0
"""Median above which values are uncalibrated digital numbers."""
CLEAR = 4.0
"""How much better (in squared deviations) one linear unit must fit than the other."""
ODD = 12.0
"""Deviation from which on a user is warned. The most of 140 real images is 11.1 (dry land, with VV
around -22 dB); docs/decisions.md has the table, `python -m scripts.units FOLDER` makes it."""
ALIEN = 20.0
"""Deviation from which on it is none of the units: two features are as far off as they count, and
the third is not usual. Images normalised to 0 … 1, natural logarithms and bel have 22 to 27."""
BETTER = 6.0
"""How much less deviation a scaled reading must have to be believed, and what it may have at most:
that of 19 in 20 real images. Of none of these does any scaled reading fit that much better."""
HINT = 2.0
"""How much less from which on a user is warned. No scaled reading of the 140 fits as well as dB:
the nearest is 2.6 worse."""
EVEN = 0.52
"""Power of the level with which the differences of neighbours must grow at least in linear units.
Of speckle it is 1: 0.63 to 1.25 in real images. Of dB that were moved to 0 … 1 it is -0.7 to 0.45,
of coherence below 0."""
NEGATIVE = 0.2
"""Share of the values in linear units that noise removal may have left below zero."""
BRIGHTEST = (5.0, -3.0)
"""dB above which the medians of the stronger and of the weaker band never lie: over dense towns VH
is -9, over the firn of Greenland -5."""
DARKEST = -45.0
"""dB below which that of the stronger one never lies."""
SCALED = (
    (10 / np.log(10), "the natural logarithm of power"),
    (1 / np.log(10), "ten times the natural logarithm of power"),
    (10.0, "bel, the logarithm of power"),
    (20 / np.log(10), "the natural logarithm of amplitude"),
    (20.0, "the logarithm of amplitude"),
    (0.5, "20·log10 of power"),
    (2.0, "10·log10 of amplitude"),
    (100.0, "dB divided by 100"),
)
"""What multiplies numbers to dB, and what they are."""
POWERS = {"power": (0.5, "the square of power"), "amplitude": (2.0, "the root of amplitude")}
"""By linear unit: what multiplies its dB to those of the scene, where numbers are a power of it."""
UNITS = {"db": "dB", "power": "linear power", "amplitude": "amplitude"}
ORIGINAL = (
    "Give the backscatter itself, in dB, linear power or amplitude, as it was before it was "
    "normalised or scaled."
)


@dataclass(frozen=True)
class Likeness:
    """What an image in dB looks like.

    Attributes:
        medians: Of VV and of VH, dB.
        spread: Half of the 16 to 84 percentile range of VV - VH, dB.
        near: Mean difference of neighbouring pixels of the stronger band, dB.
        far: The same of pixels four apart.
        slope: By how much the logarithm of the difference of neighbours rises with each dB of
            their level; NaN where too little is seen.
    """

    medians: tuple[float, float]
    spread: float
    near: float
    far: float
    slope: float

    def deviation(self, factor: float = 1.0) -> float:
        """Return how far it is from a typical scene when its dB are multiplied, in squares.

        The sum over TYPICAL of squared deviations in spreads, each UNLIKELY at most: 0 to 27.
        """
        vv, vh = (factor * median for median in self.medians)
        features = {"vv": max(vv, vh)}
        same = self.spread == 0.0
        if not same or self.near <= 0.0:
            features["step"] = abs(vv - vh)
        if self.near > GRAINY * self.far:
            ratio = self.near / max(self.far, TINY)
            features["grain"] = np.log(max(factor * self.near, TINY)) - GRAIN_SLOPE * (ratio - 0.5)
        elif not same:
            features["texture"] = np.log(max(factor * self.spread, TINY))
        total = 0.0
        for key, value in features.items():
            mean, below, above = TYPICAL[key]
            total += min(((value - mean) / (below if value < mean else above)) ** 2, UNLIKELY)
        return float(total)


def likeness(sample: Sample, holes: Holes, unit: str) -> Likeness | None:
    """Return what a scene looks like when read in a unit; None where nothing is left to see."""
    values = to_db(holes.clean(sample.values), unit, least=-np.inf)
    if not values.shape[1]:
        return None
    medians = np.median(values, axis=1)
    low, high = np.percentile(values[0] - values[1], (16, 84))
    patches = [to_db(holes.mask(p.copy()), unit, least=-np.inf) for p in sample.patches]
    near, far = _contrast([patch[int(np.argmax(medians))] for patch in patches])
    spread = float(high - low) / 2
    return Likeness((float(medians[0]), float(medians[1])), spread, near, far, _slope(patches))


def _contrast(patches: list[Floats]) -> tuple[float, float]:
    """Mean differences at each of LAGS along both axes of (H, W) patches of a band."""
    sums = np.zeros((len(LAGS), 2))
    for patch in patches:
        for i, lag in enumerate(LAGS):
            for step in (patch[lag:] - patch[:-lag], patch[:, lag:] - patch[:, :-lag]):
                step = np.abs(step[np.isfinite(step)])
                sums[i] += step.sum(dtype=np.float64), step.size
    near, far = (total / count if count else float("nan") for total, count in sums)
    return near, far


def _slope(patches: list[Floats]) -> float:
    """Slope of the logarithm of the grain of blocks against their level in dB.

    Speckle multiplies: in dB it is as strong in dark places as in bright ones. In numbers that are
    logarithms already, or anything else, it is not.
    """
    levels, grains = [], []
    for patch in patches:
        rows, cols = (n // BLOCK for n in patch.shape[1:])
        cut = patch[:, : rows * BLOCK, : cols * BLOCK].reshape(2, rows, BLOCK, cols, BLOCK)
        blocks = cut.transpose(0, 1, 3, 2, 4).reshape(-1, BLOCK, BLOCK)
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
    """The unit and why.

    Attributes:
        unit: One of `RADAR_UNITS`.
        reason: Why that unit.
        by: `user`, `file` or `values`.
        holes: What is no measurement in that unit.
        warnings: For the user.
    """

    unit: str
    reason: str
    by: str
    holes: Holes
    warnings: tuple[str, ...] = ()


def without_fills(sample: Sample) -> Sample:
    """Return a sample less what is no measurement, as far as one can tell without the unit.

    The sign tells dB, and power and amplitude have the same fills. Where next to nothing is left,
    the values are no backscatter, and all stay.
    """
    negative = _is_negative(sample.values)
    holes = find_holes(sample, "db" if negative else "power")
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
    """Decides the unit, or refuses with a remedy.

    Args:
        asked: What the user said: `auto` or one of `RADAR_UNITS`.
        named: (unit, reason) from names and tags, None where they tell nothing.
        usual: (unit, reason) by the custom of who made the file, None where that is unknown.
        sample: Values of VV and VH, from `without_fills`.
        dtype: The file's type of number.
        name: What to call the scene in messages.

    Raises:
        SceneError: If the values cannot be calibrated backscatter, contradict what was said of
            them, or leave the choice open.
    """
    values = sample.values
    _refuse_counts(values, dtype, name)
    negative = _is_negative(values)
    _refuse_scaled(values, negative, asked, named, name)
    readings = _Readings(sample)
    if asked != "auto":
        if asked != "db" and negative:
            raise SceneError(
                f"{name} cannot be linear {asked}: its values are mostly negative.",
                "Choose dB as its unit." if readings.possible("db") else ORIGINAL,
            )
        if not readings.possible(asked):
            raise _impossible(asked, readings, name)
        fits = _from_values(readings, negative)
        # To change the choice would not help where the other unit is not theirs either.
        contradicted = fits is not None and readings.alien(fits) is None
        warnings = _contradiction(asked, fits, values) if contradicted else ()
        return readings.decision(asked, "as chosen", "user", warnings or readings.doubt(asked))
    if named is None and usual is not None and not negative:
        named = usual
    fits = _from_values(readings, negative)
    if named is not None:
        unit, reason = named
        if (unit == "db") != negative and fits != unit:
            raise SceneError(
                f"{name}: {reason}, but the values are not in that unit ({_summary(values)}).",
                readings.remedy(),
            )
        readings.refuse_alien(fits or unit, name)
        warnings = _contradiction(unit, fits, values) or readings.doubt(unit)
        return readings.decision(unit, reason, "file", warnings)
    if fits is None:
        likely = min(("power", "amplitude"), key=readings.deviation)
        readings.refuse_alien("db" if negative else likely, name)
        raise SceneError(
            f"{name}: the values do not tell whether they are dB, power or amplitude "
            f"({_summary(values)}).",
            readings.remedy(),
        )
    readings.refuse_alien(fits, name)
    reason = f"the values look like it ({_summary(values)})"
    return readings.decision(fits, reason, "values", readings.doubt(fits))


class _Readings:
    """A sample, read in each of the units."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample
        self.holes = cache(lambda unit: find_holes(sample, unit))
        self._likeness = cache(lambda unit: likeness(sample, self.holes(unit), unit))

    def decision(self, unit: str, reason: str, by: str, warnings: tuple[str, ...]) -> UnitDecision:
        return UnitDecision(unit, reason, by, self.holes(unit), warnings)

    def deviation(self, unit: str) -> float:
        """How far the scene is from a typical one; infinite where nothing of it is left."""
        looks: Likeness | None = self._likeness(unit)
        return looks.deviation() if looks else float("inf")

    def possible(self, unit: str) -> bool:
        """Whether any radar image can have such values in that unit."""
        looks: Likeness | None = self._likeness(unit)
        if looks is None:
            return False
        weaker, stronger = sorted(looks.medians)
        return DARKEST <= stronger <= BRIGHTEST[0] and weaker <= BRIGHTEST[1]

    def alien(self, unit: str) -> str | None:
        """Why the values are none of the units, where `unit` is the one that fits best."""
        looks: Likeness | None = self._likeness(unit)
        if looks is None:
            return "there is hardly a value that radar can measure"
        deviation = looks.deviation()
        values = self.sample.values
        if unit != "db":
            negative = float((values < 0).mean())
            if negative > NEGATIVE:
                return f"{100 * negative:.0f} % of them are negative, and the others are not"
            # The slope is that of a logarithm: that of the logarithm itself is one less than it.
            growth = 1 + looks.slope * (20 if unit == "amplitude" else 10) / np.log(10)
            if growth < EVEN:
                return (
                    "their speckle does not grow with the signal, as that of power and amplitude "
                    "does. They may be dB that were normalised, or a coherence"
                )
        else:
            least, gain, may_be = _scaled(looks)
            if least <= BETTER <= gain:
                return may_be
        if deviation >= ALIEN or not self.possible(unit):
            return "neither their level nor their speckle is that of a radar image"
        return None

    def refuse_alien(self, unit: str, name: str) -> None:
        why = self.alien(unit)
        if why:
            raise SceneError(
                f"{name} is neither in dB nor in linear power nor in amplitude "
                f"({_summary(self.sample.values)}): {why}.",
                self.remedy(),
            )

    def doubt(self, unit: str) -> tuple[str, ...]:
        """A warning where the scene is an odd one in that unit."""
        why = self.alien(unit)
        looks: Likeness | None = self._likeness(unit)
        if why is None and looks is not None:
            if unit == "db":
                _, gain, may_be = _scaled(looks)
            else:
                factor, power = POWERS[unit]
                gain = looks.deviation() - looks.deviation(factor)
                may_be = f"they may be {power}"
            if gain >= HINT:
                why = may_be
            elif looks.deviation() >= ODD:
                why = "few radar images look like that"
        if why is None:
            return ()
        return (
            f"The values are unusual for {UNITS[unit]} ({_summary(self.sample.values)}): {why}. "
            "Check the unit.",
        )

    def remedy(self) -> str:
        """What to do where the unit is not clear: choose it, if there is one that is possible."""
        values = self.sample.values
        negative = _is_negative(values)
        units = [u for u in UNITS if (u == "db") == negative and self.possible(u)]
        if not units:
            return ORIGINAL
        choice = " or ".join(f"{UNITS[unit]}" for unit in units)
        return f"Set the unit yourself if you know that it is {choice}. Otherwise: {ORIGINAL}"


def _scaled(looks: Likeness) -> tuple[float, float, str]:
    """What numbers may be that would be dB if they were multiplied.

    Returns:
        The deviation of the factor that fits best, how much less that is than as they are, and in
        words what they may be.
    """
    fits = sorted((looks.deviation(float(f)), float(f), what) for f, what in SCALED)
    least = fits[0][0]
    # Factors as near to each other as 0.5 and 0.43 do not tell themselves apart.
    may_be = [f"{what} (times {f:.4g} they are dB)" for d, f, what in fits if d - least < CLEAR]
    return least, looks.deviation() - least, f"they may be {' or '.join(may_be)}"


def _is_negative(values: NDArray[np.float32]) -> bool:
    """Whether values are negative, as dB is."""
    return float(np.median(values)) < 0


def _contradiction(unit: str, fits: str | None, values: NDArray[np.float32]) -> tuple[str, ...]:
    """A warning where the values look like another unit than the one that was told."""
    if fits is None or fits == unit:
        return ()
    return (f"The unit is said to be {unit}, but the values look like {fits}: check it.",)


def _impossible(unit: str, readings: _Readings, name: str) -> SceneError:
    return SceneError(
        f"{name} cannot be in {UNITS[unit]}: no radar image has such values "
        f"({_summary(readings.sample.values)}).",
        readings.remedy(),
    )


def _refuse_scaled(
    values: NDArray[np.float32],
    negative: bool,
    asked: str,
    named: tuple[str, str] | None,
    name: str,
) -> None:
    """Refuses what lies where no radar measures, as dB does whose scale has got lost."""
    in_db = asked == "db" or (asked == "auto" and named is not None and named[0] == "db")
    median = float(np.median(values))
    if abs(median) <= -DB_FLOOR or not (negative or in_db):
        return
    scale = 10 ** round(np.log10(abs(median) / abs(TYPICAL["vv"][0] + TYPICAL["step"][0] / -2)))
    raise SceneError(
        f"{name} cannot be in dB as it is: its values lie around {median:.0f}. They may be dB "
        f"times {scale:.0f}, whose scale is not declared.",
        f"Divide them by {scale:.0f}, or declare the scale in the file "
        f"(gdal_edit.py -scale {1 / scale:g}).",
    )


def _refuse_counts(values: NDArray[np.float32], dtype: str, name: str) -> None:
    """Refuses digital numbers: whole numbers, and floats far above any calibrated backscatter."""
    middle = float(np.median(values))
    if "int" in dtype and middle >= 0:
        raise SceneError(
            f"{name} holds whole numbers ({dtype}): digital numbers, not calibrated backscatter.",
            f"{CALIBRATE} If they are packed backscatter, declare its scale and offset in the file "
            "(gdal_edit.py -scale, -offset).",
        )
    if middle > DN_FLOOR:
        raise SceneError(
            f"{name} holds values around {middle:.0f}: digital numbers, "
            "not calibrated backscatter.",
            CALIBRATE,
        )


def _from_values(readings: _Readings, negative: bool) -> str | None:
    """The unit that the values alone make clear, or None."""
    if negative:
        return "db"
    if float(np.percentile(readings.sample.values, 99)) >= POWER_CEILING:
        return None
    # The same numbers read as amplitude are twice as many dB as read as power, and so are the
    # step from VV to VH, the texture and the speckle: most scenes make only one of the two readings
    # plausible.
    power, amplitude = readings.deviation("power"), readings.deviation("amplitude")
    if not abs(power - amplitude) >= CLEAR:
        return None
    return "power" if power < amplitude else "amplitude"


def _summary(values: NDArray[np.float32]) -> str:
    vv, vh = (float(np.median(band)) for band in values)
    return f"medians {vv:.3g} and {vh:.3g}, from {values.min():.3g} to {values.max():.3g}"
