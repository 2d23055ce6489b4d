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
from gac_core.networks.bridge import Bridge
from gac_core.networks.device import choose_device, free_memory
from gac_core.networks.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.generate import Generate
from gac_core.stages.ground import Ground
from gac_core.stages.refine import Refine
from gac_core.tiling.arrays import run_stage
from training.console import Countdown
from training.data.dataset import PairDataset, collate, endless, make_loader
from training.data.pair import Pair, PairSource, spread
from training.data.stage1_outputs import Stage1Outputs, begin, keep
from training.distributed import current
from training.fit import FitResult, fit
from training.fit.checkpoint import replace_part, sections
from training.fit.module import Batch
from training.scores.gains import Gains, Scores, real_cfog, score_against
from training.sections import OF_EACH_PAIR, Stage3Config
from training.stage3.adversary import known
from training.stage3.critic_training import train_critic
from training.stage3.module import GroundModule
from training.stage3.prepare import prepare, regressor_of, ungrounded

_BANDS = list(OUTPUT_INDEX)
STEPS = (1, 2, 4)
"""Tried if the settings do not say: one step gives the mean of the images that agree with the
inputs, more steps a single such image."""


def compute_shown(
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
    names, team = source.names, current()

    def look() -> list[int]:
        outputs = begin(folder, about)
        return [index for index in indices if not outputs.has(names[index])]

    # One rank decides what is missing: others may already be writing images.
    missing = team.share(team.from_lead(look))
    with Countdown("Images of stage 2", len(missing), "images", silent=not team.lead) as progress:
        for index in missing:
            pair = source.read(index)
            keep(folder, pair.name, _refined(models, pair, stage1, timesteps))
            progress.advance()
    team.agree(None)
    return Stage1Outputs(folder)


def _refined(models: Models, pair: Pair, stage1: Stage1Outputs | None, timesteps: int) -> Array:
    """Return opt_v2 (12, H, W) DN of a pair."""
    window, images = models.bundle.window, {"s1": pair.s1}
    if stage1 is not None:
        images["opt_v1"] = stage1.read_for(pair.name, pair.s1)
    else:
        generate = Generate(models, pair.modality, 0, timesteps, _nothing)
        images["opt_v1"] = run_stage(generate, window, images)
    refine = Refine(models, pair.modality, pair.month, pair.biome, pair.place, _nothing)
    return run_stage(refine, window, images)


def _nothing() -> None:
    """Never cancel: an interrupted training resumes with the next image."""


@dataclass(frozen=True)
class Crossing:
    """A number of bridge steps and its gains on the validation images."""

    steps: int
    gains: Gains

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for the card."""
        scores = self.gains.to_dict()
        return {"steps": self.steps, **{key: scores[key] for key in ("gain", "error", "worth")}}


class Trial:
    """Validation images for comparing numbers of bridge steps.

    Args:
        models: Networks with the adapted TerraMind.
        bridge: Bridge trained with it.
        source: The pairs.
        indices: Indices of the pairs to use; all images are kept in memory.
        shown: opt_v2 of the pairs.
    """

    def __init__(
        self,
        models: Models,
        bridge: Bridge,
        source: PairSource,
        indices: Sequence[int],
        shown: Stage1Outputs,
    ) -> None:
        self._models = models
        self._bridge = bridge
        self._pairs = [source.read(index) for index in indices]
        self._shown = [shown.read(pair.name) for pair in self._pairs]
        self._levels = [real_cfog(pair.s1, pair.s2[_BANDS]) for pair in self._pairs]
        self._before = self._scores([image[_BANDS] for image in self._shown])

    def cross(self, steps: int) -> Crossing:
        """Return the gains for a number of steps."""
        images = []
        with Countdown("Trying", len(self._pairs), "images", brief=True) as progress:
            for pair, opt_v2 in zip(self._pairs, self._shown, strict=True):
                images.append(grounded(self._models, self._bridge, pair, opt_v2, steps))
                progress.advance()
        return Crossing(steps, Gains.of(3, self._before, self._scores(images)))

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
        tried: All trials.
        step: Optimiser step of the best state; 0 is before training.
        steps: Optimiser steps done.
    """

    best: Path
    chosen: Crossing
    tried: list[Crossing]
    step: int
    steps: int

    def told(self) -> str:
        """Return the summary for the end of a command line's output."""
        gains = self.chosen.gains
        numbers = " and ".join(str(one.steps) for one in self.tried)
        lines = [
            f"Best at step {self.step} of {self.steps}: {self.best}",
            f"Steps of a crossing: {self.chosen.steps}, of {numbers} that were tried",
            f"Gains over opt_v2: {gains.line()}",
        ]
        return "\n".join(lines + [f"Not earned: {text}." for text in gains.not_earned])


def grounded(models: Models, bridge: Bridge, pair: Pair, opt_v2: Array, steps: int) -> Array:
    """Return opt_v3 (4, H, W) DN of a pair, as a run computes it.

    Args:
        models: Networks with the adapted TerraMind.
        bridge: Bridge trained with it.
        pair: Its radar and modality are used.
        opt_v2: (12, H, W) DN.
        steps: Number of bridge steps.
    """
    stage = Ground(models, bridge, pair.modality, 0, steps, _no_progress)
    return run_stage(stage, models.bundle.window, {"s1": pair.s1, "opt_v2": opt_v2})


def best(tried: Sequence[Crossing]) -> Crossing:
    """Return the trial with the highest rank, the first of equals."""
    return max(tried, key=lambda crossing: crossing.gains.rank)


def _no_progress() -> None:
    """Never cancel."""


@dataclass(frozen=True)
class Places:
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
        places: Training and validation pairs.
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
        places: Places,
        config: Stage3Config,
        out: Path,
        *,
        resume: bool,
        about: dict[str, Any],
        say: Callable[[str], None] = print,
    ) -> None:
        self.bundle = ungrounded(bundle)
        self.library = library
        self.places = places
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
        opt_v2 = self._shown(stage1)
        module = prepare(self.bundle, self.library, self.config, self._base, self._about)
        if module.loss.regressor is None and self.config.loss.cycle > 0:
            self._say(
                "No regressor was given: stage 3 trains without the loss's part cycle. "
                "training.train_cycle makes one, and --cycle names it."
            )
        result = self._fit(module, opt_v2)
        free_memory()
        team = current()
        trials = team.from_lead(lambda: self._try(module, opt_v2))
        chosen = best(trials)
        module.steps = chosen.steps
        team.from_lead(lambda: self._train_critic(module, opt_v2))
        team.from_lead(lambda: self._write(module, result, chosen, trials))
        return GroundResult(result.best, chosen, trials, result.step, result.steps)

    def _shown(self, stage1: Stage1Outputs | None) -> Stage1Outputs:
        own, places = self.config.stage3, self.places
        device = choose_device(self.config.fit.device)
        about = {
            "what": "opt_v2, for stage 3",
            "base": self._base,
            "stage1": {"timesteps": own.stage1_timesteps} if stage1 is None else stage1.about,
            "modality": own.modality or OF_EACH_PAIR,
        }
        models = Models(self.bundle, self.library, device)
        opt_v2 = compute_shown(
            models,
            places.source,
            [*places.train, *places.val],
            self.out / "shown",
            stage1,
            about,
            timesteps=own.stage1_timesteps,
        )
        del models
        free_memory()
        return opt_v2

    def _fit(self, module: GroundModule, shown: Stage1Outputs) -> FitResult:
        places, settings = self.places, self.config.fit
        sets = [
            PairDataset(
                places.source,
                indices,
                crop=places.crop,
                augment=augment,
                seed=settings.seed,
                stage1=shown,
            )
            for indices, augment in ((places.train, True), (places.val, False))
        ]
        self._say(f"Training on {len(places.train)} pairs, {len(places.val)} validate.")
        return fit(module, sets[0], sets[1], settings, self.out, self._resume, self._origin())

    def _origin(self) -> dict[str, Any]:
        """Return the fingerprint that a resumed training must match."""
        cycle = None if self._regressor is None else self._regressor.sha256
        return {**sections(self.config), "base": {**self._base, "cycle": cycle}}

    def _try(self, module: GroundModule, shown: Stage1Outputs) -> list[Crossing]:
        own, places, models = self.config.stage3, self.places, module.models
        models.device = next(module.bridge.parameters()).device
        module.eval()
        indices = spread(places.val, own.judged)
        trial = Trial(models, module.bridge, places.source, indices, shown)
        trials = []
        for steps in STEPS if own.steps is None else (own.steps,):
            trials.append(trial.cross(steps))
            self._say(f"steps {steps}: {trials[-1].gains.line()}")
        return trials

    def _train_critic(self, module: GroundModule, shown: Stage1Outputs) -> None:
        """Train the critic with the bridge frozen, then calibrate it on validation images."""
        places, adversary = self.places, module.adversary
        if adversary is None:
            return
        torch.manual_seed(self.config.fit.seed)
        critic, pieces = self.config.critic, self.config.fit.grad_accum_steps
        windows = (module.judged(batch) for batch in self._batches(shown, module.models.device))
        train_critic(adversary, windows, critic.steps, critic.lr, pieces)
        indices = spread(places.val, self.config.stage3.judged)
        dataset = PairDataset(places.source, indices, crop=places.crop, augment=False, seed=0)
        batches = (collate([dataset[i]]) for i in range(len(dataset)))
        adversary.calibrate(
            (b["s2"][:, OUTPUT_INDEX], b["s1"], b["modality"], known(b)) for b in batches
        )

    def _batches(self, shown: Stage1Outputs, device: torch.device) -> Iterator[Batch]:
        """Yield training batches endlessly."""
        places, settings = self.places, self.config.fit
        windows = PairDataset(
            places.source,
            places.train,
            crop=places.crop,
            augment=True,
            seed=settings.seed + 1,
            stage1=shown,
        )
        size = min(settings.batch_size, len(windows))
        loader = make_loader(windows, batch_size=size, workers=0, shuffle=True, seed=settings.seed)
        for batch in endless(loader):
            yield {
                name: value.to(device) if isinstance(value, torch.Tensor) else value
                for name, value in batch.items()
            }

    def _write(
        self, module: GroundModule, result: FitResult, chosen: Crossing, tried: list[Crossing]
    ) -> None:
        """Rewrite the part with its critic, its number of steps and the trials."""
        training = dict(read_part(result.best).training)
        training["tried"] = [crossing.to_dict() for crossing in tried]
        replace_part(module, self.out, training, chosen.gains.to_dict())
