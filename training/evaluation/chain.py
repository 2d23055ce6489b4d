"""A pair's images by a bundle: its three stages, timed, and begun again from any of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import torch

from gac_core.area.arrays import all_stages, run_stage
from gac_core.bands import OUTPUT_INDEX
from gac_core.models.bundle import Bundle
from gac_core.models.loading import Models
from gac_core.stages.base import Array, Stage
from training.data.pair import Pair
from training.data.source import name_hash
from training.evaluation.scored import as_written

_PLACES = 1 << 20
"""Rows and columns of pixels that pairs are spread over."""

OPT_NAMES = ("opt_v1", "opt_v2", "opt_v3")


@dataclass(frozen=True)
class Setting:
    """How the stages are run.

    Attributes:
        timesteps: Steps of stages 1 and 3; 0: as many as the bundle needs.
        seed: Of the noise.
        metadata: Whether month, biome and place are told.
    """

    timesteps: tuple[int, int] = (0, 0)
    seed: int = 0
    metadata: bool = True

    def settled(self, bundle: Bundle) -> Setting:
        """The same with the number of steps that a run with the bundle would take."""
        first, last = self.timesteps
        steps = first or bundle.sampling.steps(3), last or bundle.grounding.steps
        return replace(self, timesteps=steps)


@dataclass(frozen=True)
class Images:
    """What a bundle made of a pair.

    Attributes:
        stages: By name: `opt_v1` and `opt_v2` (12, H, W), `opt_v3` (4, H, W) DN.
        seconds: How long each took.
    """

    stages: dict[str, Array]
    seconds: dict[str, float]

    def shown(self) -> dict[str, Array]:
        """The images as a run writes them, (4, H, W) DN."""
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
    """The three stages over a pair's radar image.

    Args:
        models: The bundle's networks.
        pair: Only its radar and that one's kind, month, biome and place are looked at.
        setting: How the stages are run.
        first: The first stage to compute; the ones before are taken from `whole`.
        whole: What was computed before.
        last: The last stage to compute.
        exchange: Puts another stage in the place of one.
    """
    told = (pair.month, pair.biome, pair.place) if setting.metadata else (0, 0, None)
    stages = all_stages(models, pair.modality, *told, setting.timesteps, setting.seed)
    kept = OPT_NAMES[: first - 1]
    found = {name: whole.stages[name] for name in kept} if whole else {}
    seconds = {name: whole.seconds[name] for name in kept} if whole else {}
    for stage in map(exchange, stages[first - 1 : last]):
        name = f"opt_v{stage.number}"
        start = time.perf_counter()
        found[name] = run_stage(
            stage, models.bundle.window, {"s1": pair.s1, **found}, place_of(pair.name)
        )
        if models.device.type == "cuda":
            torch.cuda.synchronize(models.device)
        seconds[name] = time.perf_counter() - start
    return Images(found, seconds)


def place_of(name: str) -> tuple[int, int]:
    """Row and column on the world grid where a pair is put, by its name.

    Noise and the seams between tiles belong to places. So that pairs do not share them, each lies
    somewhere else; anywhere, as scenes do.
    """
    number = name_hash(name)
    return number % _PLACES, number // _PLACES % _PLACES
