"""Pictures of radar, generated and real images; generated ones are marked.

The pictures of a pair share the stretch of its real image, so that differences in brightness stay
visible.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gac_core.stages.base import Array
from training.stretch import Pixels, Stretch, radar, true_colour

LARGEST = 256
"""Maximum side of a picture in pixels; larger images are cropped to their centre."""

ROWS = 10
"""Number of pairs on a contact sheet."""

TITLES = ("Sentinel-1 VV", "opt_v1", "opt_v2", "opt_v3", "Sentinel-2, real")

_GAP, _LINE = 6, 20
_MARK = "SYNTHETIC"


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
    first = max(0, (size - LARGEST) // 2)
    return slice(first, first + LARGEST)


def _data_uri(pixels: Pixels) -> str:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def _picture(pixels: Pixels, *, mark: bool = False) -> Image.Image:
    rows, cols = (_middle(size) for size in pixels.shape[:2])
    # Enlarged without smoothing, so that the mark is legible and the pixels stay visible.
    picture = Image.fromarray(np.ascontiguousarray(pixels[rows, cols]))
    if min(picture.size) < LARGEST // 2 + 1:
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
