"""Optimiser step: seeds, optimiser, device, and gradients accumulated over pieces of a batch."""

from __future__ import annotations

import math
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import torch
from lightning.fabric import Fabric
from lightning.fabric.wrappers import _FabricModule, _FabricOptimizer
from torch import Tensor, nn
from torch.optim import Optimizer

from gac_core.contract.errors import DeviceError, GacError, RequestError, is_out_of_memory
from gac_core.contract.message import Message
from training.fit.settings import WARN, FitSettings
from training.fit.stage_module import Batch, StageModule
from training.processes import Team, lightning_precision

TRAINING, VALIDATION = 0, 1
"""Purpose of a draw: the first number after the seed."""
BETAS = (0.9, 0.99)
"""Second beta below AdamW's default, because trainings are short."""
HALVED = "Out of memory: going on with {} images at once, and as many more accumulation steps."
"""Template of a line on batches that were halved."""
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
        raise RequestError(
            Message("Nothing is free to train."),
            Message("Train an adapter, the head, or blocks."),
            problem="nothing-to-train",
        )
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
            Message("There is no CUDA device here."),
            Message("Train with --device cpu, or check the driver."),
            problem="cuda-missing",
        )
    cuda = settings.device != "cpu" and torch.cuda.is_available()
    if not cuda and settings.precision not in ("auto", "32"):
        say("A CPU trains in single precision: --precision is left aside.")
    return team.fabric or Fabric(
        accelerator="cuda" if cuda else "cpu",
        devices=1,
        precision=lightning_precision(settings.precision, cuda),  # type: ignore[arg-type]
    )


class MicroBatches:
    """Runner of work over a batch in pieces, which are halved when memory does not suffice.

    Attributes:
        size: Samples in a piece.
    """

    def __init__(self, size: int, say: Callable[[str], None]) -> None:
        self.size = size
        self._say = say

    def run(self, work: Callable[[int], None]) -> None:
        """Call `work` with the size of a piece; restart it with half the size if out of memory.

        Args:
            work: Must have no side effects if it fails.

        Raises:
            DeviceError: If memory does not suffice for a single sample.
        """
        while not self._fits(work):
            if self.size == 1:
                raise DeviceError(
                    Message("The device's memory does not suffice for a single image."),
                    Message(
                        "Choose a smaller --crop or --lora-rank, load the base in 8 bits, close "
                        "what else uses the device, or train with --device cpu."
                    ),
                    problem="image-beyond-memory",
                )
            self.size //= 2
            self._say(Message(HALVED, self.size))

    def _fits(self, work: Callable[[int], None]) -> bool:
        try:
            work(self.size)
            return True
        except Exception as error:
            if not is_out_of_memory(error):
                raise
        # Only here are the error and the tensors held by its traceback released.
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return False


def micro_batches(batch: Batch, size: int, whole: int = 0) -> Iterator[tuple[int, Batch]]:
    """Yield pieces of a batch with the index of their first sample.

    Args:
        batch: Samples.
        size: Samples in a piece.
        whole: Size of the larger pieces to cut, each on its own: it keeps the cuts equal for any
            number of processes. 0: cut the batch directly.
    """
    count = samples(batch)
    whole = whole or count
    for first in range(0, count, whole):
        after = min(first + whole, count)
        for start in range(first, after, size):
            stop = min(start + size, after)
            yield start, {name: value[start:stop] for name, value in batch.items()}


def samples(batch: Batch) -> int:
    """Return the number of samples in a batch."""
    return len(batch["name"])


