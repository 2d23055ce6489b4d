"""Pictures of radar, generated and real images for people, generated ones marked as such.

Those on the page share one fixed stretch. Contact sheets have one for each pair, that of its real
image, so that dark and bright places can both be seen.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from gac_core.stages.base import Array

WHITE = 3000.0
"""DN shown as white, in every picture."""

GAMMA = 0.7

RADAR_DB = (-22.0, -2.0)
"""VV backscatter shown as black and as white."""

LARGEST = 256
"""Pixels of a picture's longer side; larger images are cut to their middle."""

ROWS = 10
"""Pairs on a contact sheet."""

TITLES = ("Sentinel-1 VV", "opt_v1", "opt_v2", "opt_v3", "Sentinel-2, real")

_GAP, _LINE = 6, 20
_NODATA = 200
_MARK = "SYNTHETIC"


@dataclass(frozen=True)
class PictureRow:
    """Pictures of one pair.

    Attributes:
        name: Whose pair.
        tile: Its tile.
        pictures: PNG files as data URIs, by title.
    """

    name: str
    tile: str
    pictures: dict[str, str]


def picture_row(
    name: str, tile: str, s1: Array, generated: Mapping[str, Array], real: Array
) -> PictureRow:
    """Radar, generated images and the real one, all with one fixed stretch.

    Args:
        name: Whose pair.
        tile: Its tile.
        s1: (2, H, W) dB.
        generated: (4, H, W) DN by title; these are marked.
        real: (4, H, W) DN.
    """
    pictures = {"Sentinel-1 VV": _png(_radar(s1))}
    pictures |= {title: _png(_optical(image), mark=True) for title, image in generated.items()}
    return PictureRow(name, tile, {**pictures, "Sentinel-2, real": _png(_optical(real))})


@dataclass(frozen=True)
class Strip:
    """One pair on a contact sheet.

    Attributes:
        name: Whose pair.
        tile: Its tile.
        pictures: (H, W, 3) each: radar, generated images, the real one.
    """

    name: str
    tile: str
    pictures: list[npt.NDArray[np.uint8]]


def strip(name: str, tile: str, s1: Array, generated: Sequence[Array], real: Array) -> Strip:
    """Return one pair's strip: VV, generated images, the real one, in true colour.

    Args:
        name: Whose pair.
        tile: Its tile.
        s1: (2, H, W) dB.
        generated: (4, H, W) DN; these are marked.
        real: (4, H, W) DN; its 1st and 99th percentile over the visible bands become black and
            white in all of them.
    """
    low, high = np.nanpercentile(real[:3], (1, 99))
    span = max(float(high - low), 1.0)

    def stretched(image: Array) -> npt.NDArray[np.uint8]:
        return _bytes(((image[[2, 1, 0]] - low) / span).clip(0, 1) ** GAMMA)

    marked = [np.asarray(_picture(stretched(image), mark=True)) for image in generated]
    plain = [np.asarray(_picture(pixels)) for pixels in (_radar(s1), stretched(real))]
    return Strip(name, tile, [plain[0], *marked, plain[1]])


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


def _radar(s1: Array) -> npt.NDArray[np.uint8]:
    low, high = RADAR_DB
    return _bytes(np.repeat(((s1[:1] - low) / (high - low)).clip(0, 1), 3, axis=0))


def _optical(image: Array) -> npt.NDArray[np.uint8]:
    """True colour: B04, B03, B02 of (B02, B03, B04, B08)."""
    return _bytes((image[[2, 1, 0]] / WHITE).clip(0, 1) ** GAMMA)


def _bytes(values: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    shown = np.where(np.isfinite(values), values * 255, _NODATA).astype(np.uint8)
    rows, cols = (_middle(size) for size in shown.shape[1:])
    return np.ascontiguousarray(shown[:, rows, cols].transpose(1, 2, 0))


def _middle(size: int) -> slice:
    first = max(0, (size - LARGEST) // 2)
    return slice(first, first + LARGEST)


def _png(pixels: npt.NDArray[np.uint8], *, mark: bool = False) -> str:
    stream = io.BytesIO()
    _picture(pixels, mark=mark).save(stream, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def _picture(pixels: npt.NDArray[np.uint8], *, mark: bool = False) -> Image.Image:
    # Doubled without smoothing, so that the mark can be read and the pixels be seen.
    picture = Image.fromarray(pixels)
    if min(picture.size) < LARGEST // 2 + 1:
        picture = picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.NEAREST)
    if mark:
        _write_mark(picture)
    return picture


def _write_mark(picture: Image.Image) -> None:
    """A word in the lower left corner that stays when the picture is copied."""
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.load_default(size=12)
    left, top, right, bottom = draw.textbbox((0, 0), _MARK, font=font)
    width, height = right - left + 10, bottom - top + 8
    corner = (0, picture.height - height, width, picture.height)
    draw.rectangle(corner, fill=(20, 20, 20, 190))
    draw.text((5 - left, picture.height - height + 4 - top), _MARK, font=font, fill="white")
