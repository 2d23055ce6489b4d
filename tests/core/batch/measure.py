"""Measures batches: throughput by workers, overhead against a run, memory by area.

    python -m tests.core.batch.measure [FOLDER]

Each figure is of a process of its own that begins with nothing in memory, as the command line does;
what is told as seconds is the work without starting processes and loading models: the sum of what
steps took, or the time between the first step and the last.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from gac_core.batch.cluster import Workers
from gac_core.batch.whole import Batch, Progress, run_batch
from tests.core.batch.conftest import SETTINGS, write_radar
from tests.core.tiny import write_tiny_bundle

SIDE = 384
LOOK = 0.2


class Peaks(threading.Thread):
    """Looks at the memory of this process and of those that it started."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.found: dict[int, tuple[str, int]] = {}
        self.over = threading.Event()

    def run(self) -> None:
        """Until `over` is set."""
        while not self.over.wait(LOOK):
            for process in (psutil.Process(), *psutil.Process().children(recursive=True)):
                try:
                    used, name = process.memory_info().rss, " ".join(process.cmdline()[-3:])
                except psutil.Error:
                    continue
                known = self.found.get(process.pid, (name, 0))[1]
                self.found[process.pid] = name, max(known, used)

    def megabytes(self, workers: int) -> dict[str, list[int]]:
        """Of this process, and of the largest others, which are the workers."""
        own = self.found.pop(psutil.Process().pid, ("", 0))[1]
        others = sorted((used for _, used in self.found.values()), reverse=True)[:workers]
        return {"driver MiB": [own >> 20], "workers MiB": [used >> 20 for used in others]}


def batch(
    folder: Path, scene: Path, bundle: Path, workers: int, side: int = SIDE
) -> dict[str, Any]:
    """One batch, one thread a worker: seconds between steps, and memory."""
    times: list[tuple[float, int]] = []

    def tell(progress: Progress) -> None:
        if progress.total and (not times or progress.done > times[-1][1]):
            times.append((time.monotonic(), progress.done))

    peaks = Peaks()
    peaks.start()
    asked = Batch(
        (str(scene),),
        folder,
        {**SETTINGS, "bundle": str(bundle)},
        side,
        workers=Workers(count=workers, threads=1, device="cpu"),
    )
    began = time.monotonic()
    summary = run_batch(asked, tell)
    wall = time.monotonic() - began
    peaks.over.set()
    peaks.join()
    (told,) = summary["scenes"].values()
    # The first steps also load the models.
    first = next(i for i, (_, done) in enumerate(times) if done > workers)
    rate = (times[-1][1] - times[first][1]) / (times[-1][0] - times[first][0])
    return {
        "processes": workers,
        "wall": round(wall, 1),
        "steps per second": round(rate, 3),
        "seconds": told["seconds"],
        **peaks.megabytes(workers),
    }


def plain(folder: Path, scene: Path, bundle: Path) -> dict[str, Any]:
    """A run of the whole scene with one thread, its models in memory already."""
    import torch

    from gac_core.models.cache import ModelCache
    from gac_core.models.library import Library
    from gac_core.progress.listener import Silent
    from gac_core.request import RunRequest
    from gac_core.runs.pipeline import run

    torch.set_num_threads(1)
    cache = ModelCache(Library())
    request = {**SETTINGS, "bundle": str(bundle), "sar": (str(scene),)}
    for name in ("warm", "run"):
        result = run(RunRequest(**request, out=str(folder / name)), cache, Silent())
    return {"seconds": result.seconds}


def main(folder: Path, only: list[str]) -> None:
    """Prints a line of JSON for each figure."""
    bundle = folder / "tiny"
    if not bundle.exists():
        write_tiny_bundle(bundle)

    def scene(rows: int, cols: int) -> Path:
        return write_radar(folder / f"S1A_{rows}_{cols}.tif", rows, cols)

    cases = {
        # A block of its own scene: nothing lies in two blocks.
        "one block, batch": lambda: batch(folder / "one", scene(700, 700), bundle, 1, 4096),
        "one block, run": lambda: plain(folder / "plain", scene(700, 700), bundle),
        "1 worker": lambda: batch(folder / "w1", scene(1500, 1500), bundle, 1),
        "2 workers": lambda: batch(folder / "w2", scene(1500, 1500), bundle, 2),
        "four times the area": lambda: batch(folder / "w2x4", scene(3000, 3000), bundle, 2),
    }
    for name, measure in cases.items():
        if not only or name in only:
            print(json.dumps({name: measure()}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), sys.argv[2:])
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made), [])
