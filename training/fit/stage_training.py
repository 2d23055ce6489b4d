"""Training of a stage, from its data to its best part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from lightning.fabric import Fabric
from lightning.fabric.wrappers import _FabricOptimizer
from torch import Tensor

from gac_core.contract.errors import RequestError
from gac_core.contract.message import Message
from gac_core.networks.device import free_memory
from training.console import WithProgress
from training.data.dataset import PairDataset, make_loader
from training.fit.checkpoint import (
    BEST,
    LAST,
    PART,
    Identity,
    has_best,
    read_checkpoint,
    repair,
    require_no_training,
    save_best,
    write_checkpoint,
)
from training.fit.loop import Average, Loop, Progress
from training.fit.settings import FitSettings, warmup_within
from training.fit.stage_module import Batch, StageModule
from training.fit.step import (
    MicroBatches,
    Shard,
    Stepper,
    build_optimiser,
    determinism,
    make_fabric,
    non_finite_error,
)
from training.fit.validation import Report, SilentReport, Validator, sheet
from training.processes import Stopped, StopSignals, Team, folder_lock, launch_team, until_stopped

BEST_LOST = Message("What validated best is lost or damaged: the best of what follows is.")
NONE_BETTER = Message("No step of the training validated better than no training.")
SMALLER_PIECES = (
    "{} samples at once would leave processes without any: each takes {}, as with --batch-size {} "
    "on one device."
)
"""Template of a line at the beginning."""


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


class StageLoop(Loop):
    """Training of a stage from its current position to the end.

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
        super().__init__(identity.steps, batches, settings.val_every, settings.patience)
        self._components = components
        self._settings = settings
        self._identity = identity
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
            super().run()
        except Stopped as error:
            self._save()
            last = self._out / LAST
            raise Stopped(
                Message(
                    "The training was stopped at step {} of {}.",
                    self.progress.step,
                    self._identity.steps,
                ),
                Message("The same command with --resume goes on from {}.", last)
                if last.exists()
                else Message("Nothing was trained yet: the same command begins again."),
                problem="training-stopped",
            ) from error
        self._save()

    def _batches(self) -> Iterable[Batch]:
        parts = self._components
        parts.loader.sampler.set_position(self.progress.epoch, self.progress.batch)
        return until_stopped(parts.loader, parts.stop, lambda own: any(parts.team.all_gather(own)))

    def _step(self, batch: Batch) -> None:
        progress, settings = self.progress, self._settings
        rate = settings.lr * settings.factor(progress.step, self._identity.steps)
        outcome = self._components.stepper.step(batch, progress.epoch, progress.batch, rate)
        if outcome.taken:
            self._components.average.update(progress.taken)
            progress.taken, progress.wrong = progress.taken + 1, 0
        elif self._components.stepper.is_failure(outcome):
            progress.wrong += 1
        progress.advance(self._epoch)
        epoch = progress.step / self._epoch
        self._components.report.step(
            progress.step, {**outcome.flat(), "train/rate": rate, "train/epoch": epoch}
        )
        if progress.wrong >= settings.nan_limit:
            raise non_finite_error(outcome, progress.wrong, LAST)
        if progress.step % settings.save_every == 0:
            self._save()

    def _validate(self) -> None:
        # A training killed from here on repeats the validation on resume, with the same result.
        self._save()
        progress, self._components.micro.size = self._components.team.broadcast_from_lead(
            self._validate_in_lead
        )
        self.progress = Progress.from_dict(progress)

    def _validate_in_lead(self) -> tuple[dict[str, Any], int]:
        """Validate in one process; return the progress and the size of a piece."""
        progress, parts = self.progress, self._components
        with parts.average.applied():
            gains, rows = parts.validator.validate()
            progress.validated = progress.step
            best = progress.stopping.update(gains.rank)
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
            parts.report.say(BEST_LOST)

    def _training(self) -> dict[str, Any]:
        """Return the training record for `part.json`."""
        return {
            "steps": self.progress.step,
            "epochs": round(self.progress.step / self._epoch, 2),
            "pairs": self._identity.samples,
            "batch": self._identity.batch,
            "settings": asdict(self._settings),
            "versions": {"torch": torch.__version__},
        }


@dataclass(frozen=True)
class FitResult:
    """Result of a training.

    Attributes:
        best: Folder of the best validated part.
        step: Optimiser step of the best; 0 is before training.
        steps: Steps done.
        scores: Means over the validation images, as in `part.json`: `stage`, `before`, `gain`.
        not_earned: Sentences on what the best worsens compared with the previous stage; empty if
            nothing.
    """

    best: Path
    step: int
    steps: int
    scores: dict[str, Any]
    not_earned: list[str]

    def summary(self) -> str:
        """Return the summary for the end of a command line's output."""
        gains = ", ".join(
            f"{key} undefined" if value is None else f"{key} {value:+.4g}"
            for key, value in self.scores["gain"].items()
        )
        lines = [f"Best at step {self.step} of {self.steps}: {self.best}", f"Gains: {gains}"]
        lines += [f"Not earned: {text}." for text in self.not_earned]
        if self.step == 0:
            lines.append(NONE_BETTER)
        return "\n".join(lines)


