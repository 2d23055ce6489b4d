"""Running average of the trained tensors, steadier than the tensors themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor, nn


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
