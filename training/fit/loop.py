"""Training loop: steps, validations and checkpoints.

Lightning's Fabric handles device, precision, scaling and clipping. The loop is our own because
Lightning's Trainer counts batches rather than optimiser steps, retries no step, and does not seed
by position. Here a batch holds all samples of an optimiser step, so that everything happens between
two steps, where a training can be resumed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from lightning.fabric import Fabric
from lightning.fabric.wrappers import _FabricOptimizer

from training.distributed import Team
from training.fit.checkpoint import LAST, Average, Identity, Progress, save_best, write_checkpoint
from training.fit.module import Batch, StageModule
from training.fit.report import Report, sheet
from training.fit.settings import FitSettings
from training.fit.signals import Stopped, StopSignals, until_stopped
from training.fit.step import MicroBatches, Stepper, non_finite_error
from training.fit.validation import Validator


@dataclass
class Components:
    """Components of a loop; only the lead process uses `report` and `validator`."""

    module: StageModule
    fabric: Fabric
    optimiser: _FabricOptimizer
    average: Average
    stepper: Stepper
    validator: Validator
    micro: MicroBatches
    loader: Any
    report: Report
    stop: StopSignals
    team: Team


class Loop:
    """Training from its current position to the end.

    Args:
        components: Components.
        settings: Settings of the training.
        identity: Fingerprint for checkpoints.
        batches: Batches in an epoch.
        out: Folder of checkpoints and the best part.
    """

    def __init__(
        self,
        components: Components,
        settings: FitSettings,
        identity: Identity,
        batches: int,
        out: Path,
    ) -> None:
        self._components = components
        self._settings = settings
        self._identity = identity
        self._batches = batches
        self._out = out
        self.progress = Progress(micro=components.micro.size)

    def run(self) -> None:
        """Train to the end of the schedule, or until early stopping.

        Raises:
            Stopped: If a stop was requested; `last.ckpt` holds the state.
            NotANumber: If too many steps in a row were not finite.
            DeviceError: If memory does not suffice.
            OutputError: If a checkpoint cannot be written.
            GacError: If another process of the team failed or is gone.
        """
        try:
            self._validate_if_due()
            while not self._finished():
                self._components.loader.sampler.set_position(
                    self.progress.epoch, self.progress.batch
                )
                self._run_epoch()
        except Stopped as error:
            self._save()
            last = self._out / LAST
            raise Stopped(
                f"The training was stopped at step {self.progress.step} of {self._identity.steps}.",
                f"The same command with --resume goes on from {last}."
                if last.exists()
                else "Nothing was trained yet: the same command begins again.",
            ) from error
        self._save()

    def _run_epoch(self) -> None:
        """Run the rest of an epoch, or until the training is finished."""
        parts = self._components

        def asked(own: bool) -> bool:
            return any(parts.team.all_gather(own))

        for batch in until_stopped(parts.loader, parts.stop, asked):
            self._step(batch)
            self._validate_if_due()
            if self._finished():
                return

    def _finished(self) -> bool:
        done = self.progress.step >= self._identity.steps
        return done or self.progress.stopping.should_stop(self._settings.patience)

    def _step(self, batch: Batch) -> None:
        progress, settings = self.progress, self._settings
        rate = settings.lr * settings.factor(progress.step, self._identity.steps)
        outcome = self._components.stepper.step(batch, progress.epoch, progress.batch, rate)
        if outcome.taken:
            self._components.average.update(progress.taken)
            progress.taken, progress.wrong = progress.taken + 1, 0
        elif self._components.stepper.is_failure(outcome):
            progress.wrong += 1
        progress.advance(self._batches)
        epoch = progress.step / self._batches
        self._components.report.step(
            progress.step, {**outcome.flat(), "train/rate": rate, "train/epoch": epoch}
        )
        if progress.wrong >= settings.nan_limit:
            raise non_finite_error(outcome, progress.wrong, LAST)
        if progress.step % settings.save_every == 0:
            self._save()

    @property
    def _due(self) -> bool:
        """True if a validation is due at the current step, including before the first."""
        progress, every = self.progress, self._settings.val_every
        if not progress.stopping.rank:
            return True
        if progress.step == progress.validated:
            return False
        regular = progress.step % every == 0 if every else progress.batch == 0
        return regular or progress.step == self._identity.steps

    def _validate_if_due(self) -> None:
        if not self._due:
            return
        # A training killed from here on repeats the validation on resume, with the same result.
        self._save()
        progress, self._components.micro.size = self._components.team.broadcast_from_lead(
            self._validate
        )
        self.progress = Progress.from_dict(progress)

    def _validate(self) -> tuple[dict[str, Any], int]:
        """Validate in one process; return the progress and the size of a piece."""
        progress, parts = self.progress, self._components
        with parts.average.applied():
            gains, rows = parts.validator.validate()
            progress.validated = progress.step
            best = progress.stopping.update(gains)
            if best:
                save_best(parts.module, self._out, progress.step, self._training(), gains)
        parts.report.log(progress.step, gains.flat())
        if rows:
            parts.report.picture(progress.step, sheet(rows))
        parts.report.flush()
        star = " *" if best else ""
        parts.report.say(
            f"step {progress.step}/{self._identity.steps} validation: {gains.line()}{star}"
        )
        return progress.to_dict(), parts.micro.size

    def _save(self) -> None:
        """Write `last.ckpt`, unless the state is not finite."""
        progress, parts = self.progress, self._components
        if not parts.team.is_lead:
            return
        trained = {name: value.cpu() for name, value in parts.module.trained_state().items()}
        whole = all(bool(torch.isfinite(value).all()) for value in trained.values())
        if progress.step == 0 or progress.wrong or not whole:
            return
        progress.micro = parts.micro.size
        write_checkpoint(
            self._out / LAST,
            {
                "identity": asdict(self._identity),
                "progress": progress.to_dict(),
                "trained": trained,
                "average": parts.average.state(),
                "optimiser": parts.optimiser.optimizer.state_dict(),
                "precision": parts.fabric.strategy.precision.state_dict(),
            },
        )

    def restore(self, checkpoint: dict[str, Any], kept: bool) -> None:
        """Restore a checkpoint; without the best part, the next validation becomes the best."""
        parts = self._components
        self.progress = Progress.from_dict(checkpoint["progress"])
        parts.micro.size = min(parts.micro.size, self.progress.micro)
        parts.module.load_trained_state(checkpoint["trained"])
        parts.average.load(checkpoint["average"])
        parts.optimiser.optimizer.load_state_dict(checkpoint["optimiser"])
        parts.fabric.strategy.precision.load_state_dict(checkpoint["precision"])
        if not kept:
            self.progress.stopping.rank = ()
            parts.report.say("What validated best is lost or damaged: the best of what follows is.")

    def _training(self) -> dict[str, Any]:
        """Return the training record for `part.json`."""
        return {
            "steps": self.progress.step,
            "epochs": round(self.progress.step / self._batches, 2),
            "pairs": self._identity.samples,
            "batch": self._identity.batch,
            "settings": asdict(self._settings),
            "versions": {"torch": torch.__version__},
        }
