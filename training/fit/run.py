"""Training of a stage, from its data to its best part."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from gac_core.contract.errors import RequestError
from gac_core.networks.device import free_memory
from training.console import WithProgress
from training.data.dataset import PairDataset, make_loader
from training.distributed import Team, launch_team
from training.fit.checkpoint import (
    BEST,
    LAST,
    PART,
    Average,
    Identity,
    has_best,
    read_checkpoint,
    repair,
    require_no_training,
)
from training.fit.loop import Components, Loop
from training.fit.module import StageModule
from training.fit.report import Report, SilentReport
from training.fit.settings import FitSettings, warmup_within
from training.fit.setup import build_optimiser, determinism, make_fabric
from training.fit.signals import StopSignals
from training.fit.step import MicroBatches, Shard, Stepper
from training.fit.validation import Validator
from training.lock import folder_lock


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
            lines.append("No step of the training validated better than no training.")
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
        train_dataset: `training.data.PairDataset` of the training tiles, with augmentation.
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
            f"There are {len(train_dataset)} pairs to train and {len(val_dataset)} to validate.",
            "Give more tiles, or other roles: each needs one tile at least.",
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
        loop = Loop(parts, settings, identity, batches, out)
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
            f"{settings.batch_size} samples at once would leave processes without any: each "
            f"takes {count}, as with --batch-size {count} on one device."
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
