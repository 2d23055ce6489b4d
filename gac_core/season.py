"""Which season a date falls in, where it was taken.

Stage 2 is told the month, and a month means a season. The seasons of the southern hemisphere are
those of the northern half a year away, and what trains the stages lies mostly in the north: a
January in Argentina told as "1" would be refined as a winter. So the month told to a network is
the one in which the north has the season that the place has: July there, for that January.
Between the tropics months mean wet and dry rather than summer and winter, but those too follow
the sun across the equator, so the same shift holds.
"""

from __future__ import annotations

import math


def local_month(month: int, lat: float | None) -> int:
    """The month of the northern hemisphere with the season that a place has in `month`.

    Args:
        month: 1 to 12; 0: unknown, and stays so.
        lat: Latitude in degrees; None or no finite number: unknown, taken as north.

    Returns:
        1 to 12, six months on south of the equator; 0 for 0.

    Raises:
        ValueError: If the month is no month.
    """
    if not 0 <= month <= 12:
        raise ValueError(f"{month} is no month: 1 to 12, or 0 for unknown")
    if month == 0 or lat is None or not math.isfinite(lat) or lat >= 0:
        return month
    return (month + 5) % 12 + 1
