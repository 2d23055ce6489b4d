"""Decisions about a scene with their evidence, worded for the user."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.scene import metadata
from gac_core.scene.crs import utm_epsg_of
from gac_core.scene.holes import ZERO_DB, NodataRules, dilate
from gac_core.scene.paths import file_name
from gac_core.scene.radiometry import NO_SIGNAL, Floats, from_db
from gac_core.scene.sampling import Sample
from gac_core.scene.source import Source
from gac_core.scene.validation import percent
from gac_core.scene.working_grid import GridPlacement

MIN_BAND_DIFFERENCE = 2.0
"""Difference in dB from which the stronger of two unnamed bands is taken as VV. In all 45 real
images, and in every quarter of them, VV is stronger by 4 dB or more."""

COARSE_SPACING = 15.0
"""Pixel spacing in metres above which the user is warned of missing detail."""

MAX_MISSING_SHARE = 0.5
"""Share of the scene without measurement above which the user is warned. The corners that a
satellite's slanted scene leaves in a north-up file take up a third."""

UNIT_WORDS = {"db": "dB", "power": "linear power", "amplitude": "amplitude"}


@dataclass(frozen=True)
class Decision:
    """One decision about a scene.

    Attributes:
        name: `bands`, `unit`, `modality`, `nodata`, `date`, `spacing` or `crs`.
        label: Display name.
        value: The outcome, as shown to the user.
        why: The evidence.
        by: `user`, `file`, `values` or `assumed`.
    """

    name: str
    label: str
    value: str
    why: str
    by: str

    def to_dict(self) -> dict[str, str]:
        """Return JSON-ready values."""
        return asdict(self)


def decide_bands(source: Source, sample: Sample) -> tuple[Decision, Sample, tuple[str, ...]]:
    """Decide which bands are VV and VH; if nothing names them, the stronger one is VV.

    Returns:
        The decision, the sample with VV first, and warnings.
    """
    choice, warnings = source.choice, source.choice.warnings
    why, by = choice.why, choice.by
    if by == "assumed":
        first, second = (float(v) for v in np.median(sample.values, axis=1))
        # dB, power and amplitude all grow with the signal.
        stronger = _band_label(source, 1 if second > first else 0)
        by, why = "values", f"nothing names them, but {stronger} is the stronger one"
        if second > first:
            source.swap()
            sample = sample.swapped()
        warnings = (*warnings, _unnamed_warning(source, stronger))
    value = f"VV band {source.vv_band}, VH band {source.vh_band}"
    if len(source.paths) == 2:
        value = f"VV {_short(source.paths[0], source.vv_band)}, "
        value += f"VH {_short(source.paths[1], source.vh_band)}"
    return Decision("bands", "Bands", value, why, by), sample, warnings


def require_distinguishable(source: Source, decibels: Floats) -> None:
    """Refuse two bands too close in level to be told apart without names.

    Args:
        source: The bands.
        decibels: (2, N) VV and VH in dB.

    Raises:
        SceneError: If they are not both named, and VH is less than `MIN_BAND_DIFFERENCE` below VV.
    """
    choice = source.choice
    if choice.by != "assumed" and (choice.by == "user" or not choice.inferred):
        return
    vv, vh = (float(v) for v in np.median(decibels, axis=1))
    if vv - vh >= MIN_BAND_DIFFERENCE:
        return
    if len(source.paths) == 2:
        remedy = "Rename them so that their names say VV and VH, or give the VV file first and "
        remedy += "choose the VV band and the VH band yourself."
    else:
        remedy = "Choose the VV band and the VH band yourself."
    if choice.by == "assumed":
        raise SceneError(
            f"{source.name}: nothing names VV and VH, and their medians ({vv:.1f} and {vh:.1f} dB) "
            "lie too close together to tell them apart. They may be two dates, or no backscatter.",
            remedy,
        )
    raise SceneError(
        f"{source.name}: nothing names {choice.inferred}, and what would be {choice.inferred} does "
        f"not fit: the medians are {vv:.1f} dB in VV and {vh:.1f} dB in VH.",
        remedy,
    )


def _band_label(source: Source, place: int) -> str:
    """Return the message label of the band that was given first (0) or second (1)."""
    if len(source.paths) == 2:
        return file_name(source.paths[place])
    return f"band {(source.vv_band, source.vh_band)[place]}"


def _short(path: str, band: int) -> str:
    return file_name(path) if band == 1 else f"{file_name(path)} band {band}"


def _unnamed_warning(source: Source, stronger: str) -> str:
    if len(source.paths) == 2:
        return f"Nothing names the files: {stronger}, the stronger one, is taken as VV."
    return f"{source.name} does not name its bands: {stronger}, the stronger one, is taken as VV."


def decide_modality(asked: str, source: Source) -> tuple[str, Decision, tuple[str, ...]]:
    """Decide which of the models' two kinds of radar image the scene is.

    Returns:
        `S1GRD` or `S1RTC`, the decision, and warnings.

    Raises:
        SceneError: If the values are radar brightness (beta0) and the user did not choose.
    """
    texts = source.texts()
    beta = metadata.beta0(texts)
    if asked != "auto":
        warnings = (f"It is beta0, brighter than the models know: {beta}.",) if beta else ()
        return asked, _modality(asked, "as chosen", "user"), warnings
    kind, why, by = metadata.modality(texts)
    if beta and kind != "S1RTC":
        raise SceneError(
            f"{source.name} holds beta0 (radar brightness), as the {beta} says: some 2 dB above "
            "sigma0 and different across the swath.",
            "Calibrate the scene to sigma0 or gamma0 instead. To try all the same, choose S1GRD as "
            "its kind yourself.",
        )
    return kind, _modality(kind, why, by), ()


