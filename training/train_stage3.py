r"""Trains stage 3: TerraMind's adapter, how its answer is used, and the network that fuses it.

    python -m training.train_stage3 --data-dir DATA --stage2-checkpoint STAGE2/best \
        --output-dir OUT --lr 5e-5 --lora-rank 8 --lora-cross-attention-only --epochs 50

In OUT appear `shown/` (what stage 3 is shown of each pair), `adapter/`, `answers/` and `fusion/`
(two trainings and what the second needs), and `best/`, the part that `gac bundle pack` takes. Run
again with --resume, it goes on from wherever it was stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gac_core.bands import S1_STATISTICS
from training.fit.flags import add_flags, carry_out, command, settle

if TYPE_CHECKING:
    from training.stage3.ways import GroundResult

KEYS = {
    "lora_cross_attention_only": "stage3.cross_attention_only",
    "timesteps": "stage3.timesteps",
    "modality": "stage3.modality",
    "strength": "stage3.strength",
    "residual": "stage3.residual",
    "codes": "stage3.codes",
    "cycle": "stage3.cycle",
    "fusion": "fusion.enabled",
    "fusion_detail": "fusion.detail",
    "recompute": "models.recompute",
}
"""The stage's own flags, and the settings that they are."""


def train(args: argparse.Namespace) -> GroundResult:
    """Train as the command line asks."""
    # Here: what prints `--help`, or says what is wrong with the settings, need not wait for models.
    from training.sections import Stage3Config

    config = settle(Stage3Config, args, 3, KEYS)

    from training.stage3.build import build_training, stage1_outputs

    training = build_training(
        config,
        data_dir=args.data_dir,
        roles=args.roles,
        stage2=args.stage2_checkpoint,
        out=args.output_dir,
        resume=args.resume,
        command=command("training.train_stage3"),
        on_bad=args.on_bad,
        without_doubts=args.without_doubts,
    )
    return training.run(stage1_outputs(args.stage1_outputs_dir, training.bundle))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m training.train_stage3",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_flags(made, stage=3)
    add = made.add_argument
    add("--stage2-checkpoint", required=True, metavar="FOLDER|identity",
        help="the part that train_stage2 left (its best), or identity")  # fmt: skip
    add("--stage1-outputs-dir", type=Path, help="what training.precompute_stage1 wrote; default: "
        "stage 1 is computed once and what comes of it kept in --output-dir")  # fmt: skip
    add("--roles", type=Path, help="CSV: tile, role (train, val, test), biome")
    add(
        "--on-bad", choices=("stop", "skip"), default="stop", help="what to do on a bad pair (stop)"
    )
    add("--without-doubts", action="store_true",
        help="leave out what BigEarthNet says has snow, clouds or their shadow")  # fmt: skip
    add("--lora-cross-attention-only", action=argparse.BooleanOptionalAction,
        help="adapt cross-attention alone; else the decoder's self-attention too")  # fmt: skip
    add("--timesteps", type=int, help="diffusion steps of an answer")
    add("--modality", choices=tuple(S1_STATISTICS), help="which Sentinel-1 product the radar is")
    add("--codes", help="weights of the encoder that gives the tokens of real images")
    add(
        "--cycle",
        metavar="FOLDER",
        help="what training.train_cycle wrote, for the loss's part cycle",
    )
    add("--strength", type=float, help="how far opt_v2 is noised before it is decoded again; "
        "default: tried out on validation images")  # fmt: skip
    add("--residual", type=float, help="share of the way from opt_v2 to the answer; default: "
        "tried out")  # fmt: skip
    add("--fusion", action=argparse.BooleanOptionalAction,
        help="train the network that fuses the answer with opt_v2 and the radar")  # fmt: skip
    add("--fusion-detail", type=float, metavar="PIXELS",
        help="keep its corrections to detail, less their mean within so many pixels")  # fmt: skip
    add("--recompute", action=argparse.BooleanOptionalAction,
        help="compute activations again on the way back: slower, less memory")  # fmt: skip
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; the exit status."""
    args = parser().parse_args(arguments)
    return carry_out(lambda: train(args))


if __name__ == "__main__":
    sys.exit(main())
