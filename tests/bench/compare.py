"""Measurement of a case: both sides loaded, then run alternately."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import engine_root
from tests.bench.cases import Case, Side
from tests.bench.flops import in_steps
from tests.bench.processes import Process
from tests.bench.scenes import square_km, write_scene
from tests.bench.weights import SIZES, bundle_folder

Say = Callable[[str], None]


def prepared(bundle: str, weights: Path) -> Path:
    """Return the folder of a bundle, written by a separate process because that takes memory."""
    if bundle in SIZES:
        command = [sys.executable, "-m", "tests.bench.weights", bundle, str(weights)]
        subprocess.run(command, cwd=engine_root(), check=True)
    return bundle_folder(bundle, weights)


def compare(case: Case, device: str, weights: Path, work: Path, say: Say) -> dict[str, Any]:
    """Measure a case.

    The sides alternate (ours, peer, ours, peer, …), so that other load on the machine affects both.

    Args:
        case: Case to measure.
        device: `cpu` or `cuda`.
        weights: Folder of full-size weights, written if missing.
        work: Folder of the scene and the sides' logs.
        say: Callback for progress messages.

    Returns:
        `case`, `km2`, and `sides`: by kind what was loaded, `runs` in order, `flop` by stage, and
            the device's `peak`.
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
        results = {side.kind: {**side.answer(), "runs": list[Any]()} for side in sides}
        for turn in range(case.repeats):
            for side in sides:
                run = side.do("run", steps=case.steps)
                results[side.kind]["runs"].append(run)
                say(f"{case.name}: {side.kind}, run {turn + 1}: {run['total']:.1f} s")
        for side in sides if case.count else ():
            say(f"{case.name}: counts the FLOP of {side.kind}")
            results[side.kind]["flop"] = _flop(side, case.steps)
            results[side.kind]["peak"] = side.do("peak")
    scene.unlink()
    return {"case": case.to_dict(), "km2": square_km(case.side), "sides": results}


def _flop(side: Process, steps: tuple[int, int]) -> dict[str, float]:
    """Return FLOP by stage, extrapolated from runs of one and of two steps."""
    one, two = (side.do("count", steps=(n, n))["stages"] for n in (1, 2))
    by_stage = {"1": steps[0], "2": 1, "3": steps[1]}
    return {key: in_steps(one[key], two[key], by_stage[key]) for key in one}
