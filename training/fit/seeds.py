"""Random numbers that depend only on the position in a training."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

from training.fit.settings import WARN

TRAINING, VALIDATION = 0, 1
"""Purpose of a draw: the first number after the seed."""


def reseed(seed: int, *place: int) -> torch.Generator:
    """Seed Python's, numpy's and torch's global generators for a position in the training.

    Args:
        seed: Seed of the training.
        place: Non-negative integers that identify the position, such as (TRAINING, epoch, batch,
            sample).

    Returns:
        A separate CPU generator, seeded for the position too.
    """
    words = np.random.SeedSequence([seed, *place]).generate_state(4)
    random.seed(int(words[0]))
    np.random.seed(words[1])
    torch.manual_seed(int(words[2]))
    return torch.Generator().manual_seed(int(words[3]))


@contextmanager
def determinism(wanted: bool | str) -> Iterator[None]:
    """Set torch's determinism as `FitSettings.deterministic` requires."""
    deterministic = torch.are_deterministic_algorithms_enabled()
    warn_only = torch.is_deterministic_algorithms_warn_only_enabled()
    benchmark = torch.backends.cudnn.benchmark
    if wanted:
        # cuBLAS reads it at first use, which in a training is later than here.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True, warn_only=wanted == WARN)
        torch.backends.cudnn.benchmark = False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(deterministic, warn_only=warn_only)
        torch.backends.cudnn.benchmark = benchmark
