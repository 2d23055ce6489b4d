"""Stage-3 training from data to part: opt_v2 images, training, choice of steps.

Stored in the format of stage-1 outputs (`training.data.stage1_outputs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of, read_part
from gac_core.contract.message import Message
from gac_core.networks.bridge import Bridge
from gac_core.networks.device import choose_device, free_memory
from gac_core.networks.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.generate import Generate
from gac_core.stages.ground import Ground
from gac_core.stages.refine import Refine
from gac_core.tiling.arrays import run_stage
from training.console import ProgressReport
from training.data.dataset import PairDataset, collate, endless, make_loader
from training.data.pair import Pair, PairSource, evenly_spread
from training.data.references import References
from training.data.stage1_outputs import Stage1Outputs, open_or_create, write_image
from training.fit import FitResult, fit
from training.fit.checkpoint import replace_part, sections
from training.fit.stage_module import Batch
from training.processes import current_team
from training.scores.gains import Gains, Scores, real_cfog, score_against
from training.sections import OF_EACH_PAIR, Stage3Config
from training.stage3.adversary import known_pixels, train_critic
from training.stage3.ground_module import GroundModule, prepare, regressor_of, without_stage3

_BANDS = list(OUTPUT_INDEX)
NO_REGRESSOR = Message(
    "No regressor was given: stage 3 trains without the loss's part cycle. training.train_cycle "
    "makes one, and --cycle names it."
)
STEPS = (1, 2, 4)
"""Tried if the settings do not say: one step gives the mean of the images that agree with the
inputs, more steps a single such image."""


def compute_opt_v2(
    models: Models,
    source: PairSource,
    indices: Sequence[int],
    folder: Path,
    stage1: Stage1Outputs | None,
    about: dict[str, Any],
    *,
    timesteps: int,
) -> Stage1Outputs:
    """Compute the missing opt_v2 images of a folder.

    Args:
        models: Networks of stages 1 and 2.
        source: The pairs.
        indices: Indices of the pairs needed.
        folder: Folder of the images.
        stage1: Precomputed opt_v1; None: it is computed.
        about: Identity of models and settings; a folder holds images of one kind.
        timesteps: Diffusion steps of stage 1.

    Raises:
        DataError: If the folder holds images of other settings, or the stage-1 outputs lack a pair.
    """
    names, team = source.names, current_team()

    def look() -> list[int]:
        outputs = open_or_create(folder, about)
        return [index for index in indices if not outputs.has(names[index])]

    # One rank decides what is missing: others may already be writing images.
    missing = team.shard(team.broadcast_from_lead(look))
    with ProgressReport(
        "Images of stage 2", len(missing), "images", silent=not team.is_lead
    ) as progress:
        for index in missing:
            pair = source.read(index)
            write_image(folder, pair.name, _refined(models, pair, stage1, timesteps))
            progress.advance()
    team.all_gather(None)
    return Stage1Outputs(folder)


def _refined(models: Models, pair: Pair, stage1: Stage1Outputs | None, timesteps: int) -> Array:
    """Return opt_v2 (12, H, W) DN of a pair."""
    window, images = models.bundle.window, {"s1": pair.s1}
    if stage1 is not None:
        images["opt_v1"] = stage1.read_for(pair.name, pair.s1)
    else:
        generate = Generate(models, pair.modality, 0, timesteps, _never_cancel)
        images["opt_v1"] = run_stage(generate, window, images)
    refine = Refine(models, pair.modality, pair.month, pair.biome, pair.place, _never_cancel)
    return run_stage(refine, window, images)


def _never_cancel() -> None:
    """Never cancel: an interrupted training resumes with the next image."""


@dataclass(frozen=True)
class StepTrial:
    """A number of bridge steps and its gains on the validation images."""

    steps: int
    gains: Gains

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for the card."""
        scores = self.gains.to_dict()
        return {"steps": self.steps, **{key: scores[key] for key in ("gain", "error", "worth")}}


