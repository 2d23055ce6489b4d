"""The training loop that every network of the demo bundle goes through."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from training.fit.settings import cosine_with_warmup

_FLOOR = 0.02
"""Share of the highest rate at which the cosine ends."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train.

    Attributes:
        steps: Optimiser steps.
        rate: Highest learning rate; it rises over `warmup` steps and falls as a cosine.
        warmup: Steps until the highest rate; a tenth of all steps at most.
        every: Steps between validations.
        decay: Weight decay (AdamW).
        last: Keep the last weights, not those that validated best: where the level of a few places
            is most of the error, validation says little of structure.
    """

    steps: int
    rate: float
    warmup: int = 50
    every: int = 150
    decay: float = 0.02
    last: bool = False

    def scaled(self, effort: float) -> Schedule:
        """The same for a share of the steps."""
        return replace(self, steps=max(1, round(self.steps * effort)))

    def factor(self, step: int) -> float:
        """Share of the highest rate at a step."""
        return cosine_with_warmup(step, self.steps, self.warmup, _FLOOR)


def fit(
    name: str,
    parameters: Sequence[nn.Parameter],
    loss: Callable[[int], Tensor],
    validate: Callable[[], float],
    schedule: Schedule,
) -> float:
    """Train, and leave the parameters as they validated best.

    What is validated and kept is their running average: it is steadier than the parameters
    themselves, and here, with little data and few steps, that matters more than speed.

    Args:
        name: What is trained, for the log.
        parameters: What to change.
        loss: The loss of a training batch at a step.
        validate: A number that is lower for better parameters, on tiles that do not train.
        schedule: How long and how fast.

    Returns:
        The best validation.

    Raises:
        FloatingPointError: If the loss stops being a number.
    """
    optimiser = torch.optim.AdamW(
        parameters, lr=schedule.rate, betas=(0.9, 0.99), weight_decay=schedule.decay
    )
    average = [p.detach().clone() for p in parameters]
    with torch.no_grad():
        best, kept = validate(), [a.clone() for a in average]
    print(f"{name}: before training, validation {best:.4f}")
    began, running, counted = time.monotonic(), 0.0, 0
    for step in range(schedule.steps):
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate * schedule.factor(step)
        value = loss(step)
        if not torch.isfinite(value):
            raise FloatingPointError(f"{name}: the loss is {value.item()} at step {step}")
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        keep = min(0.99, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, parameter in zip(average, parameters, strict=True):
                mean.lerp_(parameter, 1 - keep)
        running, counted = running + value.item(), counted + 1
        if (step + 1) % schedule.every and step + 1 < schedule.steps:
            continue
        with torch.no_grad():
            _swap(parameters, average)
            found = validate()
            if found < best or (schedule.last and step + 1 == schedule.steps):
                best, kept = found, [p.detach().clone() for p in parameters]
            _swap(parameters, average)
        seconds = time.monotonic() - began
        print(
            f"{name}: step {step + 1}/{schedule.steps}, loss {running / counted:.4f}, "
            f"validation {found:.4f}{' *' if found == best else ''}, {seconds:.0f} s",
        )
        running, counted = 0.0, 0
    with torch.no_grad():
        for parameter, value in zip(parameters, kept, strict=True):
            parameter.copy_(value)
    return best


def _swap(parameters: Sequence[nn.Parameter], others: Sequence[Tensor]) -> None:
    for parameter, other in zip(parameters, others, strict=True):
        held = parameter.detach().clone()
        parameter.copy_(other)
        other.copy_(held)
