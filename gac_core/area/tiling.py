"""Tile layout, blending weights, and hole filling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec

Array = npt.NDArray[np.float32]

Number = TypeVar("Number", bound=np.number[Any])


class Lattice(Protocol):
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
        """See `Lattice`."""
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


def hull(lattice: Lattice, area: Window) -> Window:
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
