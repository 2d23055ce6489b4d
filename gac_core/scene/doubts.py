"""Values that are too odd to pass in silence: words for the user, before the run."""

from __future__ import annotations

import numpy as np

from gac_core.scene.sample import Sample
from gac_core.scene.values import Floats

SWAPPED = 1.0
"""dB by which the median of VH must exceed that of VV before named bands look swapped."""

SUSPICIOUS = 0.01
"""Share of the scene that one and the same odd value must take to be asked about."""

NOTHING = 1e-5
"""Linear value below which there is no signal: a measurement, not a fill."""


def set_odd_aside(sample: Sample) -> tuple[Sample, tuple[str, ...]]:
    """Leaves out a value that looks like undeclared nodata, so that it does not mislead.

    That is the lowest or the highest value of all, standing in both bands at once far too often.
    Nothing but the decisions on the scene is affected: whether it is nodata the user must say.

    Returns:
        The sample without it, and a warning; what was given, where there is none.
    """
    values = sample.values
    same = values[0][values[0] == values[1]]
    for value in (float(values.min()), float(values.max())):
        share = float((same == value).sum()) / values.shape[1]
        if SUSPICIOUS <= share < 1 and not 0 < value < NOTHING:
            told = (
                f"The value {value:g} stands in both bands of {percent(share)} of the scene: if "
                "it means no data, give it as nodata.",
            )
            return sample.without(value), told
    return sample, ()


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
    return tuple(found)


def percent(share: float) -> str:
    """A share as percent: `12 %`, `0.3 %`."""
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.2g} %"
