"""Images of a pair by a bundle's three stages, timed; can start from any stage."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from gac_core.api import all_stages, run_stage
from gac_core.bands import OUTPUT_INDEX
from gac_core.bundles.bundle import Bundle
from gac_core.networks.loading import Models
from gac_core.stages.base import Array, Stage
from training.data.pair import Pair
from training.data.source import name_hash
from training.evaluation.scored import as_written

_PLACES = 1 << 20
"""Number of grid rows and columns over which pairs are distributed."""

OPT_NAMES = ("opt_v1", "opt_v2", "opt_v3")


@dataclass(frozen=True)
class Setting:
    """Settings of the stages.

    Attributes:
        timesteps: Steps of stages 1 and 3; 0: the bundle's default.
        seed: Seed of the noise.
        metadata: Provide month, biome and place to the models.
    """

    timesteps: tuple[int, int] = (0, 0)
    seed: int = 0
    metadata: bool = True

    def settled(self, bundle: Bundle) -> Setting:
        """Return a copy with the number of steps that a run with the bundle uses."""
        first, last = self.timesteps
        steps = first or bundle.sampling.steps(3), last or bundle.grounding.steps
        return replace(self, timesteps=steps)


@dataclass(frozen=True)
class Images:
    """Images and timings of a pair.

    Attributes:
        stages: `opt_v1` and `opt_v2` (12, H, W), `opt_v3` (4, H, W) DN, by name.
        seconds: Duration of each stage.
    """

    stages: dict[str, Array]
    seconds: dict[str, float]

    def shown(self) -> dict[str, Array]:
        """Return the images as a run writes them, (4, H, W) DN."""
        four = {name: image if len(image) == 4 else image[list(OUTPUT_INDEX)]
                for name, image in self.stages.items()}  # fmt: skip
        return {name: as_written(image) for name, image in four.items()}


def run_pair(
    models: Models,
    pair: Pair,
    setting: Setting,
    first: int = 1,
    whole: Images | None = None,
    *,
    last: int = len(OPT_NAMES),
    exchange: Callable[[Stage], Stage] = lambda stage: stage,
) -> Images:
    """Return the images of the three stages for a pair's radar image.

    Args:
        models: Networks of the bundle.
        pair: Its radar, modality, month, biome and place are used.
        setting: Settings of the stages.
        first: First stage to compute; earlier ones are taken from `whole`.
        whole: Images computed before.
        last: Last stage to compute.
        exchange: Replaces a stage by another.
    """
    metadata = (pair.month, pair.biome, pair.place) if setting.metadata else (0, 0, None)
    stages = all_stages(models, pair.modality, *metadata, setting.timesteps, setting.seed)
    names = OPT_NAMES[: first - 1]
    images = {name: whole.stages[name] for name in names} if whole else {}
    seconds = {name: whole.seconds[name] for name in names} if whole else {}
    for stage in map(exchange, stages[first - 1 : last]):
        name = f"opt_v{stage.number}"
        start = time.perf_counter()
        images[name] = run_stage(
            stage, models.bundle.window, {"s1": pair.s1, **images}, place_of(pair.name)
        )
        if models.device.type == "cuda":
            torch.cuda.synchronize(models.device)
        seconds[name] = time.perf_counter() - start
    return Images(images, seconds)


def place_of(name: str) -> tuple[int, int]:
    """Return the row and column on the world grid where a pair is placed, by its name.

    Noise and tile seams depend on the place. Distinct places keep pairs from sharing them, as
    scenes do.
    """
    number = name_hash(name)
    return number % _PLACES, number // _PLACES % _PLACES
