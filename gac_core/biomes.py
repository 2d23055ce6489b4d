"""Biomes by place, from a small raster of the world.

`resources/biomes.tif` holds a biome (`gac_core.contract.bands.BIOMES`) for each ninth of a degree;
on the sea along the coasts that of the nearest land. `scripts/biomes.py` makes it and says from
what.
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
    """Return the biome of a place, 1 to 14; 0 where it has none: ice, the open sea, nowhere.

    Args:
        lat: Degrees; None or no finite number: unknown. Beyond ±90 is nowhere.
        lon: Degrees, of any turn; likewise.
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
    """Return the biome that was given, be it 0 (unknown), or where none was that of the place."""
    return biome_at(lat, lon) if given is None else given


@cache
def _world() -> npt.NDArray[np.uint8]:
    """All biomes, from the north-west."""
    with rasterio.open(RASTER) as file:
        biomes: npt.NDArray[np.uint8] = file.read(1)
    return biomes
