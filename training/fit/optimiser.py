"""Optimiser of the trained parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer

from gac_core.contract.errors import RequestError
from training.fit.settings import FitSettings

BETAS = (0.9, 0.99)
"""Second beta below AdamW's default, because trainings are short."""


FACTOR = "factor"
"""Key of a group's learning-rate factor."""


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
