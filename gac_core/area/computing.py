"""A stage's windows computed: read, filled, turned into tokens where the stage chooses such."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import numpy as np

from gac_core.area.feeding import Source, show
from gac_core.area.tokens import TokenMosaic
from gac_core.contract.errors import BundleError
from gac_core.grid import Window
from gac_core.models.bundle import WindowSpec
from gac_core.stages.base import Array, Stage, TokenStage


class Computing:
    """Computes a stage's windows; several threads may ask at once.

    Args:
        stage: What to compute.
        spec: How the area is cut.
        sources: By name; `s1` and every input of the stage. One thread at a time reads.
        batch_size: Tiles computed together.
        area: What all windows together look at.

    Attributes:
        together: How many windows are computed together.
    """

    def __init__(
        self,
        stage: Stage,
        spec: WindowSpec,
        sources: Mapping[str, Source],
        batch_size: int,
        area: Window,
    ) -> None:
        self._stage, self.together = stage, batch_size
        self._sources = {name: _one_by_one(source) for name, source in sources.items()}
        self._decoder = stage if isinstance(stage, TokenStage) else None
        if self._decoder is not None:
            self._tokens = TokenMosaic(self._decoder, spec, area, self._sources, batch_size)
            self.together = max(1, batch_size * spec.size**2 // spec.decode**2)

    def __call__(self, group: Sequence[Window]) -> list[Array]:
        """Each window's values, NaN where the radar has no data; empty where it has none at all."""
        found = dict.fromkeys(group, np.empty((0, 0, 0), np.float32))
        shown = show(self._stage.inputs, group, self._sources, self.together)
        if shown is None:
            return list(found.values())
        if self._decoder is None:
            results = self._stage.compute(shown.batch, shown.inputs)
        else:
            tokens = np.stack([self._tokens.read(window) for window in shown.batch])
            results = self._decoder.decode(shown.batch, shown.inputs, tokens)
        for tile, mask, values in zip(shown.windows, shown.masks, results, strict=False):
            if not np.isfinite(values).all():
                raise BundleError(
                    f"Stage {self._stage.number} gave values that are no numbers at row "
                    f"{tile.row}, column {tile.col}.",
                    "Choose another seed, or the processor instead of the GPU; if it happens "
                    "again, the bundle's training has failed.",
                )
            found[tile] = np.where(mask, values, np.float32(np.nan))
        return list(found.values())


def _one_by_one(source: Source) -> Source:
    """GDAL's files are read by one thread at a time."""
    lock = threading.Lock()

    def read(window: Window) -> Array:
        with lock:
            return source(window)

    return read
