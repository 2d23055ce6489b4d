"""Cropping, padding, rotation and mirroring of samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)

MULTIPLE = 32
"""Divisor of sample sides: TerraMind's decoder halves an image of 16-pixel tokens once, and Prithvi
accepts 32 as well."""


@dataclass(frozen=True)
class Cut:
    """Geometric transform shared by all images of a pair.

    Attributes:
        side: Height and width of the result.
        row: First row if the image is higher than that.
        col: First column if it is wider.
        turns: Quarter turns, anticlockwise.
        mirror: Swap left and right after the turns.
    """

    side: int
    row: int = 0
    col: int = 0
    turns: int = 0
    mirror: bool = False


def draw_cut(
    height: int, width: int, side: int, generator: np.random.Generator | None = None
) -> Cut:
    """Return a centred transform, or with a generator a random place, rotation and mirroring."""
    spare = max(height - side, 0), max(width - side, 0)
    if generator is None:
        return Cut(side, spare[0] // 2, spare[1] // 2)
    row, col = (int(generator.integers(0, s + 1)) for s in spare)
    turns, flip = int(generator.integers(0, 4)), bool(generator.integers(0, 2))
    return Cut(side, row, col, turns, flip)


def cut(image: npt.NDArray[T], how: Cut) -> npt.NDArray[T]:
    """Return (…, side, side) of an image (…, H, W), padded by reflection where it is smaller."""
    window = image[..., how.row : how.row + how.side, how.col : how.col + how.side]
    padded = np.pad(window, _margins(window.shape, how.side), mode="symmetric")
    return _turned(padded, how)


def inside(height: int, width: int, how: Cut) -> npt.NDArray[np.bool_]:
    """Return the mask (side, side) of a sample without padding."""
    mask = np.ones((min(height, how.side), min(width, how.side)), bool)
    return _turned(np.pad(mask, _margins(mask.shape, how.side)), how)


def _margins(shape: tuple[int, ...], side: int) -> list[tuple[int, int]]:
    """Return the padding on each side, split evenly."""
    return [(0, 0)] * (len(shape) - 2) + [_halves(side - n) for n in shape[-2:]]


def _halves(count: int) -> tuple[int, int]:
    return count // 2, count - count // 2


def _turned(image: npt.NDArray[T], how: Cut) -> npt.NDArray[T]:
    turned = np.rot90(image, how.turns, axes=(-2, -1))
    return np.ascontiguousarray(turned[..., ::-1] if how.mirror else turned)