class StepComparison:
    """Validation images for comparing numbers of bridge steps.

    Args:
        models: Networks with the adapted TerraMind.
        bridge: Bridge trained with it.
        source: The pairs.
        indices: Indices of the pairs to use; all images are kept in memory.
        opt_v2: opt_v2 of the pairs.
    """

    def __init__(
        self,
        models: Models,
        bridge: Bridge,
        source: PairSource,
        indices: Sequence[int],
        opt_v2: Stage1Outputs,
    ) -> None:
        self._models = models
        self._bridge = bridge
        self._pairs = [source.read(index) for index in indices]
        self._opt_v2 = [opt_v2.read(pair.name) for pair in self._pairs]
        self._levels = [real_cfog(pair.s1, pair.s2[_BANDS]) for pair in self._pairs]
        self._before = self._scores([image[_BANDS] for image in self._opt_v2])

    def run(self, steps: int) -> StepTrial:
        """Return the gains for a number of steps."""
        images = []
        with ProgressReport("Trying", len(self._pairs), "images", brief=True) as progress:
            for pair, opt_v2 in zip(self._pairs, self._opt_v2, strict=True):
                images.append(compute_opt_v3(self._models, self._bridge, pair, opt_v2, steps))
                progress.advance()
        return StepTrial(steps, Gains.of(3, self._before, self._scores(images)))

    def _scores(self, images: list[Array]) -> list[Scores]:
        return [
            score_against(pair.s1, image, pair.s2[_BANDS], level)
            for pair, image, level in zip(self._pairs, images, self._levels, strict=True)
        ]


@dataclass(frozen=True)
class GroundResult:
    """Result of a stage-3 training.

    Attributes:
        best: Folder of the part.
        chosen: The number of steps chosen.
        trials: All trials.
        step: Optimiser step of the best state; 0 is before training.
        steps: Optimiser steps done.
    """

    best: Path
    chosen: StepTrial
    trials: list[StepTrial]
    step: int
    steps: int

    def summary(self) -> str:
        """Return the summary for the end of a command line's output."""
        gains = self.chosen.gains
        numbers = " and ".join(str(one.steps) for one in self.trials)
        lines = [
            f"Best at step {self.step} of {self.steps}: {self.best}",
            f"Steps of a crossing: {self.chosen.steps}, of {numbers} that were tried",
            f"Gains over opt_v2: {gains.line()}",
        ]
        return "\n".join(lines + [f"Not earned: {text}." for text in gains.not_earned])


def compute_opt_v3(models: Models, bridge: Bridge, pair: Pair, opt_v2: Array, steps: int) -> Array:
    """Return opt_v3 (4, H, W) DN of a pair, as a run computes it.

    Args:
        models: Networks with the adapted TerraMind.
        bridge: Bridge trained with it.
        pair: Its radar and modality are used.
        opt_v2: (12, H, W) DN.
        steps: Number of bridge steps.
    """
    stage = Ground(models, bridge, pair.modality, 0, steps, _never_cancel)
    return run_stage(stage, models.bundle.window, {"s1": pair.s1, "opt_v2": opt_v2})


def best_trial(trials: Sequence[StepTrial]) -> StepTrial:
    """Return the trial with the highest rank, the first of equals."""
    return max(trials, key=lambda trial: trial.gains.rank)


@dataclass(frozen=True)
class TrainingPairs:
    """Training and validation pairs.

    Attributes:
        source: All pairs.
        train: Indices of the training pairs.
        val: Indices of the validation pairs.
        crop: Side of a sample in pixels; the bundle's tile size.
        history: Record for the part's card: tiles by role, places, warnings.
    """

    source: PairSource
    train: list[int]
    val: list[int]
    crop: int
    history: dict[str, Any] = field(default_factory=dict)


