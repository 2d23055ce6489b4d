"""Seeds, optimiser and device of a training."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from lightning.fabric import Fabric
from torch import nn
from torch.optim import Optimizer

from gac_core.contract.errors import DeviceError, RequestError
from training.distributed import Team, lightning_precision
from training.fit.settings import WARN, FitSettings

TRAINING, VALIDATION = 0, 1
"""Purpose of a draw: the first number after the seed."""

BETAS = (0.9, 0.99)
"""Second beta below AdamW's default, because trainings are short."""

FACTOR = "factor"
"""Key of a group's learning-rate factor."""


def reseed(seed: int, *position: int) -> torch.Generator:
    """Seed Python's, numpy's and torch's global generators for a position in the training.

    Args:
        seed: Seed of the training.
        position: Non-negative integers that identify the position, such as (TRAINING, epoch, batch,
            sample).

    Returns:
        A separate CPU generator, seeded for the position too.
    """
    words = np.random.SeedSequence([seed, *position]).generate_state(4)
    random.seed(int(words[0]))
    np.random.seed(words[1])
    torch.manual_seed(int(words[2]))
    return torch.Generator().manual_seed(int(words[3]))


@contextmanager
def determinism(mode: bool | str) -> Iterator[None]:
    """Set torch's determinism as `FitSettings.deterministic` requires."""
    deterministic = torch.are_deterministic_algorithms_enabled()
    warn_only = torch.is_deterministic_algorithms_warn_only_enabled()
    benchmark = torch.backends.cudnn.benchmark
    if mode:
        # cuBLAS reads it at first use, which in a training is later than here.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        torch.use_deterministic_algorithms(True, warn_only=mode == WARN)
        torch.backends.cudnn.benchmark = False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(deterministic, warn_only=warn_only)
        torch.backends.cudnn.benchmark = benchmark


def build_optimiser(
    parameters: Iterable[nn.Parameter],
    settings: FitSettings,
    device: torch.device,
    factor: Callable[[nn.Parameter], float] = lambda _: 1.0,
) -> Optimizer:
    """Return AdamW with weight decay on matrices and kernels only.

    Args:
        parameters: Trained parameters.
        settings: Optimiser, learning rate and weight decay.
        device: `adamw8bit` requires CUDA; elsewhere AdamW is used.
        factor: Returns a parameter's learning rate as a multiple of the settings'.

    Raises:
        RequestError: If there are no parameters.
    """
    trained = list(parameters)
    if not trained:
        raise RequestError("Nothing is free to train.", "Train an adapter, the head, or blocks.")
    groups: list[dict[str, Any]] = []
    for multiple in dict.fromkeys(map(factor, trained)):
        own = [p for p in trained if factor(p) == multiple]
        common = {"lr": multiple * settings.lr, FACTOR: multiple}
        matrices, others = [p for p in own if p.ndim > 1], [p for p in own if p.ndim <= 1]
        groups += [
            {"params": matrices, "weight_decay": settings.weight_decay, **common},
            {"params": others, "weight_decay": 0.0, **common},
        ]
    groups = [group for group in groups if group["params"]]
    if settings.optimiser == "adamw8bit" and device.type == "cuda":
        from bitsandbytes.optim.adamw import AdamW8bit  # Slow to import, and of no use on a CPU.

        optimiser: Optimizer = AdamW8bit(groups, lr=settings.lr, betas=BETAS)
        return optimiser
    return torch.optim.AdamW(groups, lr=settings.lr, betas=BETAS)


def make_fabric(settings: FitSettings, say: Callable[[str], None], team: Team) -> Fabric:
    """Return Lightning's Fabric for this process's device, that of its team if there is one.

    Raises:
        DeviceError: If CUDA is requested but not available.
    """
    if settings.device == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            "There is no CUDA device here.", "Train with --device cpu, or check the driver."
        )
    cuda = settings.device != "cpu" and torch.cuda.is_available()
    if not cuda and settings.precision not in ("auto", "32"):
        say("A CPU trains in single precision: --precision is left aside.")
    return team.fabric or Fabric(
        accelerator="cuda" if cuda else "cpu",
        devices=1,
        precision=lightning_precision(settings.precision, cuda),  # type: ignore[arg-type]
    )
