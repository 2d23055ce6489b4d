"""FLOP of training for one pair of each stage, and hours on a GPU of a given speed.

    python -m tests.bench.training_flops
    python -m tests.bench.training_flops --stage 2 --tflops 16.4 24.3

Weights are random, in the published formats, settings those for 6 GB, the pair as large as
BigEarthNet's. The hours are reckoned for a GPU that need not be at hand.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from gac_core.networks.device import choose_device, describe_device
from tests.bench.flops import counter, in_steps
from tests.bench.training_memory import take_step
from tests.bench.training_models import (
    build_grounding,
    build_refiner,
    library_in,
    write_random_prithvi,
    write_random_terramind,
)
from training.console import flush_lines

SIDE = 120
"""Side of a patch of BigEarthNet in pixels."""
TFLOPS = (16.4, 24.3)
"""Dense 16-bit products with 32-bit sums of a GeForce RTX 4050 Laptop GPU, at 35 and at 115 W:
80 tensor cores of 128 FLOP a clock, at the published boost clocks of 1605 and 2370 MHz."""
SHARES = (0.1, 0.3)
"""Shares of that: assumed, and what runs of GAC reach of a processor's (docs/benchmarks.md)."""
TIMESTEPS = 10
PAIRS = 1000


@dataclass(frozen=True)
class Cost:
    """Cost of one pair.

    Attributes:
        stage: Number of the stage.
        flop: FLOP of one pair: of all its diffusion steps in stage 1, of one pass in training.
    """

    stage: int
    flop: float

    def hours(self, tflops: float, share: float) -> float:
        """Return the hours for `PAIRS` pairs at a share of a peak in TFLOP/s."""
        return self.flop * PAIRS / (tflops * 1e12 * share) / 3600


def measure(stage: int, folder: Path, device: torch.device) -> Cost:
    """Count the FLOP of one pair.

    Args:
        stage: 1, 2 or 3.
        folder: Empty folder for the weights.
        device: Where to compute.
    """
    if stage == 1:
        write_random_terramind(folder, "base")
        one, two = (_counted(_generate(folder, device, steps)) for steps in (1, 2))
        return Cost(stage, in_steps(one, two, TIMESTEPS))
    if stage == 2:
        write_random_prithvi(folder)
        module, batch = build_refiner(folder, {})
    else:
        write_random_terramind(folder, "base")
        module, batch = build_grounding(folder, "base", recompute=True)
    from training.fit.settings import FitSettings
    from training.fit.step import build_optimiser

    module.to(device).train()
    batch = {k: v.to(device) if isinstance(v, torch.Tensor) else v for k, v in batch.items()}
    trained = list(module.trained().values())
    optimiser = build_optimiser(trained, FitSettings(), device, module.rate_factor)
    return Cost(stage, _counted(lambda: take_step(module, batch, optimiser)))


def _generate(folder: Path, device: torch.device, timesteps: int) -> Callable[[], object]:
    """Return stage 1 of one pair, loaded, with so many diffusion steps."""
    import numpy as np

    from gac_core.networks.loading import Models
    from training.data import Pair
    from training.stage1 import FirstStage

    library = library_in(folder)
    models = Models(library.find("terramind-base"), library, device)
    _ = models.terramind
    s1 = np.random.default_rng(0).normal(-15, 3, (2, SIDE, SIDE)).astype(np.float32)
    s2 = np.zeros((12, SIDE, SIDE), np.float32)
    pair = Pair("random", "T33UUP", s1, s2, (True,) * 12, 7, 4, 48.0, 16.0)
    stage = FirstStage(models, timesteps, 0, 1)
    return lambda: stage.images([pair])


def _counted(work: Callable[[], object]) -> float:
    """Return the FLOP of a piece of work."""
    with counter() as count:
        work()
    return float(count.get_total_flops())


def table(costs: list[Cost], tflops: tuple[float, float], shares: tuple[float, float]) -> str:
    """Return the costs as a Markdown table."""
    low, high = (peak * share for peak, share in zip(sorted(tflops), sorted(shares), strict=True))
    lines = [
        f"Hours at {low:.1f} to {high:.1f} TFLOP/s: {min(shares):.0%} of {min(tflops):g} to "
        f"{max(shares):.0%} of {max(tflops):g}.",
        "",
        f"| stage | TFLOP a pair | hours for {PAIRS} pairs |",
        "| --- | --- | --- |",
    ]
    for cost in costs:
        most, least = (cost.hours(rate, 1.0) for rate in (low, high))
        lines.append(f"| {cost.stage} | {cost.flop / 1e12:.2f} | {least:.2f} to {most:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Run the command line."""
    flush_lines()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--stage", type=int, choices=(1, 2, 3), action="append", help="default: all")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto")
    add("--tflops", type=float, nargs=2, default=TFLOPS, metavar=("LOW", "HIGH"), help="peaks of "
        "the GPU that the hours are for (%(default)s: an RTX 4050 Laptop)")  # fmt: skip
    add("--share", type=float, nargs=2, default=SHARES, metavar=("LOW", "HIGH"), help="shares of "
        "its peak that are reached (%(default)s)")  # fmt: skip
    args = parser.parse_args()
    device = choose_device(args.device)
    print(f"{describe_device(device)}, PyTorch {torch.__version__}")
    costs = []
    for stage in args.stage or (1, 2, 3):
        with tempfile.TemporaryDirectory(prefix="gac-flops-") as folder:
            costs.append(measure(stage, Path(folder), device))
    print(table(costs, tuple(args.tflops), tuple(args.share)))


if __name__ == "__main__":
    main()
