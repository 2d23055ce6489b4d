"""Rows of pictures of what a training makes: radar, stage before, this stage, real image."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gac_core.raster.space import whole_file

GAP = 4
"""Pixels between pictures."""

DN_WHITE = 3000.0
RADAR_DB = (-25.0, 0.0)
"""One stretch for all pictures, so that they can be compared."""

Values = NDArray[np.float32]
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Row:
    """What a row shows.

    Attributes:
        s1: (2, H, W) dB.
        before: (4, H, W) DN of the stage before.
        stage: (4, H, W) DN of this stage.
        real: (4, H, W) DN.
    """

    s1: Values
    before: Values
    stage: Values
    real: Values


def true_colour(dn: Values) -> Picture:
    """(H, W, 3) from (4, H, W) DN of B02, B03, B04, B08: 0 to 3000 DN, the same for all images."""
    return _bytes(dn[[2, 1, 0]] / DN_WHITE)


def radar(s1: Values) -> Picture:
    """(H, W, 3), grey, from (2, H, W) dB: VV from -25 to 0 dB."""
    low, high = RADAR_DB
    return np.repeat(_bytes((s1[:1] - low) / (high - low)), 3, axis=2)


def sheet(rows: Sequence[Row]) -> Picture:
    """All rows, one below the other, left to right radar, before, stage, real."""
    gap = np.full((1, GAP, 1), 255, np.uint8)
    lines = []
    for row in rows:
        shown = [radar(row.s1), *(true_colour(v) for v in (row.before, row.stage, row.real))]
        between = np.broadcast_to(gap, (shown[0].shape[0], GAP, 3))
        parts = [part for picture in shown for part in (picture, between)]
        line = np.concatenate(parts[:-1], axis=1)
        lines += [line, np.full((GAP, line.shape[1], 3), 255, np.uint8)]
    return np.concatenate(lines[:-1], axis=0)


def write_picture(picture: Picture, path: Path) -> None:
    """Write a PNG.

    Raises:
        OSError: If it cannot be written.
    """
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as part:
        part.write_bytes(buffer.getbuffer())


def _bytes(values: Values) -> Picture:
    """(H, W, C) from (C, H, W) of 0 to 1; what is no number is black."""
    shown = np.nan_to_num(values).clip(0, 1).transpose(1, 2, 0)
    return np.asarray((255 * shown).round(), np.uint8)
