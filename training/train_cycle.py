r"""Training of the regressor of stage 3's cycle loss, which predicts the radar from an image.

    python -m training.train_cycle --data-dir DATA --output-dir build/cycle
    python -m training.train_stage3 … --cycle build/cycle

It is trained on the training tiles and judged on the validation tiles, beside the mean radar and a
linear regression from the four bands. Writes `cycle.safetensors` and `cycle.json`, with its scores,
to the output folder. If it does not beat both, the command fails, and no training accepts it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gac_core.contract.errors import OutputError
from gac_core.contract.message import Message
from training.fit.flags import describe_command, run_command
from training.fit.settings import DEVICES


@dataclass(frozen=True)
class CycleResult:
    """Folder of a regressor that beats its baselines."""

    folder: Path

    def summary(self) -> str:
        """Return the summary for the end of a command line's output."""
        return f"The regressor is in {self.folder}."


def table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """Return lines that compare the regressor with its baselines."""
    return "\n".join(
        f"{name}: RMSE {own['rmse']:.2f} dB; VV {own['rmse_vv']:.2f} dB, R² {own['r2_vv']:.3f}; "
        f"VH {own['rmse_vh']:.2f} dB, R² {own['r2_vh']:.3f}"
        for name, own in scores.items()
    )


def train(args: argparse.Namespace) -> CycleResult:
    """Train as given on the command line.

    Raises:
        OutputError: If the folder has a regressor already, or cannot be written.
        DataError: If the pairs cannot be used.
        BundleError: If the regressor does not beat its baselines; it is written nonetheless.
    """
    # Imported lazily, so that `--help` is fast.
    import torch

    from gac_core.bundles.library import Library
    from gac_core.networks.device import choose_device
    from training.data.sources import open_split
    from training.processes import acquire_lock
    from training.sections import DataSection
    from training.stage3.cycle_regressor import CARD, require_better, write_regressor
    from training.stage3.cycle_training import RegressorPairs, RegressorSettings, train_regressor

    settings = RegressorSettings(steps=args.steps, seed=args.seed)
    out: Path = args.output_dir
    acquire_lock(out)
    if (out / CARD).exists():
        raise OutputError(
            Message("{} holds a regressor already.", out),
            Message(
                "Trainings may build on it: choose another --output-dir, or remove it yourself."
            ),
            problem="regressor-already-there",
        )
    limit = DataSection(max_tiles=args.max_tiles).max_tiles
    split = open_split(
        args.data_dir,
        limit=limit,
        seed=0,
        roles=args.roles,
        base=Library.default().find(args.bundle).card,
        on_bad=args.on_bad,
    )
    pairs = RegressorPairs.of(split.source, split.roles, args.on_bad)
    print(
        f"{len(pairs.train)} pairs train, {len(pairs.stop)} choose the moment, "
        f"{len(pairs.val)} judge.",
        flush=True,
    )
    regressor, card = train_regressor(pairs, settings, choose_device(args.device), print)
    origin = {
        "command": describe_command("training.train_cycle"),
        "versions": {"torch": torch.__version__},
    }
    write_regressor(out, regressor, {**origin, **card})
    print(table(card["scores"]))
    require_better(card["scores"])
    return CycleResult(out)


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    parser = argparse.ArgumentParser(
        prog="python -m training.train_cycle",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="BigEarthNet v2, or a folder of pairs")
    add("--output-dir", type=Path, required=True, help="where the regressor and its card go")
    add("--bundle", default="terramind-base", metavar="NAME", help="the bundle that stage 3 is "
        "trained upon: tiles keep their roles on its card (%(default)s)")  # fmt: skip
    add("--roles", type=Path, help="CSV: tile, role (train, val, test)")
    add("--steps", type=int, default=400, metavar="N", help="optimiser steps, at most (400)")
    add("--seed", type=int, default=0, metavar="N", help="of all that is random (0)")
    add("--max-tiles", type=int, metavar="N", help="use so many image pairs at most")
    add("--device", choices=DEVICES, default="auto", help="where to train")
    add(
        "--on-bad", choices=("stop", "skip"), default="stop", help="what to do on a bad pair (stop)"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    args = parser().parse_args(arguments)
    return run_command(lambda: train(args))


if __name__ == "__main__":
    sys.exit(main())
