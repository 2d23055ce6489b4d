"""Finding Sentinel-2 images that still carry the +1000 of processing baseline 04.00.

Since 25 January 2022 the ground segment adds 1000 to all L2A values, so that noise over dark
ground is not cut off at 0 (the products' BOA_ADD_OFFSET of -1000), and reprocesses what is older.
TerraMind and Prithvi know values without it. One that is missed shifts every loss, so it is looked
for in what files say of themselves and in their values.

What values show: hardly any place is without something dark in some band (vegetation is dark in
the visible, water in the infrared, shadow everywhere), so an image's darkest band reaches below
900 unless 1000 was added. A desert, a cloud or haze does not either, so one more thing is looked
at: whether taking 1000 off gives vegetation or water, which no desert does. Of single images the
values are never believed; of many they are.

Measured on 44 real pairs of eight countries and all seasons: the darkest band's 0.5th percentile is
at most 526 DN; with 1000 added, 43 of 44 show vegetation or water, so nine
images tell for certain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from gac_core.bands import S2_BANDS
from training.data.names import baseline_in
from training.data.pair import Array, Pair

OFFSET = 1000.0
"""DN that were added."""

FIRST_BASELINE = 400
"""The first processing baseline that adds it, as in `N0400`."""

SINCE = "2022-01-25"
"""First date with that baseline."""

DARK = 900.0
"""DN that an image's darkest band reaches below without the offset; with it, noise over the darkest
ground reaches some 100 below 1000."""

DARKEST = 0.005
"""Quantile taken as a band's dark end: dead pixels and cut-off edges lie below it."""

SHARE = 0.01
"""Share of an image that has to look like vegetation or water."""

ENOUGH = 8
"""Images from which on values are believed."""

MANY = 0.25
"""Share of a group of images from which on they are no exceptions."""

Look = Literal["clean", "unclear", "shifted"]
"""`clean`: dark somewhere; `unclear`: nowhere dark; `shifted`: and 1000 less makes sense of it."""

_RED, _NIR, _GREEN = (S2_BANDS.index(band) for band in ("B04", "B08", "B03"))


def look(s2: Array) -> Look:
    """What the values of an image (12, H, W), NaN where unknown, say of the offset."""
    known = s2[np.isfinite(s2).any(axis=(1, 2))]
    known = known[:, np.isfinite(known).all(0)]
    if known.size == 0 or np.quantile(known, DARKEST, axis=1).min() < DARK:
        return "clean"
    red, nir, green = (s2[i] - np.float32(OFFSET) for i in (_RED, _NIR, _GREEN))
    vegetation = (nir >= 3 * red) & (nir >= 1500) & (red < 700)
    water = (nir < 500) & (nir < green + 100)
    share = max(vegetation.mean(), water.mean())
    return "shifted" if share >= SHARE else "unclear"


def declared(name: str, tags: Mapping[str, str]) -> str:
    """What in a name or in tags says that 1000 was added; "" where nothing does.

    A tag `BOA_ADD_OFFSET` of 0 says that it was taken off again.
    """
    added = tags.get("BOA_ADD_OFFSET", "").strip()
    if added:
        return "" if _is_zero(added) else f"BOA_ADD_OFFSET={added}"
    for text in (name, *tags.values()):
        baseline = baseline_in(text)
        if baseline is not None and baseline >= FIRST_BASELINE:
            return f"processing baseline N{baseline:04d}"
    stated = tags.get("PROCESSING_BASELINE", "").replace(".", "").lstrip("N")
    if stated.isdigit() and int(stated) >= FIRST_BASELINE and int(stated) != 9999:
        return f"PROCESSING_BASELINE={tags['PROCESSING_BASELINE']}"
    return ""


def _is_zero(text: str) -> bool:
    try:
        return float(text.split(",")[0]) == 0
    except ValueError:
        return False


def era(pair: Pair) -> str:
    """Images of one era were probably processed alike."""
    if not pair.date:
        return "of unknown date"
    return f"since {SINCE}" if pair.date >= SINCE[: len(pair.date)] else f"before {SINCE}"


def is_shifted(looks: Sequence[Look]) -> bool:
    """Whether images of one era carry the offset, as far as there are enough to tell."""
    shifted = looks.count("shifted")
    return shifted >= ENOUGH and shifted >= MANY * len(looks)


def is_bright(looks: Sequence[Look]) -> bool:
    """Whether there is reason to warn, though not to refuse."""
    return len(looks) > 0 and looks.count("clean") < (1 - MANY) * len(looks)
