"""Training loop: steps to the end of a schedule, validations between them, early stopping.

Every training is a `Loop`. `training.fit.stage_training` adds checkpoints and processes to it, for
stages 2 and 3. `train_network` trains a small network in memory: those of the demo bundle, the
learned baselines, the regressor of the cycle loss and the critic.

The loop is our own because Lightning's Trainer counts batches rather than optimiser steps, retries
no step, and does not seed by position. Here a batch holds all samples of an optimiser step, so that
everything happens between two steps, where a training can be resumed.
"""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import torch
from torch import Tensor, nn

from training.fit.settings import cosine_with_warmup


@dataclass
class EarlyStopping:
    """State of early stopping; saved in checkpoints.

    Attributes:
        rank: Rank of the best validation, higher is better; empty before the first.
        stale: Validations since the best.
    """

    rank: tuple[float, ...] = ()
    stale: int = 0

    def update(self, rank: Sequence[float]) -> bool:
        """Add a validation by its rank; return whether it is the best so far.

        Ties keep the earlier one.
        """
        rank = tuple(-math.inf if math.isnan(value) else value for value in rank)
        best = rank > self.rank
        self.stale = 0 if best else self.stale + 1
        if best:
            self.rank = rank
        return best

    def should_stop(self, patience: int) -> bool:
        """Return whether `patience` validations passed without improvement; 0 never stops."""
        return 0 < patience <= self.stale


