"""Range checks of settings when they are read."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from gac_core.contract.errors import RequestError


class Range(NamedTuple):
    """Range of valid numbers.

    Attributes:
        least: Lower end.
        most: Upper end.
        open: Excluded end: `least` or `most`; empty: both are included.
    """

    least: float
    most: float = math.inf
    open: str = ""

    def has(self, value: float) -> bool:
        """Return whether a value is in the range; NaN and infinity are not."""
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
    """Check that a section's numbers are in their ranges; None is allowed.

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
    """Check that a section's choices are valid; None is allowed.

    Raises:
        RequestError: If one is not.
    """
    for name, allowed in choices.items():
        value = getattr(settings, name)
        if value is not None and value not in allowed:
            words = [str(word).lower() if isinstance(word, bool) else word for word in allowed]
            raise RequestError(
                f"The setting {section}.{name} is {value!r}.", f"Choose of {', '.join(words)}."
            )


def require_scales(section: str, widths: Sequence[int], depths: Sequence[int]) -> None:
    """Check that a network's widths and depths are consistent.

    Args:
        section: Section of `widths` and `depths`.
        widths: Channels at each scale.
        depths: Blocks at each scale.

    Raises:
        RequestError: If they are empty, differ in length, or one is below 1.
    """
    if not widths or len(widths) != len(depths) or min(*widths, *depths) < 1:
        raise RequestError(
            f"The settings {section}.widths and depths are {list(widths)} and {list(depths)}.",
            "Give each scale of the network a width and a depth from 1 up.",
        )
