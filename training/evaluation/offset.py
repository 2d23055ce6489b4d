"""Check of stage 1 for Sentinel-2's +1000 offset, learned from its training images.

Products since January 2022 carry 1000 DN more (`training.data.checks`). A generator trained on such
images reproduces them, and every band of opt_v1 is 1000 DN too bright; one trained on a mixture
produces either. Dark places reveal it: where the real image is dark in a band, the darkest pixels
of opt_v1 are dark too, unless 1000 was added.

Measured on 70 real pairs of eight countries, 62 with dark places, with the blurred real image for
opt_v1: the shift is 2 to 203 DN (4 px) or 11 to 434 DN (16 px), and 1000 more with the offset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.contract.bands import OUTPUT_BANDS
from gac_core.contract.message import Message, join
from gac_core.stages.base import Array
from training.data.pair import Pair
from training.evaluation.chain import optical_of, valid_of

DARK = {"B02": 400.0, "B04": 400.0, "B08": 500.0}
"""DN below which a place is dark in a band: forest in blue and red, water in near infrared too."""

QUANTILE = 0.01
"""Quantile of the dark pixels in both images; ignores places that a network paints too bright."""

MIN_PIXELS = 200
"""Minimum number of dark pixels of a band: two lie below the quantile."""

MIN_IMAGES = 3
"""Minimum number of images with dark places for a statement on the bundle."""

NEAR = (700.0, 1300.0)
"""Range of shifts in DN that look like the offset."""

MANY = 0.25
"""Minimum share of affected images for a note."""


ADDED = "opt_v1 looks as if it had Sentinel-2's +1000 in it: {}."
TAKEN_OFF = (
    "opt_v1 looks as if the card's terramind.offset of {} DN took off what was never added: {}."
)
MIXED = "{} of the {} images look like that, the others do not: one offset does not mend both."
STATED = "The card's terramind.offset takes {} DN off already; see that it is right."
"""Templates of the note and of its parts."""


@dataclass(frozen=True)
class OffsetCheck:
    """Brightness shift of opt_v1's dark places from the real images'.

    Attributes:
        shifts: DN of each image with dark places.
        stated: Offset that the bundle's card already subtracts; 0: none.
    """

    shifts: tuple[float, ...]
    stated: float = 0.0

    @property
    def above(self) -> int:
        """Number of images that look as if 1000 had been added."""
        return sum(NEAR[0] <= shift <= NEAR[1] for shift in self.shifts)

    @property
    def below(self) -> int:
        """Number of images that look as if 1000 too much had been subtracted."""
        return sum(NEAR[0] <= -shift <= NEAR[1] for shift in self.shifts)

    @property
    def note(self) -> str:
        """Note for readers; empty if nothing looks wrong or the data do not suffice."""
        count = len(self.shifts)
        if count < MIN_IMAGES:
            return ""
        low, middle, high = np.percentile(self.shifts, (0, 50, 100))
        figures = Message(
            "over places that are dark in the real image, the darkest pixels lie {} DN from the "
            "real ones (median of {} images; {} to {})",
            f"{middle:+.0f}",
            count,
            f"{low:+.0f}",
            f"{high:+.0f}",
        )
        stated = f"{self.stated:g}"
        if self.above >= max(1, MANY * count):
            differ = Message(MIXED, self.above, count) if self.above < count else ""
            remedy = (
                Message(STATED, stated)
                if self.stated
                else Message("terramind.offset in the bundle's card can take it off.")
            )
            return join([Message(ADDED, figures), differ, remedy])
        if self.stated and self.below >= max(1, MANY * count):
            return Message(TAKEN_OFF, stated, figures)
        return ""

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values."""
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
    """Return the shift of opt_v1's darkest pixels from the real ones over dark places.

    Args:
        pair: Pair with the real image.
        opt_v1: (12, H, W) DN as stage 1 returned it, not clipped.

    Returns:
        First percentile of opt_v1 less that of the real image over the same pixels, in DN; the
        lowest of the bands with enough dark pixels, because an offset affects all bands and a
        network's error need not. None if no band has enough.
    """
    real, valid = optical_of(pair), valid_of(pair)
    image = opt_v1[list(OUTPUT_INDEX)]
    shifts = []
    for band, limit in DARK.items():
        i = OUTPUT_BANDS.index(band)
        dark = valid & np.isfinite(image[i]) & (np.nan_to_num(real[i], nan=np.inf) < limit)
        if dark.sum() >= MIN_PIXELS:
            low, real_low = (np.quantile(x[i][dark], QUANTILE) for x in (image, real))
            shifts.append(float(low - real_low))
    return min(shifts, default=None)


def check_offset(shifts: Sequence[float | None], card: Mapping[str, Any]) -> OffsetCheck:
    """Return the check over all judged images.

    Args:
        shifts: `dark_shift` of each image.
        card: The bundle's card.
    """
    stated = (card.get("terramind") or {}).get("offset") or 0.0
    return OffsetCheck(tuple(shift for shift in shifts if shift is not None), float(stated))
