"""The optimiser of what trains."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer

from gac_core.contract.errors import RequestError
from training.fit.settings import FitSettings

BETAS = (0.9, 0.99)
"""The second is shorter than AdamW's default: trainings here are short."""


FACTOR = "factor"
"""Key of a group for its share of the learning rate."""


def build_optimiser(
    parameters: Iterable[nn.Parameter],
    settings: FitSettings,
    device: torch.device,
    factor: Callable[[nn.Parameter], float] = lambda _: 1.0,
) -> Optimizer:
    """AdamW; weights decay, biases, norms and gains do not.

    Args:
        parameters: What trains.
        settings: Kind, rate and decay.
        device: `adamw8bit` needs CUDA and is plain AdamW elsewhere.
        factor: Gives a parameter's learning rate as a multiple of that of the settings.

    Raises:
        RequestError: If nothing trains.
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

        found: Optimizer = AdamW8bit(groups, lr=settings.lr, betas=BETAS)
        return found
    return torch.optim.AdamW(groups, lr=settings.lr, betas=BETAS)
