"""What stage 3 is shown of each pair, and what it answers: computed once, by the engine.

Both are kept as images of stage 1 are (`training.data.stage1`), twelve bands a pair: opt_v1 whose
four bands that users see are those of opt_v2, and the same with those of TerraMind's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from gac_core.area.arrays import run_stage
from gac_core.bands import OUTPUT_INDEX
from gac_core.models.bundle import Grounding
from gac_core.models.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.generate import Generate
from gac_core.stages.ground import Ground
from gac_core.stages.refine import Refine
from training.console import Countdown
from training.data.pair import Pair
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs, begin, keep
from training.launch import current
from training.stage3.module import Use

_BANDS = list(OUTPUT_INDEX)


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
    """Compute what stage 3 is shown, as far as the folder does not hold it yet.

    Args:
        models: The networks of stages 1 and 2.
        source: The pairs.
        indices: Which of them.
        folder: Where the images are kept.
        stage1: opt_v1 where it was precomputed; None: it is computed here.
        about: What identifies the models and settings; a folder holds images of one kind.
        timesteps: Diffusion steps of stage 1.

    Raises:
        DataError: If the folder holds images of other settings, or stage 1's lack a pair.
    """

    def show(pair: Pair) -> Array:
        if stage1 is not None:
            opt_v1 = stage1.read_for(pair.name, pair.s1)
        else:
            generate = Generate(models, pair.modality, 0, timesteps, _nothing)
            opt_v1 = run_stage(generate, models.bundle.window, {"s1": pair.s1})
        images = {"s1": pair.s1, "opt_v1": opt_v1}
        refine = Refine(models, pair.month, pair.biome, _nothing)
        shown = opt_v1.copy()
        shown[_BANDS] = run_stage(refine, models.bundle.window, images)
        return shown

    return _compute(show, source, indices, folder, about, "Images of stage 2")


def compute_answers(
    models: Models,
    source: PairSource,
    indices: Sequence[int],
    folder: Path,
    shown: Stage1Outputs,
    about: dict[str, Any],
    *,
    use: Use,
) -> Stage1Outputs:
    """Compute TerraMind's answers to what it is shown, as far as the folder lacks them."""

    def answer(pair: Pair) -> Array:
        image = shown.read(pair.name)
        image[_BANDS] = grounded(models, pair, image, replace(use, residual=1.0))
        return image

    return _compute(answer, source, indices, folder, about, "Answers of TerraMind")


def grounded(
    models: Models, pair: Pair, shown: Array, use: Use, detail: float | None = None
) -> Array:
    """opt_v3 (4, H, W) DN of a pair as a run computes it; with `models.fusion` where that is set.

    Args:
        models: The networks, TerraMind adapted.
        pair: Its radar and what kind that is are looked at.
        shown: (12, H, W) DN.
        use: How the answer is asked for and used.
        detail: What the fusion network is kept to.
    """
    fusion = None if models.fusion is None else {"detail": detail}
    grounding = Grounding(strength=use.strength, residual=use.residual, fusion=fusion)
    models.bundle = replace(models.bundle, grounding=grounding)
    stage = Ground(models, pair.modality, 0, use.timesteps, _nothing)
    images = {"s1": pair.s1, "opt_v1": shown, "opt_v2": np.ascontiguousarray(shown[_BANDS])}
    return run_stage(stage, models.bundle.window, images)


def _compute(
    make: Callable[[Pair], Array],
    source: PairSource,
    indices: Sequence[int],
    folder: Path,
    about: dict[str, Any],
    what: str,
) -> Stage1Outputs:
    names, team = source.names, current()

    def look() -> list[int]:
        kept = begin(folder, about)
        return [index for index in indices if not kept.has(names[index])]

    # What is missing must be seen by one: the others' images may have come meanwhile.
    missing = team.share(team.from_lead(look))
    with Countdown(what, len(missing), "images", silent=not team.lead) as progress:
        for index in missing:
            pair = source.read(index)
            keep(folder, pair.name, make(pair))
            progress.advance()
    team.agree(None)
    return Stage1Outputs(folder)


def _nothing() -> None:
    """Nobody cancels a training between images; a killed one goes on with the next."""
