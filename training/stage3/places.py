"""The pairs of stage 3's training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from training.data.source import PairSource


@dataclass(frozen=True)
class Places:
    """The pairs that train and those that validate.

    Attributes:
        source: All of them.
        train: Numbers of those that train.
        val: Numbers of those that validate.
        crop: Side of a sample in pixels; the bundle's window.
        history: What the part's card keeps of them: tiles by role, places, warnings.
    """

    source: PairSource
    train: list[int]
    val: list[int]
    crop: int
    history: dict[str, Any] = field(default_factory=dict)
