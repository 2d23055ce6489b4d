"""Benchmark of GAC against TerraTorch's own recipe, on the same pixels with the same weights.

    python -m tests.bench [--quick | --full] [--only PART …] [--markdown docs/benchmarks.md]

Parts are `speed` (seconds, FLOP and memory of each case), `startup`, `edges` (of a scene), `seams`
(in a scene large enough for significance) and `memory` (growth with the area). Without options:
`speed` at demo and base size, `startup` and `edges`, a quarter of an hour on two cores; `--full`:
all parts. Earlier results of a part are kept until it is measured again.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import engine_root
from gac_core.networks.device import choose_device, describe_device
from tests.bench import edges, gpu, startup
from tests.bench.cases import EDGES, MEMORY, SEAMS, SPEED, Case
from tests.bench.compare import compare, prepared
from tests.bench.report import to_markdown, write_markdown

PARTS = ("speed", "startup", "edges", "seams", "memory")


def main() -> None:
    """Run the command line."""
    args = _arguments()
    if args.gpu_cap is not None:
        raise SystemExit(gpu.measure_sizes(args.gpu_cap, args.weights))
    device = choose_device(args.device)
    if args.size == "full" and device.type != "cuda":
        raise SystemExit("--full needs a GPU: on a processor it would take days.")
    work: Path = args.out
    work.mkdir(parents=True, exist_ok=True)
    path = work / f"{device.type}{'-quick' if args.size == 'quick' else ''}.json"
    results: dict[str, Any] = {"device": device.type, "parts": {}}
    if path.is_file():
        results = json.loads(path.read_text(encoding="utf-8"))
    for name, part in _parts(args, device.type):
        results["parts"][name] = {**part, **_circumstances(device)}
        path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(to_markdown(results))
    _say(f"results: {path}")
    if args.markdown is not None:
        write_markdown(results, args.markdown)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    size = parser.add_mutually_exclusive_group()
    for flag, words in (
        ("quick", "smoke run on the demo bundle, about a minute; its figures mean little"),
        ("full", "base and large, all steps; for a GPU"),
    ):
        size.add_argument(f"--{flag}", dest="size", action="store_const", const=flag, help=words)
    add("--only", nargs="+", choices=PARTS, help="these parts; default: speed startup edges")
    add("--case", nargs="+", metavar="NAME", help="of speed, these cases")
    add("--side", type=int, metavar="PX", help="of speed, another side of the scene")
    add("--steps", type=int, nargs=2, metavar="N", help="of speed, steps of stages 1 and 3")
    add("--repeats", type=int, metavar="N", help="of speed, runs of each side")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto")
    add("--out", type=Path, default=engine_root() / "build" / "bench", help="folder for results")
    add("--weights", type=Path, metavar="DIR", help="folder for random weights, up to 15 GB")
    add("--gpu-cap", type=float, metavar="GB", help="instead: full size on such a GPU, 10 minutes")
    add("--markdown", type=Path, metavar="FILE", help="also put the tables between FILE's marks")
    parser.set_defaults(size="normal")
    args = parser.parse_args()
    args.out = args.out.absolute()
    args.weights = (args.weights or args.out / "weights").absolute()
    args.only = args.only or (PARTS if args.size == "full" else PARTS[:3])
    return args


def _parts(args: argparse.Namespace, device: str) -> Any:
    """Yield names and results of the requested parts, as they are measured."""
    if "speed" in args.only:
        for case in SPEED[args.size]:
            if args.case is None or case.name in args.case:
                chosen = _changed(case, args)
                yield f"speed {case.name}", compare(chosen, device, args.weights, args.out, _say)
    if "startup" in args.only:
        _say("startup: a worker starts and runs")
        bundle = prepared("demo", args.weights)
        spec, runs = read_bundle(bundle).window, 2 if args.size == "quick" else 5
        timings = startup.measure(bundle, spec, device, runs, args.out)
        yield "startup", {"bundle": "demo", **timings}
    for case in EDGES[args.size] if "edges" in args.only else ():
        yield f"edges {case.name}", edges.measure(case, device, args.weights, args.out, _say)
    for name, cases in (("seams", SEAMS), ("memory", MEMORY)):
        for case in cases[args.size] if name in args.only else ():
            yield f"{name} {case.name}", compare(case, device, args.weights, args.out, _say)


def _changed(case: Case, args: argparse.Namespace) -> Case:
    changes = {k: getattr(args, k) for k in ("side", "repeats") if getattr(args, k) is not None}
    if args.steps is not None:
        changes["steps"] = tuple(args.steps)
    if any(1000 % n for n in changes.get("steps", ())):
        raise SystemExit("Steps must divide 1000: for others TerraTorch takes one more than asked.")
    return replace(case, **changes)


def _circumstances(device: torch.device) -> dict[str, Any]:
    """Return date, machine and commit of a measurement."""
    command = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    description = subprocess.run(
        command, cwd=engine_root(), capture_output=True, text=True, check=False
    )
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "commit": f"commit {description.stdout.strip()}"
        if description.returncode == 0
        else "no commit",
        "machine": {
            "device": _processor() if device.type == "cpu" else describe_device(device),
            "torch": torch.__version__,
            "system": platform.platform(),
        },
    }


def _processor() -> str:
    """Return the processor's name and the number of computing threads."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = info.read_text(encoding="utf-8", errors="replace").splitlines()
        names = [x.partition(":")[2].strip() for x in lines if x.startswith("model name")]
        name = names[0] if names else name
    return f"{name}, {torch.get_num_threads()} threads"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
