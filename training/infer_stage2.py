r"""Stage-2 inference: twelve-band GeoTIFFs of every pair from stage 1's images.

    python -m training.infer_stage2 --data-dir PAIRS --stage1-outputs-dir build/stage1 \
        --output-dir build/opt_v2 --bundle mine

It can be stopped at any time; the same command resumes with what is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from training.inference import add_flags, compute, job_from, run_command


def parser() -> argparse.ArgumentParser:
    """Return the argument parser."""
    parser = argparse.ArgumentParser(
        prog="python -m training.infer_stage2",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_flags(parser, stage=2)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    job = job_from(parser().parse_args(arguments), 2)
    return run_command(lambda: compute(job))


if __name__ == "__main__":
    sys.exit(main())
