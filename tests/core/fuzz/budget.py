"""How many examples a fuzz test tries: few, or as many as `GAC_FUZZ_EXAMPLES` says."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from gac_core.errors import GacError


def fuzz(examples: int) -> settings:
    """Settings of one test: new examples every time, no deadline for a single one."""
    return settings(
        max_examples=int(os.environ.get("GAC_FUZZ_EXAMPLES", examples)),
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )


def in_words(error: GacError, words: str = "") -> None:
    """Checks that an error says something, and `words`."""
    assert error.message and words in error.message
