"""GAC's side: its own run, through the same entry point as any user's run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import rasterio
import torch

from gac_core.bundles.bundle import Bundle, WindowSpec
from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.grid import PIXEL, Window
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent, StageDone
from gac_core.tiling.tiles import Blocks, Tiles
from gac_core.tiling.tokens import core_edge
from tests.bench.scenes import MONTH
from tests.bench.seams import PERIOD, Edges


class Ours:
    """GAC's engine with a bundle's loaded networks."""

    def __init__(self, bundle: Bundle, library: Library, device: torch.device) -> None:
        self._bundle = bundle
        self._device = device
        self._cache = ModelCache(library)
        self._cache.get(bundle, device).load()

    def run(
        self, scene: Path, out: Path, steps: tuple[int, int], on_stage: Callable[[int], None]
    ) -> dict[int, float]:
        """Write three GeoTIFFs from a scene, as `Peer.run`; return the seconds of each stage."""
        request = RunRequest(
            sar=(str(scene),),
            out=str(out),
            bundle=str(self._bundle.path),
            timesteps_1=steps[0],
            timesteps_3=steps[1],
            month=MONTH,
            device=self._device.type,
        )
        listener = _Listener(on_stage)
        run(request, self._cache, listener)
        return listener.seconds

    @property
    def window(self) -> WindowSpec:
        """Tiling of the bundle."""
        return self._bundle.window

    def edges(self, stage: int, image: Path) -> Edges:
        """Return the lines at which GAC's tiles and blocks begin and end in a result."""
        with rasterio.open(image) as file:
            left, top = (round(v / PIXEL) for v in (file.transform.c, -file.transform.f))
            area = Window(top, left, file.height, file.width)
        spec = self._bundle.window
        if stage in spec.blocks:
            # Tokens count from the middle of an overlap on, a block's pixels from its rim on.
            tiles, blocks = Tiles(spec), Blocks(spec, area)
            windows = [w.grown(-core_edge(spec)) for row in tiles.rows(area) for w in row]
            windows += [blocks.reach(w) for row in blocks.rows(area) for w in row]
        else:
            tiles = Tiles(spec)
            windows = [tiles.reach(w) for row in tiles.rows(area) for w in row]
        rows = {edge for w in windows for edge in (w.row, w.stop_row)}
        cols = {edge for w in windows for edge in (w.col, w.stop_col)}
        return Edges(
            frozenset(edge - top for edge in rows if 0 < edge - top < area.height),
            frozenset(edge - left for edge in cols if 0 < edge - left < area.width),
            top % PERIOD,
            left % PERIOD,
        )


class _Listener(Silent):
    """Listener that records the duration of each stage."""

    def __init__(self, on_stage: Callable[[int], None]) -> None:
        self.seconds: dict[int, float] = {}
        self._on_stage = on_stage

    def stage_done(self, done: StageDone) -> None:
        self.seconds[done.stage] = done.seconds
        self._on_stage(done.stage)
