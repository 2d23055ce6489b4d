r"""Stage-3 inference: GeoTIFFs of every pair from stage 2's images.

    python -m training.infer_stage3 --data-dir PAIRS --stage1-outputs-dir build/stage1 \
        --stage2-outputs-dir build/opt_v2 --output-dir build/opt_v3 --bundle mine

It can be stopped at any time; the same command resumes with what is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.inference import Job, add_flags, compute, job_from, run_command


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    parser = argparse.ArgumentParser(
        prog="python -m training.infer_stage3",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_flags(parser, stage=3)
    add = parser.add_argument
    add("--stage2-outputs-dir", type=Path, required=True, help="of training.infer_stage2")
    add("--timesteps", type=int, help="steps of stage 3; default: as many as the bundle needs")
    add("--seed", type=int, default=Job.seed, help="of the noise (%(default)s)")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    args = parser().parse_args(arguments)
    own = {"timesteps": args.timesteps, "seed": args.seed}
    job = job_from(args, 3, stage2_outputs=args.stage2_outputs_dir, **own)
    return run_command(lambda: compute(job))


if __name__ == "__main__":
    sys.exit(main())
