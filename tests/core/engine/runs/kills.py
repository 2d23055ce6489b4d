"""Kills the worker at random moments of a run of the demo scene, and resumes each.

    python -m tests.core.engine.runs.kills [--optical] [NUMBER]

Each run is a worker's of its own, as QGIS starts it, and ends by SIGKILL somewhere within its
tiles; another worker then resumes it. Every result must be, byte for byte, that of a run that
nothing disturbed. With `--optical` half of a simulated Sentinel-2 image is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gac_core.bundles.library import engine_root
from gac_core.contract.layout import WORK
from gac_core.engine.checkpoint import Journal
from tests.bench.scenes import write_reference
from tests.core.inputs.client import Client, Event

ROOT = Path(__file__).resolve().parents[4]
SCENE = ROOT / "resources" / "demo_scene" / "demo_s1.tif"
EXTENT = (502_000.0, 5_333_000.0, 503_600.0, 5_334_600.0)
"""160 x 160 pixels of the demo scene: several tiles in every stage, and a run of seconds."""

STAGES = ("opt_v1", "opt_v2", "opt_v3")
LIMIT = 300.0
"""Seconds that a run may take on a busy machine."""


@dataclass
class Report:
    """The kills' outcomes.

    Attributes:
        stages: Stage that each killed run was in.
        same: Number of those that, resumed, gave the files of the undisturbed run and no others.
        resumed: Number of those that had work to resume.
        different: Faults of the others.
    """

    stages: list[int] = field(default_factory=list)
    same: int = 0
    resumed: int = 0
    different: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        count = Counter(self.stages)
        where = ", ".join(f"{count[stage]} in stage {stage}" for stage in (1, 2, 3))
        summary = f"{len(self.stages)} runs killed ({where}), {self.resumed} with work to resume: "
        return "\n".join(
            [f"{summary}{self.same} of {len(self.stages)} results identical", *self.different]
        )


def kill_and_resume(
    folder: Path,
    number: int = 20,
    seed: int = 20,
    say: Callable[[str], object] = lambda words: None,
    options: Mapping[str, object] | None = None,
) -> Report:
    """Kill runs at moments drawn at random over all tiles of all stages, and resume them.

    Args:
        folder: Folder for their results.
        number: Number of runs.
        seed: Seed of the draw.
        say: Callback for progress messages.
        options: Further options of the runs.
    """
    values = dict(options or {})
    chance, report = random.Random(seed), Report()
    keeper = _worker(folder)
    try:
        began: list[float] = []
        ident = keeper.send("run", **_request(folder / "whole", values))
        seen = keeper.events(ident, LIMIT, watch=lambda event: _note(event, began))
        assert seen[-1]["event"] == "result", seen[-1]
        tiles = [event for event in seen if _is_tile(event)]
        each = (began[-1] - began[0]) / len(began)
        expected = _files(folder / "whole")
        while len(report.stages) < number:
            out = folder / str(len(report.stages))
            after, delay = chance.randrange(1, len(tiles)), chance.uniform(0, each)
            stage = _run_and_kill(folder, _request(out, values), after, delay)
            journal = Journal.read(out / WORK)
            report.stages.append(stage)
            report.resumed += journal is not None and journal.is_worth_keeping
            last = keeper.events(keeper.send("run", **_request(out, values)), LIMIT)[-1]
            found = _files(out)
            if last["event"] == "result" and found == expected:
                report.same += 1
            else:
                names = sorted(k for k in {*found, *expected} if found.get(k) != expected.get(k))
                report.different.append(f"{out.name}, stage {stage}: {names} {last.get('message')}")
            say(f"{len(report.stages)} killed in stage {stage}, {report.same} identical")
    finally:
        keeper.close()
    return report


def _worker(folder: Path) -> Client:
    return Client(engine_root() / "bundles", folder / "worker.log")


def _request(out: Path, options: Mapping[str, object]) -> dict[str, object]:
    return {
        "sar": [str(SCENE)],
        "out": str(out),
        "bundle": str(ROOT / "resources" / "bundles" / "demo"),
        "extent": list(EXTENT),
        "timesteps_1": 1,
        "timesteps_3": 1,
        "device": "cpu",
        **options,
    }


def _is_tile(event: Event) -> bool:
    return event["event"] == "progress" and event["stage"] > 0 and event["tile"] > 0


def _note(event: Event, times: list[float]) -> None:
    if _is_tile(event):
        times.append(time.monotonic())


def _run_and_kill(folder: Path, request: Mapping[str, object], after: int, delay: float) -> int:
    """Kill a worker some seconds after some tiles of its run; return the stage it was in."""
    victim, stage = _worker(folder), 0

    def watch(event: Event) -> None:
        nonlocal after, stage
        if not _is_tile(event):
            return
        stage, after = event["stage"], after - 1
        if after == 0:
            time.sleep(delay)
            victim.close()

    try:
        victim.events(victim.send("run", **request), LIMIT, watch=watch)
    except TimeoutError:
        assert not victim.alive and after <= 0, "the worker hung or died by itself"
    finally:
        victim.close()
    assert stage, "the worker ended before its first tile"
    return stage


def _files(out: Path) -> dict[str, str]:
    """Return the files of an output folder, images with their hashes."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.suffix == ".tif" else ""
        for path in out.iterdir()
    }


def main() -> int:
    """Kill and resume runs; return 0 if every result is identical."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=20)
    parser.add_argument("--optical", action="store_true", help="with an optical reference")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gac-kills-") as name:
        folder = Path(name)
        options = write_reference(folder, SCENE) if chosen.optical else None
        report = kill_and_resume(folder, chosen.number, say=print, options=options)
    print(report)
    return 0 if report.same == chosen.number and {1, 2, 3} <= set(report.stages) else 1


if __name__ == "__main__":
    sys.exit(main())
