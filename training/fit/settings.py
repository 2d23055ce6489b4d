"""Training settings: the `fit` section of the configs."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from training.config import (
    ABOVE_ZERO,
    COUNT,
    FROM_ZERO,
    SHARE,
    Range,
    require_one_of,
    require_ranges,
)

DEVICES = ("auto", "cpu", "cuda")
PRECISIONS = ("auto", "32", "bf16-mixed", "16-mixed")
OPTIMISERS = ("adamw", "adamw8bit")

WARN = "warn"
DETERMINISM = (False, WARN, True)

WARMUP_SHARE = 10
"""Inverse of the maximum share of warm-up steps: a short training would never leave warm-up."""

_RANGES = {
    **dict.fromkeys(("epochs", "batch_size", "grad_accum_steps", "save_every", "nan_limit"), COUNT),
    "num_nodes": COUNT,
    "devices": FROM_ZERO,
    **dict.fromkeys(("warmup_steps", "weight_decay", "clip", "val_every"), FROM_ZERO),
    **dict.fromkeys(("patience", "pictures", "seed", "workers"), FROM_ZERO),
    "lr": ABOVE_ZERO,
    "lr_floor": SHARE,
    # With a decay of 1 the average would never learn.
    "ema": Range(0, 1, open_end="maximum"),
}


@dataclass
class FitSettings:
    """Settings of `fit`.

    A step is one optimiser step over `batch_size x grad_accum_steps` samples.

    Attributes:
        epochs: Passes over the training pairs.
        batch_size: Samples on the device at once; halved if memory does not suffice.
        grad_accum_steps: Batches per optimiser step.
        lr: Peak learning rate: rises linearly over `warmup_steps` and falls as a cosine.
        lr_floor: Share of `lr` at the end of the cosine.
        warmup_steps: Steps to the peak rate; a tenth of all steps at most.
        weight_decay: AdamW's weight decay, on matrices and kernels only.
        optimiser: `adamw`, or `adamw8bit` (bitsandbytes; CUDA only).
        clip: Maximum norm of the gradient; 0: no clipping.
        ema: Decay of the running average of the trained tensors, which is then validated and kept;
            0: no average.
        val_every: Steps between validations; 0: one after each epoch.
        patience: Validations without improvement before training stops; 0: never.
        save_every: Steps between writes of `last.ckpt`; it is also written before validations.
        nan_limit: Consecutive steps with a non-finite loss or gradient before training stops.
        pictures: Validation images shown in pictures.
        seed: Seed of everything random.
        deterministic: `true`: refuse operations that are not deterministic on the device; `warn`:
            warn of them; `false`: neither.
        precision: `auto`, `32`, `bf16-mixed` or `16-mixed`; always 32 on a CPU.
        device: `auto`, `cpu` or `cuda`.
        devices: Processes on each node, one per GPU; 0: as many as there are GPUs.
        num_nodes: Number of computers.
        workers: Data-loading processes per training process; 0: load in the training process; null:
            `default_workers`.

    Raises:
        RequestError: If a value is out of range.
    """

    epochs: int = 30
    batch_size: int = 1
    grad_accum_steps: int = 8
    lr: float = 1e-4
    lr_floor: float = 0.02
    warmup_steps: int = 50
    weight_decay: float = 0.01
    optimiser: str = "adamw"
    clip: float = 1.0
    ema: float = 0.0
    val_every: int = 0
    patience: int = 5
    save_every: int = 50
    nan_limit: int = 10
    pictures: int = 4
    seed: int = 0
    deterministic: bool | str = False
    precision: str = "auto"
    device: str = "auto"
    devices: int = 1
    num_nodes: int = 1
    workers: int | None = 0

    def __post_init__(self) -> None:
        require_ranges("fit", self, _RANGES)
        words = {"device": DEVICES, "precision": PRECISIONS, "optimiser": OPTIMISERS}
        require_one_of("fit", self, {**words, "deterministic": DETERMINISM})

    @property
    def loader_workers(self) -> int:
        """Number of worker processes of each loader."""
        return default_workers() if self.workers is None else self.workers

    def factor(self, step: int, steps: int) -> float:
        """Return the share of the peak learning rate at a step, counted from 0."""
        return cosine_with_warmup(step, steps, self.warmup_steps, self.lr_floor)


def default_workers(system: str = os.name) -> int:
    """Return the default number of data-loading processes: 2, and 0 on Windows.

    On Windows each takes seconds to start, and half a gigabyte for another copy of PyTorch.
    """
    return 0 if system == "nt" else 2


def warmup_within(warmup: int, steps: int) -> int:
    """Return the number of warm-up steps: as requested, a tenth at most, one at least."""
    return max(1, min(warmup, steps // WARMUP_SHARE))


def cosine_with_warmup(step: int, steps: int, warmup: int, floor: float) -> float:
    """Return the share of the peak learning rate at a step.

    Rises linearly to 1 (Goyal et al. 2017) and then falls as half a cosine (Loshchilov and Hutter
    2017), so that every training has a step at the peak rate.

    Args:
        step: Step, counted from 0.
        steps: Steps of the training.
        warmup: Requested warm-up steps; limited by `warmup_within`.
        floor: Share at the end of the cosine.
    """
    warmup = warmup_within(warmup, steps)
    if step < warmup:
        return (step + 1) / warmup
    passed = (step + 1 - warmup) / (steps + 1 - warmup)
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * passed))
