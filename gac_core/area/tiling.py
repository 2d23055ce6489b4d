"""How an area is cut into tiles, how tiles are weighted, and how holes in them are filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec

Array = npt.NDArray[np.float32]

Number = TypeVar("Number", bound=np.number[Any])


class Lattice(Protocol):
    """Windows that cover an area, those of a row one below the other's overlap.

    Attributes:
        overlap: Rows that a row of windows shares with the next.
        margin: Outer rows and columns of a window that have no weight.
        tallest: Height of the highest window.
    """

    overlap: int
    margin: int
    tallest: int

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """The windows that have weight in an area, row by row, west to east."""
        ...

    def weight(self, window: Window) -> Array:
        """Weight of each pixel of a window; those of all windows add up to one."""
        ...


class Tiles:
    """Stage 2's tiles, on origins that are multiples of their stride on the world grid.

    Args:
        spec: Size and overlap.
    """

    def __init__(self, spec: WindowSpec) -> None:
        self._spec = spec
        self._weight = tile_weight(spec)
        self.overlap, self.margin, self.tallest = spec.blend, spec.margin, spec.size

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """See `tile_rows`."""
        return tile_rows(area, self._spec)

    def weight(self, window: Window) -> Array:
        """See `tile_weight`."""
        return self._weight


def tile_rows(area: Window, spec: WindowSpec) -> Iterator[list[Window]]:
    """The tiles that an area needs, row by row, west to east.

    Tile origins are multiples of the stride on the world grid, whatever the area: the same place
    lies in the same tiles in every run. All tiles of a row share their rows.
    """
    for row in _origins(area.row, area.stop_row, spec):
        yield [
            Window(row, col, spec.size, spec.size)
            for col in _origins(area.col, area.stop_col, spec)
        ]


def _origins(start: int, stop: int, spec: WindowSpec) -> range:
    # A tile counts where it has weight: its margin has none.
    stride = spec.size - spec.blend
    first = -((spec.size - spec.margin - 1 - start) // stride) * stride
    return range(first, stop - spec.margin, stride)


def hull(lattice: Lattice, area: Window) -> Window:
    """The smallest window that holds all of an area's windows; the area itself if it has none."""
    found = area
    for row in lattice.rows(area):
        found = found.union(row[0]).union(row[-1])
    return found


def tile_weight(spec: WindowSpec) -> Array:
    """Weight of each pixel of a tile (size, size), in (0, 1] inside the margin and 0 on it.

    Ramps of neighbouring tiles add up to one over their overlap.
    """
    side = side_weight(spec.size, spec.blend, spec.margin)
    return np.outer(side, side).astype(np.float32)


def side_weight(
    size: int, overlap: int, margin: int, *, rises: bool = True, falls: bool = True
) -> npt.NDArray[np.float64]:
    """Weights along one side: none on the margins, ramps over the rest of the overlaps.

    Args:
        size: Pixels of the side.
        overlap: What it shares with a neighbour.
        margin: Outer pixels without weight.
        rises: Whether there is a neighbour before.
        falls: Whether there is one after.
    """
    ramp = overlap - 2 * margin
    rise = (np.arange(ramp) + 0.5) / ramp
    side = np.ones(size)
    if rises:
        side[margin : margin + ramp] = rise
    if falls:
        side[size - margin - ramp : size - margin] = rise[::-1]
    side[:margin] = 0.0
    side[size - margin :] = 0.0
    return side


def fill_holes(values: npt.NDArray[Number], valid: npt.NDArray[np.bool_]) -> npt.NDArray[Number]:
    """A tile without holes, for networks that know no nodata.

    Beyond the rectangle that holds all valid pixels the image is mirrored; holes inside take their
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
    inside = (slice(rows[0], rows[-1] + 1), slice(cols[0], cols[-1] + 1))
    core, mask = values[(..., *inside)], valid[inside]
    if not mask.all():
        nearest = distance_transform_edt(~mask, return_distances=False, return_indices=True)
        core = core[:, nearest[0], nearest[1]]
    height, width = valid.shape
    pad = ((0, 0), (rows[0], height - 1 - rows[-1]), (cols[0], width - 1 - cols[-1]))
    return np.pad(core, pad, mode="symmetric")
