"""Stage 3's training from its data to its part: shown images, adapter, ways, answers, fusion."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import nn

from gac_core.models.bundle import Bundle
from gac_core.models.device import choose_device, free_memory
from gac_core.models.hashes import sha256
from gac_core.models.library import Library
from gac_core.models.lineage import base_of
from gac_core.models.loading import Models
from training.data.dataset import PairDataset
from training.data.stage1 import Answered, Stage1Outputs
from training.fit import FitResult, FitSettings, StageModule, fit
from training.fit.identity import sections
from training.launch import current
from training.losses.ground import GroundLoss
from training.sections import OF_EACH_PAIR, Stage3Config
from training.stage3.adapt import ungrounded
from training.stage3.codes import codes_file
from training.stage3.fusion import FusionModule, FusionShape
from training.stage3.module import Use
from training.stage3.part import ADAPTER, write_grounding_part
from training.stage3.places import Places
from training.stage3.prepare import prepare, regressor_of
from training.stage3.shown import compute_answers, compute_shown
from training.stage3.ways import (
    RESIDUALS,
    STRENGTHS,
    GroundResult,
    Trial,
    Way,
    best,
    spread,
)

BEST = "best"


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
        own, fusion = self.config.stage3, self.config.fusion
        models, use, adapter = self._train_adapter(shown)
        strengths = STRENGTHS if own.strength is None else (own.strength,)
        residuals = RESIDUALS if own.residual is None else (own.residual,)
        team = current()

        @cache
        def trial() -> Trial:
            return Trial(models, self.places.source, spread(self.places.val, own.judged), shown)

        ways = team.from_lead(lambda: trial().plain(use, strengths, residuals, self._say))
        # What was asked for is done; whether it earns its place, the part says.
        chosen, network = best(ways[1:] if own.fixed else ways), None
        if fusion.enabled:
            module = self._train_fusion(models, adapter, chosen.use, shown)
            trained = module.network
            fused = team.from_lead(
                lambda: trial().fused(chosen.use, trained, fusion.detail, self._say)
            )
            ways.append(fused)
            if fused.gains.rank > chosen.gains.rank:
                chosen, network = fused, trained
        team.from_lead(lambda: self._write(adapter, chosen, network, ways))
        return GroundResult(self.out / BEST, chosen, ways)

    def _shown(self, stage1: Stage1Outputs | None) -> Stage1Outputs:
        own, places = self.config.stage3, self.places
        device = choose_device(self.config.fit.device)
        about = {
            "what": "opt_v1 with opt_v2's bands, for stage 3",
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

    def _train_adapter(self, shown: Stage1Outputs) -> tuple[Models, Use, Path]:
        """The networks with the trained adapter, how they validated, and its part's folder."""
        module = prepare(self.bundle, self.library, self.config, self._base)
        if module.codes is None and self.config.loss.tokens > 0:
            self._say(
                "The bundle has no encoder of real images: stage 3 trains without the "
                "cross-entropy of tokens. --codes names one."
            )
        if self._regressor is None and self.config.loss.cycle > 0:
            self._say(
                "No regressor was given: stage 3 trains without the loss's part cycle. "
                "training.train_cycle makes one, and --cycle names it."
            )
        result = self._fit(module, self.config.fit, shown, "adapter")
        module.codes = None
        free_memory()
        module.models.device = next(module.parameters()).device
        return module.models, module.use, result.best

    def _train_fusion(
        self, models: Models, adapter: Path, use: Use, shown: Stage1Outputs
    ) -> FusionModule:
        config, places = self.config, self.places
        about = {
            "what": "answers of stage 3, for its fusion",
            "base": self._base,
            "adapter": sha256(adapter / ADAPTER / "adapter_model.safetensors"),
            "strength": use.strength,
            "timesteps": use.timesteps,
            "modality": config.stage3.modality or OF_EACH_PAIR,
            "shown": shown.about,
            # No part of an answer, but of what the network learns from it: resumed with another
            # share, or kept to other detail, it would be neither the old one nor the new.
            "fusion": {"residual": use.residual, "detail": config.fusion.detail},
        }
        folder = self.out / "answers"
        models.fusion = None
        compute_answers(
            models,
            places.source,
            [*places.train, *places.val],
            folder,
            shown,
            about,
            use=use,
        )
        torch.manual_seed(config.fit.seed)
        own = config.fusion
        loss = GroundLoss(replace(config.loss, tokens=0.0), self._regressor)
        shape = FusionShape(own.width, own.depth)
        module = FusionModule(shape, loss, use, own.detail, adapter / ADAPTER, self._base)
        both = Answered(self.out / "shown", folder)
        self._fit(module, config.fusion_fit, both, "fusion")
        return module

    def _fit(
        self, module: StageModule, settings: FitSettings, images: Stage1Outputs, name: str
    ) -> FitResult:
        places = self.places
        sets = [
            PairDataset(
                places.source,
                indices,
                crop=places.crop,
                augment=augment,
                seed=settings.seed,
                stage1=images,
            )
            for indices, augment in ((places.train, True), (places.val, False))
        ]
        self._say(f"Training of the {name}: {len(places.train)} pairs, {len(places.val)} validate.")
        out = self.out / name
        return fit(module, sets[0], sets[1], settings, out, self._resume, self._origin())

    def _origin(self) -> dict[str, Any]:
        """What must be the same for either training to be resumed: config.yaml tells of both."""
        codes, config = None, self.config
        if config.loss.tokens > 0:
            codes = sha256(codes_file(self.bundle, self.library, config.stage3.codes_file))
        cycle = None if self._regressor is None else self._regressor.sha256
        return {**sections(config), "base": {**self._base, "codes": codes, "cycle": cycle}}

    def _write(
        self, adapter: Path, chosen: Way, network: nn.Module | None, ways: list[Way]
    ) -> None:
        """Write the part, in the place of one of an earlier call."""
        own = self.config.fusion
        new, place = self.out / f".{BEST}.new", self.out / BEST
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        fusion = None
        if network is not None:
            fusion = (network, FusionShape(own.width, own.depth).to_dict(), own.detail)
        use = {"strength": chosen.use.strength, "residual": chosen.use.residual}
        training = {**self._about, "tried": [way.to_dict() for way in ways]}
        scores = {
            "what": "Mean gains over opt_v2 on validation images, positive where opt_v3 is better.",
            **chosen.to_dict(),
            "not earned": chosen.not_earned,
        }
        write_grounding_part(new, adapter / ADAPTER, use, self._base, training, scores, fusion)
        shutil.rmtree(place, ignore_errors=True)
        new.rename(place)
