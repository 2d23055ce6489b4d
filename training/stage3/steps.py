"""Choice of the number of bridge steps on held-out images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gac_core.api import run_stage
from gac_core.bands import OUTPUT_INDEX
from gac_core.networks.bridge import Bridge
from gac_core.networks.loading import Models
from gac_core.stages.base import Array
from gac_core.stages.ground import Ground
from training.console import Countdown
from training.data.pair import Pair
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs
from training.scores.gains import Gains, Scores, real_cfog, score_against

_BANDS = list(OUTPUT_INDEX)

STEPS = (1, 2, 4)
"""Tried if the settings do not say: one step gives the mean of the images that agree with the
inputs, more steps a single such image."""


@dataclass(frozen=True)
class Crossing:
    """A number of bridge steps and its gains on the validation images."""

    steps: int
    gains: Gains

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for the card."""
        scores = self.gains.to_dict()
        return {"steps": self.steps, **{key: scores[key] for key in ("gain", "error", "worth")}}


class Trial:
    """Validation images for comparing numbers of bridge steps.

    Args:
        models: Networks with the adapted TerraMind.
        bridge: Bridge trained with it.
        source: The pairs.
        indices: Indices of the pairs to use; all images are kept in memory.
        shown: opt_v2 of the pairs.
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
        """Return the gains for a number of steps."""
        images = []
        with Countdown("Trying", len(self._pairs), "images", brief=True) as progress:
            for pair, opt_v2 in zip(self._pairs, self._shown, strict=True):
                images.append(grounded(self._models, self._bridge, pair, opt_v2, steps))
                progress.advance()
        return Crossing(steps, Gains.of(3, self._before, self._scores(images)))

    def _scores(self, images: list[Array]) -> list[Scores]:
        return [
            score_against(pair.s1, image, pair.s2[_BANDS], level)
            for pair, image, level in zip(self._pairs, images, self._levels, strict=True)
        ]


@dataclass(frozen=True)
class GroundResult:
    """Result of a stage-3 training.

    Attributes:
        best: Folder of the part.
        chosen: The number of steps chosen.
        tried: All trials.
        step: Optimiser step of the best state; 0 is before training.
        steps: Optimiser steps done.
    """

    best: Path
    chosen: Crossing
    tried: list[Crossing]
    step: int
    steps: int

    def told(self) -> str:
        """Return the summary for the end of a command line's output."""
        gains = self.chosen.gains
        numbers = " and ".join(str(one.steps) for one in self.tried)
        lines = [
            f"Best at step {self.step} of {self.steps}: {self.best}",
            f"Steps of a crossing: {self.chosen.steps}, of {numbers} that were tried",
            f"Gains over opt_v2: {gains.line()}",
        ]
        return "\n".join(lines + [f"Not earned: {text}." for text in gains.not_earned])


def grounded(models: Models, bridge: Bridge, pair: Pair, opt_v2: Array, steps: int) -> Array:
    """Return opt_v3 (4, H, W) DN of a pair, as a run computes it.

    Args:
        models: Networks with the adapted TerraMind.
        bridge: Bridge trained with it.
        pair: Its radar and modality are used.
        opt_v2: (12, H, W) DN.
        steps: Number of bridge steps.
    """
    stage = Ground(models, bridge, pair.modality, 0, steps, _nothing)
    return run_stage(stage, models.bundle.window, {"s1": pair.s1, "opt_v2": opt_v2})


def best(tried: Sequence[Crossing]) -> Crossing:
    """Return the trial with the highest rank, the first of equals."""
    return max(tried, key=lambda crossing: crossing.gains.rank)


def _nothing() -> None:
    """Never cancel."""
