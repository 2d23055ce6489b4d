"""How long, how fast and how carefully to train: the `fit` section of the configs."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass

from training.ranges import (
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
"""A warm-up takes one of so many steps at most: a short training would never leave it."""

_RANGES = {
    **dict.fromkeys(("epochs", "batch_size", "grad_accum_steps", "save_every", "nan_limit"), COUNT),
    "num_nodes": COUNT,
    "devices": FROM_ZERO,
    **dict.fromkeys(("warmup_steps", "weight_decay", "clip", "val_every"), FROM_ZERO),
    **dict.fromkeys(("patience", "pictures", "seed", "workers"), FROM_ZERO),
    "lr": ABOVE_ZERO,
    "lr_floor": SHARE,
    # An average that keeps all of what it was never learns.
    "ema": Range(0, 1, open="most"),
}


@dataclass
class FitSettings:
    """Settings of `fit`.

    A step is one optimiser step, over `batch_size x grad_accum_steps` samples.

    Attributes:
        epochs: Passes over the training pairs.
        batch_size: Samples that are on the device at once; halved when memory does not suffice.
        grad_accum_steps: Batches for one optimiser step.
        lr: Highest learning rate: it rises linearly over `warmup_steps` and falls as a cosine.
        lr_floor: Share of `lr` at which the cosine ends.
        warmup_steps: Steps until the highest rate; a tenth of all steps at most.
        weight_decay: AdamW's, on matrices and kernels only.
        optimiser: `adamw`, or `adamw8bit` (bitsandbytes; on CUDA only).
        clip: Largest norm of the gradient; 0: any.
        ema: Decay of the running average of the trained tensors, which is then what is validated
            and kept; 0: none.
        val_every: Steps between validations; 0: one after each epoch.
        patience: Validations without a better one after which training stops; 0: never.
        save_every: Steps between writings of `last.ckpt`; it is written before validations too.
        nan_limit: Steps in a row with a loss or gradient that is no number after which to stop.
        pictures: Validation images of which pictures are written.
        seed: Of everything random.
        deterministic: `true`: refuse operations that are not deterministic on the device; `warn`:
            tell of them and go on; `false`: neither.
        precision: `auto`, `32`, `bf16-mixed` or `16-mixed`; on a CPU always 32.
        device: `auto`, `cpu` or `cuda`.
        devices: Processes on each node, one for a GPU; 0: as many as there are GPUs.
        num_nodes: Computers that train together.
        workers: Processes that read data, for each that trains; 0: none but that one; null:
            `default_workers`.

    Raises:
        RequestError: If a value makes no sense.
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
        """Return how many processes each loader starts."""
        return default_workers() if self.workers is None else self.workers

    def factor(self, step: int, steps: int) -> float:
        """Share of the highest learning rate at a step, counted from 0, of all steps."""
        return cosine_with_warmup(step, steps, self.warmup_steps, self.lr_floor)


def default_workers(system: str = os.name) -> int:
    """Return how many processes read data where nobody says: 2, and none on Windows.

    There every one takes seconds to start, and half a gigabyte for a second copy of PyTorch.
    """
    return 0 if system == "nt" else 2


def warmup_within(warmup: int, steps: int) -> int:
    """Return how many of a training's steps warm up: as asked, a tenth at most, one at least."""
    return max(1, min(warmup, steps // WARMUP_SHARE))


def cosine_with_warmup(step: int, steps: int, warmup: int, floor: float) -> float:
    """Return the share of the highest learning rate at a step.

    It rises linearly to 1 (Goyal et al. 2017) and falls from there as half a cosine (Loshchilov
    and Hutter 2017), so that every training has a step at the highest rate.

    Args:
        step: Counted from 0.
        steps: Of the training.
        warmup: Steps of the rise, as asked for; cut by `warmup_within`.
        floor: Share at which the cosine ends.
    """
    warmup = warmup_within(warmup, steps)
    if step < warmup:
        return (step + 1) / warmup
    passed = (step + 1 - warmup) / (steps + 1 - warmup)
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * passed))
