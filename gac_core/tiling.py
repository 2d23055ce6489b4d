"""How an area is cut into tiles, how tiles are weighted, and how holes in them are filled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec

Array = npt.NDArray[np.float32]


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
    first = -((spec.size - spec.margin - 1 - start) // spec.stride) * spec.stride
    return range(first, stop - spec.margin, spec.stride)


def needed(area: Window, spec: WindowSpec) -> Window:
    """The area that the tiles of `area` look at: what the stage before must have computed."""
    rows, cols = _origins(area.row, area.stop_row, spec), _origins(area.col, area.stop_col, spec)
    first = Window(rows[0], cols[0], spec.size, spec.size)
    return first.union(Window(rows[-1], cols[-1], spec.size, spec.size))


def tile_weight(spec: WindowSpec) -> Array:
    """Weight of each pixel of a tile (size, size), in (0, 1] inside the margin and 0 on it.

    Ramps of neighbouring tiles add up to one over their overlap.
    """
    ramp = spec.overlap - 2 * spec.margin
    rise = (np.arange(ramp) + 0.5) / ramp
    side = np.ones(spec.size)
    side[: spec.margin] = 0.0
    side[spec.margin : spec.margin + ramp] = rise
    side[spec.size - spec.margin - ramp : spec.size - spec.margin] = rise[::-1]
    side[spec.size - spec.margin :] = 0.0
    return np.outer(side, side).astype(np.float32)


def fill_holes(values: Array, valid: npt.NDArray[np.bool_]) -> Array:
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
    core, mask = values[:, *inside], valid[inside]
    if not mask.all():
        nearest = distance_transform_edt(~mask, return_distances=False, return_indices=True)
        core = core[:, nearest[0], nearest[1]]
    height, width = valid.shape
    pad = ((0, 0), (rows[0], height - 1 - rows[-1]), (cols[0], width - 1 - cols[-1]))
    return np.pad(core, pad, mode="symmetric")
