"""Accuracy of the remaining-time estimates: a demo run's estimates and its actual duration.

    .venv/bin/python scripts/time_left.py [METRES]

Two runs over the centre of the demo scene: the first knows nothing of this machine, the second uses
the first one's tile timings. Prints the estimate at each tenth of a run.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SCENE = ROOT / "resources" / "demo_scene" / "demo_s1.tif"
METRES = 4000.0


def main() -> int:
    """Run twice and report; return 1 if the second run's estimates err by more than a third."""
    side = float(sys.argv[1]) if len(sys.argv) > 1 else METRES
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GAC_PACE"] = str(Path(folder, "pace.json"))
        for name in ("first", "second"):
            estimates, took = _run(Path(folder, name), side)
            errors = _tell(name, estimates, took)
    return 1 if max(map(abs, errors)) > 1 / 3 else 0


def _run(out: Path, side: float) -> tuple[list[tuple[float, float]], float]:
    """Return the estimates, as (elapsed, left) in seconds, and the duration."""
    import rasterio

    from gac_core.bundles.library import Library
    from gac_core.contract.request import RunRequest
    from gac_core.engine.pipeline import run
    from gac_core.networks.loading import ModelCache
    from gac_core.progress import Progress, Silent

    class Told(Silent):
        def progress(self, progress: Progress) -> None:
            if progress.seconds_left is not None:
                estimates.append((time.monotonic() - began, progress.seconds_left))

    estimates: list[tuple[float, float]] = []
    with rasterio.open(SCENE) as file:
        x, y = file.xy(file.height // 2, file.width // 2)
    half = side / 2
    request = RunRequest((str(SCENE),), str(out), extent=(x - half, y - half, x + half, y + half))
    began = time.monotonic()
    run(request, ModelCache(Library.default()), Told())
    return estimates, time.monotonic() - began


def _tell(name: str, told: list[tuple[float, float]], took: float) -> list[float]:
    """Print a table; return the errors from the first tenth to the last, relative to the truth."""
    print(f"{name} run: {took:.0f} s, told {len(told)} times")
    errors = []
    for tenth in range(1, 10):
        elapsed, eta = min(told, key=lambda each: abs(each[0] - took * tenth / 10))
        truth = took - elapsed
        errors.append((eta - truth) / truth)
        print(
            f"  after {elapsed:5.0f} s: told {eta:5.0f} s, true {truth:5.0f} s ({errors[-1]:+.0%})"
        )
    return errors


if __name__ == "__main__":
    sys.exit(main())
