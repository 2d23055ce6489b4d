"""How many examples a fuzz test tries: few in the suite, as many as `GAC_FUZZ_EXAMPLES` says else."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings


def fuzz(examples: int) -> settings:
    """Settings of one test: new examples every time, no deadline for a single one."""
    return settings(
        max_examples=int(os.environ.get("GAC_FUZZ_EXAMPLES", examples)),
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
