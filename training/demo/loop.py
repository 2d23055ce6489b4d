"""Training loop of all networks of the demo bundle."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.fit.settings import cosine_with_warmup

_FLOOR = 0.02
"""Share of the peak rate at the end of the cosine."""


@dataclass(frozen=True)
class Schedule:
    """Length and learning rate of a training.

    Attributes:
        steps: Optimiser steps.
        rate: Peak learning rate; rises over `warmup` steps and falls as a cosine.
        warmup: Steps to the peak rate; a tenth of all steps at most.
        every: Steps between validations.
        decay: Weight decay (AdamW).
        last: Keep the last weights instead of the best: if most of the error is the level of a few
            places, validation says little of structure.
    """

    steps: int
    rate: float
    warmup: int = 50
    every: int = 150
    decay: float = 0.02
    last: bool = False

    def scaled(self, effort: float) -> Schedule:
        """Return the schedule with a share of the steps."""
        return replace(self, steps=max(1, round(self.steps * effort)))

    def factor(self, step: int) -> float:
        """Return the share of the peak rate at a step."""
        return cosine_with_warmup(step, self.steps, self.warmup, _FLOOR)


def fit(
    name: str,
    parameters: Sequence[nn.Parameter],
    loss: Callable[[int], Tensor],
    validate: Callable[[], float],
    schedule: Schedule,
) -> float:
    """Train, and leave the parameters in their best validated state.

    The running average of the parameters is validated and kept: it is steadier than the parameters,
    which with little data and few steps matters more than speed.

    Args:
        name: Name of the network, for the log.
        parameters: Parameters to train.
        loss: Returns the loss of a training batch at a step.
        validate: Returns a number that is lower for better parameters, on held-out tiles.
        schedule: Length and learning rate.

    Returns:
        The best validation.

    Raises:
        FloatingPointError: If the loss is not finite.
    """
    optimiser = torch.optim.AdamW(
        parameters, lr=schedule.rate, betas=(0.9, 0.99), weight_decay=schedule.decay
    )
    average = [p.detach().clone() for p in parameters]
    with torch.no_grad():
        best, best_state = validate(), [a.clone() for a in average]
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
        decay = min(0.99, (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, parameter in zip(average, parameters, strict=True):
                mean.lerp_(parameter, 1 - decay)
        running, counted = running + value.item(), counted + 1
        if (step + 1) % schedule.every and step + 1 < schedule.steps:
            continue
        with torch.no_grad():
            _swap(parameters, average)
            score = validate()
            if score < best or (schedule.last and step + 1 == schedule.steps):
                best, best_state = score, [p.detach().clone() for p in parameters]
            _swap(parameters, average)
        seconds = time.monotonic() - began
        print(
            f"{name}: step {step + 1}/{schedule.steps}, loss {running / counted:.4f}, "
            f"validation {score:.4f}{' *' if score == best else ''}, {seconds:.0f} s",
        )
        running, counted = 0.0, 0
    with torch.no_grad():
        for parameter, value in zip(parameters, best_state, strict=True):
            parameter.copy_(value)
    return best


def _swap(parameters: Sequence[nn.Parameter], others: Sequence[Tensor]) -> None:
    for parameter, other in zip(parameters, others, strict=True):
        saved = parameter.detach().clone()
        parameter.copy_(other)
        other.copy_(saved)


def angle(image: Tensor, target: Tensor) -> Tensor:
    """Return the mean spectral angle in radians, smooth where the spectra agree."""
    cosine = functional.cosine_similarity(image, target, dim=1, eps=1.0)
    return torch.sqrt((2 - 2 * cosine).clamp_min(0) + 1e-6).mean()


def edges(error: Tensor) -> Tensor:
    """Return the mean absolute difference of neighbouring errors: the error of slopes."""
    down = (error[..., 1:, :] - error[..., :-1, :]).abs().mean()
    across = (error[..., 1:] - error[..., :-1]).abs().mean()
    return down + across
