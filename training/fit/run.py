"""The training of a stage, from its data to its best part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.fit.module import StageModule
from training.fit.settings import FitSettings


@dataclass(frozen=True)
class FitResult:
    """What a training reached.

    Attributes:
        best: Folder of the part as it validated best.
        step: Optimiser step of the best.
        steps: Steps in all.
        scores: Means over the validation images, as in `part.json`: `stage`, `before`, `gain`.
        not_earned: In words, what the best makes worse than the stage before; empty if nothing.
    """

    best: Path
    step: int
    steps: int
    scores: dict[str, Any]
    not_earned: list[str]


def fit(
    module: StageModule,
    train_dataset: Any,
    val_dataset: Any,
    settings: FitSettings,
    out: Path,
    resume: bool,
) -> FitResult:
    """Train a stage.

    Args:
        module: What is trained.
        train_dataset: `training.data.PairDataset` of the training tiles, augmenting.
        val_dataset: The same of the validation tiles, not augmenting.
        settings: How.
        out: Folder for checkpoints, logs, pictures and the best part.
        resume: Go on from `out/last.ckpt`.
    """
    raise NotImplementedError
