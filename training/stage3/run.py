"""Stage 3's training from its data to its part: images of stage 2, the training, its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.bundle import Bundle
from gac_core.models.device import choose_device, free_memory
from gac_core.models.library import Library
from gac_core.models.lineage import base_of
from gac_core.models.loading import Models
from gac_core.models.part import read_part
from training.data.dataset import PairDataset
from training.data.loaders import collate, endless, make_loader
from training.data.source import spread
from training.data.stage1 import Stage1Outputs
from training.fit import FitResult, fit
from training.fit.best import replace_part
from training.fit.identity import sections
from training.fit.module import Batch
from training.launch import current
from training.sections import OF_EACH_PAIR, Stage3Config
from training.stage3.adapt import ungrounded
from training.stage3.adversary import known
from training.stage3.critic_training import train_critic
from training.stage3.module import GroundModule
from training.stage3.places import Places
from training.stage3.prepare import prepare, regressor_of
from training.stage3.shown import compute_shown
from training.stage3.steps import STEPS, Crossing, GroundResult, Trial, best


class Stage3Training:
    """One training of stage 3 in one folder.

    Args:
        bundle: With the stage 2 that stage 3 follows; its own stage 3 is not used.
        library: Where weights are looked for.
        places: What is trained on.
        config: How.
        out: The folder.
        resume: Go on with what is in the folder.
        about: What the part's card tells of the training.
        say: Told how far it is.
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
        """Train.

        Args:
            stage1: opt_v1 where it was precomputed.

        Raises:
            GacError: If it cannot go on, with what to do; `Stopped` if it was asked to stop.
        """
        self._say(f"Loading {self.bundle.title} …")
        shown = self._shown(stage1)
        module = prepare(self.bundle, self.library, self.config, self._base, self._about)
        if module.loss.regressor is None and self.config.loss.cycle > 0:
            self._say(
                "No regressor was given: stage 3 trains without the loss's part cycle. "
                "training.train_cycle makes one, and --cycle names it."
            )
        result = self._fit(module, shown)
        free_memory()
        team = current()
        tried = team.from_lead(lambda: self._try(module, shown))
        chosen = best(tried)
        module.steps = chosen.steps
        team.from_lead(lambda: self._train_critic(module, shown))
        team.from_lead(lambda: self._write(module, result, chosen, tried))
        return GroundResult(result.best, chosen, tried, result.step, result.steps)

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
        shown = compute_shown(
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
        return shown

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
        """What must be the same for a training to be resumed."""
        cycle = None if self._regressor is None else self._regressor.sha256
        return {**sections(self.config), "base": {**self._base, "cycle": cycle}}

    def _try(self, module: GroundModule, shown: Stage1Outputs) -> list[Crossing]:
        own, places, models = self.config.stage3, self.places, module.models
        models.device = next(module.bridge.parameters()).device
        module.eval()
        indices = spread(places.val, own.judged)
        trial = Trial(models, module.bridge, places.source, indices, shown)
        tried = []
        for steps in STEPS if own.steps is None else (own.steps,):
            tried.append(trial.cross(steps))
            self._say(f"steps {steps}: {tried[-1].gains.line()}")
        return tried

    def _train_critic(self, module: GroundModule, shown: Stage1Outputs) -> None:
        """Train the critic on, the bridge at rest, and measure its scores of validation images."""
        places, adversary = self.places, module.adversary
        if adversary is None:
            return
        torch.manual_seed(self.config.fit.seed)
        critic, pieces = self.config.critic, self.config.fit.grad_accum_steps
        windows = (module.judged(batch) for batch in self._batches(shown, module.models.device))
        train_critic(adversary, windows, critic.steps, critic.lr, pieces)
        indices = spread(places.val, self.config.stage3.judged)
        held = PairDataset(places.source, indices, crop=places.crop, augment=False, seed=0)
        batches = (collate([held[i]]) for i in range(len(held)))
        adversary.calibrate(
            (b["s2"][:, OUTPUT_INDEX], b["s1"], b["modality"], known(b)) for b in batches
        )

    def _batches(self, shown: Stage1Outputs, device: torch.device) -> Iterator[Batch]:
        """Return training batches without end."""
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
        """Write the part anew, with its critic, its number of steps and what was tried."""
        training = dict(read_part(result.best).training)
        training["tried"] = [crossing.to_dict() for crossing in tried]
        replace_part(module, self.out, training, chosen.gains.to_dict())
