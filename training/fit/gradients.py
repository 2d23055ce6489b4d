"""Gradients accumulated over several processes, bit-identical to a single process."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from training.team import Team


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
        self._kept: list[Tensor] = []
        self._total: Tensor | None = None
        self.touched = [False] * len(self._trained)

    def clear(self) -> None:
        """Discard all pieces."""
        self._kept.clear()
        self.touched = [False] * len(self._trained)

    def take(self) -> None:
        """Add a piece's gradient after its backward pass. Also allocates the buffer of the sum."""
        if self._team.size == 1:
            return
        self.touched = [
            has or p.grad is not None for has, p in zip(self.touched, self._trained, strict=True)
        ]
        if self._team.lead:
            self._kept = [self._flat()]
        else:
            self._kept.append(self._flat())
            for parameter in self._trained:
                parameter.grad = None
        if self._total is None:
            self._total = torch.empty_like(self._kept[0])

    def add_up(self, touched: list[bool]) -> None:
        """Set the parameters' gradients to the sum over all pieces, equal in all processes.

        Args:
            touched: For each parameter, True if any process has a gradient of it.

        Raises:
            Lost: If another process is gone.
        """
        if self._team.size == 1 or self._total is None:
            return
        self._team.relay(self._total, self._kept)
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