def _modality(kind: str, why: str, by: str) -> Decision:
    words = {"S1GRD": "S1GRD, not terrain-flattened", "S1RTC": "S1RTC, terrain-flattened"}
    return Decision("modality", "Kind", words[kind], why, by)


def describe_nodata(
    source: Source, sample: Sample, holes: NodataRules, unit: str
) -> tuple[Decision, tuple[str, ...]]:
    """Return the nodata values and their share of the scene, as a decision, and warnings."""
    declared = tuple(v for v in source.declared() if np.isfinite(v))
    fills = {fill: count / sample.size for fill, count in sample.fills.items()}
    if unit == "db":
        fills.pop(0.0, None)
    masked, huge = sample.declared / sample.size, sample.huge / sample.size
    missing = _missing(sample, holes)
    why = [f"chosen: {source.nodata:g}"] if source.nodata is not None else []
    why += [f"declared in the file: {', '.join(f'{v:g}' for v in declared)}"] if declared else []
    why += [f"declared, masked or NaN in {percent(masked)}"] if masked else []
    why += [f"the value {fill:g} in {percent(share)}" for fill, share in fills.items()]
    why += [f"infinite, or too large to be measured, in {percent(huge)}"] if huge else []
    why += [f"{what} in {percent(share)}" for what, share in holes.fills]
    values = dict.fromkeys((source.nodata, *declared, *fills))
    unnamed = "NaN" if masked else "infinite" if huge else "none"
    recognised = [what.removeprefix("the value ") for what, _ in holes.fills]
    label = ", ".join([*(f"{v:g}" for v in values if v is not None), *recognised]) or unnamed
    by = "user" if source.nodata is not None else "file" if declared or masked else "values"
    if not why:
        why, by = ["nothing is declared, and no fill value was found"], "assumed"
    dark = _dark_share(holes.clean(sample.values), unit)
    if dark > 0:
        why += [f"no signal is left in {percent(dark)}, which is kept as {NO_SIGNAL:g} dB"]
    warnings = tuple(
        f"Taken as no data: {what}, in {percent(share)} of the scene."
        for what, share in holes.fills
        if what != ZERO_DB
    )
    if missing > MAX_MISSING_SHARE:
        warnings = (*warnings, f"{percent(missing)} of the scene is nodata.")
    value = label if label == "none" else f"{label} ({percent(missing)} of the scene)"
    decision = Decision("nodata", "No data", value, "; ".join(why), by)
    return decision, (*warnings, *holes.questions)


def _missing(sample: Sample, holes: NodataRules) -> float:
    """Return the share of sampled pixels, 0 to 1, without a measurement in both bands."""
    masks = [dilate(holes.missing(patch), holes.rim) for patch in sample.patches]
    return float(np.concatenate([mask.ravel() for mask in masks]).mean())


def _dark_share(values: Floats, unit: str) -> float:
    """Return the share of pixels whose values are raised to NO_SIGNAL."""
    return float((values < from_db(NO_SIGNAL, unit)).any(axis=0).mean())


def describe_date(date: str | None, source: str) -> Decision:
    """Return the acquisition date as a decision."""
    if date is None:
        why = "no tag and no name tells; the models are told that the month is unknown"
        return Decision("date", "Acquired", "unknown", why, "assumed")
    return Decision("date", "Acquired", date.replace("T00:00:00", ""), f"from the {source}", "file")


def future_date_warnings(when: datetime | None) -> tuple[str, ...]:
    """Return a warning for a scene dated in the future (one day of tolerance for time zones)."""
    if when is None or when <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1):
        return ()
    return (
        f"It is said to be of {when:%Y-%m-%d}, which is yet to come: check its date, and this "
        "computer's.",
    )


def describe_place(
    source: Source, place: GridPlacement, epsg: int
) -> tuple[Decision, Decision, tuple[str, ...]]:
    """Return the decisions on pixel spacing and CRS, and warnings."""
    transform = source.transform
    across, down = (
        float(np.hypot(transform.a, transform.d)),
        float(np.hypot(transform.b, transform.e)),
    )
    unit = "degrees" if source.crs.is_geographic else source.crs.linear_units or "units"
    why = f"the file's pixels are {across:.6g} x {down:.6g} {unit}"
    why += "; they are used as they are" if place.native else "; resampled to 10 m"
    spacing = Decision("spacing", "Pixel spacing", f"{place.spacing:.3g} m", why, "file")
    code = source.crs.to_epsg() or utm_epsg_of(source.crs)
    crs_name = f"EPSG:{code}" if code else str(source.crs.to_dict().get("proj", "without a code"))
    grid = f"the working grid is EPSG:{epsg}, 10 m"
    if code != epsg:
        grid = f"the working grid is EPSG:{epsg}, 10 m, the UTM zone that it lies in"
    warnings: tuple[str, ...] = ()
    if max(place.steps) > COARSE_SPACING:
        warnings = (
            f"The scene has {max(place.steps):.0f} m pixels: it is resampled to 10 m, "
            "but detail finer than that is not in it.",
        )
    return spacing, Decision("crs", "CRS", crs_name, f"as the file says; {grid}", "file"), warnings
