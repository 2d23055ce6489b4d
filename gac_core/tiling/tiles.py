"""Layout of an area: tiles for transformers, blocks for the decoder, their weights, and holes.

Tokens are chosen tile by tile, as the transformers were trained, and put together into one mosaic
(`tokens`). The diffusion decoder then processes whole blocks of it: where neighbouring blocks
overlap, they use the same tokens and the same noise, so a narrow seam is enough, whereas tiles with
their own tokens needed a wide one.

All blocks have the same width, in every scene: the brightness of the decoder's output depends on it
(docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from gac_core.bundles.bundle import BLOCK, WindowSpec
from gac_core.grid import Window
from gac_core.stages.base import Array

Number = TypeVar("Number", bound=np.number[Any])


class TileLayout(Protocol):
    """Windows that cover an area in rows; each row overlaps the next one.

    Attributes:
        ramp: Number of rows over which a row of windows blends into the next one.
    """

    ramp: int

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """Yield the windows that have weight in an area, row by row, west to east."""
        ...

    def reach(self, window: Window) -> Window:
        """Return the pixels of a window that have weight."""
        ...

    def weight(self, window: Window) -> Array:
        """Return the weight of each pixel of a window; those of all windows add up to one."""
        ...


class Tiles:
    """Stage 2's tiles; their origins are multiples of the stride on the world grid.

    Args:
        spec: Tile size and overlap.
    """

    def __init__(self, spec: WindowSpec) -> None:
        self._spec = spec
        self._weight = tile_weight(spec)
        self.ramp = spec.blend - 2 * spec.margin

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """See `tile_rows`."""
        return tile_rows(area, self._spec)

    def reach(self, window: Window) -> Window:
        """See `TileLayout`."""
        return window.grown(-self._spec.margin)

    def weight(self, window: Window) -> Array:
        """See `tile_weight`."""
        return self._weight


def tile_rows(area: Window, spec: WindowSpec) -> Iterator[list[Window]]:
    """Yield the tiles of an area, row by row, west to east.

    Tile origins are multiples of the stride on the world grid, independent of the area: the same
    place lies in the same tiles in every run. All tiles of a row have the same rows.
    """
    for row in _origins(area.row, area.stop_row, spec):
        yield [
            Window(row, col, spec.size, spec.size)
            for col in _origins(area.col, area.stop_col, spec)
        ]


def _origins(start: int, stop: int, spec: WindowSpec) -> range:
    # A tile's margin has no weight.
    stride = spec.size - spec.blend
    first = -((spec.size - spec.margin - 1 - start) // stride) * stride
    return range(first, stop - spec.margin, stride)


def hull(lattice: TileLayout, area: Window) -> Window:
    """Return the smallest window that holds all of an area's windows; without any, the area."""
    window = area
    for row in lattice.rows(area):
        window = window.union(row[0]).union(row[-1])
    return window


def tile_weight(spec: WindowSpec) -> Array:
    """Return the weight of each pixel of a tile (size, size), in (0, 1], and 0 in the margin.

    Ramps of neighbouring tiles add up to one across their overlap.
    """
    side = side_weight(
        spec.size, spec.blend - 2 * spec.margin, spec.margin, spec.size - spec.margin
    )
    return np.outer(side, side).astype(np.float32)


def side_weight(
    size: int, ramp: int, begin: int, end: int, *, rises: bool = True, falls: bool = True
) -> npt.NDArray[np.float64]:
    """Return the weights along one side, with ramps towards neighbours.

    Args:
        size: Length of the side in pixels.
        ramp: Length of a ramp in pixels.
        begin: First pixel with weight.
        end: End of the pixels with weight, exclusive.
        rises: True if there is a neighbour before.
        falls: True if there is a neighbour after.
    """
    rise = (np.arange(ramp) + 0.5) / ramp
    side = np.zeros(size)
    side[begin:end] = 1.0
    if rises:
        side[begin : begin + ramp] = rise
    if falls:
        side[end - ramp : end] = rise[::-1]
    return side


def fill_holes(values: npt.NDArray[Number], valid: npt.NDArray[np.bool_]) -> npt.NDArray[Number]:
    """Return a tile without holes, for networks that do not support nodata.

    Outside the bounding box of the valid pixels the image is mirrored; holes inside take their
    nearest valid neighbour. Never zeros: a network takes those for water.

    Args:
        values: (C, H, W).
        valid: (H, W); at least one pixel is valid.

    Returns:
        (C, H, W) without NaN; valid pixels unchanged.
    """
    if valid.all():
        return values
    rows, cols = np.flatnonzero(valid.any(1)), np.flatnonzero(valid.any(0))
    box = (slice(rows[0], rows[-1] + 1), slice(cols[0], cols[-1] + 1))
    core, mask = values[(..., *box)], valid[box]
    if not mask.all():
        # Imported late: it takes half a second, which a refused run should not wait for.
        from scipy.ndimage import distance_transform_edt

        nearest = distance_transform_edt(~mask, return_distances=False, return_indices=True)
        core = core[:, nearest[0], nearest[1]]
    height, width = valid.shape
    pad = ((0, 0), (rows[0], height - 1 - rows[-1]), (cols[0], width - 1 - cols[-1]))
    return np.pad(core, pad, mode="symmetric")


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


def tile_layout(spec: WindowSpec, scene: Window, *, decodes: bool) -> TileLayout:
    """Return the tile layout of a stage: blocks if it decodes tokens, tiles otherwise."""
    return Blocks(spec, scene) if decodes else Tiles(spec)


def count_tiles(area: Window, lattice: TileLayout) -> int:
    """Return the number of tiles or blocks that `drive` will report."""
    return sum(len(row) for row in lattice.rows(area))
