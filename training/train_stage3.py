r"""Training of stage 3: TerraMind's adapter, and the bridge from opt_v2 to a realistic image.

    python -m training.train_stage3 --data-dir DATA --stage2-checkpoint STAGE2/best \
        --output-dir OUT --lr 5e-5 --lora-rank 8 --lora-cross-attention-only --epochs 50

Writes `shown/` (opt_v2 of each pair), checkpoints and logs, and `best/`, the part for `gac bundle
pack`, to OUT. --resume resumes an interrupted training.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gac_core.band_statistics import S1_STATISTICS
from training.fit.flags import (
    add_flags,
    describe_call,
    describe_command,
    overrides_of,
    released_folder,
    resolve_config,
    run_command,
    settings_by_name,
)

if TYPE_CHECKING:
    from training.data.checks import OnBad
    from training.stage3.ground_training import GroundResult

KEYS = {
    "lora_cross_attention_only": "stage3.cross_attention_only",
    "detail": "stage3.detail",
    "steps": "stage3.steps",
    "modality": "stage3.modality",
    "cycle": "stage3.cycle",
    "bridge_lr": "bridge.lr",
    "bridge_noise": "bridge.noise",
    "recompute": "models.recompute",
}
"""Settings by the destination of stage 3's own flags."""


def train_grounding(
    data_dir: str | Path,
    stage2_checkpoint: str | Path,
    output_dir: str | Path,
    *,
    stage1_outputs: str | Path | None = None,
    roles: str | Path | None = None,
    resume: bool = False,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    configs: Sequence[str | Path] = (),
    **settings: Any,
) -> GroundResult:
    """Train stage 3: TerraMind's adapter, and the bridge from opt_v2 to a realistic image.

        from training import train_grounding

        result = train_grounding(
            "pairs", "build/stage2/best", "build/stage3", bundle="demo", epochs=20, bridge_lr=5e-4
        )
        print(result.told())

    Args:
        data_dir: BigEarthNet v2, or a folder of pairs.
        stage2_checkpoint: Part written by `train_refiner`, or `identity`.
        output_dir: Output folder; the part is in `best`.
        stage1_outputs: Output folder of `training.generate_images`; None: stage 1 is computed once.
        roles: CSV of tiles and their roles; None: drawn by a hash of their names.
        resume: Resume the training in the folder.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        configs: YAML files over the defaults.
        **settings: As for `train_refiner`; `lr` is the adapter's learning rate, `bridge_lr` the
            bridge's.

    Returns:
        The part's folder, its number of steps, and all trials.

    Raises:
        GacError: If settings, data or weights cannot be used. `training.processes.Stopped`: it
            was stopped, and can be resumed.
    """
    from training.sections import Stage3Config

    overrides = settings_by_name(Stage3Config, KEYS, settings)
    with released_folder():
        return train(
            overrides,
            data_dir=Path(data_dir),
            stage2=str(stage2_checkpoint),
            stage1_outputs=None if stage1_outputs is None else Path(stage1_outputs),
            output_dir=Path(output_dir),
            roles=None if roles is None else Path(roles),
            resume=resume,
            on_bad=on_bad,
            without_doubts=without_doubts,
            configs=configs,
            command=describe_call("training.train_grounding", settings),
        )


def train(
    overrides: Mapping[str, Any],
    *,
    data_dir: Path,
    stage2: str,
    output_dir: Path,
    command: str,
    stage1_outputs: Path | None = None,
    roles: Path | None = None,
    resume: bool = False,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    configs: Sequence[str | Path] = (),
) -> GroundResult:
    """Train with settings by dotted key; see `train_grounding`.

    Args:
        overrides: Settings by dotted key, over the configs.
        data_dir: Folder of the pairs.
        stage2: Folder of a stage-2 part, or `identity`.
        output_dir: Output folder; locked by this process until `training.processes.release_locks`.
        command: Command line, for the part's card.
        stage1_outputs: Folder of stage-1 images; None: they are computed.
        roles: CSV of tiles and their roles; None: they are drawn.
        resume: Resume the training in the folder.
        on_bad: Action on a bad pair.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        configs: YAML files over the defaults.
    """
    # Imported lazily: `--help` and checks of the settings do not wait for the models.
    from training.sections import Stage3Config

    config = resolve_config(Stage3Config, 3, overrides, output_dir, configs=configs, resume=resume)
    if resume and config.stage3.modality is None:
        config.stage3.modality = _original_modality(output_dir)

    from training.stage3.setup import build_training
    from training.stage3.setup import stage1_outputs as read_outputs

    training = build_training(
        config,
        data_dir=data_dir,
        roles=roles,
        stage2=stage2,
        out=output_dir,
        resume=resume,
        command=command,
        on_bad=on_bad,
        without_doubts=without_doubts,
    )
    return training.run(read_outputs(stage1_outputs, training.bundle))


def train_from_args(args: argparse.Namespace) -> GroundResult:
    """Train as given on the command line."""
    return train(
        overrides_of(args, KEYS),
        data_dir=args.data_dir,
        stage2=args.stage2_checkpoint,
        stage1_outputs=args.stage1_outputs_dir,
        output_dir=args.output_dir,
        roles=args.roles,
        resume=args.resume,
        on_bad=args.on_bad,
        without_doubts=args.without_doubts,
        configs=args.config,
        command=describe_command("training.train_stage3"),
    )


def _original_modality(out: Path) -> str | None:
    """Return the modality in the config of a training to resume; its default was once S1GRD."""
    from training.config import RESOLVED, load
    from training.sections import Stage3Config

    path = out / RESOLVED
    return load(Stage3Config, [path], {}).stage3.modality if path.is_file() else None


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    parser = argparse.ArgumentParser(
        prog="python -m training.train_stage3",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_flags(parser, stage=3)
    add = parser.add_argument
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
    add("--detail", type=float, metavar="PIXELS",
        help="leave opt_v2's mean within so many pixels (sigma) as it is")  # fmt: skip
    add("--steps", type=int, help="of a crossing of the bridge; default: 1, 2 and 4 are tried out "
        "on validation images")  # fmt: skip
    add("--bridge-lr", type=float, metavar="RATE", help="the bridge's highest learning rate")
    add("--bridge-noise", type=float, metavar="DEVIATION",
        help="of what is added to opt_v2 at the start, on the root scale")  # fmt: skip
    add("--modality", choices=tuple(S1_STATISTICS), help="of all pairs; else what each says")
    add(
        "--cycle",
        metavar="FOLDER",
        help="what training.train_cycle wrote, for the loss's part cycle",
    )
    add("--recompute", action=argparse.BooleanOptionalAction,
        help="compute activations again on the way back: slower, less memory")  # fmt: skip
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    args = parser().parse_args(arguments)
    return run_command(lambda: train_from_args(args))


if __name__ == "__main__":
    sys.exit(main())
