"""Passes of a run over its radar: how often each pixel of the source is read, and the seconds.

    python -m tests.bench.radar_reads [--side PIXELS] [--cache BLOCKS]

The demo bundle, at one step, over a square from the middle of the demo scene: as it is, and in
degrees, so that it has to be warped. Reads are those of the source's file after the scene was
interpreted. The counts are the same in every call. The cache of warped blocks holds as large a part
of a row of blocks as the engine's own does of a whole scene's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent
from gac_core.scene import S1Scene, warp
from gac_core.scene.radiometry import Floats
from gac_core.scene.source import Source
from scripts.pixels import DEMO, to_degrees


@dataclass
class Reads:
    """Reads of a scene during a run.

    Attributes:
        counts: (H, W) reads of each pixel of the source.
        seconds: Time spent in reading the scene, warping and storing included.
    """

    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros((1, 1), np.int64))
    seconds: float = 0.0

    @property
    def passes(self) -> float:
        """Mean number of reads of a pixel that was read."""
        return float(self.counts[self.counts > 0].mean())


def reads_of(request: RunRequest, cache: ModelCache) -> Reads:
    """Execute a run, and return its reads of the radar."""
    reads = Reads()
    read_source, read_scene, interpret = Source.read, S1Scene.read, S1Scene.__init__

    def interpreted(self: S1Scene, source: Source, *args: object) -> None:
        interpret(self, source, *args)
        reads.counts = np.zeros((source.height, source.width), np.int64)

    def counted(self: Source, row: int, col: int, height: int, width: int) -> Floats:
        reads.counts[row : row + height, col : col + width] += 1
        return read_source(self, row, col, height, width)

    def timed(self: S1Scene, *window: object) -> Floats:
        start = time.perf_counter()
        try:
            return read_scene(self, *window)
        finally:
            reads.seconds += time.perf_counter() - start

    Source.read, S1Scene.read = counted, timed
    S1Scene.__init__ = interpreted
    try:
        run(request, cache, Silent())
    finally:
        Source.read, S1Scene.read = read_source, read_scene
        S1Scene.__init__ = interpret
    return reads


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--side", type=int, default=512, help="edge of the square in pixels")
    parser.add_argument("--cache", type=int, default=6, help="warped blocks in memory")
    arguments = parser.parse_args()
    side, warp.CACHED_BLOCKS = 5.0 * arguments.side, arguments.cache
    with rasterio.open(DEMO) as file:
        (left, bottom, right, top), crs = file.bounds, file.crs.to_string()
    x, y = (left + right) / 2, (bottom + top) / 2
    cache = ModelCache(Library.default())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, path in (("native", DEMO), ("warped", to_degrees(folder / "degrees.tif"))):
            request = RunRequest(
                sar=(str(path),),
                out=str(folder / label),
                timesteps_1=1,
                timesteps_3=1,
                extent=(x - side, y - side, x + side, y + side),
                extent_crs=crs,
                device="cpu",
            )
            reads = reads_of(request, cache)
            print(
                f"{label}: {reads.passes:.2f} passes over the radar, at most {reads.counts.max()} "
                f"reads of a pixel, {reads.seconds:.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
