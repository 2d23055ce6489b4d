"""Trying in how many steps the bridge is crossed, on images that did not train."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gac_core.area.arrays import run_stage
from gac_core.bands import OUTPUT_INDEX
from gac_core.models.bridge import Bridge
from gac_core.models.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.ground import Ground
from training.console import Countdown
from training.data.pair import Pair
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs
from training.scores.gains import Gains, Scores, real_cfog, score_against

_BANDS = list(OUTPUT_INDEX)

STEPS = (1, 2, 4)
"""Tried where the settings do not say: one step gives the mean of the images that agree with what
is shown, more of them a single one."""


@dataclass(frozen=True)
class Crossing:
    """A number of steps, and what it does to the validation images."""

    steps: int
    gains: Gains

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for the card."""
        scores = self.gains.to_dict()
        return {"steps": self.steps, **{key: scores[key] for key in ("gain", "error", "worth")}}


class Trial:
    """Validation images on which numbers of steps are tried.

    Args:
        models: The networks, TerraMind adapted.
        bridge: Trained with it.
        source: The pairs.
        indices: Which of them; every image is kept in memory.
        shown: What stage 3 is shown of them.
    """

    def __init__(
        self,
        models: Models,
        bridge: Bridge,
        source: PairSource,
        indices: Sequence[int],
        shown: Stage1Outputs,
    ) -> None:
        self._models = models
        self._bridge = bridge
        self._pairs = [source.read(index) for index in indices]
        self._shown = [shown.read(pair.name) for pair in self._pairs]
        self._levels = [real_cfog(pair.s1, pair.s2[_BANDS]) for pair in self._pairs]
        self._before = self._scores([image[_BANDS] for image in self._shown])

    def cross(self, steps: int) -> Crossing:
        """Return what so many steps do."""
        images = []
        with Countdown("Trying", len(self._pairs), "images", brief=True) as progress:
            for pair, shown in zip(self._pairs, self._shown, strict=True):
                images.append(grounded(self._models, self._bridge, pair, shown, steps))
                progress.advance()
        return Crossing(steps, Gains.of(3, self._before, self._scores(images)))

    def _scores(self, images: list[Array]) -> list[Scores]:
        return [
            score_against(pair.s1, image, pair.s2[_BANDS], level)
            for pair, image, level in zip(self._pairs, images, self._levels, strict=True)
        ]


@dataclass(frozen=True)
class GroundResult:
    """What a training reached.

    Attributes:
        best: Folder of the part.
        chosen: The number of steps that it has.
        tried: All that were tried.
        step: Optimiser step of the best; 0 is before training.
        steps: Optimiser steps that were done.
    """

    best: Path
    chosen: Crossing
    tried: list[Crossing]
    step: int
    steps: int

    def told(self) -> str:
        """For the end of a command line's output."""
        gains = self.chosen.gains
        tried = " and ".join(str(one.steps) for one in self.tried)
        lines = [
            f"Best at step {self.step} of {self.steps}: {self.best}",
            f"Steps of a crossing: {self.chosen.steps}, of {tried} that were tried",
            f"Gains over opt_v2: {gains.line()}",
        ]
        return "\n".join(lines + [f"Not earned: {text}." for text in gains.not_earned])


def grounded(models: Models, bridge: Bridge, pair: Pair, opt_v2: Array, steps: int) -> Array:
    """Return opt_v3 (4, H, W) DN of a pair as a run computes it.

    Args:
        models: The networks, TerraMind adapted.
        bridge: Trained with it.
        pair: Its radar and what kind that is are looked at.
        opt_v2: (12, H, W) DN.
        steps: Of the crossing.
    """
    stage = Ground(models, bridge, pair.modality, 0, steps, _nothing)
    return run_stage(stage, models.bundle.window, {"s1": pair.s1, "opt_v2": opt_v2})


def best(tried: Sequence[Crossing]) -> Crossing:
    """Return the number of steps that is worth most; of equals the first."""
    return max(tried, key=lambda crossing: crossing.gains.rank)


def _nothing() -> None:
    """Nobody cancels a trial."""
