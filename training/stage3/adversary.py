"""Stage-3 losses by networks: the distance in TerraMind's features, and a trainable adversary.

During joint training the critic chases a moving target: at the end of a long training it takes
generated images for real ones. To map doubtful places of an image, it has to be trained on the
images that a run produces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.func import functional_call
from torch.nn import functional

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.networks.convnext import local_mean
from gac_core.networks.critic import QUANTILES, Critic, RadarView, image_features, radar_view
from gac_core.networks.libraries import TerraMindGeneration
from gac_core.networks.terramind import optical_features, standardise_output
from training.console import ProgressReport
from training.fit.loop import Schedule, train_network
from training.fit.stage_module import Batch
from training.losses.masks import Tally, ValidMask, known_tokens, sums, tally

BLUR = 8.0
"""Sigma in pixels of the blur with distance 1."""

_MIN_DISTANCE = 1e-4
"""Minimum squared distance of a blur: a lake has no detail to lose."""

_OWN = 0.1
"""Weight of the critic's own loss. Its optimiser is invariant to it, but all gradients are clipped
by their joint norm, and the critic's is the largest."""

_MISMATCHES = 3
"""Number of ways to make a mismatched radar image."""

_WARMUP = 20

_BEFORE = 0.25
"""Share of opt_v2 among the generated images: the critic has to judge opt_v2 too, and one that saw
only opt_v3 would forget blurred images."""


class EarthFeatures:
    """Feature distance of images in four bands; not a module, so that TerraMind is not trained.

    Like LPIPS (Zhang et al. 2018), which uses a network trained on photographs. Its weights are not
    part of our packages; TerraMind's are available.

    Args:
        model: TerraMind; its encoder keeps the pretrained weights.
        offset: Radiometric offset of the bundle.
    """

    def __init__(self, model: TerraMindGeneration, offset: float = 0.0) -> None:
        self._model = model
        self._offset = offset

    def __call__(self, image: Tensor, target: Tensor, where: ValidMask) -> Tally:
        """Return the squared distance of features, averaged over blocks and tokens.

        Normalised for each block and sample by the distance of the blurred target: 0 for the
        target, about 1 for its blur. Tokens that are not fully known in all four bands do not
        count.

        Args:
            image: (B, 4, H, W) DN, 0 where unknown.
            target: Likewise.
            where: Known pixels.
        """
        tokens = known_tokens(where.full())
        with torch.no_grad():
            target_layers = self._layers(target)
            blurred = self._layers(local_mean(target, BLUR))
        parts = []
        for a, b, c in zip(self._layers(image), target_layers, blurred, strict=True):
            total, count = sums((c - b).square().sum(1, keepdim=True), tokens)
            scale = (total / count.clamp_min(1)).clamp_min(_MIN_DISTANCE)[:, None, None, None]
            parts.append((a - b).square().sum(1, keepdim=True) / scale)
        return tally(torch.stack(parts).mean(0), tokens)

    def _layers(self, image: Tensor) -> list[Tensor]:
        return optical_features(self._model, standardise_output(image, self._offset))


