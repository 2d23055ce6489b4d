"""Measurement of a case in this process: memory of its weights and optimiser steps."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from gac_core.contract.errors import is_out_of_memory
from gac_core.networks.device import free_memory
from training.fit import Batch, FitSettings, StageModule
from training.fit.setup import build_optimiser
from training.memory.case import Case
from training.memory.probe import Peak, cap, memory_held


@dataclass(frozen=True)
class Measurement:
    """Result of a case.

    Attributes:
        libraries: GB before anything was built: on a CPU Python and its libraries, on a GPU 0.
        loading: Peak GB while the models were loaded onto the device.
        weights: GB after loading.
        peak: Peak GB during the optimiser steps.
        seconds: Duration of the last step.
        trained: Number of trained values.
        losses: Loss of each step, before it.
        fits: True if it stayed within the cap; on a CPU there is none.
    """

    libraries: float
    loading: float
    weights: float
    peak: float
    seconds: float
    trained: int
    losses: list[float]
    fits: bool


def measure(
    case: Case, folder: Path, device: torch.device, cap_gb: float, steps: int = 2
) -> Measurement:
    """Build a case and take optimiser steps on one sample, as `training.fit` does.

    Takes at least two steps to include the optimiser's own tensors, which come with the first.

    Args:
        case: Case to measure.
        folder: Folder written by `case.write`.
        device: Training device.
        cap_gb: Memory limit of a GPU, in GB of 10^9 bytes.
        steps: Optimiser steps.
    """
    cap(device, cap_gb)
    free_memory()
    libraries = memory_held(device)
    with Peak(device) as loading:
        module, batch = case.build(folder)
        module.to(device).train()
    free_memory()
    weights = memory_held(device)
    batch = {k: v.to(device) if isinstance(v, Tensor) else v for k, v in batch.items()}
    trained = list(module.trained().values())
    losses: list[float] = []
    seconds, fits = 0.0, True
    with Peak(device) as peak:
        try:
            optimiser = build_optimiser(trained, FitSettings(), device, module.rate_factor)
            for _ in range(steps):
                began = time.monotonic()
                losses.append(take_step(module, batch, optimiser))
                seconds = time.monotonic() - began
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            fits = False
    return Measurement(
        libraries=round(libraries, 3),
        loading=round(loading.value, 3),
        weights=round(weights, 3),
        peak=round(peak.value, 3),
        seconds=round(seconds, 1),
        trained=sum(p.numel() for p in trained),
        losses=losses,
        fits=fits,
    )


def take_step(module: StageModule, batch: Batch, optimiser: torch.optim.Optimizer) -> float:
    """Take one optimiser step on one batch; return the loss before it."""
    device = next(iter(module.trained().values())).device
    half = device.type == "cuda"
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=half):
        loss = torch.stack([part.mean for part in module.losses(batch).values()]).sum()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(list(module.trained().values()), 1.0)
    optimiser.step()
    return float(loss.detach())
