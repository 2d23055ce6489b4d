"""Inputs of a stage: windows read, filled and stacked; the one window of a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import Window
from gac_core.stages.base import OBSERVED, Array
from gac_core.tiling.tiles import fill_holes

Source = Callable[[Window], Array]
"""Reads a window (C, H, W), NaN where there is no data and outside the data."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class StageBatch:
    """Windows of one size that hold data, and the stage inputs for them.

    Attributes:
        windows: The windows.
        masks: Valid pixels (H, W) of each.
        batch: The windows, padded with the last one to a full batch.
        inputs: Values by name (B, C, H, W) of the full batch, see `gac_core.stages.base.Inputs`.
    """

    windows: list[Window]
    masks: list[Mask]
    batch: list[Window]
    inputs: dict[str, Array]


def load_inputs(
    names: Iterable[str],
    windows: Sequence[Window],
    sources: Mapping[str, Source],
    batch_size: int,
    *,
    edge: int = 0,
) -> StageBatch | None:
    """Return the stage inputs of windows, or None if the radar has no data in any of them.

    Args:
        names: Inputs of the stage.
        windows: Windows of one size.
        sources: Window readers by name: `s1` and all of `names`.
        batch_size: Windows computed together.
        edge: Width of the outer pixels whose data alone does not make a window worth computing.
    """
    radar = {window: sources["s1"](window) for window in windows}
    masks = {w: np.isfinite(s1[0]) & np.isfinite(s1[1]) for w, s1 in radar.items()}
    valid = [w for w in windows if masks[w][edge : w.height - edge, edge : w.width - edge].any()]
    if not valid:
        return None
    # A short batch is padded: another batch size would round differently on a GPU.
    missing = batch_size - len(valid)
    inputs = {}
    for name in names:
        values = [radar[w] if name == "s1" else sources[name](w) for w in valid]
        if name != OBSERVED:
            values = [fill_holes(v, masks[w]) for v, w in zip(values, valid, strict=True)]
        inputs[name] = np.stack(values + values[-1:] * missing)
    return StageBatch(valid, [masks[w] for w in valid], valid + valid[-1:] * missing, inputs)


def lens_window(place: Window, scene: Window, spec: WindowSpec) -> Window:
    """Return the tile for a preview.

    It is the part that one of stage 2's tiles does not share with others, without the rim that is
    discarded at a block's edges: each stage then computes a single window.

    Args:
        place: Location that the user selected, on the scene; its centre counts.
        scene: Extent of the data.
        spec: Tile and block sizes.

    Returns:
        The tile nearest to the place; smaller where the scene is smaller.
    """
    stride, edge = spec.size - spec.blend, max(spec.blend - spec.margin, spec.rim)
    side = spec.size - 2 * edge

    def span(middle: float, start: int, stop: int) -> tuple[int, int]:
        lowest = -((edge - start) // stride) * stride + edge
        highest = (stop - edge - side) // stride * stride + edge
        if lowest > highest:
            return start, min(stop - start, side)
        nearest = round((middle - spec.size / 2) / stride) * stride + edge
        return min(max(nearest, lowest), highest), side

    row, height = span(place.row + place.height / 2, scene.row, scene.stop_row)
    col, width = span(place.col + place.width / 2, scene.col, scene.stop_col)
    return Window(row, col, height, width)


def masked_source(source: Source, whole: Window) -> Source:
    """Return a source that has no data outside a window, so that nothing is computed there."""

    def read(window: Window) -> Array:
        shared = window.intersection(whole)
        values = source(shared)
        if shared == window:
            return values
        result = np.full((len(values), *window.shape), np.nan, values.dtype)
        if not shared.is_empty:
            result[(..., *shared.slices(window))] = values
        return result

    return read


def without_windows(source: Source, windows: Sequence[Window]) -> Source:
    """Return a source that has no data in some windows."""
    if not windows:
        return source

    def read(window: Window) -> Array:
        values = source(window)
        for hole in windows:
            shared = hole.intersection(window)
            if not shared.is_empty:
                values = values.copy()
                values[(..., *shared.slices(window))] = np.nan
        return values

    return read
