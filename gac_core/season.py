"""Local season of a month.

Stage 2 is conditioned on the month, and a month stands for a season. The seasons of the southern
hemisphere are those of the northern half a year away, and the training data is mostly northern: a
January in Argentina passed as "1" would be refined as winter. So the networks get the month in
which the north has the season of the location: July, for that January. Between the tropics months
stand for wet and dry seasons rather than summer and winter, but those too follow the sun across the
equator, so the same shift applies.
"""

from __future__ import annotations

import math


def local_month(month: int, lat: float | None) -> int:
    """Return the month in which the northern hemisphere has a location's season in `month`.

    Args:
        month: 1 to 12; 0: unknown, and stays so.
        lat: Latitude in degrees; None or not finite: unknown, treated as north.

    Returns:
        1 to 12, shifted by six months south of the equator; 0 for 0.

    Raises:
        ValueError: If the month is out of range.
    """
    if not 0 <= month <= 12:
        raise ValueError(f"{month} is no month: 1 to 12, or 0 for unknown")
    if month == 0 or lat is None or not math.isfinite(lat) or lat >= 0:
        return month
    return (month + 5) % 12 + 1
