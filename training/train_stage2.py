r"""Training of stage 2: Prithvi with LoRA and a head that bring opt_v1 closer to the real image.

    python -m training.train_stage2 --data-dir ../data --stage1-outputs-dir build/stage1 \
        --output-dir build/stage2 --batch-size 1 --grad-accum-steps 8 --lr 1e-4 --lora-rank 8 \
        --load-in-8bit --epochs 30

Flags take precedence over the YAML files of --config, and those over training/configs. The best
validated part is in OUTPUT_DIR/best, for gac bundle pack. See docs/training.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from training.fit import FitResult

KEYS = {
    "load_in_8bit": "models.load_in_8bit",
    "recompute": "models.recompute",
    "freeze_backbone": "stage2.freeze_backbone",
    "unfreeze_last": "stage2.unfreeze_last",
    "no_month": "stage2.no_month",
    "no_biome": "stage2.no_biome",
    "no_place": "stage2.no_place",
    "no_prithvi": "stage2.no_prithvi",
    "month_jitter": "stage2.month_jitter",
    "place_jitter": "stage2.place_jitter",
    "gain": "stage2.gain",
    "band_gain": "stage2.band_gain",
    "radar_gain": "stage2.radar_gain",
    "polarisation_gain": "stage2.polarisation_gain",
}
"""Settings by the destination of stage 2's own flags."""


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    parser = argparse.ArgumentParser(
        prog="python -m training.train_stage2",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_flags(parser, stage=2)
    add = parser.add_argument
    add("--stage1-outputs-dir", type=Path, required=True, help="of training.precompute_stage1")
    add("--roles", type=Path, metavar="FILE", help="CSV: tile, role (train, val, test), biome")
    add(
        "--on-bad", choices=("stop", "skip"), default="stop", help="what to do on a bad pair (stop)"
    )
    add("--without-doubts", action="store_true",
        help="leave out what BigEarthNet says has snow, clouds or their shadow")  # fmt: skip
    add("--load-in-8bit", action="store_true", default=None, help="frozen blocks in 8 bits")
    add("--no-8bit", dest="load_in_8bit", action="store_false", default=None)
    add("--freeze-backbone", action="store_true", default=None,
        help="no LoRA: the head, and the blocks of --unfreeze-last, alone")  # fmt: skip
    add("--unfreeze-last", type=int, metavar="N", help="train the last N blocks in full; 0: none")
    add("--recompute", action=argparse.BooleanOptionalAction,
        help="compute activations again on the way back: slower, less memory")  # fmt: skip
    add("--metadata-dropout", type=float, metavar="SHARE",
        help="hide month, biome and place, each of this share of the samples")  # fmt: skip
    add("--no-month", type=float, metavar="SHARE", help="hide the month of this share")
    add("--no-biome", type=float, metavar="SHARE", help="hide the biome of this share")
    add("--no-place", type=float, metavar="SHARE", help="hide the place of this share")
    add("--no-prithvi", type=float, metavar="SHARE",
        help="hide Prithvi's features of this share")  # fmt: skip
    add("--month-jitter", type=int, metavar="N", help="months told may be off by so many")
    add("--place-jitter", type=float, metavar="DEGREES", help="places told may be off: deviation")
    add("--gain", type=float, help="move opt_v1's brightness: standard deviation of its log")
    add("--band-gain", type=float, help="move each of its bands: likewise")
    add("--radar-gain", type=float, metavar="DB", help="move the radar's level: deviation")
    add("--polarisation-gain", type=float, metavar="DB", help="move each polarisation: likewise")
    return parser


def train_refiner(
    data_dir: str | Path,
    stage1_outputs: str | Path,
    output_dir: str | Path,
    *,
    roles: str | Path | None = None,
    resume: bool = False,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    configs: Sequence[str | Path] = (),
    **settings: Any,
) -> FitResult:
    """Train stage 2: Prithvi with LoRA and a head.

        from training import train_refiner

        result = train_refiner(
            "pairs", "build/stage1", "build/stage2", bundle="demo", lora_rank=8, load_in_8bit=True
        )
        print(result.told())

    Args:
        data_dir: BigEarthNet v2, or a folder of pairs.
        stage1_outputs: Output folder of `training.generate_images`.
        output_dir: Folder of checkpoints, logs and parts; the best validated part is in `best`.
        roles: CSV of tiles and their roles; None: drawn by a hash of their names.
        resume: Resume the training in the folder.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        configs: YAML files over the defaults.
        **settings: By their names in docs/training.md: those of flags (`lora_rank`), of settings
            (`gain`), or in full, `**{"models.head.reduced": 16}`.

    Returns:
        The scores reached, and what was not earned.

    Raises:
        GacError: If settings, data or weights cannot be used; quick checks come first.
            `training.processes.Stopped`: it was stopped, and can be resumed.
    """
    from training.sections import Stage2Config

    overrides = settings_by_name(Stage2Config, KEYS, settings)
    with released_folder():
        return train(
            overrides,
            data_dir=Path(data_dir),
            stage1_outputs=Path(stage1_outputs),
            output_dir=Path(output_dir),
            roles=None if roles is None else Path(roles),
            resume=resume,
            on_bad=on_bad,
            without_doubts=without_doubts,
            configs=configs,
            command=describe_call("training.train_refiner", settings),
        )


def train(
    overrides: Mapping[str, Any],
    *,
    data_dir: Path,
    stage1_outputs: Path,
    output_dir: Path,
    command: str,
    roles: Path | None = None,
    resume: bool = False,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    configs: Sequence[str | Path] = (),
) -> FitResult:
    """Train with settings by dotted key; see `train_refiner`.

    Args:
        overrides: Settings by dotted key, over the configs.
        data_dir: Folder of the pairs.
        stage1_outputs: Folder of stage-1 images.
        output_dir: Output folder; locked by this process until `training.processes.release_locks`.
        command: Command line, for the part's card.
        roles: CSV of tiles and their roles; None: they are drawn.
        resume: Resume the training in the folder.
        on_bad: Action on a bad pair.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        configs: YAML files over the defaults.
    """
    # Imported lazily, the models last: `--help` and checks of folders do not wait for them.
    from gac_core.bundles.library import Library
    from training.data.sources import print_warnings
    from training.data.stage1_outputs import Stage1Outputs
    from training.sections import Stage2Config
    from training.stage2.data import (
        check_prerequisites,
        open_pairs,
        refiner_section,
        stage1_identity,
    )

    config = resolve_config(Stage2Config, 2, overrides, output_dir, configs=configs, resume=resume)
    library = Library.default()
    bundle = library.find(config.models.bundle)
    outputs = Stage1Outputs(stage1_outputs)
    base = stage1_identity(outputs, bundle)
    section = refiner_section(bundle, config.models)
    check_prerequisites(section, bundle, library, config.data.crop)
    pairs = open_pairs(
        data_dir,
        outputs,
        config,
        roles,
        bundle.card,
        on_bad=on_bad,
        without_doubts=without_doubts,
    )

    print_warnings(pairs.history["warnings"])
    print(f"Loading {section['weights']['file']} …")
    from training.fit import fit
    from training.fit.checkpoint import sections
    from training.stage2.refiner_module import build_module

    record = {
        "command": command,
        "data": f"{len(pairs.train)} pairs trained, {len(pairs.val)} decided when to stop",
        **pairs.history,
    }
    module = build_module(bundle, library, section, config, base, record)
    prithvi = module.origin.weights.sha256
    origin = {**sections(config), "base": {**base, "prithvi": prithvi}}
    return fit(module, pairs.train, pairs.val, config.fit, output_dir, resume, origin)


def train_from_args(args: argparse.Namespace) -> FitResult:
    """Train as given on the command line."""
    for hint in ("no_month", "no_biome", "no_place"):
        if getattr(args, hint) is None:
            setattr(args, hint, args.metadata_dropout)
    return train(
        overrides_of(args, KEYS),
        data_dir=args.data_dir,
        stage1_outputs=args.stage1_outputs_dir,
        output_dir=args.output_dir,
        roles=args.roles,
        resume=args.resume,
        on_bad=args.on_bad,
        without_doubts=args.without_doubts,
        configs=args.config,
        command=describe_command("training.train_stage2"),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    args = parser().parse_args(arguments)
    return run_command(lambda: train_from_args(args))


if __name__ == "__main__":
    sys.exit(main())
