"""How an area is cut into tiles, how tiles are weighted, and how holes in them are filled."""

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
    """Windows that cover an area, those of a row one below the other's overlap.

    Attributes:
        ramp: Over how many rows the weight of a row of windows gives way to the next one's.
    """

    ramp: int

    def rows(self, area: Window) -> Iterator[list[Window]]:
        """The windows that have weight in an area, row by row, west to east."""
        ...

    def reach(self, window: Window) -> Window:
        """The pixels of a window that have weight."""
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
    side = side_weight(
        spec.size, spec.blend - 2 * spec.margin, spec.margin, spec.size - spec.margin
    )
    return np.outer(side, side).astype(np.float32)


def side_weight(
    size: int, ramp: int, begin: int, end: int, *, rises: bool = True, falls: bool = True
) -> npt.NDArray[np.float64]:
    """Weights along one side: ramps where a neighbour takes over, none beyond.

    Args:
        size: Pixels of the side.
        ramp: Over how many of them a neighbour takes over.
        begin: The first one with weight.
        end: The first one after those.
        rises: Whether there is a neighbour before.
        falls: Whether there is one after.
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
        # Half a second to import, which a run that is refused does not wait for.
        from scipy.ndimage import distance_transform_edt

        nearest = distance_transform_edt(~mask, return_distances=False, return_indices=True)
        core = core[:, nearest[0], nearest[1]]
    height, width = valid.shape
    pad = ((0, 0), (rows[0], height - 1 - rows[-1]), (cols[0], width - 1 - cols[-1]))
    return np.pad(core, pad, mode="symmetric")
