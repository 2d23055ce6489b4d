"""Pairs of stage-3 training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from training.data.source import PairSource


@dataclass(frozen=True)
class Places:
    """Training and validation pairs.

    Attributes:
        source: All pairs.
        train: Indices of the training pairs.
        val: Indices of the validation pairs.
        crop: Side of a sample in pixels; the bundle's tile size.
        history: Record for the part's card: tiles by role, places, warnings.
    """

    source: PairSource
    train: list[int]
    val: list[int]
    crop: int
    history: dict[str, Any] = field(default_factory=dict)
