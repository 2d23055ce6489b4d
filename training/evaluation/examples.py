"""Examples of an evaluation: best, median and worst pair by the last stage's SAM."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gac_core.contract.bands import BIOMES
from gac_core.scene.crs import DEGREES
from gac_core.scene.extent import degrees
from training.evaluation.chain import OPT_NAMES
from training.evaluation.measures import MEASURES
from training.evaluation.pictures import TITLES, Strip, contact_sheets
from training.evaluation.scored import Scored

IMAGE, MEASURE = OPT_NAMES[-1], MEASURES["sam"]
"""Ranked image and measure: SAM, because PSNR is mostly level, which SAM ignores."""

RANKS = ("best", "median", "worst")
PICTURE = "{}-{}.png"
"""File name of a picture from the page's name and the rank."""

ABOUT = (
    "By SAM of opt_v3 among the pairs above; of an even number the better one of the two in the "
    "middle is the median. All pictures of a pair have one stretch, 2 to 98 % of the visible bands "
    "of its real image together. Those marked SYNTHETIC were generated; they are no observations."
)


@dataclass(frozen=True)
class Example:
    """Representative pair.

    Attributes:
        ranks: One or more of `RANKS`.
        scored: Scores of the pair.
        strip: Pictures of the pair.
    """

    ranks: tuple[str, ...]
    scored: Scored
    strip: Strip

    @property
    def title(self) -> str:
        """Ranks as text."""
        *others, last = self.ranks
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def caption(self) -> str:
        """Caption in Markdown: rank, name, place, biome and scores."""
        one = self.scored
        place = degrees(DEGREES, np.array(one.place)[::-1, None]) if one.place else ""
        scores = [
            f"{measure.title} {measure.with_unit(one.value(IMAGE, measure.key))}"
            for measure in (MEASURES["psnr"], MEASURE)
        ]
        biome = BIOMES[one.biome] if one.biome else "biome unknown"
        parts = [f"`{one.name}`", f"tile {one.tile}", place or "place unknown", biome, *scores]
        return f"{self.title.capitalize()}: {', '.join(parts)}."


def choose_examples(each: Sequence[Scored]) -> dict[int, tuple[str, ...]]:
    """Return the ranks of the representative pairs, by their index in `each`.

    The median of an even count is the better of the middle two; of equals the first in `each`
    counts as better; pairs without the score are ignored. With fewer than three pairs one has
    several ranks.
    """
    values = [one.value(IMAGE, MEASURE.key) for one in each]
    order = sorted(
        (n for n, value in enumerate(values) if math.isfinite(value)), key=values.__getitem__
    )
    ranks: dict[int, tuple[str, ...]] = {}
    if order:
        for rank, number in zip(
            RANKS, (order[0], order[(len(order) - 1) // 2], order[-1]), strict=True
        ):
            ranks[number] = (*ranks.get(number, ()), rank)
    return ranks


def write_examples(examples: Sequence[Example], page: Path) -> str:
    """Write the pictures to the folder `images` beside a page, and return their Markdown.

    Pictures of an earlier evaluation are deleted.

    Args:
        examples: Examples to write.
        page: Path of the page, which gives the pictures' names.

    Raises:
        OSError: If they cannot be written.
    """
    folder = page.parent / "images"
    for rank in RANKS:
        (folder / PICTURE.format(page.stem, rank)).unlink(missing_ok=True)
    lines = []
    for example in examples:
        folder.mkdir(exist_ok=True)
        path = folder / PICTURE.format(page.stem, example.ranks[0])
        (sheet,) = contact_sheets([example.strip], TITLES)
        sheet.save(path, optimize=True)
        alt = f"{example.title.capitalize()}: {', '.join(TITLES)}"
        lines += [f"![{alt}](images/{path.name})", example.caption]
    return "\n\n".join(lines)
