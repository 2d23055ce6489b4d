"""Pictures of radar, generated and real images; generated ones are marked.

The pictures of a pair share the stretch of its real image, so that differences in brightness stay
visible.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gac_core.contract.bands import BIOMES
from gac_core.scene.crs import DEGREES
from gac_core.scene.extent import format_location
from gac_core.stages.base import Array
from training.evaluation.chain import OPT_NAMES, Scored
from training.evaluation.comparison import MEASURES
from training.stretch import Pixels, Stretch, radar, true_colour

MAX_SIDE = 256
"""Maximum side of a picture in pixels; larger images are cropped to their centre."""
ROWS = 10
"""Number of pairs on a contact sheet."""
TITLES = ("Sentinel-1 VV", "opt_v1", "opt_v2", "opt_v3", "Sentinel-2, real")
_GAP, _LINE = 6, 20
_MARK = "SYNTHETIC"

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
class Strip:
    """Pictures of a pair.

    Attributes:
        name: Name of the pair.
        tile: Its tile.
        pictures: (H, W, 3) each, in the order of `TITLES`: radar, generated images, real image.
    """

    name: str
    tile: str
    pictures: list[Pixels]


def strip(name: str, tile: str, s1: Array, generated: Sequence[Array], real: Array) -> Strip:
    """Return a pair's strip: VV, generated images and the real one, in true colour.

    Args:
        name: Name of the pair.
        tile: Its tile.
        s1: (2, H, W) dB.
        generated: (4, H, W) DN each; these are marked.
        real: (4, H, W) DN; its stretch is used for all.
    """
    stretch = Stretch.of(real)
    marked = [_picture(true_colour(image, stretch), mark=True) for image in generated]
    plain = [_picture(pixels) for pixels in (radar(s1), true_colour(real, stretch))]
    return Strip(name, tile, [np.asarray(each) for each in (plain[0], *marked, plain[1])])


@dataclass(frozen=True)
class PictureRow:
    """Pictures of a pair on the page.

    Attributes:
        name: Name of the pair.
        tile: Its tile.
        pictures: PNG data URIs, by title.
    """

    name: str
    tile: str
    pictures: dict[str, str]


def picture_row(row: Strip) -> PictureRow:
    """Return a strip's pictures for the page."""
    return PictureRow(
        row.name, row.tile, dict(zip(TITLES, map(_data_uri, row.pictures), strict=True))
    )


def contact_sheets(strips: Sequence[Strip], titles: Sequence[str]) -> list[Image.Image]:
    """Return sheets of at most `ROWS` pairs, each with a line of titles and the pairs' names."""
    font = ImageFont.load_default(size=12)
    sheets = []
    for first in range(0, len(strips), ROWS):
        rows = strips[first : first + ROWS]
        cell = max(side for row in rows for picture in row.pictures for side in picture.shape[:2])
        width, height = cell + _GAP, cell + _GAP + _LINE
        sheet = Image.new("RGB", (width * len(titles) + _GAP, height * len(rows) + _LINE), "white")
        draw = ImageDraw.Draw(sheet)
        for column, title in enumerate(titles):
            draw.text((_GAP + column * width, 4), title, font=font, fill="black")
        for line, row in enumerate(rows):
            top = _LINE + line * height
            draw.text((_GAP, top + 2), f"{row.tile}  {row.name}", font=font, fill="#495057")
            for column, picture in enumerate(row.pictures):
                sheet.paste(Image.fromarray(picture), (_GAP + column * width, top + _LINE))
        sheets.append(sheet)
    return sheets


def _middle(size: int) -> slice:
    first = max(0, (size - MAX_SIDE) // 2)
    return slice(first, first + MAX_SIDE)


def _data_uri(pixels: Pixels) -> str:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def _picture(pixels: Pixels, *, mark: bool = False) -> Image.Image:
    rows, cols = (_middle(size) for size in pixels.shape[:2])
    # Enlarged without smoothing, so that the mark is legible and the pixels stay visible.
    picture = Image.fromarray(np.ascontiguousarray(pixels[rows, cols]))
    if min(picture.size) < MAX_SIDE // 2 + 1:
        picture = picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.NEAREST)
    if mark:
        _write_mark(picture)
    return picture


def _write_mark(picture: Image.Image) -> None:
    """Draw the mark into the picture's lower left corner, so that copies keep it."""
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.load_default(size=12)
    left, top, right, bottom = draw.textbbox((0, 0), _MARK, font=font)
    width, height = right - left + 10, bottom - top + 8
    corner = (0, picture.height - height, width, picture.height)
    draw.rectangle(corner, fill=(20, 20, 20, 190))
    draw.text((5 - left, picture.height - height + 4 - top), _MARK, font=font, fill="white")


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
        place = format_location(DEGREES, np.array(one.place)[::-1, None]) if one.place else ""
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
