"""Stage 3's fusion network as a module that `training.fit` trains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from gac_core.bands import OUTPUT_BANDS, OUTPUT_INDEX, S2_BANDS
from gac_core.models.convnext import ResidualConvNeXt
from gac_core.models.fusion import fuse_images, standardise_output
from gac_core.models.terramind import standardise_radar
from training.fit.module import Batch, StageModule
from training.losses.ground import GroundLoss
from training.losses.masks import Tally
from training.stage3.module import Use, known
from training.stage3.part import write_grounding_part

SEEN = 2 + 2 * len(OUTPUT_BANDS)
"""Channels that the network sees: radar, opt_v2, answer."""


@dataclass(frozen=True)
class FusionShape:
    """Size of the network, as a card gives it.

    Attributes:
        width: Channels inside.
        depth: ConvNeXt blocks.
        in_channels: What it sees.
        out_channels: What it corrects.
    """

    width: int = 32
    depth: int = 4
    in_channels: int = SEEN
    out_channels: int = len(OUTPUT_BANDS)

    def to_dict(self) -> dict[str, int]:
        """JSON-ready values."""
        return asdict(self)


class FusionModule(StageModule):
    """A network that sees radar, opt_v2 and TerraMind's answer, and corrects what comes of them.

    It starts as no correction at all. A batch's `opt_v1` has 16 bands: what stage 3 is shown, and
    the answer's four (`training.stage3.answers`).

    Args:
        shape: The network's size.
        loss: What opt_v3 is judged by.
        use: How the answers were made; its residual share is what the network corrects.
        detail: Keeps corrections to detail, in pixels (sigma); None: does not.
        adapter: Folder of the adapter that answered.
        base: What the training builds upon, for the part's card.
    """

    stage = 3

    def __init__(
        self,
        shape: FusionShape,
        loss: GroundLoss,
        use: Use,
        detail: float | None,
        adapter: Path,
        base: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.network = ResidualConvNeXt(**shape.to_dict())
        self.shape = shape
        self.loss = loss
        self.use = use
        self.detail = detail
        self._adapter = adapter
        self._base = dict(base or {})

    def losses(self, batch: Batch) -> dict[str, Tally]:
        """Return the weighted parts of the loss of opt_v3."""
        return self.loss(
            self._fused(batch),
            batch["s2"][:, OUTPUT_INDEX],
            self.before(batch),
            batch["s1"],
            known(batch),
        )

    def counts(self, batch: Batch) -> dict[str, Tensor]:
        """Return the counts of the same parts."""
        target = batch["s2"][:, OUTPUT_INDEX]
        return self.loss.counts(target, self.before(batch), batch["s1"], known(batch))

    def _fused(self, batch: Batch) -> Tensor:
        radar = standardise_radar(batch["s1"], batch["modality"])
        answer = standardise_output(batch["opt_v1"][:, len(S2_BANDS) :])
        before = self.before(batch)
        found = fuse_images(radar, before, answer, self.use.residual, self.network, self.detail)
        return found.float()

    @torch.no_grad()
    def predict(self, batch: Batch) -> Tensor:
        """opt_v3 (B, 4, H, W) DN, as a run computes it."""
        return self._fused(batch)

    def before(self, batch: Batch) -> Tensor:
        """What opt_v3 has to beat: opt_v2 (B, 4, H, W) DN."""
        return batch["opt_v1"][:, OUTPUT_INDEX]

    def save_part(self, folder: Path, training: dict[str, Any], scores: dict[str, Any]) -> None:
        """Write adapter, network and their card section into a folder."""
        use = {"strength": self.use.strength, "residual": self.use.residual}
        fusion = (self.network, self.shape.to_dict(), self.detail)
        write_grounding_part(folder, self._adapter, use, self._base, training, scores, fusion)
