"""Stage inputs: windows read, filled where data is missing, and stacked into a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gac_core.area.tiling import fill_holes
from gac_core.grid import Window
from gac_core.stages.base import Array

Source = Callable[[Window], Array]
"""Reads a window (C, H, W), NaN where there is no data and outside the data."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Shown:
    """Windows of one size that hold data, and the stage inputs for them.

    Attributes:
        windows: The windows.
        masks: Valid pixels (H, W) of each.
        batch: The windows, padded with the last one to a full batch.
        inputs: Values by name (B, C, H, W), without NaN, of the full batch.
    """

    windows: list[Window]
    masks: list[Mask]
    batch: list[Window]
    inputs: dict[str, Array]


def show(
    names: Iterable[str],
    windows: Sequence[Window],
    sources: Mapping[str, Source],
    batch_size: int,
    *,
    edge: int = 0,
) -> Shown | None:
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
        filled = [fill_holes(v, masks[w]) for v, w in zip(values, valid, strict=True)]
        inputs[name] = np.stack(filled + filled[-1:] * missing)
    return Shown(valid, [masks[w] for w in valid], valid + valid[-1:] * missing, inputs)
