"""Memory and time of the full-size models on a GPU of a smaller size: one script, ten minutes.

    python -m tests.bench --gpu-cap 6

Each size is a process of its own. It writes random weights in the published formats, caps its
memory, loads, and computes a scene twice; the second run is the one that is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch

from gac_core.bundles.library import Library, engine_root
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.networks.device import describe_device, limit_gpu, process_peak, start_peak
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent, StageDone
from tests.bench.scenes import MONTH, write_scene
from tests.bench.weights import SIZES, bundle_folder

LIMIT = 570
"""Seconds for everything; a size that would begin or end later is left out."""
SIDE = 672
"""Pixels of the scene's side: some 16 tiles a stage."""
GPU = torch.device("cuda")


def measure_sizes(cap_gb: float, weights: Path) -> int:
    """Print a table of what base and large take on a GPU of `cap_gb`; return the exit status.

    Args:
        cap_gb: Memory of the GPU to stand for, in GB of 10^9 bytes.
        weights: Folder for the weights, 15 GB.
    """
    if not torch.cuda.is_available():
        print(f"No GPU here (PyTorch {torch.__version__}): nothing was measured.")
        return 0
    print(f"{describe_device(GPU)}, capped at {cap_gb:g} GB, {SIDE}² px", flush=True)
    print("| bundle | peak of loading | stage | peak | s/tile |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    began, status = time.monotonic(), 0
    for size in SIZES:
        command = [sys.executable, "-m", "tests.bench.gpu", size, str(cap_gb), str(weights)]
        left = LIMIT - (time.monotonic() - began)
        try:
            done = subprocess.run(command, cwd=engine_root(), timeout=max(left, 0), check=False)
            status = status or done.returncode
        except subprocess.TimeoutExpired:
            print(f"{size}: not measured within {LIMIT} s", flush=True)
            status = 1
    return status


class _Stages(Silent):
    """Listener that reads the peak of each stage's memory."""

    def __init__(self) -> None:
        self.peaks: dict[int, int] = {}

    def stage_done(self, done: StageDone) -> None:
        self.peaks[done.stage] = torch.cuda.max_memory_allocated(GPU)
        start_peak(GPU)


def measure(size: str, cap_gb: float, weights: Path) -> None:
    """Measure one size in this process, and print its rows."""
    library = Library([], [weights])
    bundle = library.find(str(bundle_folder(size, weights)))
    torch.cuda.synchronize(GPU)  # makes CUDA's context, which takes memory itself
    free, total = torch.cuda.mem_get_info(GPU)
    # What CUDA itself takes is taken from such a GPU too.
    limit_gpu(GPU, int(cap_gb * 1e9) - min(total - free, 1_000_000_000))
    cache, rows = ModelCache(library), []
    start_peak(GPU)
    cache.get(bundle, GPU).load(in_turns=True)
    loading = torch.cuda.max_memory_allocated(GPU)
    with tempfile.TemporaryDirectory(prefix="gac-bench-") as folder:
        scene = Path(folder) / "scene.tif"
        write_scene(scene, SIDE, bundle.window)
        for turn in ("first", "second"):
            request = RunRequest(
                sar=(str(scene),),
                out=str(Path(folder) / turn),
                bundle=str(bundle.path),
                device="cuda",
                month=MONTH,
            )
            stages = _Stages()
            start_peak(GPU)
            record = json.loads(run(request, cache, stages).run_json.read_text(encoding="utf-8"))
    for name, stage in record["stages"].items():
        number, tiles = int(name[-1]), max(stage["tiles"], 1)
        rows.append((number, stages.peaks[number], stage["seconds"] / tiles))
    for number, peak, seconds in rows:
        print(f"| {size} | {_gb(loading)} | {number} | {_gb(peak)} | {seconds:.3f} |")
    held = torch.cuda.max_memory_reserved(GPU)
    print(f"{size}: {_gb(process_peak(GPU))} of tensors, {_gb(held)} reserved at most, by CUDA "
          f"itself {_gb(total - free)}; computed by {record['device']}")  # fmt: skip
    for note in record["notes"]:
        print(f"{size}: {note}")
    sys.stdout.flush()


def _gb(size: float) -> str:
    return f"{size / 1e9:.2f} GB"


if __name__ == "__main__":
    arguments: list[Any] = sys.argv[1:]
    measure(arguments[0], float(arguments[1]), Path(arguments[2]))
