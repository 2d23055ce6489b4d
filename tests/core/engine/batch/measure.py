"""Measures batches: throughput by workers, overhead against a run, memory by area.

    python -m tests.core.engine.batch.measure [FOLDER [CASE ...]]

Each case is the command `gac batch`, or a run, in processes of its own, with the demo bundle, one
diffusion step a stage and one of PyTorch's threads in each worker, over the demo scene, mirrored
where more is needed. Steps per second are those between the first steps, which load the models,
and the last. CPU seconds are those of all its processes from their start to their end: they
stay about the same where other programs take the cores, and times by the clock do not. Load is
that of the whole computer (a minute's mean) when a case begins.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from gac_core.bundles.library import Library
from tests.bench.scenes import write_scene

SIDE = 512
"""Of blocks, about."""

SETTINGS = ["--bundle", "demo", "--timesteps-1", "1", "--timesteps-3", "1", "--device", "cpu"]
TIMES = 3
"""How often a block is computed, the models in memory: told are the median and the spread."""

SCENE = 1024
"""Pixels on a side of the scene that is cut into blocks."""

LOOK = 0.2


class Peaks(threading.Thread):
    """Looks at the memory and CPU time of a process and of those that it started."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._found: dict[int, int] = {}
        self._cpu: dict[int, float] = {}

    def run(self) -> None:
        """As long as the process lives."""
        with suppress(psutil.NoSuchProcess):  # it may end while it is looked at
            while self._root.status() != psutil.STATUS_ZOMBIE:
                for process in (self._root, *self._root.children(recursive=True)):
                    self._look(process)
                time.sleep(LOOK)

    def _look(self, process: psutil.Process) -> None:
        with suppress(psutil.Error):
            used = process.memory_info().rss
            self._found[process.pid] = max(used, self._found.get(process.pid, 0))
            times = process.cpu_times()
            self._cpu[process.pid] = times.user + times.system

    def megabytes(self, workers: int) -> dict[str, Any]:
        """Of the command's process, and of the largest others, which are the workers."""
        own = self._found.pop(self._root.pid)
        others = sorted(self._found.values(), reverse=True)
        return {
            "CPU s": round(sum(self._cpu.values()), 1),
            "command MiB": own >> 20,
            "workers MiB": [used >> 20 for used in others[:workers]],
        }


def command(*words: str) -> tuple[list[tuple[float, dict[str, Any]]], float, Peaks]:
    """Run `gac`; return its timed events, its duration, its processes' memory."""
    began = time.monotonic()
    gac = [sys.executable, "-m", "gac_core.cli", *words, *SETTINGS]
    with subprocess.Popen(gac, stdout=subprocess.PIPE, text=True) as process:
        peaks = Peaks(process.pid)
        peaks.start()
        assert process.stdout is not None
        told = [
            (time.monotonic() - began, json.loads(line))
            for line in process.stdout
            if line.startswith("{")
        ]
    assert process.returncode == 0, told[-1:]
    peaks.join()
    return told, time.monotonic() - began, peaks


def middle(runs: list[dict[str, float]]) -> dict[str, list[float]]:
    """Of each stage's seconds: the least, the median, the most."""
    stages = [sorted(one[stage] for one in runs) for stage in runs[0]]
    return {
        stage: [times[0], times[len(times) // 2], times[-1]]
        for stage, times in zip(runs[0], stages, strict=True)
    }


def batch(
    out: Path, scenes: list[Path], workers: int, side: int = SIDE, threads: int = 1
) -> dict[str, Any]:
    """One batch: its pace, what its scenes' stages took after the first scene, its memory."""
    told, wall, peaks = command(
        *("batch", *map(str, scenes), "--out", str(out), "--json", "--block", str(side)),
        *("--workers", str(workers), "--threads", str(threads)),
    )
    paces = [(at, one["done"]) for at, one in told if one["event"] == "progress" and one["total"]]
    first = next(one for one in paces if one[1] > workers)
    last = next(one for one in paces if one[1] == paces[-1][1])
    result = told[-1][1]["result"]
    return {
        "workers": workers,
        "threads": threads,
        "wall s": round(wall, 1),
        "steps": last[1],
        "steps per second": round((last[1] - first[1]) / (last[0] - first[0]), 3)
        if last[1] > first[1]
        else None,
        "seconds": middle([result["scenes"][one.stem]["seconds"] for one in scenes[1:] or scenes]),
        **peaks.megabytes(workers),
    }


def plain(out: Path, scene: Path) -> dict[str, Any]:
    """Runs of a whole scene with one thread, the models in memory and used once already."""
    began = time.process_time()
    import torch

    from gac_core.contract.request import RunRequest
    from gac_core.engine.pipeline import run
    from gac_core.networks.loading import ModelCache
    from gac_core.progress import Silent

    torch.set_num_threads(1)
    cache = ModelCache(Library.default())
    results = []
    for number in range(1 + TIMES):
        result = run(
            RunRequest(
                sar=(str(scene),),
                out=str(out / str(number)),
                bundle="demo",
                timesteps_1=1,
                timesteps_3=1,
                device="cpu",
            ),
            cache,
            Silent(),
        )
        results.append(dict(result.seconds))
    # Of the process, imports too, as for a batch.
    return {"seconds": middle(results[1:]), "CPU s": round(time.process_time() - began, 1)}


def main(folder: Path, only: list[str]) -> None:
    """Prints a line of JSON for each case."""
    spec = Library.default().require("demo").window

    def scene(side: int, name: str = "") -> Path:
        path = folder / f"S1A_{side}{name}.tif"
        write_scene(path, side, spec)
        return path

    cases = {
        # A block of its own scene: nothing lies in two blocks. The first scene loads the models.
        "one block, batch": lambda: batch(
            folder / "one", [scene(SIDE, f"_{number}") for number in range(1 + TIMES)], 1, 8192
        ),
        "one block, run": lambda: plain(folder / "plain", scene(SIDE)),
        "1 worker": lambda: batch(folder / "w1", [scene(SCENE)], 1),
        "1 worker, 2 threads": lambda: batch(folder / "w1t2", [scene(SCENE)], 1, threads=2),
        "2 workers": lambda: batch(folder / "w2", [scene(SCENE)], 2),
        "2 workers, four times the area": lambda: batch(folder / "w2x4", [scene(2 * SCENE)], 2),
    }
    for name, measure in cases.items():
        if not only or name in only:
            load = round(os.getloadavg()[0], 1)
            print(json.dumps({name: {"load": load, **measure()}}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), sys.argv[2:])
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made), [])