@dataclass
class Progress:
    """Position of the loop between two steps.

    Attributes:
        epoch: Epoch, from 0.
        batch: Batches done in the epoch.
        step: Steps done, including skipped ones; the learning rate follows it.
        taken: Steps taken.
        validated: Step of the last validation; -1 before the first.
        wrong: Consecutive steps that could not be taken.
        micro: Samples on the device at once.
        stopping: State of early stopping.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    taken: int = 0
    validated: int = -1
    wrong: int = 0
    micro: int = 1
    stopping: EarlyStopping = field(default_factory=EarlyStopping)

    def advance(self, batches: int) -> None:
        """Advance by one batch, given the number of batches in an epoch."""
        self.step += 1
        self.batch += 1
        if self.batch == batches:
            self.epoch, self.batch = self.epoch + 1, 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for a checkpoint."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Progress:
        """Restore from `to_dict`."""
        saved = values["stopping"]
        stopping = EarlyStopping(tuple(saved["rank"]), saved["stale"])
        return cls(**{**values, "stopping": stopping})


class Average:
    """Exponential moving average.

    The decay grows with the steps, min(decay, (1 + n) / (10 + n)), so that the initial, untrained
    tensors soon fade (as in TensorFlow's ExponentialMovingAverage).
    """

    def __init__(self, trained: Mapping[str, nn.Parameter], decay: float) -> None:
        self.decay = decay
        self._trained = dict(trained)
        self._mean = {name: p.detach().clone() for name, p in trained.items()} if decay else {}

    def update(self, step: int) -> None:
        """Add the tensors after a step, counted from 0."""
        decay = min(self.decay, (1 + step) / (10 + step))
        with torch.no_grad():
            for name, mean in self._mean.items():
                mean.lerp_(self._trained[name], 1 - decay)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Swap the average into the module within the context, and its own tensors back after."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def state(self) -> dict[str, Tensor]:
        """Return the averages; empty without averaging."""
        return dict(self._mean)

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Restore averages."""
        for name, mean in self._mean.items():
            mean.copy_(state[name])

    def _swap(self) -> None:
        with torch.no_grad():
            for name, mean in self._mean.items():
                own = self._trained[name]
                saved = own.detach().clone()
                own.copy_(mean)
                mean.copy_(saved)


class Loop(ABC):
    """Training from its current position to the end.

    Args:
        steps: Steps of the whole training.
        batches: Batches, one for each step, in an epoch.
        every: Steps between validations; 0: one after each epoch.
        patience: Validations without improvement before training stops; 0: never.
    """

    def __init__(self, steps: int, batches: int, every: int, patience: int) -> None:
        self._steps = steps
        self._epoch = batches
        self._every = every
        self._patience = patience
        self.progress = Progress()

    def run(self) -> None:
        """Train to the end of the schedule, or until early stopping."""
        self._validate_if_due()
        while not self._finished():
            for batch in self._batches():
                self._step(batch)
                self._validate_if_due()
                if self._finished():
                    break

    @abstractmethod
    def _batches(self) -> Iterable[Any]:
        """Return the batches of the rest of the epoch."""

    @abstractmethod
    def _step(self, batch: Any) -> None:
        """Take a step, and advance the progress."""

    @abstractmethod
    def _validate(self) -> None:
        """Validate, and keep the state if it is the best so far."""

    def _finished(self) -> bool:
        done = self.progress.step >= self._steps
        return done or self.progress.stopping.should_stop(self._patience)

    def _due(self) -> bool:
        """Return whether a validation is due at this step; the first is before training."""
        progress = self.progress
        if not progress.stopping.rank:
            return True
        if progress.step == progress.validated:
            return False
        regular = progress.step % self._every == 0 if self._every else progress.batch == 0
        return regular or progress.step == self._steps

    def _validate_if_due(self) -> None:
        if self._due():
            self._validate()


@dataclass(frozen=True)
class Schedule:
    """Length and optimiser of a small network's training.

    Attributes:
        steps: Optimiser steps.
        rate: Peak learning rate of AdamW; rises over `warmup` steps and falls as a cosine.
        warmup: Steps to the peak rate; a tenth of all steps at most.
        floor: Share of the peak rate at the end of the cosine; 1: the rate is constant.
        every: Steps between validations.
        decay: Weight decay.
        betas: AdamW's decays of the gradient's mean and square.
        clip: Maximum norm of the gradient; 0: no clipping.
        ema: Decay of the running average of the parameters, which is then validated and kept; 0: no
            average. It is steadier than the parameters, which with little data and few steps
            matters more than speed.
        patience: Validations without improvement before training stops; 0: never.
        pieces: Batches that a step adds up.
        last: Keep the last weights instead of the best: if most of the error is the level of a few
            places, validation says little of structure.
    """

    steps: int
    rate: float
    warmup: int = 50
    floor: float = 0.02
    every: int = 150
    decay: float = 0.02
    betas: tuple[float, float] = (0.9, 0.99)
    clip: float = 1.0
    ema: float = 0.99
    patience: int = 0
    pieces: int = 1
    last: bool = False

    def scaled(self, effort: float) -> Schedule:
        """Return the schedule with a share of the steps."""
        return replace(self, steps=max(1, round(self.steps * effort)))

    def factor(self, step: int) -> float:
        """Return the share of the peak rate at a step."""
        return cosine_with_warmup(step, self.steps, self.warmup, self.floor)


def train_network(
    name: str,
    parameters: Sequence[nn.Parameter],
    loss: Callable[[int], Tensor],
    validate: Callable[[], float] | None,
    schedule: Schedule,
    state: Sequence[Tensor] | None = None,
    say: Callable[[str], None] = print,
) -> float:
    """Train a small network, and leave it in its best validated state.

    Args:
        name: Name of the network, for the messages.
        parameters: Parameters to train.
        loss: Returns the loss of a batch at a step, counted from 0.
        validate: Returns a number that is lower for a better network, on held-out tiles; None: the
            last state is kept.
        schedule: Length and optimiser.
        state: Tensors that make the best state, shared with the network: buffers, say, beside the
            parameters. None: the parameters.
        say: Callback for messages.

    Returns:
        The validation of the state that is kept; NaN without `validate`.

    Raises:
        FloatingPointError: If the loss is not finite.
    """
    kept = [p.detach() for p in parameters] if state is None else state
    loop = _NetworkLoop(name, parameters, loss, validate, schedule, kept, say)
    loop.run()
    loop.finish()
    return loop.best


class _NetworkLoop(Loop):
    """Loop of `train_network`, with its arguments."""

    def __init__(
        self,
        name: str,
        parameters: Sequence[nn.Parameter],
        loss: Callable[[int], Tensor],
        validate: Callable[[], float] | None,
        schedule: Schedule,
        state: Sequence[Tensor],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(schedule.steps, schedule.steps, schedule.every, schedule.patience)
        self._name = name
        self._parameters = parameters
        self._loss = loss
        self._score = validate
        self._schedule = schedule
        self._state = state
        self._say = say
        self._optimiser = torch.optim.AdamW(
            parameters, lr=schedule.rate, betas=schedule.betas, weight_decay=schedule.decay
        )
        self._average = Average({str(i): p for i, p in enumerate(parameters)}, schedule.ema)
        self._best_state: list[Tensor] = []
        self._losses: list[float] = []
        self._began = time.monotonic()
        self.best = math.nan

    def finish(self) -> None:
        """Restore the best state, and free the gradients."""
        self._optimiser.zero_grad(set_to_none=True)
        if not self._best_state:
            return
        with torch.no_grad():
            for tensor, best in zip(self._state, self._best_state, strict=True):
                tensor.copy_(best)

    def _batches(self) -> Iterable[int]:
        return range(self.progress.step, self._steps)

    def _step(self, batch: int) -> None:
        schedule = self._schedule
        for group in self._optimiser.param_groups:
            group["lr"] = schedule.rate * schedule.factor(batch)
        self._optimiser.zero_grad(set_to_none=True)
        for _ in range(schedule.pieces):
            value = self._loss(batch) / schedule.pieces
            self._losses.append(value.item() * schedule.pieces)
            if not math.isfinite(self._losses[-1]):
                raise FloatingPointError(
                    f"{self._name}: the loss is {self._losses[-1]} at step {batch}"
                )
            value.backward()
        if schedule.clip:
            nn.utils.clip_grad_norm_(self._parameters, schedule.clip)
        self._optimiser.step()
        self._average.update(batch)
        self.progress.advance(self._epoch)

    def _due(self) -> bool:
        return self._score is not None and super()._due()

    @torch.no_grad()
    def _validate(self) -> None:
        assert self._score is not None, "due only with a validation"
        step = self.progress.validated = self.progress.step
        with self._average.applied():
            score = self._score()
            best = self.progress.stopping.update((-score,))
            if best or (self._schedule.last and step == self._steps):
                self.best, self._best_state = score, [value.clone() for value in self._state]
        place = f"step {step}/{self._steps}, loss {_mean(self._losses):.4f}"
        self._losses.clear()
        self._say(
            f"{self._name}: {place if step else 'before training'}, validation {score:.4f}"
            f"{' *' if score == self.best else ''}, {time.monotonic() - self._began:.0f} s"
        )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan
