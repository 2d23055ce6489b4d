"""Computation of a stage's windows: reading, hole filling and, for token stages, token mosaics."""

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
    """Thread-safe computation of a stage's windows.

    Args:
        stage: Stage to compute.
        spec: Tile and block sizes.
        sources: Window readers by name: `s1` and every input of the stage. Each is used by one
            thread at a time.
        batch_size: Tiles computed together.
        area: Hull of all windows.

    Attributes:
        together: Number of windows computed together.
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
        """Return each window's values, NaN where the radar has no data; empty if it has none."""
        values_of = dict.fromkeys(group, np.empty((0, 0, 0), np.float32))
        batch = show(self._stage.inputs, group, self._sources, self.together)
        if batch is None:
            return list(values_of.values())
        if self._decoder is None:
            results = self._stage.compute(batch.batch, batch.inputs)
        else:
            tokens = np.stack([self._tokens.read(window) for window in batch.batch])
            results = self._decoder.decode(batch.batch, batch.inputs, tokens)
        for tile, mask, values in zip(batch.windows, batch.masks, results, strict=False):
            if not np.isfinite(values).all():
                raise BundleError(
                    f"Stage {self._stage.number} gave values that are no numbers at row "
                    f"{tile.row}, column {tile.col}.",
                    "Choose another seed, or the processor instead of the GPU; if it happens "
                    "again, the bundle's training has failed.",
                )
            values_of[tile] = np.where(mask, values, np.float32(np.nan))
        return list(values_of.values())


def _one_by_one(source: Source) -> Source:
    """Serialise access to a source: GDAL datasets are not thread-safe."""
    lock = threading.Lock()

    def read(window: Window) -> Array:
        with lock:
            return source(window)

    return read
