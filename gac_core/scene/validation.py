"""Validation of a scene: dates and units of VV and VH, implausible values."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from gac_core.contract.errors import SceneError
from gac_core.scene import metadata
from gac_core.scene.metadata import read_date
from gac_core.scene.radiometry import Floats
from gac_core.scene.sampling import Sample
from gac_core.scene.source import Source

APART = timedelta(hours=1)
"""VV and VH of one scene may bear the times of neighbouring bursts, but no more."""
ENOUGH = 100
"""Pixels from which on the signs of two bands tell whether they are in one unit."""

SWAPPED = 1.0
"""dB by which the median of VH must exceed that of VV before named bands look swapped."""
ALIKE = 2.0
"""dB by which VV lies above VH at least: 4.9 or more in 140 real images."""


def require_agreement(source: Source, sample: Sample, unit: str) -> tuple[str, ...]:
    """Refuses two bands that are not of one scene.

    Args:
        source: The bands.
        sample: Values of VV and VH.
        unit: What the user said of the unit: `auto`, or one of `RADAR_UNITS`.

    Returns:
        What the user must know, where the user chose these bands all the same.

    Raises:
        SceneError: If VV and VH are of two dates and were not both chosen by hand, or are in two
            units.
    """
    _require_one_unit(source, sample, unit)
    return _dates(source)


def _dates(source: Source) -> tuple[str, ...]:
    vv, vh = (_acquired(*told) for told in source.each())
    if vv is None or vh is None or _one(vv, vh):
        return ()
    shown = f"VV is of {vv:%Y-%m-%d %H:%M}, VH of {vh:%Y-%m-%d %H:%M}"
    if source.both_chosen:
        return (f"VV and VH are of two dates: {shown}. What changed between them misleads.",)
    raise SceneError(
        f"{source.name}: VV and VH are of two dates: {shown}.",
        "Give VV and VH of one scene; or choose both bands yourself to use them all the same.",
    )


def _acquired(tags: dict[str, str], texts: list[tuple[str, str]]) -> datetime | None:
    told = [text for text in texts if text[0].endswith(("name", "description"))]
    return read_date(tags, told)[0]


def _one(vv: datetime, vh: datetime) -> bool:
    """Whether two times are of one acquisition; midnight stands for a date without a time."""
    dated = any(not (t.hour or t.minute or t.second) for t in (vv, vh))
    return vv.date() == vh.date() if dated else abs(vv - vh) <= APART


def _require_one_unit(source: Source, sample: Sample, unit: str) -> None:
    told = [metadata.unit(texts) for _, texts in source.each()]
    words = [f"{pol}: {t[1]}" for pol, t in zip(("VV", "VH"), told, strict=True) if t]
    differ = unit == "auto" and len({t[0] for t in told if t}) == 2
    if not differ and sample.values.shape[1] >= ENOUGH:
        medians, lowest = np.median(sample.values, axis=1), sample.values.min(axis=1)
        for one, other in ((0, 1), (1, 0)):
            if medians[one] < 0 and lowest[other] >= 0:
                differ = True
                words = [f"{('VV', 'VH')[one]} is negative as dB is, {('VV', 'VH')[other]} is not"]
    if differ:
        raise SceneError(
            f"{source.name}: VV and VH are in two units ({'; '.join(words)}).",
            "Give both in the same unit, for example exported together.",
        )


def doubts(decibels: Floats) -> tuple[str, ...]:
    """Warnings that the values (2, N) in dB give cause for."""
    found = []
    vv, vh = (float(np.median(band)) for band in decibels)
    flat = [pol for pol, band in zip(("VV", "VH"), decibels, strict=True) if np.ptp(band) == 0]
    if flat:
        found.append(f"{' and '.join(flat)}: the same value everywhere. That is no radar image.")
    if np.array_equal(decibels[0], decibels[1]):
        found.append("VV and VH hold the same values: the same band may have been taken twice.")
    elif vh - vv > SWAPPED:
        found.append(
            f"VV and VH look swapped: VH is the stronger one (median {vh:.1f} dB, VV {vv:.1f} dB)."
        )
    elif not flat and vv - vh < ALIKE:
        found.append(
            f"VV and VH are of the same strength (medians {vv:.1f} and {vh:.1f} dB): they may be "
            "one polarisation on two dates. Check the bands."
        )
    return tuple(found)


def percent(share: float) -> str:
    """A share as percent: `12 %`, `0.3 %`."""
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.2g} %"
