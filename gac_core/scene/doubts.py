"""Values that are too odd to pass in silence: words for the user, before the run."""

from __future__ import annotations

import numpy as np

from gac_core.scene.values import Floats

SWAPPED = 1.0
"""dB by which the median of VH must exceed that of VV before named bands look swapped."""

ALIKE = 2.0
"""dB by which VV lies above VH at least: 4.9 or more in 140 real images."""


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
