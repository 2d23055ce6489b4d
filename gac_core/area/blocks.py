"""Blocks: the windows in which TerraMind's tokens are decoded, larger than the tiles it sees.

Tokens are chosen tile by tile, as the transformers were trained, and put together into one mosaic
(`tokens`). The diffusion decoder then takes whole blocks of it: neighbouring blocks see the same
tokens and the same noise where they overlap, so that a narrow seam will do, where tiles that chose
their own tokens needed a wide one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gac_core.area.tiling import Array, side_weight
from gac_core.grid import Window
from gac_core.models.window import BLOCK, WindowSpec

Span = tuple[int, int]
"""First row or column of a block, and the first one after it."""


class Blocks:
    """The blocks of a scene.

    Seams lie at multiples of the blocks' stride on the world grid, whatever the area asked for.
    Beyond the scene there is nothing to decode: blocks end there, and where the scene leaves less
    of one than a tile, its neighbour takes it over.

    Args:
        spec: Sides of tiles and blocks.
        scene: Where there is data, not just what was asked for.
    """

    def __init__(self, spec: WindowSpec, scene: Window) -> None:
        self.overlap, self.margin = spec.seam, spec.rim
        self._rows = spans(scene.row, scene.stop_row, spec)
        self._cols = spans(scene.col, scene.stop_col, spec)
        self.tallest = max(stop - start for start, stop in self._rows)

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """The blocks that have weight in an area, row by row, west to east."""
        across = self._with_weight(self._cols, area.col, area.stop_col)
        for top, bottom in self._with_weight(self._rows, area.row, area.stop_row):
            if across:
                yield [Window(top, left, bottom - top, right - left) for left, right in across]

    def weight(self, window: Window) -> Array:
        """Weight of each pixel of a block; ramps of neighbours add up to one over a seam."""
        down = self._side(self._rows, (window.row, window.stop_row))
        across = self._side(self._cols, (window.col, window.stop_col))
        return np.outer(down, across).astype(np.float32)

    def _with_weight(self, found: list[Span], start: int, stop: int) -> list[Span]:
        return [s for s in found if s[0] + self.margin < stop and start < s[1] - self.margin]

    def _side(self, found: list[Span], span: Span) -> np.ndarray:
        return side_weight(
            span[1] - span[0],
            self.overlap,
            self.margin,
            rises=span != found[0],
            falls=span != found[-1],
        )


def spans(start: int, stop: int, spec: WindowSpec) -> list[Span]:
    """How a scene's rows or columns are cut into blocks.

    All begin and end on multiples of `BLOCK`. They reach beyond the scene by the rim, and a scene
    smaller than a tile is given a whole tile.

    Args:
        start: The scene's first row or column.
        stop: The first one after it.
        spec: Sides and seams.
    """
    first = (start - spec.rim) // BLOCK * BLOCK
    last = -(-(stop + spec.rim) // BLOCK) * BLOCK
    lacking = max(0, spec.size - (last - first))
    first -= lacking // 2 // BLOCK * BLOCK
    last = max(last, first + spec.size)
    stride = spec.decode - spec.seam
    # A seam belongs to both of its blocks. None is put where it would leave less than a tile.
    least = max(spec.size, spec.seam + BLOCK)
    lowest, highest = first + least - spec.seam, last - least
    seams = list(range(-(-lowest // stride) * stride, highest + 1, stride))
    middle = (first + last - spec.seam) // 2 // BLOCK * BLOCK
    if not seams and last - first > spec.decode and lowest <= middle <= highest:
        # Two ends, each less than a tile, would both fall to the one block between them.
        seams = [middle]
    return list(zip([first, *seams], [*(s + spec.seam for s in seams), last], strict=True))