class Stage3Training:
    """A stage-3 training in its folder.

    Args:
        bundle: Bundle with the stage 2 that stage 3 builds on; its own stage 3 is ignored.
        library: Library with its weights.
        pairs: Training and validation pairs.
        config: Settings of the training.
        out: Output folder.
        resume: Resume the training in `out`.
        about: Training record for the part's card.
        say: Callback for progress messages.
    """

    def __init__(
        self,
        bundle: Bundle,
        library: Library,
        pairs: TrainingPairs,
        config: Stage3Config,
        out: Path,
        *,
        resume: bool,
        about: dict[str, Any],
        say: Callable[[str], None] = print,
    ) -> None:
        self.bundle = without_stage3(bundle)
        self.library = library
        self.pairs = pairs
        self.config = config
        self.out = out
        self._resume = resume
        self._about = about
        self._say = say
        self._base = base_of(self.bundle, library)
        self._regressor = regressor_of(config)

    def run(self, stage1: Stage1Outputs | None = None) -> GroundResult:
        """Run the training.

        Args:
            stage1: Precomputed opt_v1; None: it is computed.

        Raises:
            GacError: If it cannot continue; says what to do. `Stopped` if the user stopped it.
        """
        self._say(f"Loading {self.bundle.title} …")
        opt_v2 = self._compute_opt_v2(stage1)
        module = prepare(self.bundle, self.library, self.config, self._base, self._about)
        if module.loss.regressor is None and self.config.loss.cycle > 0:
            self._say(NO_REGRESSOR)
        result = self._fit(module, opt_v2)
        free_memory()
        team = current_team()
        trials = team.broadcast_from_lead(lambda: self._try(module, opt_v2))
        chosen = best_trial(trials)
        module.steps = chosen.steps
        team.broadcast_from_lead(lambda: self._train_critic(module, opt_v2))
        team.broadcast_from_lead(lambda: self._write(module, result, chosen, trials))
        return GroundResult(result.best, chosen, trials, result.step, result.steps)

    def _compute_opt_v2(self, stage1: Stage1Outputs | None) -> Stage1Outputs:
        own, pairs = self.config.stage3, self.pairs
        device = choose_device(self.config.fit.device)
        about = {
            "what": "opt_v2, for stage 3",
            "base": self._base,
            "stage1": {"timesteps": own.stage1_timesteps} if stage1 is None else stage1.about,
            "modality": own.modality or OF_EACH_PAIR,
        }
        models = Models(self.bundle, self.library, device)
        opt_v2 = compute_opt_v2(
            models,
            pairs.source,
            [*pairs.train, *pairs.val],
            self.out / "shown",
            stage1,
            about,
            timesteps=own.stage1_timesteps,
        )
        del models
        free_memory()
        return opt_v2

    def _fit(self, module: GroundModule, opt_v2: Stage1Outputs) -> FitResult:
        pairs, settings = self.pairs, self.config.fit
        clouds = self.config.clouds
        # Validation judges the images of runs without a reference.
        drawn = References(clouds, pairs.source, pairs.train) if clouds.are_used else None
        sets = [
            PairDataset(
                pairs.source,
                indices,
                crop=pairs.crop,
                augment=augment,
                seed=settings.seed,
                stage1=opt_v2,
                references=references,
            )
            for indices, augment, references in (
                (pairs.train, True, drawn),
                (pairs.val, False, None),
            )
        ]
        self._say(f"Training on {len(pairs.train)} pairs, {len(pairs.val)} validate.")
        return fit(module, sets[0], sets[1], settings, self.out, self._resume, self._origin())

    def _origin(self) -> dict[str, Any]:
        """Return the fingerprint that a resumed training must match."""
        cycle = None if self._regressor is None else self._regressor.sha256
        return {**sections(self.config), "base": {**self._base, "cycle": cycle}}

    def _try(self, module: GroundModule, opt_v2: Stage1Outputs) -> list[StepTrial]:
        own, pairs, models = self.config.stage3, self.pairs, module.models
        models.device = next(module.bridge.parameters()).device
        module.eval()
        indices = evenly_spread(pairs.val, own.judged)
        comparison = StepComparison(models, module.bridge, pairs.source, indices, opt_v2)
        trials = []
        for steps in STEPS if own.steps is None else (own.steps,):
            trials.append(comparison.run(steps))
            self._say(f"steps {steps}: {trials[-1].gains.line()}")
        return trials

    def _train_critic(self, module: GroundModule, opt_v2: Stage1Outputs) -> None:
        """Train the critic with the bridge frozen, then calibrate it on validation images."""
        pairs, adversary = self.pairs, module.adversary
        if adversary is None:
            return
        torch.manual_seed(self.config.fit.seed)
        critic, pieces = self.config.critic, self.config.fit.grad_accum_steps
        windows = (
            module.critic_windows(batch) for batch in self._batches(opt_v2, module.models.device)
        )
        train_critic(adversary, windows, critic.steps, critic.lr, pieces)
        indices = evenly_spread(pairs.val, self.config.stage3.judged)
        dataset = PairDataset(pairs.source, indices, crop=pairs.crop, augment=False, seed=0)
        batches = (collate([dataset[i]]) for i in range(len(dataset)))
        adversary.calibrate(
            (b["s2"][:, OUTPUT_INDEX], b["s1"], b["modality"], known_pixels(b)) for b in batches
        )

    def _batches(self, opt_v2: Stage1Outputs, device: torch.device) -> Iterator[Batch]:
        """Yield training batches endlessly."""
        pairs, settings = self.pairs, self.config.fit
        windows = PairDataset(
            pairs.source,
            pairs.train,
            crop=pairs.crop,
            augment=True,
            seed=settings.seed + 1,
            stage1=opt_v2,
        )
        size = min(settings.batch_size, len(windows))
        loader = make_loader(windows, batch_size=size, workers=0, shuffle=True, seed=settings.seed)
        for batch in endless(loader):
            yield {
                name: value.to(device) if isinstance(value, torch.Tensor) else value
                for name, value in batch.items()
            }

    def _write(
        self, module: GroundModule, result: FitResult, chosen: StepTrial, trials: list[StepTrial]
    ) -> None:
        """Rewrite the part with its critic, its number of steps and the trials."""
        training = dict(read_part(result.best).training)
        training["tried"] = [trial.to_dict() for trial in trials]
        replace_part(module, self.out, training, chosen.gains.to_dict())
