"""Sentinel-2's +1000 in a bundle's stage 1: it answers as it was trained, offset and all.

Since January 2022 products carry 1000 DN more (`training.data.offset`). A generator that was
trained on such images paints them, and every band of opt_v1 is 1000 DN too bright; one that was
trained on a mixture paints either. Dark places tell: where the real image is dark in a band, the
darkest pixels of opt_v1 are dark too, unless 1000 was added.

Measured on 70 real pairs of eight countries, 62 of which have dark places, with the real image
itself, blurred, for opt_v1: it lies 2 to 203 DN above (4 px) or 11 to 434 (16 px), and 1000 more
with the offset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gac_core.bands import OUTPUT_INDEX
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.stages.base import Array
from training.data.pair import Pair
from training.evaluation.scored import optical_of, valid_of

DARK = {"B02": 400.0, "B04": 400.0, "B08": 500.0}
"""DN below which a place is dark in a band: forest in blue and red, water in near infrared too."""

QUANTILE = 0.01
"""Of the dark pixels, in both images: what a network paints too bright in places does not count."""

FEWEST_PIXELS = 200
"""Dark pixels of a band from which on it says something: two lie below the quantile."""

FEWEST_IMAGES = 3
"""Images with dark places from which on they say something of the bundle."""

NEAR = (700.0, 1300.0)
"""DN of a shift that looks like the offset."""

MANY = 0.25
"""Share of the images from which on it is no accident of a few."""


@dataclass(frozen=True)
class OffsetCheck:
    """Distance of the dark places of opt_v1 above those of the real images.

    Attributes:
        shifts: DN of each image that has dark places.
        stated: The offset that the bundle's card says is taken off already; 0: none.
    """

    shifts: tuple[float, ...]
    stated: float = 0.0

    @property
    def above(self) -> int:
        """Images that look as if 1000 had been added."""
        return sum(NEAR[0] <= shift <= NEAR[1] for shift in self.shifts)

    @property
    def below(self) -> int:
        """Images that look as if 1000 too much had been taken off."""
        return sum(NEAR[0] <= -shift <= NEAR[1] for shift in self.shifts)

    @property
    def note(self) -> str:
        """A sentence or two for readers; empty where nothing looks wrong or can be said."""
        count = len(self.shifts)
        if count < FEWEST_IMAGES:
            return ""
        low, middle, high = np.percentile(self.shifts, (0, 50, 100))
        figures = (
            f"over places that are dark in the real image, the darkest pixels lie {middle:+.0f} DN "
            f"from the real ones (median of {count} images; {low:+.0f} to {high:+.0f})"
        )
        if self.above >= max(1, MANY * count):
            differ = (
                f" {self.above} of the {count} images look like that, the others do not: one "
                "offset does not mend both."
                if self.above < count
                else ""
            )
            remedy = (
                f"The card's terramind.offset takes {self.stated:g} DN off already; see that it "
                "is right."
                if self.stated
                else "terramind.offset in the bundle's card can take it off."
            )
            return (
                f"opt_v1 looks as if it had Sentinel-2's +1000 in it: {figures}.{differ} {remedy}"
            )
        if self.stated and self.below >= max(1, MANY * count):
            return (
                f"opt_v1 looks as if the card's terramind.offset of {self.stated:g} DN took off "
                f"what was never added: {figures}."
            )
        return ""

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        spread = np.percentile(self.shifts, (0, 50, 100)).round(1).tolist() if self.shifts else None
        return {
            "images with dark places": len(self.shifts),
            "shift of the 1st percentile, lowest median highest": spread,
            "near +1000": self.above,
            "near -1000": self.below,
            "terramind.offset": self.stated,
            "note": self.note,
        }


def dark_shift(pair: Pair, opt_v1: Array) -> float | None:
    """Measure how far opt_v1's darkest pixels lie above the real ones, over places that are dark.

    Args:
        pair: The real images.
        opt_v1: (12, H, W) DN as stage 1 gave it, not clipped.

    Returns:
        The first percentile of opt_v1 less that of the real image over the same pixels, in DN; of
        the bands with enough dark pixels the lowest: an offset is in all of them, and what was
        painted too bright in one band need not be in another. None where no band has enough.
    """
    real, valid = optical_of(pair), valid_of(pair)
    image = opt_v1[list(OUTPUT_INDEX)]
    shifts = []
    for band, limit in DARK.items():
        i = OUTPUT_BANDS.index(band)
        dark = valid & np.isfinite(image[i]) & (np.nan_to_num(real[i], nan=np.inf) < limit)
        if dark.sum() >= FEWEST_PIXELS:
            found, true = (np.quantile(x[i][dark], QUANTILE) for x in (image, real))
            shifts.append(float(found - true))
    return min(shifts, default=None)


def check_offset(shifts: Sequence[float | None], card: Mapping[str, Any]) -> OffsetCheck:
    """Return what the judged images say together.

    Args:
        shifts: `dark_shift` of each.
        card: The bundle's card.
    """
    stated = (card.get("terramind") or {}).get("offset") or 0.0
    return OffsetCheck(tuple(shift for shift in shifts if shift is not None), float(stated))
