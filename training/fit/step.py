"""Optimiser step, accumulated over pieces of a batch and skipped if not finite."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import torch
from lightning.fabric import Fabric
from lightning.fabric.wrappers import _FabricOptimizer
from torch import Tensor

from gac_core.contract.errors import GacError
from training.fit.deal import Deal
from training.fit.gradients import Gradients
from training.fit.micro import MicroBatches, pieces
from training.fit.module import Batch, StageModule
from training.fit.optimiser import FACTOR
from training.fit.seeds import TRAINING, reseed
from training.fit.settings import FitSettings
from training.team import Team


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
        deal: This process's share of a batch.
        team: Processes that take the steps together.
    """

    def __init__(
        self,
        module: StageModule,
        fabric: Fabric,
        optimiser: _FabricOptimizer,
        settings: FitSettings,
        micro: MicroBatches,
        deal: Deal,
        team: Team,
    ) -> None:
        self._module = module
        self._fabric = fabric
        self._optimiser = optimiser
        self._settings = settings
        self._micro = micro
        self._deal = deal
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
        deal, gradients = self._deal, self._gradients
        counts = self._team_counts(batch) if self._team.size > 1 else None
        own: list[dict[str, float]] = []

        def accumulate(size: int) -> None:
            self._optimiser.zero_grad(set_to_none=True)
            gradients.clear()
            own.clear()
            cut = list(pieces(batch, size, deal.piece))
            whole = self._counts(cut) if counts is None and len(cut) > 1 else counts
            for start, piece in cut:
                place = (TRAINING, epoch, number, deal.start + start)
                generator = reseed(self._settings.seed, *place)
                own.append(self._backward(piece, whole, generator))
                if not math.isfinite(sum(own[-1].values())):
                    return
                gradients.take()

        self._micro.run(accumulate, self._team)
        gathered = self._team.agree((own, gradients.touched))
        parts = _total(piece for values, _ in gathered for piece in values)
        norm, taken = math.nan, False
        if math.isfinite(sum(parts.values())):
            gradients.add_up(
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

    def hopeless(self, outcome: Outcome) -> bool:
        """Return whether a skipped step is a failure, not part of the search for the loss scale."""
        searching = self._scaler is not None and self._scaler.get_scale() >= 1
        return not outcome.taken and not (searching and math.isfinite(outcome.loss))

    def _team_counts(self, batch: Batch) -> dict[str, float]:
        """Return the counts of the parts over all processes, before any of them trains."""
        own: dict[str, float] = {}

        def count(size: int) -> None:
            own.update(self._counts(list(pieces(batch, size, self._deal.piece))))

        # All take part, even if one lacks the memory for its share at once.
        self._micro.run(count, self._team)
        return _total(self._team.agree(own))

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


def give_up(outcome: Outcome, count: int, last: str) -> NotANumber:
    """Return the error after too many failed steps."""
    failed = [name for name, value in outcome.parts.items() if not math.isfinite(value)]
    what = f"The loss's part {failed[0]!r} has" if failed else "The gradient has"
    return NotANumber(
        f"{what} been no number for {count} steps in a row.",
        "Train with a lower --lr, or with --precision 32, from the start; or look for pairs with "
        f"broken values. {last} still holds what was good.",
    )
