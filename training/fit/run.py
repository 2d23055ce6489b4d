"""The training of a stage, from its data to its best part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from lightning.fabric.wrappers import _FabricOptimizer

from gac_core.errors import RequestError
from gac_core.models.device import free_memory
from training.alone import alone
from training.data.dataset import PairDataset
from training.data.loaders import make_loader
from training.fit.average import Average
from training.fit.best import PART, recover
from training.fit.checkpoint import BEST, LAST, read_checkpoint, require_fresh
from training.fit.device import make_fabric
from training.fit.identity import Identity
from training.fit.loop import Loop, Parts
from training.fit.micro import MicroBatches
from training.fit.module import StageModule
from training.fit.optimiser import build_optimiser
from training.fit.report import Report
from training.fit.seeds import determinism
from training.fit.settings import FitSettings
from training.fit.step import Stepper
from training.fit.stopping import StopSignals
from training.fit.validation import Validator


@dataclass(frozen=True)
class FitResult:
    """What a training reached.

    Attributes:
        best: Folder of the part as it validated best.
        step: Optimiser step of the best; 0 is before training.
        steps: Steps that were done.
        scores: Means over the validation images, as in `part.json`: `stage`, `before`, `gain`.
        not_earned: In words, what the best makes worse than the stage before; empty if nothing.
    """

    best: Path
    step: int
    steps: int
    scores: dict[str, Any]
    not_earned: list[str]

    def told(self) -> str:
        """For the end of a command line's output."""
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
    """Train a stage; the module then holds what validated best.

    In `out` appear `last.ckpt` (where it stands), `best.ckpt` and `best/` (the part), `logs/` and
    `pictures/`. A validation comes before the first step, after each epoch or every `val_every`
    steps, and at the end.

    Args:
        module: What is trained.
        train_dataset: `training.data.PairDataset` of the training tiles, augmenting.
        val_dataset: The same of the validation tiles, not augmenting.
        settings: How.
        out: Folder for all that is written.
        resume: Go on from `last.ckpt`, if there is one.
        origin: What else must be the same for that, by section, JSON-ready: the settings
            (`training.fit.identity.sections`), and as `base` what identifies the frozen weights.

    Raises:
        RequestError: If the settings make no sense or are not those of the training to resume.
        OutputError: If `out` cannot be written, or holds a training that is not to be resumed.
        Stopped: If a person or the system stopped it; it can be resumed.
        NotANumber, DeviceError, SceneError: If it cannot go on, with what to do.
    """
    if not len(train_dataset) or not len(val_dataset):
        raise RequestError(
            f"There are {len(train_dataset)} pairs to train and {len(val_dataset)} to validate.",
            "Give more tiles, or other roles: each needs one tile at least.",
        )
    pairs = {"train": train_dataset, "val": val_dataset}
    with alone(out), determinism(settings.deterministic), StopSignals() as stop:
        if not resume:
            require_fresh(out)
        recover(out)
        return _fit(module, pairs, settings, out, stop, origin or {})


def _fit(
    module: StageModule,
    pairs: Mapping[str, PairDataset],
    settings: FitSettings,
    out: Path,
    stop: StopSignals,
    origin: Mapping[str, Any],
) -> FitResult:
    train_dataset = pairs["train"]
    batch = min(settings.batch_size * settings.grad_accum_steps, len(train_dataset))
    loader = make_loader(
        train_dataset, batch_size=batch, workers=settings.workers, shuffle=True, seed=settings.seed
    )
    held = make_loader(
        pairs["val"],
        batch_size=settings.batch_size,
        workers=settings.workers,
        shuffle=False,
        seed=settings.seed,
    )
    batches = len(train_dataset) // batch
    steps = settings.epochs * batches
    identity = Identity.of(settings, module.stage, pairs, batch, steps, origin)
    last = out / LAST
    checkpoint = read_checkpoint(last) if last.exists() else None
    step = 0
    if checkpoint is not None:
        identity.require(checkpoint["identity"])
        step = checkpoint["progress"]["step"]
    report = Report(out, identity.steps, step)
    try:
        fabric = make_fabric(settings, report.say)
        module.to(fabric.device)
        free_memory()  # What 8-bit weights were before.
        trained = module.trained()
        optimiser = build_optimiser(trained.values(), settings, fabric.device)
        wrapped = cast(_FabricOptimizer, fabric.setup_optimizers(optimiser))
        micro = MicroBatches(min(settings.batch_size, batch), report.say)
        parts = Parts(
            module=module,
            fabric=fabric,
            optimiser=wrapped,
            average=Average(trained, settings.ema),
            stepper=Stepper(module, fabric, wrapped, settings, micro),
            validator=Validator(
                module, fabric, held, micro, stop, settings.seed, settings.pictures
            ),
            micro=micro,
            loader=loader,
            report=report,
            stop=stop,
        )
        loop = Loop(parts, settings, identity, batches, out)
        if checkpoint is not None:
            loop.restore(checkpoint)
            report.say(f"Going on at step {step} of {identity.steps}.")
        loop.run()
        return _result(module, out, loop.progress.step)
    finally:
        report.close()


def _result(module: StageModule, out: Path, steps: int) -> FitResult:
    best = read_checkpoint(out / BEST)
    module.load_trained_state(best["trained"])
    scores = best["scores"]
    return FitResult(out / PART, best["step"], steps, scores, scores["not earned"])
