"""Stage-3 training from data to part: opt_v2 images, training, choice of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.bundles.part import base_of, read_part
from gac_core.networks.device import choose_device, free_memory
from gac_core.networks.loading import Models
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
