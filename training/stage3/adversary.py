"""Stage 3's adversary: a critic that learns, and what stage 3 is told by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from terratorch.models.backbones.terramind.model.terramind_generation import TerraMindGeneration
from torch import Tensor
from torch.func import functional_call
from torch.nn import functional

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.critic import QUANTILES, Critic, RadarView, image_features, radar_view
from training.fit.module import Batch
from training.losses.masks import Tally, known_tokens, tally

_OWN = 0.1
"""Weight of the critic's own loss: its optimiser does not mind, but all gradients together are
clipped by their norm, and the critic's is the largest."""

_MISMATCHES = 3
"""Ways in which a radar is made that of another place."""


class Adversary:
    """The two sides' losses, in one step.

    The critic's gradient comes from images without one, and stage 3's passes through a copy of the
    critic that does not learn: both are minimised by one optimiser.

    Args:
        critic: New or trained.
        model: TerraMind, whose encoder stays as it was pretrained.
        weight: Of what stage 3 is told.
        offset: The bundle's.
    """

    def __init__(
        self, critic: Critic, model: TerraMindGeneration, weight: float, offset: float = 0.0
    ) -> None:
        self.critic = critic
        self._model = model
        self._weight = weight
        self._offset = offset

    def losses(
        self,
        made: Tensor,
        real: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        counted: Tensor,
    ) -> dict[str, Tally]:
        """Return stage 3's part `adversary` and the critic's own, `critic`.

        Hinge losses (Lim & Ye 2017, arXiv 1705.02894). The critic's negatives are generated images,
        and real ones with another radar: that of another place, shifted, or mirrored. It is to
        reward what radar and image share.

        Args:
            made: What stage 3 makes (B, 4, H, W) DN.
            real: What it is to make.
            s1_db: The radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`; or that of each sample.
            counted: (B, 1, H/16, W/16) bool, see `known_tokens`.
        """
        radar = self._view(s1_db, modality)
        features = image_features(self._model, made, self._offset)
        fixed = {name: value.detach() for name, value in self.critic.named_parameters()}
        score = functional_call(self.critic, fixed, (made, features, radar))
        generated = self.critic(made.detach(), features.detach(), radar)
        hinge = self._hinge(generated, real, radar, s1_db, modality)
        return {
            "adversary": tally(-score, counted).times(self._weight),
            "critic": tally(hinge, counted).times(_OWN),
        }

    def critic_loss(
        self,
        made: Tensor,
        real: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        counted: Tensor,
    ) -> Tally:
        """Return the critic's own loss, of images that do not learn; arguments as for `losses`."""
        radar = self._view(s1_db, modality)
        with torch.no_grad():
            features = image_features(self._model, made, self._offset)
        generated = self.critic(made, features, radar)
        return tally(self._hinge(generated, real, radar, s1_db, modality), counted)

    @torch.no_grad()
    def calibrate(
        self, windows: Iterable[tuple[Tensor, Tensor, str | Sequence[str], Tensor]]
    ) -> None:
        """Measure the scores of real images that did not train, for the critic's doubt.

        Args:
            windows: Real images (B, 4, H, W) DN, their radar (B, 2, H, W) dB, its modality, and
                where the images are known (B, 4, H, W) bool; of the bundle's size.
        """
        device, scores = self.critic.scale.device, []
        for real, s1, modality, there in windows:
            shown = real.to(device).nan_to_num(nan=1.0), s1.to(device)
            score = self.critic.score(self._model, *shown, modality, self._offset)
            scores.append(score.cpu()[known_tokens(there)])
        every = torch.cat(scores).float()
        if len(every):
            levels = torch.linspace(0, 1, QUANTILES)
            self.critic.reference.copy_(torch.quantile(every, levels))

    def _hinge(
        self,
        generated: Tensor,
        real: Tensor,
        radar: RadarView,
        s1_db: Tensor,
        modality: str | Sequence[str],
    ) -> Tensor:
        """The critic's hinge loss (B, 1, H/16, W/16), `generated` being its scores of images."""
        with torch.no_grad():
            features = image_features(self._model, real, self._offset)
        other = self._view(*mismatched(s1_db, modality))
        foreign = self.critic(real, features, other)
        return functional.relu(1 - self.critic(real, features, radar)) + 0.5 * (
            functional.relu(1 + generated) + functional.relu(1 + foreign)
        )

    @torch.no_grad()
    def _view(self, s1_db: Tensor, modality: str | Sequence[str]) -> RadarView:
        return radar_view(self._model, s1_db, modality)


def known(batch: Batch) -> Tensor:
    """Return where the real image is known, (B, 4, H, W) bool, without bands that it lacks."""
    bands = batch["bands"][:, OUTPUT_INDEX]
    return batch["valid"][:, None] & bands[:, :, None, None]


def mismatched(s1_db: Tensor, modality: str | Sequence[str]) -> tuple[Tensor, str | Sequence[str]]:
    """Return a radar of the same kind that is not that of the place, and its modality.

    Drawn with PyTorch's global generator: that of the next sample, where there are several; the
    place's own, shifted by a quarter to three quarters of its side; or mirrored.

    Args:
        s1_db: (B, 2, H, W) dB.
        modality: `S1GRD` or `S1RTC`; or that of each sample.
    """
    kind = int(torch.randint(_MISMATCHES, ()))
    if kind == 0 and len(s1_db) > 1:
        if not isinstance(modality, str):
            modality = [*modality[-1:], *modality[:-1]]
        return s1_db.roll(1, 0), modality
    if kind == 1:
        sides = s1_db.shape[-2:]
        steps = [side // 4 + int(torch.randint(side // 2, ())) for side in sides]
        return s1_db.roll(steps, (-2, -1)), modality
    return s1_db.flip(-1), modality
