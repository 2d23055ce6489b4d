"""Peak memory of a training step of stages 2 and 3 at full size.

    python -m tests.bench.training_memory --out memory.json

Weights are random, in the published formats: memory does not depend on their values. Each case runs
in its own process. On a GPU PyTorch is limited to `--cap-gb`, so that a case too large for a small
GPU fails here as it would there; the table says so. CUDA itself takes another 0.3 to 0.5 GB.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import torch
from torch import Tensor, nn

from gac_core.contract.errors import is_out_of_memory
from gac_core.networks.device import choose_device, describe_device, free_memory, limit_gpu
from gac_core.process import exit_with_parent
from tests.bench.training_models import CASES, Case
from training.console import flush_lines
from training.fit.settings import FitSettings

if TYPE_CHECKING:
    from training.fit import Batch, StageModule

GIGABYTE = 1e9
_EVERY = 0.005
"""Interval of polling in seconds; shorter than the life of any large tensor."""


def memory_held(device: torch.device) -> float:
    """Return the GB held by tensors on a GPU, or by this process in main memory."""
    if device.type == "cuda":
        return torch.cuda.memory_allocated(device) / GIGABYTE
    return float(psutil.Process().memory_info().rss) / GIGABYTE


@dataclass
class Peak:
    """Peak memory, in GB, within its `with` block.

    On a GPU the memory of tensors (`torch.cuda.max_memory_allocated`), elsewhere the resident
    memory of the whole process, including libraries.
    """

    device: torch.device
    value: float = 0.0

    def __enter__(self) -> Peak:
        self.value = memory_held(self.device)
        if self.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self.device)
        else:
            self._over = threading.Event()
            self._watch = threading.Thread(target=self._sample, daemon=True)
            self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.device.type == "cuda":
            self.value = torch.cuda.max_memory_allocated(self.device) / GIGABYTE
        else:
            self._over.set()
            self._watch.join()
            self.value = max(self.value, memory_held(self.device))

    def _sample(self) -> None:
        while not self._over.wait(_EVERY):
            self.value = max(self.value, memory_held(self.device))


def cap(device: torch.device, gigabytes: float) -> None:
    """Limit PyTorch's memory on a GPU, as if it had no more; no effect on a CPU."""
    if device.type == "cuda":
        limit_gpu(device, int(gigabytes * GIGABYTE))
        total = torch.cuda.get_device_properties(device).total_memory / GIGABYTE
        torch.cuda.set_per_process_memory_fraction(min(1.0, gigabytes / total), device)


@dataclass(frozen=True)
class Measurement:
    """Result of a case.

    Attributes:
        libraries: GB before anything was built: on a CPU Python and its libraries, on a GPU 0.
        loading: Peak GB while the models were loaded onto the device.
        weights: GB after loading.
        peak: Peak GB during the optimiser steps.
        seconds: Duration of the last step.
        trained: Number of trained values.
        losses: Loss of each step, before it.
        fits: True if it stayed within the cap; on a CPU there is none.
    """

    libraries: float
    loading: float
    weights: float
    peak: float
    seconds: float
    trained: int
    losses: list[float]
    fits: bool


def measure(
    case: Case, folder: Path, device: torch.device, cap_gb: float, steps: int = 2
) -> Measurement:
    """Build a case and take optimiser steps on one sample, as `training.fit` does.

    Takes at least two steps to include the optimiser's own tensors, which come with the first.

    Args:
        case: Case to measure.
        folder: Folder written by `case.write`.
        device: Training device.
        cap_gb: Memory limit of a GPU, in GB of 10^9 bytes.
        steps: Optimiser steps.
    """
    from training.fit.step import build_optimiser  # Brings the libraries of training.

    cap(device, cap_gb)
    free_memory()
    libraries = memory_held(device)
    with Peak(device) as loading:
        module, batch = case.build(folder)
        module.to(device).train()
    free_memory()
    weights = memory_held(device)
    batch = {k: v.to(device) if isinstance(v, Tensor) else v for k, v in batch.items()}
    trained = list(module.trained().values())
    losses: list[float] = []
    seconds, fits = 0.0, True
    with Peak(device) as peak:
        try:
            optimiser = build_optimiser(trained, FitSettings(), device, module.rate_factor)
            for _ in range(steps):
                began = time.monotonic()
                losses.append(take_step(module, batch, optimiser))
                seconds = time.monotonic() - began
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            fits = False
    return Measurement(
        libraries=round(libraries, 3),
        loading=round(loading.value, 3),
        weights=round(weights, 3),
        peak=round(peak.value, 3),
        seconds=round(seconds, 1),
        trained=sum(p.numel() for p in trained),
        losses=losses,
        fits=fits,
    )


def take_step(module: StageModule, batch: Batch, optimiser: torch.optim.Optimizer) -> float:
    """Take one optimiser step on one batch; return the loss before it."""
    device = next(iter(module.trained().values())).device
    half = device.type == "cuda"
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
        loss = torch.stack([part.mean for part in module.losses(batch).values()]).sum()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(list(module.trained().values()), 1.0)
    optimiser.step()
    return float(loss.detach())


def cases() -> dict[str, Case]:
    """Return all cases of all stages, by name."""
    return {case.name: case for case in CASES}


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
    command = [sys.executable, "-m", "tests.bench.training_memory", "--do", what, "--case", name]
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
        measured = measure(cases()[args.case[0]], args.folder, device, args.cap_gb, args.steps)
        print(json.dumps(asdict(measured)))
    else:
        _all(args, device)


if __name__ == "__main__":
    main()
