"""Inputs of stage 3: opt_v2 of each pair, twelve bands, computed once by the engine.

Stored in the format of stage-1 outputs (`training.data.stage1`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gac_core.api import run_stage
from gac_core.networks.loading import Models
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
    """Compute the missing opt_v2 images of a folder.

    Args:
        models: Networks of stages 1 and 2.
        source: The pairs.
        indices: Indices of the pairs needed.
        folder: Folder of the images.
        stage1: Precomputed opt_v1; None: it is computed.
        about: Identity of models and settings; a folder holds images of one kind.
        timesteps: Diffusion steps of stage 1.

    Raises:
        DataError: If the folder holds images of other settings, or the stage-1 outputs lack a pair.
    """
    names, team = source.names, current()

    def look() -> list[int]:
        outputs = begin(folder, about)
        return [index for index in indices if not outputs.has(names[index])]

    # One rank decides what is missing: others may already be writing images.
    missing = team.share(team.from_lead(look))
    with Countdown("Images of stage 2", len(missing), "images", silent=not team.lead) as progress:
        for index in missing:
            pair = source.read(index)
            keep(folder, pair.name, _refined(models, pair, stage1, timesteps))
            progress.advance()
    team.agree(None)
    return Stage1Outputs(folder)


def _refined(models: Models, pair: Pair, stage1: Stage1Outputs | None, timesteps: int) -> Array:
    """Return opt_v2 (12, H, W) DN of a pair."""
    window, images = models.bundle.window, {"s1": pair.s1}
    if stage1 is not None:
        images["opt_v1"] = stage1.read_for(pair.name, pair.s1)
    else:
        generate = Generate(models, pair.modality, 0, timesteps, _nothing)
        images["opt_v1"] = run_stage(generate, window, images)
    refine = Refine(models, pair.modality, pair.month, pair.biome, pair.place, _nothing)
    return run_stage(refine, window, images)


def _nothing() -> None:
    """Never cancel: an interrupted training resumes with the next image."""
