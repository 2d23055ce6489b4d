"""Decisions about a scene with their evidence, worded for the user."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, join, later
from gac_core.scene import metadata
from gac_core.scene.crs import utm_epsg_of
from gac_core.scene.holes import ZERO_DB, NodataRules, dilate
from gac_core.scene.paths import file_name
from gac_core.scene.radiometry import NO_SIGNAL, Floats, from_db
from gac_core.scene.source import Sample, Source
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

UNIT_WORDS = {"db": "dB", "power": Message("linear power"), "amplitude": Message("amplitude")}
SPACING_UNITS = {"metre": Message("metre"), "degrees": Message("degrees")}

TAKEN_AS_NODATA = later("Taken as no data: {}, in {} of the scene.")
"""Template of a warning."""


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
        by, why = "values", Message("nothing names them, but {} is the stronger one", stronger)
        if second > first:
            source.swap()
            sample = sample.swapped()
        warnings = (*warnings, _unnamed_warning(source, stronger))
    value = Message("VV band {}, VH band {}", source.vv_band, source.vh_band)
    if len(source.paths) == 2:
        vv, vh = zip(source.paths, (source.vv_band, source.vh_band), strict=True)
        value = Message("VV {}, VH {}", _short(*vv), _short(*vh))
    return Decision("bands", Message("Bands"), value, why, by), sample, warnings


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
        remedy = Message(
            "Rename them so that their names say VV and VH, or give the VV file first and "
            "choose the VV band and the VH band yourself."
        )
    else:
        remedy = Message("Choose the VV band and the VH band yourself.")
    if choice.by == "assumed":
        raise SceneError(
            Message(
                "{}: nothing names VV and VH, and their medians ({} and {} dB) lie too "
                "close together to tell them apart. They may be two dates, or no "
                "backscatter.",
                source.name,
                f"{vv:.1f}",
                f"{vh:.1f}",
            ),
            remedy,
            problem="polarisation-ambiguous",
        )
    raise SceneError(
        Message(
            "{}: nothing names {}, and what would be {} does not fit: the medians are {} "
            "dB in VV and {} dB in VH.",
            source.name,
            choice.inferred,
            choice.inferred,
            f"{vv:.1f}",
            f"{vh:.1f}",
        ),
        remedy,
        problem="inferred-polarisation-not-fitting",
    )


def _band_label(source: Source, place: int) -> str:
    """Return the message label of the band that was given first (0) or second (1)."""
    if len(source.paths) == 2:
        return file_name(source.paths[place])
    return Message("band {}", (source.vv_band, source.vh_band)[place])


def _short(path: str, band: int) -> str:
    return file_name(path) if band == 1 else Message("{} band {}", file_name(path), band)


def _unnamed_warning(source: Source, stronger: str) -> str:
    if len(source.paths) == 2:
        return Message("Nothing names the files: {}, the stronger one, is taken as VV.", stronger)
    return Message(
        "{} does not name its bands: {}, the stronger one, is taken as VV.", source.name, stronger
    )


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
        warnings = (
            (Message("It is beta0, brighter than the models know: {}.", beta),) if beta else ()
        )
        return asked, _modality(asked, Message("as chosen"), "user"), warnings
    kind, why, by = metadata.modality(texts)
    if beta and kind != "S1RTC":
        raise SceneError(
            Message(
                "{} holds beta0 (radar brightness), as the {} says: some 2 dB above "
                "sigma0 and different across the swath.",
                source.name,
                beta,
            ),
            Message(
                "Calibrate the scene to sigma0 or gamma0 instead. To try all the same, "
                "choose S1GRD as its kind yourself."
            ),
            problem="beta0-not-supported",
        )
    return kind, _modality(kind, why, by), ()


def _modality(kind: str, why: str, by: str) -> Decision:
    words = {
        "S1GRD": Message("S1GRD, not terrain-flattened"),
        "S1RTC": Message("S1RTC, terrain-flattened"),
    }
    return Decision("modality", Message("Kind"), words[kind], why, by)


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
    why = [Message("chosen: {}", f"{source.nodata:g}")] if source.nodata is not None else []
    why += (
        [Message("declared in the file: {}", ", ".join(f"{v:g}" for v in declared))]
        if declared
        else []
    )
    why += [Message("declared, masked or NaN in {}", percent(masked))] if masked else []
    why += [
        Message("the value {} in {}", f"{fill:g}", percent(share)) for fill, share in fills.items()
    ]
    why += [Message("infinite, or too large to be measured, in {}", percent(huge))] if huge else []
    why += [Message("{} in {}", what, percent(share)) for what, share in holes.fills]
    values = dict.fromkeys((source.nodata, *declared, *fills))
    unnamed = "NaN" if masked else Message("infinite") if huge else Message("none")
    recognised = [what.removeprefix("the value ") for what, _ in holes.fills]
    label = ", ".join([*(f"{v:g}" for v in values if v is not None), *recognised]) or unnamed
    by = "user" if source.nodata is not None else "file" if declared or masked else "values"
    if not why:
        why, by = [Message("nothing is declared, and no fill value was found")], "assumed"
    dark = _dark_share(holes.clean(sample.values), unit)
    if dark > 0:
        why += [
            Message(
                "no signal is left in {}, which is kept as {} dB", percent(dark), f"{NO_SIGNAL:g}"
            )
        ]
    warnings = tuple(
        Message(TAKEN_AS_NODATA, what, percent(share))
        for what, share in holes.fills
        if what != ZERO_DB
    )
    if missing > MAX_MISSING_SHARE:
        warnings = (*warnings, Message("{} of the scene is nodata.", percent(missing)))
    value = label if label == "none" else Message("{} ({} of the scene)", label, percent(missing))
    decision = Decision("nodata", Message("No data"), value, join(why, "; "), by)
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
        why = Message("no tag and no name tells; the models are told that the month is unknown")
        return Decision("date", Message("Acquired"), Message("unknown"), why, "assumed")
    day = date.replace("T00:00:00", "")
    return Decision("date", Message("Acquired"), day, Message("from the {}", source), "file")


def future_date_warnings(when: datetime | None) -> tuple[str, ...]:
    """Return a warning for a scene dated in the future (one day of tolerance for time zones)."""
    if when is None or when <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1):
        return ()
    return (
        Message(
            "It is said to be of {}, which is yet to come: check its date, and this computer's.",
            f"{when:%Y-%m-%d}",
        ),
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
    unit = SPACING_UNITS.get(unit, unit)
    size = Message("the file's pixels are {} x {} {}", f"{across:.6g}", f"{down:.6g}", unit)
    treatment = Message("they are used as they are" if place.native else "resampled to 10 m")
    why = join((size, treatment), "; ")
    spacing = Decision("spacing", Message("Pixel spacing"), f"{place.spacing:.3g} m", why, "file")
    code = source.crs.to_epsg() or utm_epsg_of(source.crs)
    crs_name = (
        f"EPSG:{code}" if code else str(source.crs.to_dict().get("proj", Message("without a code")))
    )
    grid = Message("the working grid is EPSG:{}, 10 m", epsg)
    if code != epsg:
        grid = Message("the working grid is EPSG:{}, 10 m, the UTM zone that it lies in", epsg)
    warnings: tuple[str, ...] = ()
    if max(place.steps) > COARSE_SPACING:
        warnings = (
            Message(
                "The scene has {} m pixels: it is resampled to 10 m, but detail finer "
                "than that is not in it.",
                f"{max(place.steps):.0f}",
            ),
        )
    return (
        spacing,
        Decision("crs", Message("CRS"), crs_name, Message("as the file says; {}", grid), "file"),
        warnings,
    )