class Adversary:
    """Adversarial losses of critic and stage 3 in one step.

    The critic's gradient comes from detached images; stage 3's passes through a frozen copy of the
    critic. One optimiser minimises both.

    Args:
        critic: New or trained critic.
        model: TerraMind; its encoder keeps the pretrained weights.
        weight: Weight of stage 3's adversarial loss.
        offset: Radiometric offset of the bundle.
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
        image: Tensor,
        real: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        counted: Tensor,
    ) -> dict[str, Tally]:
        """Return the loss parts `adversary` (stage 3's) and `critic` (the critic's own).

        Hinge losses (Lim & Ye 2017, arXiv 1705.02894). The critic's negatives are generated images,
        and real images with a mismatched radar image (another place's, shifted or mirrored), so
        that it rewards what radar and image share.

        Args:
            image: Output of stage 3 (B, 4, H, W) DN.
            real: Target image (B, 4, H, W) DN.
            s1_db: Radar (B, 2, H, W) dB.
            modality: `S1GRD` or `S1RTC`, for the batch or for each sample.
            counted: (B, 1, H/16, W/16) bool, see `known_tokens`.
        """
        radar = self._view(s1_db, modality)
        features = image_features(self._model, image, self._offset)
        fixed = {name: value.detach() for name, value in self.critic.named_parameters()}
        score = functional_call(self.critic, fixed, (image, features, radar))
        generated = self.critic(image.detach(), features.detach(), radar)
        hinge = self._hinge(generated, real, radar, s1_db, modality)
        return {
            "adversary": tally(-score, counted).weighted(self._weight),
            "critic": tally(hinge, counted).weighted(_OWN),
        }

    def critic_loss(
        self,
        image: Tensor,
        real: Tensor,
        s1_db: Tensor,
        modality: str | Sequence[str],
        counted: Tensor,
    ) -> Tally:
        """Return the critic's own loss for fixed generated images; arguments as for `losses`."""
        radar = self._view(s1_db, modality)
        with torch.no_grad():
            features = image_features(self._model, image, self._offset)
        generated = self.critic(image, features, radar)
        return tally(self._hinge(generated, real, radar, s1_db, modality), counted)

    @torch.no_grad()
    def calibrate(
        self, windows: Iterable[tuple[Tensor, Tensor, str | Sequence[str], Tensor]]
    ) -> None:
        """Store the quantiles of the critic's scores on held-out real images as its reference.

        Args:
            windows: Real images (B, 4, H, W) DN, their radar (B, 2, H, W) dB, its modality, and the
                mask of known pixels (B, 4, H, W) bool; of the bundle's tile size.
        """
        device, scores = self.critic.scale.device, []
        for real, s1, modality, valid in windows:
            inputs = real.to(device).nan_to_num(nan=1.0), s1.to(device)
            score = self.critic.score(self._model, *inputs, modality, self._offset)
            scores.append(score.cpu()[known_tokens(valid)])
        flat = torch.cat(scores).float()
        if len(flat):
            levels = torch.linspace(0, 1, QUANTILES)
            self.critic.reference.copy_(torch.quantile(flat, levels))

    def _hinge(
        self,
        generated: Tensor,
        real: Tensor,
        radar: RadarView,
        s1_db: Tensor,
        modality: str | Sequence[str],
    ) -> Tensor:
        """Return the critic's hinge loss (B, 1, H/16, W/16) from its scores `generated`."""
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


def known_pixels(batch: Batch) -> Tensor:
    """Return the mask of known pixels (B, 4, H, W) bool, False in bands that a sample lacks."""
    bands = batch["bands"][:, OUTPUT_INDEX]
    return batch["valid"][:, None] & bands[:, :, None, None]


def mismatched(s1_db: Tensor, modality: str | Sequence[str]) -> tuple[Tensor, str | Sequence[str]]:
    """Return a mismatched radar image and its modality.

    Drawn with PyTorch's global generator: the radar of the next sample (if the batch has several),
    the same radar shifted by a quarter to three quarters of its side, or mirrored.

    Args:
        s1_db: (B, 2, H, W) dB.
        modality: `S1GRD` or `S1RTC`, for the batch or for each sample.
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


class CriticWindows(NamedTuple):
    """Generated and real images of the same places.

    Attributes:
        opt_v2: DN (B, 4, H, W).
        opt_v3: DN (B, 4, H, W), as a run computes it.
        real: DN (B, 4, H, W), finite: the flow's target, at the level of opt_v2.
        s1: Radar (B, 2, H, W) dB.
        modality: `S1GRD` or `S1RTC`, for the batch or for each sample.
        known: Mask of known pixels of the real image (B, 4, H, W) bool.
    """

    opt_v2: Tensor
    opt_v3: Tensor
    real: Tensor
    s1: Tensor
    modality: str | Sequence[str]
    known: Tensor


def train_critic(
    adversary: Adversary,
    windows: Iterator[CriticWindows],
    steps: int,
    rate: float,
    pieces: int = 1,
) -> None:
    """Train the critic alone.

    Args:
        adversary: Adversary whose critic is trained.
        windows: Endless batches on the critic's device.
        steps: Number of optimiser steps.
        rate: Peak learning rate; follows a cosine schedule with warm-up.
        pieces: Batches per step.

    Raises:
        FloatingPointError: If the loss is not finite.
    """
    schedule = Schedule(steps, rate, warmup=_WARMUP, betas=(0.5, 0.99), ema=0.0, pieces=pieces)
    with ProgressReport(
        "Training the adversary", steps * pieces, "batches", brief=True
    ) as progress:

        def loss(step: int) -> Tensor:
            value = _loss(adversary, next(windows))
            progress.advance()
            return value

        train_network("adversary", list(adversary.critic.parameters()), loss, None, schedule)


def _loss(adversary: Adversary, batch: CriticWindows) -> Tensor:
    before = torch.rand(len(batch.real), 1, 1, 1) < _BEFORE
    image = torch.where(before.to(batch.real.device), batch.opt_v2, batch.opt_v3)
    counted = known_tokens(batch.known)
    return adversary.critic_loss(image, batch.real, batch.s1, batch.modality, counted).mean
