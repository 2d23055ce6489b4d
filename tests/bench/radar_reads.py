"""Passes of a run or a batch over its radar or its optical reference, and the seconds.

    python -m tests.bench.radar_reads [--side PIXELS] [--cache BLOCKS] [--block PIXELS]
    python -m tests.bench.radar_reads --optical [--optical-cache BLOCKS] [--bundle FOLDER]

A bundle, the demo one unless told otherwise, at one step, over a square from the middle of the demo
scene: as it is, and in degrees, so that it has to be warped. With `--optical` a simulated
Sentinel-2 image of 12 bands lies beside the radar, on its grid or in degrees, and its reads are
counted. Reads are those of the files but for those by which inputs are interpreted. A batch has one
worker, in this process. The counts are the same in every call, and with every bundle of the same
tiles. The caches of blocks hold as large a part of a row of blocks as the engine's own do of a
whole scene's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.batch import Batch, run_batch
from gac_core.engine.executors import Pool, Workers
from gac_core.engine.pipeline import run
from gac_core.grid import Window
from gac_core.networks.loading import ModelCache
from gac_core.optical import band_reader
from gac_core.optical.layers import FileReader
from gac_core.optical.reference import OpticalReference
from gac_core.progress import Silent
from gac_core.scene import S1Scene, warp
from gac_core.scene.positions import BLOCK
from gac_core.scene.radiometry import Floats
from gac_core.scene.source import Source
from scripts.pixels import DEMO, to_degrees
from tests.bench.scenes import write_reference


@dataclass
class Reads:
    """Reads of a scene during a run.

    Attributes:
        counts: (H, W) reads of each pixel of the source.
        seconds: Time spent in reading, warping and storing included.
        total: Time that the whole took; 0 if it was not taken.
    """

    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros((1, 1), np.int64))
    seconds: float = 0.0
    total: float = 0.0

    @property
    def passes(self) -> float:
        """Mean number of reads of a pixel that was read."""
        return float(self.counts[self.counts > 0].mean())


def passes_over_optical(work: Callable[[], object]) -> Reads:
    """Return the reads of an optical reference by a run or a batch, one count for each block."""
    reads, interprets = Reads(), False
    blocks: Counter[tuple[str, Window]] = Counter()
    read_block, read_reference = FileReader.block, OpticalReference.read
    interpret = OpticalReference.__init__

    def interpreted(self: OpticalReference, *args: object) -> None:
        nonlocal interprets
        interprets = True
        interpret(self, *args)
        interprets = False

    def counted(self: FileReader, block: Window) -> Floats:
        if not interprets and len(self.numbers) > 1:
            blocks[self.opened.path, block] += 1
        return read_block(self, block)

    def timed(self: OpticalReference, window: Window) -> Floats:
        start = time.process_time()
        try:
            return read_reference(self, window)
        finally:
            reads.seconds += time.process_time() - start

    FileReader.block, OpticalReference.read = counted, timed
    OpticalReference.__init__ = interpreted
    began = time.process_time()
    try:
        work()
    finally:
        FileReader.block, OpticalReference.read = read_block, read_reference
        OpticalReference.__init__ = interpret
    reads.total = time.process_time() - began
    reads.counts = np.array(list(blocks.values()))
    return reads


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
    parser.add_argument("--optical", action="store_true", help="count an optical reference's reads")
    parser.add_argument("--optical-cache", type=int, default=5, help="its warped blocks in memory")
    parser.add_argument("--bundle", default="demo", help="name or folder of the bundle")
    arguments = parser.parse_args()
    band_reader.CACHED_BYTES = arguments.optical_cache * len(S2_BANDS) * 4 * BLOCK * BLOCK
    side, warp.CACHED_BLOCKS = 5.0 * arguments.side, arguments.cache
    with rasterio.open(DEMO) as file:
        (left, bottom, right, top), crs = file.bounds, file.crs.to_string()
    x, y = (left + right) / 2, (bottom + top) / 2
    cache = ModelCache(Library.default())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label in ("native", "warped"):
            settings = {
                "timesteps_1": 1,
                "timesteps_3": 1,
                "extent": (x - side, y - side, x + side, y + side),
                "extent_crs": crs,
                "device": "cpu",
                "bundle": arguments.bundle,
            }
            path, count = DEMO, reads_of
            if arguments.optical:
                (folder / label).mkdir()
                settings |= write_reference(folder / label, DEMO, degrees=label == "warped")
                count = passes_over_optical
            elif label == "warped":
                path = to_degrees(folder / "degrees.tif")
            request = RunRequest(sar=(str(path),), out=str(folder / f"run, {label}"), **settings)
            out = folder / f"batch, {label}"
            batch = Batch((str(path),), out, settings, arguments.block, 0, OneWorker(threads=2))
            for kind, work in (
                ("run", partial(run, request, cache, Silent())),
                ("batch", partial(run_batch, batch, lambda progress: None)),
            ):
                reads = count(work)
                what = "optical reference" if arguments.optical else "radar"
                unit = "block" if arguments.optical else "pixel"
                of_all = f" of {reads.total:.0f} CPU seconds" if reads.total else ""
                print(
                    f"{kind}, {label}: {reads.passes:.2f} passes over the {what}, at most "
                    f"{reads.counts.max()} reads of a {unit}, {reads.seconds:.2f} s{of_all}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
