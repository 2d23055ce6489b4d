"""Random numbers that depend on where in a training they are drawn, and on nothing before."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

from training.fit.settings import WARN

TRAINING, VALIDATION = 0, 1
"""What a draw is for: the first of the numbers after the seed."""


def reseed(seed: int, *place: int) -> torch.Generator:
    """Seed Python's, numpy's and torch's global generators for a place in the training.

    Args:
        seed: The training's.
        place: Whole numbers from 0 that name the place, such as (TRAINING, epoch, batch, sample).

    Returns:
        A CPU generator of its own, seeded for the place too.
    """
    words = np.random.SeedSequence([seed, *place]).generate_state(4)
    random.seed(int(words[0]))
    np.random.seed(words[1])
    torch.manual_seed(int(words[2]))
    return torch.Generator().manual_seed(int(words[3]))


@contextmanager
def determinism(wanted: bool | str) -> Iterator[None]:
    """Have torch compute deterministically, as `FitSettings.deterministic` asks for."""
    held = torch.are_deterministic_algorithms_enabled()
    warned = torch.is_deterministic_algorithms_warn_only_enabled()
    benchmark = torch.backends.cudnn.benchmark
    if wanted:
        # cuBLAS reads it when it is first used: in a training that is later than here.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True, warn_only=wanted == WARN)
        torch.backends.cudnn.benchmark = False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(held, warn_only=warned)
        torch.backends.cudnn.benchmark = benchmark
