"""Peak memory of a training step of stages 2 and 3 at full size.

    python -m training.measure_memory --out memory.json

Weights are random, in the published formats: memory does not depend on their values. Each case runs
in its own process. On a GPU PyTorch is limited to `--cap-gb`, so that a case too large for a small
GPU fails here as it would there; the table says so. CUDA itself takes another 0.3 to 0.5 GB.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import json
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from gac_core.child_processes import exit_with_parent
from gac_core.networks.device import choose_device, describe_device
from training.console import flush_lines
from training.memory.case import Case


def cases() -> dict[str, Case]:
    """Return all cases of all stages, by name."""
    stages = sorted(path.parent.name for path in Path(__file__).parent.glob("stage*/full_size.py"))
    modules = (importlib.import_module(f"training.{stage}.full_size") for stage in stages)
    return {case.name: case for module in modules for case in module.CASES}


def table(report: dict[str, Any]) -> str:
    """Return the figures as a Markdown table, below a line on the machine."""
    machine = report["machine"]
    lines = [
        f"{report['date']}, {machine['device']}, PyTorch {machine['torch']}, "
        f"{machine['system']}; batch of 1 image, 224 by 224 pixels; GB are 10^9 bytes.",
        "",
        "| case | trained | before | loading | weights | peak of a step | seconds a step | fits |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, one in report["cases"].items():
        fits = "no cap" if report["cap_gb"] is None else "yes" if one["fits"] else "no"
        lines.append(
            f"| {name}: {one['title']} | {one['trained'] / 1e6:.2f} M | {one['libraries']:.2f} GB "
            f"| {one['loading']:.2f} GB | {one['weights']:.2f} GB | {one['peak']:.2f} GB "
            f"| {one['seconds']:.1f} | {fits} |"
        )
    return "\n".join(lines)


def _all(args: argparse.Namespace, device: torch.device) -> None:
    all_cases = cases()
    report: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": {
            "device": describe_device(device),
            "system": platform.platform(),
            "torch": torch.__version__,
        },
        "cap_gb": args.cap_gb if device.type == "cuda" else None,
        "cases": {},
    }
    with tempfile.TemporaryDirectory(prefix="gac-memory-") as temporary:
        for name in args.case or all_cases:
            if name not in all_cases:
                raise SystemExit(f"There is no case {name!r}; there are {', '.join(all_cases)}.")
            case = all_cases[name]
            folder = (args.folder or Path(temporary)) / case.weights
            if not folder.is_dir():
                folder.mkdir(parents=True)
                _call(args, "write", name, folder)
            measured = json.loads(_call(args, "measure", name, folder).splitlines()[-1])
            report["cases"][name] = {"title": case.title, **measured}
            print(f"{name}: peak {measured['peak']} GB", file=sys.stderr)
    if args.out is not None:
        args.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(table(report))


def _call(args: argparse.Namespace, what: str, name: str, folder: Path) -> str:
    """Run a subcommand in its own process, for separate memory accounting."""
    command = [sys.executable, "-m", "training.measure_memory", "--do", what, "--case", name]
    command += ["--folder", str(folder), "--device", args.device]
    command += ["--cap-gb", str(args.cap_gb), "--steps", str(args.steps)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Run the command line."""
    flush_lines()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--case", action="append", metavar="NAME", help="default: all")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--cap-gb", type=float, default=6.0, help="of a GPU; default 6")
    parser.add_argument("--steps", type=int, default=2, help="optimiser steps; default 2")
    parser.add_argument("--out", type=Path, help="write the figures to this file, as JSON")
    parser.add_argument("--folder", type=Path, help="for weights, about 6 GB; default: temporary")
    parser.add_argument("--do", choices=("write", "measure"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    device = choose_device(args.device)
    if args.do:
        exit_with_parent()
    if args.do == "write":
        cases()[args.case[0]].write(args.folder)
    elif args.do == "measure":
        from training.memory.step import measure  # Brings the libraries of training.

        measured = measure(cases()[args.case[0]], args.folder, device, args.cap_gb, args.steps)
        print(json.dumps(asdict(measured)))
    else:
        _all(args, device)


if __name__ == "__main__":
    main()
