"""What stage 3 is shown of each pair: opt_v2, twelve bands, computed once, by the engine.

It is kept as images of stage 1 are (`training.data.stage1`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gac_core.area.arrays import run_stage
from gac_core.models.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.generate import Generate
from gac_core.stages.refine import Refine
from training.console import Countdown
from training.data.pair import Pair
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs, begin, keep
from training.launch import current


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
    """Compute opt_v2 of pairs, as far as the folder does not hold it yet.

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
    names, team = source.names, current()

    def look() -> list[int]:
        kept = begin(folder, about)
        return [index for index in indices if not kept.has(names[index])]

    # What is missing must be seen by one: the others' images may have come meanwhile.
    missing = team.share(team.from_lead(look))
    with Countdown("Images of stage 2", len(missing), "images", silent=not team.lead) as progress:
        for index in missing:
            pair = source.read(index)
            keep(folder, pair.name, _refined(models, pair, stage1, timesteps))
            progress.advance()
    team.agree(None)
    return Stage1Outputs(folder)


def _refined(models: Models, pair: Pair, stage1: Stage1Outputs | None, timesteps: int) -> Array:
    """opt_v2 (12, H, W) DN of a pair."""
    window, images = models.bundle.window, {"s1": pair.s1}
    if stage1 is not None:
        images["opt_v1"] = stage1.read_for(pair.name, pair.s1)
    else:
        generate = Generate(models, pair.modality, 0, timesteps, _nothing)
        images["opt_v1"] = run_stage(generate, window, images)
    refine = Refine(models, pair.modality, pair.month, pair.biome, pair.place, _nothing)
    return run_stage(refine, window, images)


def _nothing() -> None:
    """Nobody cancels a training between images; a killed one goes on with the next."""
