"""Optimiser step, accumulated over pieces of a batch and skipped if not finite."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import torch
from lightning.fabric import Fabric
from lightning.fabric.wrappers import _FabricOptimizer
from torch import Tensor, nn

from gac_core.contract.errors import DeviceError, GacError, RequestError, is_out_of_memory
from training.distributed import Team
from training.fit.module import Batch, StageModule
from training.fit.settings import FitSettings
from training.fit.setup import FACTOR, TRAINING, reseed


class MicroBatches:
    """Runner of work over a batch in pieces, which are halved when memory does not suffice.

    Attributes:
        size: Samples in a piece.
    """

    def __init__(self, size: int, say: Callable[[str], None]) -> None:
        self.size = size
        self._say = say

    def run(self, work: Callable[[int], None], team: Team | None = None) -> None:
        """Call `work` with the size of a piece; restart it with half the size if out of memory.

        Args:
            work: Must have no side effects if it fails.
            team: Processes that run it together; all restart if one fails.

        Raises:
            DeviceError: If memory does not suffice for a single sample.
        """
        team = team or Team()
        while not all(team.all_gather(self._fits(work))):
            if self.size == 1:
                raise DeviceError(
                    "The device's memory does not suffice for a single image.",
                    "Choose a smaller --crop or --lora-rank, load the base in 8 bits, close what "
                    "else uses the device, or train with --device cpu.",
                )
            self.size //= 2
            self._say(
                f"Out of memory: going on with {self.size} images at once, and as many more "
                "accumulation steps."
            )

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


class Gradients:
    """Sum of the pieces' gradients in the order of the pieces, across processes.

    Floating-point sums depend on their order, so processes must not sum their own pieces first. The
    first process accumulates its pieces as PyTorch does; the others keep each piece's gradients
    until they get the sum of all earlier pieces.

    Args:
        trained: Trained parameters by name.
        team: The processes.
    """

    def __init__(self, trained: Mapping[str, nn.Parameter], team: Team) -> None:
        self._trained = list(trained.values())
        self._team = team
        self._own: list[Tensor] = []
        self._total: Tensor | None = None
        self.touched = [False] * len(self._trained)

    def clear(self) -> None:
        """Discard all pieces."""
        self._own.clear()
        self.touched = [False] * len(self._trained)

    def add(self) -> None:
        """Add a piece's gradient after its backward pass. Also allocates the buffer of the sum."""
        if self._team.size == 1:
            return
        self.touched = [
            has or p.grad is not None for has, p in zip(self.touched, self._trained, strict=True)
        ]
        if self._team.is_lead:
            self._own = [self._flat()]
        else:
            self._own.append(self._flat())
            for parameter in self._trained:
                parameter.grad = None
        if self._total is None:
            self._total = torch.empty_like(self._own[0])

    def reduce(self, touched: list[bool]) -> None:
        """Set the parameters' gradients to the sum over all pieces, equal in all processes.

        Args:
            touched: For each parameter, True if any process has a gradient of it.

        Raises:
            Lost: If another process is gone.
        """
        if self._team.size == 1 or self._total is None:
            return
        self._team.ordered_sum(self._total, self._own)
        start = 0
        for parameter, any_has in zip(self._trained, touched, strict=True):
            part = self._total[start : start + parameter.numel()].view_as(parameter)
            # Parameters without a gradient in one process stay without: no decay, no momentum.
            parameter.grad = part.clone() if any_has else None
            start += parameter.numel()

    def _flat(self) -> Tensor:
        return torch.cat(
            [
                (torch.zeros_like(p) if p.grad is None else p.grad).detach().reshape(-1)
                for p in self._trained
            ]
        )


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
                f"A step has {batch} samples, and there are {size} processes.",
                "Give fewer --devices or --num-nodes, or a larger --grad-accum-steps.",
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
        module: Module to train.
        fabric: Fabric for device, precision and scaling.
        optimiser: Optimiser of the module.
        settings: Settings of the training.
        micro: Size of the pieces on the device.
        shard: This process's share of a batch.
        team: Processes that take the steps together.
    """

    def __init__(
        self,
        module: StageModule,
        fabric: Fabric,
        optimiser: _FabricOptimizer,
        settings: FitSettings,
        micro: MicroBatches,
        shard: Shard,
        team: Team,
    ) -> None:
        self._module = module
        self._fabric = fabric
        self._optimiser = optimiser
        self._settings = settings
        self._micro = micro
        self._shard = shard
        self._team = team
        self._gradients = Gradients(module.trained(), team)
        self._scaler = getattr(fabric.strategy.precision, "scaler", None)

    def step(self, batch: Batch, epoch: int, number: int, rate: float) -> Outcome:
        """Take a step with this process's share of a batch, at a learning rate.

        Raises:
            DeviceError: If memory does not suffice even for one sample at a time.
            GacError: If another process failed or is gone.
        """
        for group in self._optimiser.param_groups:
            group["lr"] = rate * group.get(FACTOR, 1.0)
        shard, gradients = self._shard, self._gradients
        counts = self._team_counts(batch) if self._team.size > 1 else None
        own: list[dict[str, float]] = []

        def accumulate(size: int) -> None:
            self._optimiser.zero_grad(set_to_none=True)
            gradients.clear()
            own.clear()
            cut = list(micro_batches(batch, size, shard.micro_batch_size))
            whole = self._counts(cut) if counts is None and len(cut) > 1 else counts
            for start, piece in cut:
                position = (TRAINING, epoch, number, shard.start + start)
                generator = reseed(self._settings.seed, *position)
                own.append(self._backward(piece, whole, generator))
                if not math.isfinite(sum(own[-1].values())):
                    return
                gradients.add()

        self._micro.run(accumulate, self._team)
        gathered = self._team.all_gather((own, gradients.touched))
        parts = _total(piece for values, _ in gathered for piece in values)
        norm, taken = math.nan, False
        if math.isfinite(sum(parts.values())):
            gradients.reduce(
                [any(one) for one in zip(*(touched for _, touched in gathered), strict=True)]
            )
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

    def _team_counts(self, batch: Batch) -> dict[str, float]:
        """Return the counts of the parts over all processes, before any of them trains."""
        own: dict[str, float] = {}

        def count(size: int) -> None:
            own.update(self._counts(list(micro_batches(batch, size, self._shard.micro_batch_size))))

        # All take part, even if one lacks the memory for its share at once.
        self._micro.run(count, self._team)
        return _total(self._team.all_gather(own))

    def _counts(self, cut: list[tuple[int, Batch]]) -> dict[str, float]:
        """Return the counts of the parts over pieces; integers, so that order does not matter."""
        tallies = [self._module.counts(self._fabric.to_device(piece)) for _, piece in cut]
        return _total({name: float(n) for name, n in one.items()} for one in tallies)

    def _backward(
        self, piece: Batch, counts: Mapping[str, float] | None, generator: torch.Generator
    ) -> dict[str, float]:
        """Backpropagate a piece; return its parts divided by their counts over the whole step.

        Args:
            piece: Samples.
            counts: Counts of the whole step; None: the piece is all of it.
            generator: Generator of its noise.
        """
        piece = self._fabric.to_device(piece)
        self._module.prepare_batch_noise(generator)
        with self._fabric.autocast():
            tallies = self._module.losses(piece)
            losses = {
                name: tally.mean if counts is None else tally.total / max(counts[name], 1.0)
                for name, tally in tallies.items()
            }
            total: Tensor = torch.stack(list(losses.values())).sum()
        values = {name: float(loss.detach()) for name, loss in losses.items()}
        if math.isfinite(sum(values.values())):
            self._fabric.backward(total)
        return values

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
    what = f"The loss's part {failed[0]!r} has" if failed else "The gradient has"
    return NotANumber(
        f"{what} been no number for {count} steps in a row.",
        "Train with a lower --lr, or with --precision 32, from the start; or look for pairs with "
        f"broken values. {last} still holds what was good.",
    )
