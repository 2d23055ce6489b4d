"""Detection of Sentinel-2 images with the +1000 offset of processing baseline 04.00.

Since 25 January 2022 the ground segment adds 1000 to all L2A values, so that noise over dark ground
is not clipped at 0 (the products' BOA_ADD_OFFSET of -1000), and reprocesses older ones. TerraMind
and Prithvi expect values without it. A missed offset shifts every loss, so both metadata and values
are checked.

Values: almost every place is dark in some band (vegetation in the visible, water in the infrared,
shadow everywhere), so an image's darkest band falls below 900 unless 1000 was added. Deserts,
clouds and haze are exceptions, so a second test checks if subtracting 1000 gives vegetation or
water, which no desert does. Values are trusted only over many images.

Measured on 44 real pairs of eight countries and all seasons: the 0.5th percentile of the darkest
band is at most 526 DN; with 1000 added, 43 of 44 show vegetation or water, so nine images are
conclusive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from gac_core.bands import S2_BANDS
from training.data.names import baseline_in
from training.data.pair import Array, Pair

OFFSET = 1000.0
"""Offset in DN."""

FIRST_BASELINE = 400
"""First processing baseline with the offset, as in `N0400`."""

SINCE = "2022-01-25"
"""First date of that baseline."""

DARK = 900.0
"""DN below which the darkest band falls without the offset; with it, noise over the darkest ground
reaches some 100 below 1000."""

DARKEST = 0.005
"""Quantile that is a band's dark end; skips dead pixels and cut-off edges."""

SHARE = 0.01
"""Minimum share of an image that looks like vegetation or water."""

ENOUGH = 8
"""Minimum number of images for a verdict by values."""

MANY = 0.25
"""Minimum share of a group of images for a verdict."""

Look = Literal["clean", "unclear", "shifted"]
"""`clean`: dark somewhere; `unclear`: nowhere dark; `shifted`: plausible after subtracting 1000."""

_RED, _NIR, _GREEN = (S2_BANDS.index(band) for band in ("B04", "B08", "B03"))


def look(s2: Array) -> Look:
    """Return the verdict by the values of an image (12, H, W), NaN where unknown."""
    pixels = s2[np.isfinite(s2).any(axis=(1, 2))]
    pixels = pixels[:, np.isfinite(pixels).all(0)]
    if pixels.size == 0 or np.quantile(pixels, DARKEST, axis=1).min() < DARK:
        return "clean"
    red, nir, green = (s2[i] - np.float32(OFFSET) for i in (_RED, _NIR, _GREEN))
    vegetation = (nir >= 3 * red) & (nir >= 1500) & (red < 700)
    water = (nir < 500) & (nir < green + 100)
    share = max(vegetation.mean(), water.mean())
    return "shifted" if share >= SHARE else "unclear"


def declared(name: str, tags: Mapping[str, str]) -> str:
    """Return the evidence in a name or in tags that 1000 was added; "" if none.

    A tag `BOA_ADD_OFFSET` of 0 means that it was subtracted again.
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
    """Return the era of a pair as text; images of an era were probably processed alike."""
    if not pair.date:
        return "of unknown date"
    return f"since {SINCE}" if pair.date >= SINCE[: len(pair.date)] else f"before {SINCE}"


def is_shifted(looks: Sequence[Look]) -> bool:
    """Return whether images of one era carry the offset; False if too few to tell."""
    shifted = looks.count("shifted")
    return shifted >= ENOUGH and shifted >= MANY * len(looks)


def is_bright(looks: Sequence[Look]) -> bool:
    """Return whether a warning is due, though no refusal."""
    return len(looks) > 0 and looks.count("clean") < (1 - MANY) * len(looks)
