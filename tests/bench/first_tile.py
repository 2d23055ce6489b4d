"""Waiting time of a fresh `gac run` in a terminal: seconds and CPU seconds until its first tile.

    python -m tests.bench.first_tile [CHECKOUT ...] [--rounds N]

Each run is a process of its own, with the demo bundle and all stages over a part of the demo scene
on the processor, and is stopped after the first tile. Other checkouts of GAC (an older commit's
worktree, say) take turns with this one, so that a busy machine slows all of them.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

from gac_core.bundles.library import engine_root

EXTENT = ("504000", "5334000", "505600", "5335600")
SCENE = Path("resources", "demo_scene", "demo_s1.tif")
_TILE = re.compile(rb"tile [1-9]|block [1-9]")


class Wait(NamedTuple):
    """Waiting time until the first tile.

    Attributes:
        seconds: By the clock.
        cpu_seconds: Of the process and those that it has started.
    """

    seconds: float
    cpu_seconds: float


def measure(checkout: Path, out: Path) -> Wait:
    """Return the waiting time of a run.

    Args:
        checkout: Folder of the checkout whose engine runs.
        out: Output folder of the run.

    Raises:
        SystemExit: If the run ends without a tile.
    """
    command = [
        *(sys.executable, "-m", "gac_core.cli", "run", str(SCENE), "--bundle", "demo"),
        *("--out", str(out), "--device", "cpu", "--extent", *EXTENT),
    ]
    variables = {**os.environ, "PYTHONPATH": str(checkout)}
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=checkout, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        text = b""
        while chunk := os.read(process.stderr.fileno(), 4096):
            text += chunk
            if _TILE.search(text.lower()):
                seconds = time.perf_counter() - began
                times = psutil.Process(process.pid).cpu_times()
                process.kill()
                cpu = times.user + times.system + times.children_user + times.children_system
                return Wait(seconds, cpu)
    raise SystemExit(text.decode(errors="replace"))


def main() -> None:
    """Print a table: a row for each checkout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("others", nargs="*", type=Path, metavar="CHECKOUT")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each checkout (default: 3)")
    options = parser.parse_args()
    checkouts = [*(path.resolve() for path in options.others), engine_root()]
    waits: dict[Path, list[Wait]] = {path: [] for path in checkouts}
    with tempfile.TemporaryDirectory(prefix="gac-bench-") as folder:
        for number in range(options.rounds):
            for place, checkout in enumerate(checkouts):
                waits[checkout].append(measure(checkout, Path(folder, f"{number}-{place}")))
    print("| checkout | CPU s, each round | median | s, each round | median |")
    print("| --- | --- | --- | --- | --- |")
    for checkout, taken in waits.items():
        cells = [checkout.name]
        for values in ([one.cpu_seconds for one in taken], [one.seconds for one in taken]):
            cells += [", ".join(f"{value:.1f}" for value in values)]
            cells += [f"{statistics.median(values):.1f}"]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
