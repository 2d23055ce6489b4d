"""Our side: GAC's own run, through the door that every user's run takes."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import rasterio
import torch

from gac_core.grid import PIXEL, Window
from gac_core.listener import Silent, StageDone
from gac_core.models.bundle import Bundle, WindowSpec
from gac_core.models.cache import ModelCache
from gac_core.models.library import Library
from gac_core.pipeline import run
from gac_core.request import RunRequest
from gac_core.tiling import tile_rows
from tests.bench.scenes import MONTH
from tests.bench.seams import PERIOD, Edges


class Ours:
    """GAC's engine with a bundle's networks, loaded."""

    def __init__(self, bundle: Bundle, library: Library, device: torch.device) -> None:
        self._bundle = bundle
        self._device = device
        self._cache = ModelCache(library)
        self._cache.get(bundle, device).load()

    def run(
        self, scene: Path, out: Path, steps: tuple[int, int], on_stage: Callable[[int], None]
    ) -> dict[int, float]:
        """Three GeoTIFFs from a scene, as `Peer.run`; seconds of each stage."""
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

    def edges(self, stage: int, image: Path) -> Edges:
        """Where our tiles and blocks begin and end in a result."""
        with rasterio.open(image) as file:
            col, row = (round(v / PIXEL) for v in (file.transform.c, -file.transform.f))
            area = Window(row, col, file.height, file.width)
        spec = self._bundle.window
        windows = [w for tiles in tile_rows(area, spec) for w in tiles]
        rows, cols = set[int](), set[int]()
        # A tile's pixels count from its margin on; its tokens up to the middle of the overlap.
        for inset in (spec.margin, spec.overlap // 2):
            rows |= {e for w in windows for e in (w.row + inset, w.stop_row - inset)}
            cols |= {e for w in windows for e in (w.col + inset, w.stop_col - inset)}
        for block in _blocks(spec, area) if stage != 2 else ():
            rows |= {block.row + spec.margin, block.stop_row - spec.margin}
            cols |= {block.col + spec.margin, block.stop_col - spec.margin}
        return Edges(
            frozenset(edge - row for edge in rows if 0 < edge - row < area.height),
            frozenset(edge - col for edge in cols if 0 < edge - col < area.width),
            row % PERIOD,
            col % PERIOD,
        )


def _blocks(spec: WindowSpec, area: Window) -> list[Window]:
    """The blocks that tokens are decoded in; none in an engine that decodes tile by tile."""
    try:
        blocks = importlib.import_module("gac_core.blocks")
    except ModuleNotFoundError:
        return []
    return [w for row in blocks.Blocks(spec, area).rows(area) for w in row]


class _Listener(Silent):
    """Notes what each stage took."""

    def __init__(self, on_stage: Callable[[int], None]) -> None:
        self.seconds: dict[int, float] = {}
        self._on_stage = on_stage

    def stage_done(self, done: StageDone) -> None:
        self.seconds[done.stage] = done.seconds
        self._on_stage(done.stage)