@dataclass(frozen=True)
class Shard:
    """A process's share of each batch: consecutive whole pieces.

    Attributes:
        batch: Samples in a batch, over all processes.
        micro_batch_size: Samples in a piece, processed on a device at once; the last piece may have
            fewer.
        start: First sample of the share.
        stop: End of the share, exclusive.
    """

    batch: int
    micro_batch_size: int
    start: int
    stop: int

    @classmethod
    def of(cls, batch: int, micro_batch_size: int, rank: int = 0, size: int = 1) -> Shard:
        """Return the share of one of several processes.

        Pieces have the requested size if there is one for each process; else the batch is cut into
        smaller ones, as evenly as possible.

        Raises:
            RequestError: If there are more processes than samples.
        """
        if batch < size:
            raise RequestError(
                Message("A step has {} samples, and there are {} processes.", batch, size),
                Message("Give fewer --devices or --num-nodes, or a larger --grad-accum-steps."),
                problem="fewer-samples-than-processes",
            )
        micro_batch_size = min(micro_batch_size, batch)
        if math.ceil(batch / micro_batch_size) < size:
            even = math.ceil(batch / size)
            micro_batch_size = even if math.ceil(batch / even) >= size else batch // size
        count = math.ceil(batch / micro_batch_size)
        # The first processes get one more if the pieces do not divide evenly.
        first = rank * (count // size) + min(rank, count % size)
        after = (rank + 1) * (count // size) + min(rank + 1, count % size)
        return cls(
            batch, micro_batch_size, first * micro_batch_size, min(after * micro_batch_size, batch)
        )

    @property
    def samples(self) -> int:
        """Number of samples in the share."""
        return self.stop - self.start


class NotANumber(GacError):
    """Error of a training whose loss or gradient stays non-finite."""

    code = "not-a-number"


@dataclass(frozen=True)
class Outcome:
    """Result of a step.

    Attributes:
        parts: Loss parts, means over the counted samples of the batch; 0 without any.
        norm: Norm of the gradient before clipping.
        taken: True if loss and gradient were finite; otherwise nothing has changed.
    """

    parts: dict[str, float]
    norm: float
    taken: bool

    @property
    def loss(self) -> float:
        """Sum of the parts."""
        return sum(self.parts.values())

    def flat(self) -> dict[str, float]:
        """Return the values for logs."""
        parts = {f"train/{name}": value for name, value in self.parts.items()}
        return {"train/loss": self.loss, **parts, "train/gradient": self.norm}


class Stepper:
    """Optimiser steps over batches of any size, each process with its share.

    Args:
        module: Module to train, as `fabric.setup` returns it.
        fabric: Fabric for device, precision, scaling and gradients between processes.
        optimiser: Optimiser of the module.
        settings: Settings of the training.
        micro: Size of the pieces on the device.
        shard: This process's share of a batch.
        team: Processes that take the steps together.
    """

    def __init__(
        self,
        module: _FabricModule,
        fabric: Fabric,
        optimiser: _FabricOptimizer,
        settings: FitSettings,
        micro: MicroBatches,
        shard: Shard,
        team: Team,
    ) -> None:
        self._module = module
        self._stage = cast(StageModule, module.module)
        self._fabric = fabric
        self._optimiser = optimiser
        self._settings = settings
        self._micro = micro
        self._shard = shard
        self._team = team
        self._scaler = getattr(fabric.strategy.precision, "scaler", None)

    def step(self, batch: Batch, epoch: int, number: int, rate: float) -> Outcome:
        """Take a step with this process's share of a batch, at a learning rate.

        Raises:
            DeviceError: If memory does not suffice: even for one sample at a time, or in one of
                several processes, which cannot repeat a step.
            GacError: If another process failed or is gone.
        """
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group.get(FACTOR, 1.0)
        pieces: list[dict[str, float]] = []

        def accumulate(size: int) -> None:
            self._optimiser.zero_grad(set_to_none=True)
            pieces[:] = self._accumulate(batch, size, (TRAINING, epoch, number))

        if self._team.size == 1:
            self._micro.run(accumulate)
        else:
            self._once(accumulate)
        parts = _total(pieces)
        norm, taken = math.nan, False
        if math.isfinite(sum(parts.values())):
            norm = self._clip()
            taken = math.isfinite(norm)
            # In half precision infinite gradients are part of the search for the loss scale: the
            # scaler skips the step and halves the scale.
            if taken or self._scaler is not None:
                self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        return Outcome(parts, norm, taken)

    def is_failure(self, outcome: Outcome) -> bool:
        """Return whether a skipped step is a failure, not part of the search for the loss scale."""
        searching = self._scaler is not None and self._scaler.get_scale() >= 1
        return not outcome.taken and not (searching and math.isfinite(outcome.loss))

    def _once(self, accumulate: Callable[[int], None]) -> None:
        """Accumulate without another try: the others would wait for gradients that do not come."""
        try:
            accumulate(self._micro.size)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            raise DeviceError(
                Message(
                    "The memory of process {} does not suffice for {} images at once.",
                    self._team.rank,
                    self._micro.size,
                ),
                Message(
                    "Resume with --resume, half the --batch-size and twice the --grad-accum-steps."
                ),
                problem="process-memory-exhausted",
            ) from error

    def _accumulate(
        self, batch: Batch, size: int, position: tuple[int, ...]
    ) -> list[dict[str, float]]:
        """Add up the gradients of a batch; return the parts of all its pieces, by process.

        Processes exchange gradients in the backward pass of their last piece. All meet before it,
        so that none waits there for one that has failed.
        """
        own: list[dict[str, float]] = []
        cut = list(micro_batches(batch, size, self._shard.micro_batch_size))
        counts = self._counts(cut)
        for index, (start, piece) in enumerate(cut, 1):
            last = index == len(cut)
            generator = reseed(self._settings.seed, *position, self._shard.start + start)
            with self._fabric.no_backward_sync(self._module, enabled=not last):
                total, values = self._forward(piece, counts, generator)
                own.append(values)
                if not last:
                    self._fabric.backward(total)
                    continue
                gathered = self._team.all_gather(own)
                with self._team.linked():
                    self._fabric.backward(total)
        return [piece for pieces in gathered for piece in pieces]

    def _counts(self, cut: list[tuple[int, Batch]]) -> dict[str, float] | None:
        """Return the counts of the parts over all pieces and processes; None if there is one piece.

        Integers, so that their order does not matter.
        """
        if len(cut) == 1 and self._team.size == 1:
            return None
        tallies = [self._stage.counts(self._fabric.to_device(piece)) for _, piece in cut]
        own = _total({name: float(n) for name, n in one.items()} for one in tallies)
        return _total(self._team.all_gather(own))

    def _forward(
        self, piece: Batch, counts: Mapping[str, float] | None, generator: torch.Generator
    ) -> tuple[Tensor, dict[str, float]]:
        """Return a piece's loss to backpropagate, and its parts.

        Args:
            piece: Samples.
            counts: Counts of the whole step; None: the piece is all of it.
            generator: Generator of its noise.
        """
        self._stage.prepare_batch_noise(generator)
        losses = self._module(self._fabric.to_device(piece), counts)
        total = torch.stack(list(losses.values())).sum()
        # DistributedDataParallel averages over processes; the step's loss is their sum.
        return total * self._team.size, {
            name: float(loss.detach()) for name, loss in losses.items()
        }

    def _clip(self) -> float:
        most = self._settings.clip or math.inf
        norm = self._fabric.clip_gradients(
            self._module, self._optimiser, max_norm=most, error_if_nonfinite=False
        )
        return math.nan if norm is None else float(norm)


def _total(pieces: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the sums of the loss parts over pieces, in order, up to a non-finite one."""
    parts: dict[str, float] = {}
    for piece in pieces:
        for name, value in piece.items():
            parts[name] = parts.get(name, 0.0) + value
        if not math.isfinite(sum(parts.values())):
            break
    return parts


def non_finite_error(outcome: Outcome, count: int, last: str) -> NotANumber:
    """Return the error after too many failed steps."""
    failed = [name for name, value in outcome.parts.items() if not math.isfinite(value)]
    what = (
        Message("The loss's part {} has", repr(failed[0]))
        if failed
        else Message("The gradient has")
    )
    return NotANumber(
        Message("{} been no number for {} steps in a row.", what, count),
        Message(
            "Train with a lower --lr, or with --precision 32, from the start; or "
            "look for pairs with broken values. {} still holds what was good.",
            last,
        ),
        problem="loss-not-finite",
    )
