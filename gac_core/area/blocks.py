"""Blocks: the windows in which TerraMind's tokens are decoded, larger than its tiles.

Tokens are chosen tile by tile, as the transformers were trained, and put together into one mosaic
(`tokens`). The diffusion decoder then processes whole blocks of it: where neighbouring blocks
overlap, they use the same tokens and the same noise, so a narrow seam is enough, whereas tiles with
their own tokens needed a wide one.

All blocks have the same width, in every scene: the brightness of the decoder's output depends on it
(docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gac_core.area.tiling import Array, side_weight
from gac_core.grid import Window
from gac_core.models.window import BLOCK, WindowSpec


class Span(NamedTuple):
    """Rows or columns of a block.

    Attributes:
        start: First one that is decoded.
        stop: End of the decoded ones, exclusive.
        begin: First one with weight.
        end: End of those with weight, exclusive.
    """

    start: int
    stop: int
    begin: int
    end: int


class Blocks:
    """Blocks of a scene.

    Seams lie at multiples of the blocks' stride on the world grid, independent of the requested
    area. Outside the scene there is nothing to decode: a block that would extend beyond it is moved
    inwards. It then overlaps its neighbours by more than a seam, and has weight where it would have
    had it unmoved.

    Args:
        spec: Tile and block sizes.
        scene: Extent of the data, not only of the requested area.
    """

    def __init__(self, spec: WindowSpec, scene: Window) -> None:
        self.ramp = spec.seam - 2 * spec.rim
        self._rows = spans(scene.row, scene.stop_row, spec)
        self._cols = spans(scene.col, scene.stop_col, spec)
        self._down = self._weights(self._rows)
        self._across = self._weights(self._cols)

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """Yield the blocks that have weight in an area, row by row, west to east."""
        across = _with_weight(self._cols, area.col, area.stop_col)
        for down in _with_weight(self._rows, area.row, area.stop_row):
            if across:
                height = down.stop - down.start
                yield [Window(down.start, c.start, height, c.stop - c.start) for c in across]

    def reach(self, window: Window) -> Window:
        """Return the pixels of a block that have weight."""
        down, _ = self._down[window.row]
        across, _ = self._across[window.col]
        height, width = down.end - down.begin, across.end - across.begin
        return Window(down.begin, across.begin, height, width)

    def weight(self, window: Window) -> Array:
        """Return the weight of each pixel of a block; ramps of neighbours add up to one."""
        _, down = self._down[window.row]
        _, across = self._across[window.col]
        return np.outer(down, across).astype(np.float32)

    def _weights(self, sides: list[Span]) -> dict[int, tuple[Span, npt.NDArray[np.float64]]]:
        return {
            side.start: (
                side,
                side_weight(
                    side.stop - side.start,
                    self.ramp,
                    side.begin - side.start,
                    side.end - side.start,
                    rises=side is not sides[0],
                    falls=side is not sides[-1],
                ),
            )
            for side in sides
        }


def _with_weight(sides: list[Span], start: int, stop: int) -> list[Span]:
    return [side for side in sides if side.begin < stop and start < side.end]


def spans(start: int, stop: int, spec: WindowSpec) -> list[Span]:
    """Return the spans of a scene's rows or columns, each as wide as the bundle specifies.

    All begin and end on multiples of `BLOCK`. They extend beyond the scene by the rim; a scene
    smaller than a block is centred in one.

    Args:
        start: First row or column of the scene.
        stop: End of the scene, exclusive.
        spec: Block sizes and seams.
    """
    first = (start - spec.rim) // BLOCK * BLOCK
    last = -(-(stop + spec.rim) // BLOCK) * BLOCK
    missing = max(0, spec.decode - (last - first))
    first -= missing // 2 // BLOCK * BLOCK
    last = max(last, first + spec.decode)
    stride = spec.decode - spec.seam
    seams: list[int] = []
    if last - first > spec.decode:
        # Seams that would repeat the first or the last block are left out.
        seams = [*range((first // stride + 1) * stride, last - spec.seam, stride)]
    starts = [first, *(min(seam, last - spec.decode) for seam in seams)]
    begins = [first, *seams]
    ends = [*(seam + spec.seam for seam in seams), last]
    return [
        Span(at, at + spec.decode, begin + spec.rim, end - spec.rim)
        for at, begin, end in zip(starts, begins, ends, strict=True)
    ]
