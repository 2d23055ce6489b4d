"""Evaluation of a bundle on pairs of Sentinel-1 and real Sentinel-2 images that it has not seen.

python -m training.evaluate --data-dir PAIRS --bundle demo --out build/evaluation --ablations

Writes evaluation.html, scores.json, scores.csv and contact sheets to the output folder. With
`--clouds` it judges runs with an optical reference instead, under simulated clouds and in series of
dates, and writes clouds.json.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from gac_core.contract.errors import GacError, as_user_error
from training.console import flush_lines
from training.data import PairSource, open_source, read_biomes
from training.evaluation.chain import Setting
from training.evaluation.cloud_run import evaluate_clouds
from training.evaluation.cloud_scores import SHARES, SIZES, covers
from training.evaluation.cloud_tables import write_clouds
from training.evaluation.learned_baselines import BaselineSettings
from training.evaluation.page import write_files
from training.evaluation.run import Options, evaluate_bundle
from training.evaluation.tables import write_markdown


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    flush_lines()
    args = parser().parse_args(arguments)
    command = shlex.join(["python", "-m", "training.evaluate", *(arguments or sys.argv[1:])])
    if args.threads:
        torch.set_num_threads(args.threads)
    baseline_settings = (
        BaselineSettings(steps=args.baseline_steps, seed=args.seed) if args.baselines else None
    )
    options = Options(
        max_images=args.max_images,
        ablations=args.ablations,
        baseline_settings=baseline_settings,
        cache=args.out / "baselines",
        pictures=args.pictures,
        command=command,
        data=args.data_dir.resolve().name,
    )
    try:
        if args.clouds:
            return _judge_clouds(args, options)
        other = args.baseline_data_dir
        report = evaluate_bundle(
            args.bundle,
            _open(args.data_dir, args.biomes),
            args.tiles,
            setting=Setting(tuple(args.timesteps), args.seed),
            options=options,
            baseline_source=_open(other, args.biomes) if other else None,
            device=args.device,
        )
        page = write_files(report, args.out)
        if args.markdown:
            write_markdown(report, args.markdown)
    except Exception as error:
        if not isinstance(gac_error := as_user_error(error), GacError):
            raise
        print(f"error: {gac_error}", file=sys.stderr)
        return 1
    for comparison in report.stage_comparisons():
        gain = comparison.gain.images
        print(
            f"{comparison.later} over {comparison.earlier}, {comparison.measure.title}: "
            f"{gain.mean:+.3f} ({gain.low:+.3f} to {gain.high:+.3f}): {comparison.verdict}"
        )
    if report.offset.note:
        print(f"note: {report.offset.note}")
    for words in report.not_earned():
        print(f"not earned: {words}")
    print(page)
    return 0


def _judge_clouds(args: argparse.Namespace, options: Options) -> int:
    """Judge runs with an optical reference."""
    report = evaluate_clouds(
        args.bundle,
        _open(args.data_dir, args.biomes),
        args.tiles,
        series=[name for name in args.series.split(",") if name],
        chosen=covers(args.cloud_sizes, [percent / 100 for percent in args.cloud_shares]),
        setting=Setting(tuple(args.timesteps), args.seed),
        options=options,
        device=args.device,
    )
    for line in report.skipped:
        print(f"left out: {line}")
    print(write_clouds(report, args.out, args.markdown))
    return 0


def _open(folder: Path, biomes: Path | None) -> PairSource:
    """Open the pairs; bad ones are reported when read."""
    return open_source(folder, biomes=read_biomes(biomes) if biomes else None, on_bad="skip")


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    parser = argparse.ArgumentParser(
        prog="python -m training.evaluate", description=(__doc__ or "").splitlines()[0]
    )
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="pairs: BigEarthNet v2, or pair folders")
    add("--bundle", default="demo", help="a bundle's name or folder (%(default)s)")
    add("--out", type=Path, required=True, help="folder for the page and the numbers")
    add(
        "--tiles",
        default="unseen",
        help="unseen (the default: places that trained no stage), test (tiles "
        "that the card holds out), all, or T1,T2",
    )
    add("--max-images", type=_count, help="judge so many pairs at most, of as many tiles as can be")
    add("--ablations", action="store_true", help="take the bundle's parts away in turn")
    add("--clouds", action="store_true", help="judge runs with an optical reference instead")
    add("--cloud-sizes", type=_count, nargs="+", default=[int(size) for size in SIZES],
        metavar="METRES", help="(%(default)s)")  # fmt: skip
    add("--cloud-shares", type=_percent, nargs="+", default=[round(100 * s) for s in SHARES],
        metavar="PERCENT", help="covered by clouds (%(default)s)")  # fmt: skip
    add("--series", default="", metavar="T1,T2",
        help="with --clouds: tiles whose pairs show one place at several dates; each date is "
        "generated after the one before, which guides, also beneath clouds")  # fmt: skip
    add("--baselines", action="store_true", help="train UNet-L1 and pix2pix too: minutes")
    add("--baseline-data-dir", type=Path, help="train the baselines on these pairs")
    add("--baseline-steps", type=_count, default=BaselineSettings.steps, help="(%(default)s)")
    add("--timesteps", type=_steps, nargs=2, default=Setting.timesteps,
        metavar=("STAGE1", "STAGE3"),
        help="steps; 0, the default: as many as the bundle needs")  # fmt: skip
    add("--pictures", type=int, default=Options.pictures, help="pairs to show (%(default)s)")
    add("--markdown", type=Path, metavar="FILE", help="also put the tables between FILE's marks")
    add("--biomes", type=Path, metavar="FILE", help="CSV with columns tile, role, biome")
    add("--device", choices=("auto", "cpu", "cuda"), default="auto")
    add("--seed", type=int, default=0)
    add("--threads", type=_count, help="processor threads (all)")
    return parser


def _steps(text: str) -> int:
    return 0 if text == "0" else _count(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _percent(text: str) -> int:
    if _count(text) > 100:
        raise argparse.ArgumentTypeError(f"{text!r} is more than 100")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
