"""The examples of a fuzz test: the same few, or `GAC_FUZZ_EXAMPLES` new ones."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from gac_core.contract.errors import GacError


def fuzz(examples: int) -> settings:
    """Settings of one test, with no deadline for a single example.

    Whether examples are new or the same is the profile's (`tests/core/conftest.py`).
    """
    return settings(
        max_examples=int(os.environ.get("GAC_FUZZ_EXAMPLES", examples)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def in_words(error: GacError) -> None:
    """Checks that an error says something, and names its problem."""
    assert error.message and error.problem
