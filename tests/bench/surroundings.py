"""Tiles and seconds of a run over a small area, without and with an optical reference.

    python -m tests.bench.surroundings [--tiles] [--side PIXELS] [--bundle NAME] [CHECKOUT ...]

The area lies in the middle of a simulated scene that is large enough for all of its surroundings.
Each run is a process of its own, on the processor. Other checkouts of GAC (an older commit's
worktree, say) take turns with this one, so that a busy machine slows all of them. CPU seconds are
those of all cores. With `--tiles` nothing is computed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from gac_core.bundles.library import Library, engine_root
from gac_core.grid import PIXEL
from tests.bench.scenes import ZONE, corner, write_reference, write_scene

SCENE = 2560
"""Side of the scene in pixels."""

_RUN = """
import json, sys, time
import torch
from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.estimate import estimate
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent

request = RunRequest.from_dict(json.loads(sys.argv[1]))
cache = ModelCache(Library.default())
work = estimate(request, cache.library, torch.device("cpu")).work
began = time.perf_counter(), time.process_time()
if sys.argv[2] == "run":
    run(request, cache, Silent())
seconds = time.perf_counter() - began[0], time.process_time() - began[1]
print(json.dumps([list(work.tiles.values()), work.surroundings, *seconds]))
"""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkouts", nargs="*", type=Path, metavar="CHECKOUT")
    parser.add_argument("--side", type=int, default=100, help="edge of the area in pixels")
    parser.add_argument("--bundle", default="demo")
    parser.add_argument("--tiles", action="store_true", help="count them alone")
    options = parser.parse_args()
    spec = Library.default().require(options.bundle).window
    row, col = corner(spec)
    first = (SCENE - options.side) // 2
    left, top = (col + first) * PIXEL, -(row + first) * PIXEL
    extent = [left, top - options.side * PIXEL, left + options.side * PIXEL, top]
    print(
        "| checkout | reference | tiles of stages 1, 2, 3 | surroundings | seconds | CPU seconds |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="gac-bench-") as name:
        folder = Path(name)
        radar = folder / "scene.tif"
        write_scene(radar, SCENE, spec)
        reference = write_reference(folder, radar)
        other = {
            f"optical_other{name[7:]}": reference[name] for name in ("optical", "optical_mask")
        }
        uses = {
            "none": {},
            "keep": reference,
            "guide": {**reference, "optical_use": "guide"},
            "keep, other date": {**reference, **other},
        }
        for use, values in uses.items():
            # Older checkouts know no image of another date.
            older = () if "optical_other" in values else options.checkouts
            for checkout in (*older, engine_root()):
                out = folder / f"{use} {checkout.name}"
                request = {"sar": [str(radar)], "out": str(out), "bundle": options.bundle, **values}
                request |= {"extent": extent, "extent_crs": ZONE, "device": "cpu"}
                what = "tiles" if options.tiles else "run"
                tiles, share, *seconds = _measure(checkout, request, what)
                times = ["", ""] if options.tiles else [f"{each:.1f}" for each in seconds]
                cells = checkout.name, use, ", ".join(map(str, tiles)), f"{share:.0%}", *times
                print(f"| {' | '.join(cells)} |", flush=True)


def _measure(checkout: Path, request: dict[str, Any], what: str) -> Any:
    """Return a run's tiles by stage, the share of the surroundings, seconds and CPU seconds."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(request), what],
        cwd=checkout,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
