"""Images cut or padded to the side of a sample, turned and mirrored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T", bound=np.generic)

MULTIPLE = 32
"""Sides of samples are multiples of this: TerraMind's decoder halves an image of 16-pixel tokens
once, and 32 serves Prithvi's patches as well as any."""


@dataclass(frozen=True)
class Cut:
    """What is done to every image of a pair alike.

    Attributes:
        side: Height and width afterwards.
        row: First row taken where the image is higher than that.
        col: First column taken where it is wider.
        turns: Quarter turns, anticlockwise.
        mirror: Whether left and right change places, after the turns.
    """

    side: int
    row: int = 0
    col: int = 0
    turns: int = 0
    mirror: bool = False


def draw_cut(
    height: int, width: int, side: int, generator: np.random.Generator | None = None
) -> Cut:
    """The middle of an image, or with a generator a place, a turn and a mirroring at random."""
    spare = max(height - side, 0), max(width - side, 0)
    if generator is None:
        return Cut(side, spare[0] // 2, spare[1] // 2)
    row, col = (int(generator.integers(0, s + 1)) for s in spare)
    turns, mirror = int(generator.integers(0, 4)), bool(generator.integers(0, 2))
    return Cut(side, row, col, turns, mirror)


def cut(image: npt.NDArray[T], how: Cut) -> npt.NDArray[T]:
    """(…, side, side) of an image (…, H, W), mirrored at its edges where it is smaller."""
    taken = image[..., how.row : how.row + how.side, how.col : how.col + how.side]
    padded = np.pad(taken, _margins(taken.shape, how.side), mode="symmetric")
    return _turned(padded, how)


def inside(height: int, width: int, how: Cut) -> npt.NDArray[np.bool_]:
    """(side, side): what of a sample is no padding."""
    held = np.ones((min(height, how.side), min(width, how.side)), bool)
    return _turned(np.pad(held, _margins(held.shape, how.side)), how)


def _margins(shape: tuple[int, ...], side: int) -> list[tuple[int, int]]:
    """What is added on each side: half before and half after."""
    return [(0, 0)] * (len(shape) - 2) + [_halves(side - n) for n in shape[-2:]]


def _halves(count: int) -> tuple[int, int]:
    return count // 2, count - count // 2


def _turned(image: npt.NDArray[T], how: Cut) -> npt.NDArray[T]:
    turned = np.rot90(image, how.turns, axes=(-2, -1))
    return np.ascontiguousarray(turned[..., ::-1] if how.mirror else turned)
