"""Precomputation of stage 1's image of every pair, for the training of stage 2.

    python -m training.precompute_stage1 --data-dir ../data --output-dir build/stage1

It can be stopped at any time; the same command resumes with what is missing. The same bundle, steps
and seed give the same files, regardless of order and interruptions; on a GPU, also with the same
batch size.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from gac_core.bundles.library import Library
from gac_core.contract.errors import GacError, as_user_error
from gac_core.networks.device import choose_device, describe_device
from training.config import load
from training.console import STOPPED, ProgressReport, flush_lines
from training.data import DataError, Pair, PairSource, open_source
from training.data.checks import OnBad
from training.data.stage1_outputs import Stage1Outputs, open_or_create, write_image
from training.fit.flags import add_team_flags, as_gac_error
from training.processes import (
    Team,
    current_team,
    dissolve_team,
    exit_status,
    folder_lock,
    launch_team,
)
from training.sections import MODALITIES, OF_EACH_PAIR, Stage1Config, Stage1Section

if TYPE_CHECKING:
    from gac_core.networks.loading import Models

CONFIGS = ("hardware.lowvr", "models.lowvr", "train/stage1.lowvr")
"""Default configs."""


@dataclass(frozen=True)
class Job:
    """Request for stage-1 images.

    Attributes:
        data_dir: Folder of the pairs.
        output_dir: Output folder.
        config: Settings.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
    """

    data_dir: Path
    output_dir: Path
    config: Stage1Config
    on_bad: OnBad = "stop"
    without_doubts: bool = False


def precompute(job: Job) -> Stage1Outputs:
    """Compute the images that the output folder lacks.

    Raises:
        GacError: If data, bundle, device or folder cannot be used.
    """
    team = launch_team(job.config.fit)
    bundle = Library.default().require(job.config.models.bundle)
    device = choose_device(job.config.fit.device)
    pairs = open_source(
        job.data_dir,
        limit=job.config.data.max_tiles,
        on_bad=job.on_bad,
        without_doubts=job.without_doubts,
        modality=job.config.stage1.modality,
        supported=bundle.modalities,
    )
    print(f"{len(pairs)} pairs. Loading {bundle.title} on {describe_device(device)} …")
    with folder_lock(job.output_dir) if team.is_lead else nullcontext():
        team.all_gather(None)
        # Imported late: TerraTorch takes half a minute, and wrong folders are reported before.
        from gac_core.networks.loading import Models

        return _compute(pairs, Models(bundle, Library.default(), device), job, team)


def generate_images(
    data_dir: str | Path,
    output_dir: str | Path,
    *,
    on_bad: OnBad = "stop",
    without_doubts: bool = False,
    configs: Sequence[str | Path] = (),
    **settings: Any,
) -> Stage1Outputs:
    """Compute stage 1's image of every pair, for training; existing ones are kept.

        from training import generate_images

        outputs = generate_images("pairs", "build/stage1", bundle="demo", timesteps=4)
        opt_v1 = outputs.read("pair_0")  # (12, H, W)

    Args:
        data_dir: BigEarthNet v2, or a folder of pairs.
        output_dir: Output folder.
        on_bad: Action on a bad pair: `stop` or `skip`.
        without_doubts: Exclude pairs that BigEarthNet flags as having snow, clouds or cloud shadow.
        configs: YAML files over the defaults.
        **settings: By flag name (`timesteps`), or in full, `**{"fit.device": "cpu"}`.

    Raises:
        GacError: If data, bundle, device or folder cannot be used.
    """
    overrides = {KEYS.get(name, name): value for name, value in settings.items()}
    config = load(Stage1Config, [*CONFIGS, *configs], overrides)
    return precompute(Job(Path(data_dir), Path(output_dir), config, on_bad, without_doubts))


def _compute(pairs: PairSource, models: Models, job: Job, team: Team) -> Stage1Outputs:
    from training.stage1 import FirstStage

    own = job.config.stage1

    def look() -> list[int]:
        outputs = open_or_create(job.output_dir, about(models, own))
        return [i for i, name in enumerate(pairs.names) if not outputs.has(name)]

    # One rank decides what is missing: others may already be writing images.
    missing = team.broadcast_from_lead(look)
    outputs = Stage1Outputs(job.output_dir)
    existing = sorted({*range(len(pairs))} - {*missing})
    for pair in _read(pairs, existing[:: max(1, len(existing) // 8)], job):
        outputs.read_for(pair.name, pair.s1)  # a few: are they total this data?
    first = FirstStage(models, own.timesteps, own.seed, own.batch_size)
    mine = team.shard(missing)
    done, total = len(existing), len(existing) + len(mine)
    # The lead's bar stands for all: each process has as much to do.
    with ProgressReport("Stage 1", total, "pairs", done=done, silent=not team.is_lead) as progress:
        for batch in first.batches(_read(pairs, mine, job)):
            for pair, image in zip(batch, first.images(batch), strict=True):
                write_image(job.output_dir, pair.name, image, pair.s1)
            progress.advance(len(batch))
    team.all_gather(None)
    failed = sum(not outputs.has(name) for name in pairs.names)
    left_out = f"; {failed} bad ones are left out" if failed else ""
    print(f"{len(pairs) - failed} images of stage 1 are in {job.output_dir}{left_out}.")
    return outputs


def about(models: Models, settings: Stage1Section) -> dict[str, Any]:
    """Return everything that affects pixels."""
    bundle = models.bundle
    _ = models.terramind  # its files are hashed as they are loaded
    return {
        "bundle": bundle.name,
        "card_sha256": models.card_sha256,
        "weights": {w.file: models.hashes[w.file] for w in (bundle.generator, bundle.tokenizer)},
        "window": asdict(bundle.window),
        "sampling": asdict(bundle.sampling),
        "timesteps": settings.timesteps,
        "seed": settings.seed,
        "modality": settings.modality or OF_EACH_PAIR,
        "bands": 12,
        "dtype": "float16",
        **bundle.offset_entry,
    }


def _read(pairs: PairSource, wanted: Sequence[int], job: Job) -> Iterator[Pair]:
    for i in wanted:
        try:
            yield pairs.read(i)
        except DataError as error:
            if job.on_bad == "stop":
                raise
            tqdm.write(f"{pairs.names[i]} is left out. {error}", file=sys.stderr)


KEYS = {
    "bundle": "models.bundle",
    "timesteps": "stage1.timesteps",
    "batch_size": "stage1.batch_size",
    "seed": "stage1.seed",
    "modality": "stage1.modality",
    "max_tiles": "data.max_tiles",
    "device": "fit.device",
    "devices": "fit.devices",
    "num_nodes": "fit.num_nodes",
}
"""Settings by the destination of their flag."""


def parser() -> argparse.ArgumentParser:
    """Return the argument parser; flags not given leave the configs unchanged."""
    parser = argparse.ArgumentParser(
        prog="python -m training.precompute_stage1",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="BigEarthNet v2, or a folder of pairs")
    add("--output-dir", type=Path, required=True, help="where the images go")
    add("--config", action="append", default=[], metavar="NAME", help="YAML over the defaults "
        f"({', '.join(CONFIGS)}); may be given again")  # fmt: skip
    add("--bundle", metavar="NAME", help="name or folder of a model bundle")
    add("--timesteps", type=int, help="diffusion steps")
    add("--batch-size", type=int, help="images computed together on a GPU")
    add("--seed", type=int, help="of the noise")
    add("--modality", choices=MODALITIES, help="of all pairs; else what each says")
    add("--max-tiles", type=int, metavar="N", help="at most N image pairs, spread over the data")
    add("--device", choices=("auto", "cpu", "cuda"), help="where to compute")
    add_team_flags(parser)
    add("--on-bad", choices=("stop", "skip"), default="stop", help="what to do on bad pairs")
    add("--without-doubts", action="store_true",
        help="leave out what BigEarthNet says has snow, clouds or their shadow")  # fmt: skip
    return parser


def job_from(args: argparse.Namespace) -> Job:
    """Return the job with its settings: defaults, overridden by configs, then by flags.

    Raises:
        GacError: If one of them is wrong.
    """
    overrides = {key: getattr(args, flag) for flag, key in KEYS.items()}
    values = {key: value for key, value in overrides.items() if value is not None}
    config = load(Stage1Config, [*CONFIGS, *args.config], values)
    return Job(args.data_dir, args.output_dir, config, args.on_bad, args.without_doubts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    flush_lines()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    args = parser().parse_args(arguments)
    try:
        precompute(job_from(args))
        current_team().finish()
    except KeyboardInterrupt:
        if current_team().reports_end:
            print(STOPPED, file=sys.stderr)
        return exit_status(130)
    except Exception as error:
        gac_error = as_user_error(error)
        current_team().report_failure(as_gac_error(gac_error))
        if not isinstance(gac_error, GacError):
            raise
        if current_team().reports_end:
            print(gac_error, file=sys.stderr)
        return exit_status(1)
    finally:
        dissolve_team()
    return 0


if __name__ == "__main__":
    sys.exit(main())
