r"""Computes stage 2's image of every pair from stage 1's, as GeoTIFFs of twelve bands.

    python -m training.infer_stage2 --data-dir PAIRS --stage1-outputs-dir build/stage1 \
        --output-dir build/opt_v2 --bundle mine

It can be stopped at any moment; the same command goes on with what is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from training.inference import add_flags, carry_out, compute, job_from


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(
        prog="python -m training.infer_stage2",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_flags(made, stage=2)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line; the exit status."""
    job = job_from(parser().parse_args(arguments), 2)
    return carry_out(lambda: compute(job))


if __name__ == "__main__":
    sys.exit(main())
