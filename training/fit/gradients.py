"""The gradient of a batch whose pieces several processes compute, to the bit that of one."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from training.team import Team


class Gradients:
    """Adds the pieces' gradients in the order of the pieces, across processes too.

    Sums of floating-point numbers depend on their order, so processes must not add their own
    pieces first. The first process adds its pieces as they come, as PyTorch does; the others keep
    those of each piece apart until the sum of all pieces before is there.

    Args:
        trained: What trains, by name.
        team: Which processes.
    """

    def __init__(self, trained: Mapping[str, nn.Parameter], team: Team) -> None:
        self._trained = list(trained.values())
        self._team = team
        self._kept: list[Tensor] = []
        self._total: Tensor | None = None
        self.touched = [False] * len(self._trained)

    def clear(self) -> None:
        """Forget all pieces."""
        self._kept.clear()
        self.touched = [False] * len(self._trained)

    def take(self) -> None:
        """Take in a piece's, after its way back. Room for the sum is made here too."""
        if self._team.size == 1:
            return
        self.touched = [
            found or p.grad is not None
            for found, p in zip(self.touched, self._trained, strict=True)
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
        """Leave the sum over all pieces with the parameters, the same in each process.

        Args:
            touched: For each parameter, whether any process has a gradient of it.

        Raises:
            Lost: If another process is gone.
        """
        if self._team.size == 1 or self._total is None:
            return
        self._team.relay(self._total, self._kept)
        start = 0
        for parameter, any_has in zip(self._trained, touched, strict=True):
            part = self._total[start : start + parameter.numel()].view_as(parameter)
            # What no piece reaches has no gradient in one process either: no decay, no momentum.
            parameter.grad = part.clone() if any_has else None
            start += parameter.numel()

    def _flat(self) -> Tensor:
        return torch.cat(
            [
                (torch.zeros_like(p) if p.grad is None else p.grad).detach().reshape(-1)
                for p in self._trained
            ]
        )
