"""Trying the ways of using TerraMind's answer on images that did not train."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.loading import Models
from gac_core.stages.base import Array
from training.console import Countdown
from training.data.source import PairSource
from training.data.stage1 import Stage1Outputs
from training.scores.gains import Gains, Scores, real_cfog, score_against
from training.stage3.module import Use
from training.stage3.shown import grounded

_BANDS = list(OUTPUT_INDEX)

STRENGTHS = (1.0, 0.5, 0.3, 0.15, 0.05)
RESIDUALS = (0.1, 0.25, 0.5, 0.75, 1.0)
"""Tried where the settings do not say."""


@dataclass(frozen=True)
class Way:
    """One way of using the answer, and what it does to the validation images."""

    use: Use
    fused: bool
    gains: Gains

    @property
    def not_earned(self) -> list[str]:
        """What it makes worse, in words, or that it changes nothing; empty where it earns all."""
        if self.use.residual == 0 and not self.fused:
            return ["opt_v3 is opt_v2 as it was: nothing that was tried made it better"]
        return self.gains.not_earned

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-ready values for the card."""
        scores = self.gains.to_dict()
        return {
            "strength": self.use.strength,
            "residual": self.use.residual,
            "fusion": self.fused,
            **{key: scores[key] for key in ("gain", "error", "worth")},
        }


class Trial:
    """Validation images on which ways are tried.

    Args:
        models: The networks, TerraMind adapted.
        source: The pairs.
        indices: Which of them; every image is kept in memory.
        shown: What stage 3 is shown of them.
    """

    def __init__(
        self, models: Models, source: PairSource, indices: Sequence[int], shown: Stage1Outputs
    ) -> None:
        self._models = models
        self._pairs = [source.read(index) for index in indices]
        self._shown = [shown.read(pair.name) for pair in self._pairs]
        self._levels = [real_cfog(pair.s1, pair.s2[_BANDS]) for pair in self._pairs]
        self._before = self._scores([image[_BANDS] for image in self._shown])

    def plain(
        self,
        use: Use,
        strengths: Sequence[float],
        residuals: Sequence[float],
        say: Callable[[str], None],
    ) -> list[Way]:
        """The ways without fusion, and opt_v2 as it was: no share of the answer.

        Args:
            use: Diffusion steps.
            strengths: To try.
            residuals: To try with each.
            say: Told of each way.
        """
        untouched = replace(use, strength=1.0, residual=0.0)
        ways = [self._way(untouched, False, [shown[_BANDS] for shown in self._shown], say)]
        for strength in strengths:
            asked = replace(use, strength=strength, residual=1.0)
            answers = self._images(asked, None, None)
            for residual in residuals:
                mixed = [
                    shown[_BANDS] + residual * (answer - shown[_BANDS])
                    for shown, answer in zip(self._shown, answers, strict=True)
                ]
                ways.append(self._way(replace(asked, residual=residual), False, mixed, say))
        return ways

    def fused(
        self, use: Use, network: nn.Module, detail: float | None, say: Callable[[str], None]
    ) -> Way:
        """The way with a fusion network."""
        return self._way(use, True, self._images(use, network, detail), say)

    def _way(self, use: Use, fused: bool, images: list[Array], say: Callable[[str], None]) -> Way:
        way = Way(use, fused, Gains.of(3, self._before, self._scores(images)))
        fusion = ", fusion" if fused else ""
        say(f"strength {use.strength}, residual {use.residual}{fusion}: {way.gains.line()}")
        return way

    def _images(self, use: Use, network: nn.Module | None, detail: float | None) -> list[Array]:
        self._models.fusion = network  # type: ignore[assignment]
        images = []
        with Countdown("Trying", len(self._pairs), "images", brief=True) as progress:
            for pair, shown in zip(self._pairs, self._shown, strict=True):
                images.append(grounded(self._models, pair, shown, use, detail))
                progress.advance()
        return images

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
        chosen: The way of using the answer that it has.
        tried: All ways that were tried.
    """

    best: Path
    chosen: Way
    tried: list[Way]

    def told(self) -> str:
        """For the end of a command line's output."""
        gains = self.chosen.gains.line()
        use, fused = self.chosen.use, "with" if self.chosen.fused else "without"
        lines = [
            f"Best of {len(self.tried)} ways of using the answer: {self.best}",
            f"Strength {use.strength}, residual {use.residual}, {fused} fusion",
            f"Gains over opt_v2: {gains}",
        ]
        return "\n".join(lines + [f"Not earned: {text}." for text in self.chosen.not_earned])


def best(ways: Sequence[Way]) -> Way:
    """The way worth most; of equals the first."""
    return max(ways, key=lambda way: way.gains.rank)


def spread(indices: Sequence[int], count: int) -> list[int]:
    """At most so many of the indices, spread over them."""
    places = np.linspace(0, len(indices) - 1, min(count, len(indices))).round().astype(int)
    return [indices[place] for place in places]
