"""The pairs of stage 3's training."""

from __future__ import annotations

from dataclasses import dataclass, field

from training.data.source import PairSource


@dataclass(frozen=True)
class Places:
    """The pairs that train and those that validate.

    Attributes:
        source: All of them.
        train: Numbers of those that train.
        val: Numbers of those that validate.
        crop: Side of a sample in pixels; the bundle's window.
        tiles: Names of tiles by role as cards have them: `train`, `stop` and `test`.
    """

    source: PairSource
    train: list[int]
    val: list[int]
    crop: int
    tiles: dict[str, list[str]] = field(default_factory=dict)
