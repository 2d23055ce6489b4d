"""Validation of a scene: dates and units of VV and VH, implausible values."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.contract.message import Message, all_of, join, later
from gac_core.scene import metadata
from gac_core.scene.dates import read_date
from gac_core.scene.radiometry import Floats
from gac_core.scene.source import Sample, Source

MAX_TIME_DIFFERENCE = timedelta(hours=1)
"""Maximum time between VV and VH of one scene: they may have the times of neighbouring bursts."""
MIN_PIXELS = 100
"""Minimum number of pixels for which the signs of two bands tell whether they share a unit."""

SWAPPED = 1.0
"""dB by which the median of VH must exceed that of VV for named bands to look swapped."""
MIN_DIFFERENCE_DB = 2.0
"""Minimum difference in dB between VV and VH: 4.9 or more in 140 real images."""

SAME_VALUES = Message("VV and VH hold the same values: the same band may have been taken twice.")
SAME_STRENGTH = later(
    "VV and VH are of the same strength (medians {} and {} dB): they may be one polarisation "
    "on two dates. Check the bands."
)
"""A warning, and the template of another."""


def require_agreement(source: Source, sample: Sample, unit: str) -> tuple[str, ...]:
    """Refuse two bands that are not from one scene.

    Args:
        source: The bands.
        sample: Values of VV and VH.
        unit: The user's choice of unit: `auto`, or one of `RADAR_UNITS`.

    Returns:
        Warnings, if the user chose these bands nevertheless.

    Raises:
        SceneError: If VV and VH are from two dates and were not both chosen by the user, or are in
            two units.
    """
    _require_one_unit(source, sample, unit)
    return _dates(source) or _passes(source)


def _dates(source: Source) -> tuple[str, ...]:
    vv, vh = (_acquired(*band_metadata) for band_metadata in source.each())
    if vv is None or vh is None or _is_same_acquisition(vv, vh):
        return ()
    label = Message("VV is of {}, VH of {}", f"{vv:%Y-%m-%d %H:%M}", f"{vh:%Y-%m-%d %H:%M}")
    if source.both_chosen:
        return (
            Message("VV and VH are of two dates: {}. What changed between them misleads.", label),
        )
    raise SceneError(
        Message("{}: VV and VH are of two dates: {}.", source.name, label),
        Message(
            "Give VV and VH of one scene; or choose both bands yourself to use them all the same."
        ),
        problem="vv-vh-dates-differ",
    )


def _passes(source: Source) -> tuple[str, ...]:
    vv, vh = (metadata.orbit_pass(*band_metadata) for band_metadata in source.each())
    if vv is None or vh is None or vv == vh:
        return ()
    if source.both_chosen:
        return (Message("VV is of an {} pass, VH of a {} one: they are of two scenes.", vv, vh),)
    raise SceneError(
        Message("{}: VV is of an {} pass, VH of a {} one.", source.name, vv, vh),
        Message(
            "Give VV and VH of one scene; or choose both bands yourself to use them all the same."
        ),
        problem="vv-vh-two-passes",
    )


def _acquired(tags: dict[str, str], texts: list[tuple[str, str]]) -> datetime | None:
    names = [text for text in texts if text[0].endswith(("name", "description"))]
    return read_date(tags, names)[0]


def _is_same_acquisition(vv: datetime, vh: datetime) -> bool:
    """Return whether two times belong to one acquisition; midnight means a date without a time."""
    is_date_only = any(not (t.hour or t.minute or t.second) for t in (vv, vh))
    return vv.date() == vh.date() if is_date_only else abs(vv - vh) <= MAX_TIME_DIFFERENCE


def _require_one_unit(source: Source, sample: Sample, unit: str) -> None:
    named = [metadata.unit(texts) for _, texts in source.each()]
    notes = [Message("{}: {}", pol, t[1]) for pol, t in zip(("VV", "VH"), named, strict=True) if t]
    is_mixed = unit == "auto" and len({t[0] for t in named if t}) == 2
    if not is_mixed and sample.values.shape[1] >= MIN_PIXELS:
        medians, lowest = np.median(sample.values, axis=1), sample.values.min(axis=1)
        for one, other in ((0, 1), (1, 0)):
            if medians[one] < 0 and lowest[other] >= 0:
                is_mixed = True
                notes = [
                    Message(
                        "{} is negative as dB is, {} is not", ("VV", "VH")[one], ("VV", "VH")[other]
                    )
                ]
    if is_mixed:
        raise SceneError(
            Message("{}: VV and VH are in two units ({}).", source.name, join(notes, "; ")),
            Message("Give both in the same unit, for example exported together."),
            problem="vv-vh-units-differ",
        )


def plausibility_warnings(decibels: Floats) -> tuple[str, ...]:
    """Return warnings for implausible values (2, N) in dB."""
    warnings = []
    vv, vh = (float(np.median(band)) for band in decibels)
    flat = [pol for pol, band in zip(("VV", "VH"), decibels, strict=True) if np.ptp(band) == 0]
    if flat:
        warnings.append(
            Message("{}: the same value everywhere. That is not a radar image.", all_of(flat))
        )
    if np.array_equal(decibels[0], decibels[1]):
        warnings.append(SAME_VALUES)
    elif vh - vv > SWAPPED:
        warnings.append(
            Message(
                "VV and VH look swapped: VH is the stronger one (median {} dB, VV {} dB).",
                f"{vh:.1f}",
                f"{vv:.1f}",
            )
        )
    elif not flat and vv - vh < MIN_DIFFERENCE_DB:
        warnings.append(
            Message(
                SAME_STRENGTH,
                f"{vv:.1f}",
                f"{vh:.1f}",
            )
        )
    return tuple(warnings)


def percent(share: float) -> str:
    """Return a share as percent: `12 %`, `0.3 %`."""
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.2g} %"
