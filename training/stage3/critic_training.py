"""Further training of the critic with the bridge frozen.

During joint training the critic chases a moving target: at the end of a long training it takes
generated images for real ones. To map doubtful places of an image, it has to be trained on the
images that a run produces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from training.console import ProgressReport
from training.fit.loop import Schedule, train_network
from training.losses.masks import known_tokens
from training.stage3.adversary import Adversary

_WARMUP = 20

_BEFORE = 0.25
"""Share of opt_v2 among the generated images: the critic has to judge opt_v2 too, and one that saw
only opt_v3 would forget blurred images."""


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
