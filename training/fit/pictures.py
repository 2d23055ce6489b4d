"""Validation pictures: radar, previous stage, this stage, real image.

All pictures of a row share the stretch of its real image.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gac_core.io import whole_file
from training.stretch import Pixels, Stretch, radar, true_colour

GAP = 4
"""Gap between pictures in pixels."""

Values = NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """Images of a row.

    Attributes:
        s1: (2, H, W) dB.
        before: (4, H, W) DN of the previous stage.
        stage: (4, H, W) DN of this stage.
        real: (4, H, W) DN, NaN where unknown.
    """

    s1: Values
    before: Values
    stage: Values
    real: Values


def sheet(rows: Sequence[Row]) -> Pixels:
    """Return all rows stacked; from left to right radar, previous stage, stage, real image."""
    gap = np.full((1, GAP, 1), 255, np.uint8)
    lines = []
    for row in rows:
        stretch = Stretch.of(row.real)
        images = (row.before, row.stage, row.real)
        pictures = [radar(row.s1), *(true_colour(image, stretch) for image in images)]
        between = np.broadcast_to(gap, (pictures[0].shape[0], GAP, 3))
        parts = [part for picture in pictures for part in (picture, between)]
        line = np.concatenate(parts[:-1], axis=1)
        lines += [line, np.full((GAP, line.shape[1], 3), 255, np.uint8)]
    return np.concatenate(lines[:-1], axis=0)


def write_picture(picture: Pixels, path: Path) -> None:
    """Write a PNG atomically.

    Raises:
        OSError: If it cannot be written.
    """
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as part:
        part.write_bytes(buffer.getbuffer())
