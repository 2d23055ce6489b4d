"""The optimiser of what trains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer

from gac_core.errors import RequestError
from training.fit.settings import FitSettings

BETAS = (0.9, 0.99)
"""The second is shorter than AdamW's default: trainings here are short."""


def build_optimiser(
    parameters: Iterable[nn.Parameter], settings: FitSettings, device: torch.device
) -> Optimizer:
    """AdamW; weights decay, biases, norms and gains do not.

    Args:
        parameters: What trains.
        settings: Kind, rate and decay.
        device: `adamw8bit` needs CUDA and is plain AdamW elsewhere.

    Raises:
        RequestError: If nothing trains.
    """
    trained = list(parameters)
    if not trained:
        raise RequestError("Nothing is free to train.", "Train an adapter, the head, or blocks.")
    groups: list[dict[str, Any]] = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    if settings.optimiser == "adamw8bit" and device.type == "cuda":
        from bitsandbytes.optim.adamw import AdamW8bit  # Slow to import, and of no use on a CPU.

        found: Optimizer = AdamW8bit(groups, lr=settings.lr, betas=BETAS)
        return found
    return torch.optim.AdamW(groups, lr=settings.lr, betas=BETAS)
