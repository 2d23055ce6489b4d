"""Settings that make no sense are found when they are read, and named."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from gac_core.contract.errors import RequestError


class Range(NamedTuple):
    """Numbers that make sense.

    Attributes:
        least: The smallest.
        most: The largest.
        open: Which end does not belong to it: `least` or `most`; empty: both do.
    """

    least: float
    most: float = math.inf
    open: str = ""

    def has(self, value: float) -> bool:
        """Whether a value is in it; what is no number or infinite is not."""
        above = value > self.least if self.open == "least" else value >= self.least
        below = value < self.most if self.open == "most" else value <= self.most
        return math.isfinite(value) and above and below

    def __str__(self) -> str:
        low = f"above {self.least:g}" if self.open == "least" else f"from {self.least:g}"
        if self.most == math.inf:
            return low if self.open == "least" else f"{low} up"
        return f"{low} to {'below ' if self.open == 'most' else ''}{self.most:g}"


COUNT = Range(1)
FROM_ZERO = Range(0)
ABOVE_ZERO = Range(0, open="least")
SHARE = Range(0, 1)


def require_ranges(section: str, settings: Any, ranges: Mapping[str, Range]) -> None:
    """See that a section's numbers are in their ranges; None stands for no number.

    Raises:
        RequestError: If one is not.
    """
    for name, allowed in ranges.items():
        value = getattr(settings, name)
        if value is not None and not allowed.has(value):
            raise RequestError(
                f"The setting {section}.{name} is {value!r}.", f"Give a number {allowed}."
            )


def require_one_of(section: str, settings: Any, choices: Mapping[str, Collection[Any]]) -> None:
    """See that a section's words, and yes and no, are known; None stands for no word.

    Raises:
        RequestError: If one is not.
    """
    for name, known in choices.items():
        value = getattr(settings, name)
        if value is not None and value not in known:
            words = [str(word).lower() if isinstance(word, bool) else word for word in known]
            raise RequestError(
                f"The setting {section}.{name} is {value!r}.", f"Choose of {', '.join(words)}."
            )


def require_scales(section: str, widths: Sequence[int], depths: Sequence[int]) -> None:
    """See that a network's sizes at each scale go together.

    Args:
        section: Whose `widths` and `depths` they are.
        widths: Channels at each scale.
        depths: Blocks at each scale.

    Raises:
        RequestError: If there are none, not as many of both, or one is below 1.
    """
    if not widths or len(widths) != len(depths) or min(*widths, *depths) < 1:
        raise RequestError(
            f"The settings {section}.widths and depths are {list(widths)} and {list(depths)}.",
            "Give each scale of the network a width and a depth from 1 up.",
        )
