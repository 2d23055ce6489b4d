"""Comparison of GAC's memory estimates with actual runs.

    python -m tests.bench.estimates --weights build/bench/weights

Each run is a separate process; its peak is the kernel's high-water mark (VmHWM) over loading and
running. Full-size bundles with random weights are written once, to the folder of weights.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch

from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.estimate import estimate
from tests.bench.cases import Side
from tests.bench.processes import Process
from tests.bench.scenes import write_scene
from tests.bench.weights import bundle_folder

CASES = (("demo", 160), ("demo", 384), ("demo", 1024), ("base", 576))
STEPS = (1, 1)
"""The number of steps does not affect memory."""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path("build/bench/weights"))
    parser.add_argument("--only", choices=("demo", "base"), help="of these bundles alone")
    options = parser.parse_args()
    print("| bundle | scene | | estimated | measured | off by |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, side in CASES:
        if options.only in (None, name):
            _compare(name, side, options.weights.resolve())


def _compare(name: str, side: int, weights: Path) -> None:
    library = Library([], [weights])
    folder = bundle_folder(name, weights)
    with tempfile.TemporaryDirectory(prefix="gac-bench-") as temporary:
        scene, log = Path(temporary) / "scene.tif", Path(temporary) / "log.txt"
        write_scene(scene, side, library.find(str(folder)).window)
        request = RunRequest(
            sar=(str(scene),), out=temporary, bundle=str(folder), device="cpu", month=6
        )
        estimates = [
            estimate(request, library, torch.device("cpu"), loaded=loaded).memory.needed
            for loaded in (False, True)
        ]
        with Process(Side("ours", scene, folder, weights, "cpu"), log) as process:
            process.ask("load")
            loading = int(process.answer()["load_memory"]["process"])
            process.ask("run", steps=STEPS)
            running = int(process.answer()["memory"]["process"])
    for what, needed, peak in (
        ("from nothing", estimates[0], max(loading, running)),
        ("models in memory", estimates[1], running),
    ):
        print(
            f"| {name} | {side}² px | {what} | {needed / 1e9:.2f} GB | {peak / 1e9:.2f} GB "
            f"| {needed / peak - 1:+.0%} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
