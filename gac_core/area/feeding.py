"""What a stage is shown of its windows: read, freed of holes, and made into a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gac_core.area.tiling import fill_holes
from gac_core.grid import Window
from gac_core.stages.base import Array

Source = Callable[[Window], Array]
"""Reads a window (C, H, W), NaN where there is no data, and beyond the data's edge."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Shown:
    """Windows of one size that hold data, and what a stage is shown of them.

    Attributes:
        windows: The windows.
        masks: Where each has data, (H, W).
        batch: The windows, filled up with the last one to a whole batch.
        inputs: By name (B, C, H, W), without NaN, of a whole batch.
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
    """Read windows for a stage; None if the radar has no data in any of them.

    Args:
        names: What the stage reads.
        windows: Of one size.
        sources: By name; `s1` and all of `names`.
        batch_size: Windows computed together.
        edge: Outer pixels of a window whose data does not make it worth computing.
    """
    radar = {window: sources["s1"](window) for window in windows}
    masks = {w: np.isfinite(s1[0]) & np.isfinite(s1[1]) for w, s1 in radar.items()}
    known = [w for w in windows if masks[w][edge : w.height - edge, edge : w.width - edge].any()]
    if not known:
        return None
    # A short batch is filled up: another batch size would round differently on a GPU.
    lacking = batch_size - len(known)
    inputs = {}
    for name in names:
        read = [radar[w] if name == "s1" else sources[name](w) for w in known]
        filled = [fill_holes(v, masks[w]) for v, w in zip(read, known, strict=True)]
        inputs[name] = np.stack(filled + filled[-1:] * lacking)
    return Shown(known, [masks[w] for w in known], known + known[-1:] * lacking, inputs)
