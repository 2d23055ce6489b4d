"""Biome and local season of a location.

`resources/biomes.tif` holds the biome (`gac_core.contract.bands.BIOMES`) of each ninth of a degree;
sea pixels along the coasts have that of the nearest land. `scripts/biomes.py` creates it and
documents its source.

Stage 2 is conditioned on the month, which stands for a season. The southern seasons are shifted by
half a year, and the training data is mostly northern: a January in Argentina passed as "1" would be
refined as winter. So the networks get the month in which the north has the season of the location:
July, for that January. Between the tropics, months stand for wet and dry seasons rather than summer
and winter, but those too follow the sun across the equator, so the same shift applies.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio

RASTER = Path(__file__).resolve().parents[1] / "resources" / "biomes.tif"


def biome_at(lat: float | None, lon: float | None) -> int:
    """Return the biome of a location, 1 to 14; 0 for ice, the open sea, or an invalid location.

    Args:
        lat: Degrees; None or not finite: unknown. Beyond ±90 is invalid.
        lon: Degrees, in any range; None or not finite: unknown.
    """
    if lat is None or lon is None or not (math.isfinite(lat) and math.isfinite(lon)):
        return 0
    if abs(lat) > 90:
        return 0
    world = _world()
    height, width = world.shape
    row = min(int((90 - lat) / 180 * height), height - 1)
    col = int((lon + 180) % 360 / 360 * width) % width
    return int(world[row, col])


def biome_for(given: int | None, lat: float | None, lon: float | None) -> int:
    """Return the given biome, including 0 (unknown), or that of the location if None."""
    return biome_at(lat, lon) if given is None else given


@cache
def _world() -> npt.NDArray[np.uint8]:
    """Return all biomes, starting in the north-west."""
    with rasterio.open(RASTER) as file:
        biomes: npt.NDArray[np.uint8] = file.read(1)
    return biomes


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