def fit(
    module: StageModule,
    train_dataset: PairDataset,
    val_dataset: PairDataset,
    settings: FitSettings,
    out: Path,
    resume: bool,
    origin: Mapping[str, Any] | None = None,
) -> FitResult:
    """Train a stage; the module then holds the best validated state.

    Writes `last.ckpt` (current state), `best.ckpt` and `best/` (the part), `logs/` and `pictures/`
    to `out`. Validates before the first step, after each epoch or every `val_every` steps, and at
    the end.

    Args:
        module: Module to train.
        train_dataset: `training.data.dataset.PairDataset` of the training tiles, with augmentation.
        val_dataset: The same of the validation tiles, without augmentation.
        settings: Settings of the training.
        out: Output folder.
        resume: Resume from `last.ckpt`, if it exists.
        origin: Further values that must match on resume, by section, JSON-ready: the settings
            (`training.fit.checkpoint.sections`), and as `base` the identity of the frozen weights.

    Raises:
        RequestError: If the settings are invalid or differ from those of the training to resume.
        OutputError: If `out` cannot be written, or holds a training and `resume` is False.
        Stopped: If the user or the system stopped it; it can be resumed.
        NotANumber, DeviceError, SceneError: If it cannot continue; says what to do.
    """
    if not len(train_dataset) or not len(val_dataset):
        raise RequestError(
            Message(
                "There are {} pairs to train and {} to validate.",
                len(train_dataset),
                len(val_dataset),
            ),
            Message("Give more tiles, or other roles: each needs one tile at least."),
            problem="role-without-pairs-to-train",
        )
    pairs = {"train": train_dataset, "val": val_dataset}
    team = launch_team(settings)

    def make_ready() -> dict[str, Any] | None:
        if not resume:
            require_no_training(out)
        repair(out)
        last = out / LAST
        return read_checkpoint(last) if last.exists() else None

    lock = folder_lock(out) if team.is_lead else nullcontext()
    with lock, determinism(settings.deterministic), StopSignals() as stop:
        checkpoint = team.broadcast_from_lead(make_ready)
        return _fit(module, pairs, settings, out, stop, origin or {}, checkpoint, team)


def _fit(
    module: StageModule,
    pairs: Mapping[str, PairDataset],
    settings: FitSettings,
    out: Path,
    stop: StopSignals,
    origin: Mapping[str, Any],
    checkpoint: dict[str, Any] | None,
    team: Team,
) -> FitResult:
    train_dataset = pairs["train"]
    batch = min(settings.batch_size * settings.grad_accum_steps, len(train_dataset))
    shard = Shard.of(batch, settings.batch_size, team.rank, team.size)
    loader = make_loader(
        train_dataset,
        batch_size=batch,
        workers=settings.loader_workers,
        shuffle=True,
        seed=settings.seed,
        share=(shard.start, shard.stop),
    )
    val_loader = make_loader(
        pairs["val"],
        batch_size=settings.batch_size,
        workers=settings.loader_workers,
        shuffle=False,
        seed=settings.seed,
    )
    batches = len(train_dataset) // batch
    steps = settings.epochs * batches
    identity = Identity.of(settings, module.stage, pairs, batch, steps, origin)
    step = 0
    if checkpoint is not None:
        identity.require(checkpoint["identity"])
        step = checkpoint["progress"]["step"]
    report = Report(out, identity.steps, step) if team.is_lead else SilentReport()
    try:
        fabric = make_fabric(settings, report.say, team)
        module.to(fabric.device)
        free_memory()  # The weights before 8-bit quantisation.
        _report_micro_batches(shard, settings, report, team)
        _report_warmup(settings, steps, report)
        trained = module.trained()
        # Broadcast the lead's initial weights to all processes.
        module.load_trained_state(team.broadcast_from_lead(lambda: _on_cpu(module)))
        optimiser = build_optimiser(trained.values(), settings, fabric.device, module.rate_factor)
        wrapped, optimiser = fabric.setup(module, optimiser)
        micro = MicroBatches(shard.micro_batch_size, report.say)
        val_batches = WithProgress(val_loader, "Validation", "batches")
        parts = Components(
            module=module,
            fabric=fabric,
            optimiser=optimiser,
            average=Average(trained, settings.ema),
            stepper=Stepper(wrapped, fabric, optimiser, settings, micro, shard, team),
            validator=Validator(
                module, fabric, val_batches, micro, stop, settings.seed, settings.pictures
            ),
            micro=micro,
            loader=loader,
            report=report,
            stop=stop,
            team=team,
        )
        loop = StageLoop(parts, settings, identity, batches, out)
        if checkpoint is not None:
            loop.restore(checkpoint, team.broadcast_from_lead(lambda: has_best(out)))
            report.say(f"Going on at step {step} of {identity.steps}.")
        loop.run()
        best = team.broadcast_from_lead(lambda: read_checkpoint(out / BEST))
        return _result(module, out, best, loop.progress.step)
    finally:
        report.close()


def _on_cpu(module: StageModule) -> dict[str, Tensor]:
    return {name: value.cpu() for name, value in module.trained_state().items()}


def _report_micro_batches(shard: Shard, settings: FitSettings, report: Report, team: Team) -> None:
    if team.size > 1:
        report.say(f"{team.size} processes train together, on {shard.batch} samples a step.")
    count = shard.micro_batch_size
    if count < min(settings.batch_size, shard.batch):
        report.say(
            Message(SMALLER_PIECES, settings.batch_size, count, count),
        )


def _report_warmup(settings: FitSettings, steps: int, report: Report) -> None:
    warmup = warmup_within(settings.warmup_steps, steps)
    if warmup < settings.warmup_steps:
        report.say(
            f"Warm-up: {warmup} of {steps} steps instead of {settings.warmup_steps}, a tenth of a "
            "training at most."
        )


def _result(module: StageModule, out: Path, best: dict[str, Any], steps: int) -> FitResult:
    module.load_trained_state(best["trained"])
    scores = best["scores"]
    return FitResult(out / PART, best["step"], steps, scores, scores["not earned"])
