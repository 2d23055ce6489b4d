"""A case, measured: both sides loaded, then turn by turn."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from gac_core.models.card import read_bundle
from gac_core.models.library import engine_root
from tests.bench.cases import Case, Side
from tests.bench.flops import in_steps
from tests.bench.processes import Process
from tests.bench.scenes import square_km, write_scene
from tests.bench.weights import SIZES, bundle_folder

Say = Callable[[str], None]


def prepared(bundle: str, weights: Path) -> Path:
    """Folder of a bundle. What writes one takes memory, and is another process."""
    if bundle in SIZES:
        command = [sys.executable, "-m", "tests.bench.weights", bundle, str(weights)]
        subprocess.run(command, cwd=engine_root(), check=True)
    return bundle_folder(bundle, weights)


def compare(case: Case, device: str, weights: Path, work: Path, say: Say) -> dict[str, Any]:
    """Measure a case.

    Sides take turns (ours, peer, ours, peer, …), so that what else the machine does falls on both.

    Args:
        case: What to measure.
        device: `cpu` or `cuda`.
        weights: Where full-size weights are or are written.
        work: For the scene and what the sides print.
        say: Told how it is getting on.

    Returns:
        `case`, `km2`, and `sides`: by kind what was loaded, `runs` in their order, `flop` by
        stage, and the device's `peak`.
    """
    folder = prepared(case.bundle, weights)
    spec = read_bundle(folder).window
    scene = work / f"{case.name.replace(' ', '-').replace(',', '')}.tif"
    write_scene(scene, case.side, spec)
    with ExitStack() as stack:
        sides = []
        for kind in case.sides:
            cap = case.cap_gb if kind == "ours" else None
            side = Side(kind, scene, folder, weights, device, cap)
            log = work / "logs" / f"{scene.stem}-{kind}.txt"
            sides.append(stack.enter_context(Process(side, log)))
        say(f"{case.name}: {' and '.join(case.sides)} load")
        for side in sides:
            side.ask("load")
        found = {side.kind: {**side.answer(), "runs": list[Any]()} for side in sides}
        for turn in range(case.repeats):
            for side in sides:
                run = side.do("run", steps=case.steps)
                found[side.kind]["runs"].append(run)
                say(f"{case.name}: {side.kind}, run {turn + 1}: {run['total']:.1f} s")
        for side in sides if case.count else ():
            say(f"{case.name}: counts the FLOP of {side.kind}")
            found[side.kind]["flop"] = _flop(side, case.steps)
            found[side.kind]["peak"] = side.do("peak")
    scene.unlink()
    return {"case": case.to_dict(), "km2": square_km(case.side), "sides": found}


def _flop(side: Process, steps: tuple[int, int]) -> dict[str, float]:
    """FLOP by stage, from runs of one and of two steps: a run in full need not be repeated."""
    one, two = (side.do("count", steps=(n, n))["stages"] for n in (1, 2))
    by_stage = {"1": steps[0], "2": 1, "3": steps[1]}
    return {key: in_steps(one[key], two[key], by_stage[key]) for key in one}
