"""Passes of a run or a batch over its radar: reads of each pixel of the source, and the seconds.

    python -m tests.bench.radar_reads [--side PIXELS] [--cache BLOCKS] [--block PIXELS]

The demo bundle, at one step, over a square from the middle of the demo scene: as it is, and in
degrees, so that it has to be warped. Reads are those of the source's file but for those by which a
scene is interpreted. A batch has one worker, in this process. The counts are the same in every
call. The cache of warped blocks holds as large a part of a row of blocks as the engine's own does
of a whole scene's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.batch import Batch, run_batch
from gac_core.engine.executors import Pool, Workers
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


class OneWorker(Workers):
    """One worker in this process."""

    @contextmanager
    def open(self, bundle: str) -> Iterator[Pool]:
        """A thread takes the place of a process."""
        with ThreadPoolExecutor(1) as executor:
            yield Pool(executor, lambda: 1)


def reads_of(work: Callable[[], object]) -> Reads:
    """Return the reads of the radar by a run or a batch."""
    reads, interprets = Reads(), False
    read_source, read_scene, interpret = Source.read, S1Scene.read, S1Scene.__init__

    def interpreted(self: S1Scene, source: Source, *args: object) -> None:
        nonlocal interprets
        interprets = True
        interpret(self, source, *args)
        interprets = False
        if reads.counts.size == 1:
            reads.counts = np.zeros((source.height, source.width), np.int64)

    def counted(self: Source, row: int, col: int, height: int, width: int) -> Floats:
        if not interprets:
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
        work()
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
    parser.add_argument("--block", type=int, default=256, help="edge of a batch's blocks in pixels")
    arguments = parser.parse_args()
    side, warp.CACHED_BLOCKS = 5.0 * arguments.side, arguments.cache
    with rasterio.open(DEMO) as file:
        (left, bottom, right, top), crs = file.bounds, file.crs.to_string()
    x, y = (left + right) / 2, (bottom + top) / 2
    cache = ModelCache(Library.default())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, path in (("native", DEMO), ("warped", to_degrees(folder / "degrees.tif"))):
            settings = {
                "timesteps_1": 1,
                "timesteps_3": 1,
                "extent": (x - side, y - side, x + side, y + side),
                "extent_crs": crs,
                "device": "cpu",
            }
            request = RunRequest(sar=(str(path),), out=str(folder / label), **settings)
            out = folder / f"batch of {label}"
            batch = Batch((str(path),), out, settings, arguments.block, 0, OneWorker(threads=2))
            for kind, work in (
                ("run", partial(run, request, cache, Silent())),
                ("batch", partial(run_batch, batch, lambda progress: None)),
            ):
                reads = reads_of(work)
                print(
                    f"{kind}, {label}: {reads.passes:.2f} passes over the radar, at most "
                    f"{reads.counts.max()} reads of a pixel, {reads.seconds:.2f} s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
