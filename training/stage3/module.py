"""Stage 3's adapter as a module that `training.fit` trains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from torch import Tensor

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.grid import TOKEN
from gac_core.models.fusion import fuse_images
from gac_core.models.loading import Models
from gac_core.models.terramind import (
    destandardise_optical,
    standardise_optical,
    standardise_radar,
    token_logits,
    without_offset,
)
from gac_core.stages.terramind import TerraMindStage
from training.fit.module import Batch, StageModule
from training.losses.ground import GroundLoss
from training.losses.masks import Tally
from training.losses.tokens import UNKNOWN
from training.stage3.codes import CodesOf
from training.stage3.part import write_grounding_part
from training.stage3.straight import straight_through


@dataclass(frozen=True)
class Use:
    """How TerraMind's answer is asked for and used while the adapter validates.

    Attributes:
        timesteps: Diffusion steps of an answer.
        strength: How far opt_v2 is noised before it is decoded again (SDEdit); 1: pure noise.
        residual: Share of the way from opt_v2 to the answer.
    """

    timesteps: int = 8
    strength: float = 1.0
    residual: float = 1.0


class GroundModule(StageModule):
    """TerraMind with an adapter, learning to answer radar and opt_v2 with the real image.

    A batch's `opt_v1` is what stage 3 is shown (`training.stage3.shown`): opt_v1 whose four bands
    that users see are opt_v2's.

    Args:
        models: The networks, TerraMind adapted.
        adapter: peft's handle on the adapter.
        loss: What answers are judged by.
        codes: The tokens of real images; None: no cross-entropy of tokens.
        use: How answers are made and used in validation.
        base: What the training builds upon (`gac_core.models.part.base_of`), for the part's card.
    """

    stage = 3

    def __init__(
        self,
        models: Models,
        adapter: PeftModel,
        loss: GroundLoss,
        codes: CodesOf | None,
        use: Use,
        base: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.terramind = models.terramind.model
        self.loss = loss
        self.codes = codes
        self.use = use
        self.models = models
        self._adapter = adapter
        self._base = dict(base or {})

    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the weighted parts of the loss: of the tokens, and of the picture they give.

        The picture takes one step of the tokenizer's decoder, from pure noise: the gradient of a
        whole diffusion would need as many times the memory.
        """
        shown = batch["opt_v1"]
        logits = self._logits(batch, shown)
        picture = self._picture(logits, shown)
        wanted = None if self.codes is None else self._wanted(batch, self.codes)
        return self.loss(
            destandardise_optical(picture.float(), self.models.bundle.offset)[:, OUTPUT_INDEX],
            batch["s2"][:, OUTPUT_INDEX],
            self.before(batch),
            batch["s1"],
            known(batch),
            None if wanted is None else logits,
            wanted,
        )

    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the counts of the same parts; no code is computed to count them."""
        codes = None
        if self.codes is not None:
            size = batch["s2"].shape[-2] // TOKEN, batch["s2"].shape[-1] // TOKEN
            codes = _trusted(batch, torch.zeros((len(batch["s2"]), *size)).to(batch["s2"].device))
        target = batch["s2"][:, OUTPUT_INDEX]
        return self.loss.counts(target, self.before(batch), batch["s1"], known(batch), codes)

    def _logits(self, batch: Batch, shown: Tensor) -> Tensor:
        radar = standardise_radar(batch["s1"], batch["modality"])
        optical = standardise_optical(shown, self.models.bundle.offset)
        return token_logits(self.terramind, radar, batch["modality"], optical)

    def _picture(self, logits: Tensor, like: Tensor) -> Tensor:
        """Standardised image (B, 12, H, W) of the tokens, with gradient to their logits."""
        tokenizer: Any = self.models.terramind.tokenizer
        grid = like.shape[-2] // TOKEN, like.shape[-1] // TOKEN
        codes = straight_through(logits, tokenizer.quantize.codebook, grid)
        last = tokenizer.noise_scheduler.config.num_train_timesteps - 1
        # Drawn on the CPU, so that one seed gives one training whatever computes it.
        noise = torch.randn(like.shape).to(like.device)
        image: Tensor = tokenizer.decoder(noise, torch.tensor(last, device=like.device), codes)
        return image

    def _wanted(self, batch: Batch, codes: CodesOf) -> Tensor:
        """Tokens (B, h, w) of the real images; `UNKNOWN` in those that lack bands."""
        return _trusted(batch, codes(batch["s2"]).long())

    @torch.no_grad()
    def predict(self, batch: Batch) -> Tensor:
        """opt_v3 without fusion (B, 4, H, W) DN, as a run computes it."""
        answer = self.answer(batch)[:, OUTPUT_INDEX]
        radar = standardise_radar(batch["s1"], batch["modality"])
        return fuse_images(radar, self.before(batch), answer, self.use.residual)

    @torch.no_grad()
    def answer(self, batch: Batch) -> Tensor:
        """TerraMind's answer (B, 12, H, W), standardised, without the base's offset.

        Every image gets the same noise, so that an answer depends on no other in its batch.
        """
        radar = standardise_radar(batch["s1"], batch["modality"])
        count, _, height, width = radar.shape
        drawn = torch.Generator().manual_seed(0)
        noise = torch.randn((1, len(S2_BANDS), height, width), generator=drawn)
        uniform = torch.rand((1, height // TOKEN, width // TOKEN), generator=drawn)
        stage = TerraMindStage(self.models, batch["modality"], 0, self.use.timesteps, _nothing)
        found: Tensor = stage.answer(
            radar,
            noise.to(radar.device).expand(count, -1, -1, -1),
            uniform.to(radar.device).expand(count, -1, -1),
            standardise_optical(batch["opt_v1"], stage.offset),
            self.use.strength,
        )
        return without_offset(found.float(), stage.offset)

    def before(self, batch: Batch) -> Tensor:
        """What opt_v3 has to beat: opt_v2 (B, 4, H, W) DN."""
        return batch["opt_v1"][:, OUTPUT_INDEX]

    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write the adapter and its card section into a folder."""
        use = {"strength": self.use.strength, "residual": self.use.residual}
        write_grounding_part(folder, self._adapter, use, self._base, training, scores)


def known(batch: Batch) -> Tensor:
    """Where the real image is known: (B, 4, H, W) bool, bands that a sample lacks left out."""
    bands = batch["bands"][:, OUTPUT_INDEX]
    return batch["valid"][:, None] & bands[:, :, None, None]


def _trusted(batch: Batch, codes: Tensor) -> Tensor:
    """Codes (B, h, w), `UNKNOWN` in samples that lack bands."""
    complete = batch["bands"].all(dim=1).view(-1, 1, 1)
    return torch.where(complete, codes, torch.full_like(codes, UNKNOWN))


def _nothing() -> None:
    """Nobody cancels an answer in training."""
