"""Optical images made to order, beside a radar's grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from gac_core.grid import Window, WorkGrid
from gac_core.optical import OpticalReference, Reading, open_reference
from tests.core.conftest import UTM

GRID = WorkGrid(32633)
SIDE = 300
AREA = GRID.window((500_000, 5_400_000 - 10 * SIDE, 500_000 + 10 * SIDE, 5_400_000))
"""The radar's footprint: the upper left corner is `conftest.UTM`'s."""

TEN = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12")
LEVELS = {
    "B01": 300, "B02": 400, "B03": 600, "B04": 500, "B05": 1000, "B06": 2200, "B07": 2600,
    "B08": 2800, "B8A": 2900, "B09": 3000, "B10": 20, "B11": 1800, "B12": 1000,
}  # fmt: skip
"""Usual DN of vegetation, without offset."""


def reflectance(
    names: tuple[str, ...], side: int = SIDE, seed: int = 0, offset: int = 0
) -> np.ndarray:
    """(N, side, side) uint16 DN: smooth fields on the usual level of each band."""
    rng = np.random.default_rng(seed)
    field = gaussian_filter(rng.standard_normal((side, side)), 6)
    field /= field.std()
    levels = np.array([LEVELS[name] for name in names])[:, None, None]
    noise = rng.standard_normal((len(names), side, side))
    values = levels * (1 + 0.15 * np.clip(field, -3, 3) + 0.02 * noise) + offset
    return np.clip(np.round(values), 1, 60000).astype(np.uint16)


def clouds(side: int = SIDE) -> np.ndarray:
    """(1, side, side) uint8: 1 in two clouds, 0 elsewhere."""
    mask = np.zeros((1, side, side), np.uint8)
    mask[0, 40:90, 60:120] = 1
    mask[0, 240:270, 230:290] = 1
    return mask


@dataclass
class Opened:
    """Opens references, which are closed after the test."""

    stack: ExitStack

    def __call__(
        self,
        *paths: str,
        radar_date: str | None = "2021-07-07T05:10:00",
        area: Window = AREA,
        grid: WorkGrid = GRID,
        **reading: Any,
    ) -> OpticalReference:
        reference = open_reference(paths, Reading(**reading), grid, radar_date, area)
        return self.stack.enter_context(reference)


def write_virtual(path: Path, bands: str) -> None:
    """Write a virtual raster of bands, in GDAL's XML, over `AREA`."""
    path.write_text(
        f'<VRTDataset rasterXSize="{SIDE}" rasterYSize="{SIDE}"><SRS>EPSG:32633</SRS><GeoTransform>'
        f"{UTM.c}, 10, 0, {UTM.f}, 0, -10</GeoTransform>{bands}</VRTDataset>"
    )


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Opens a reference over `AREA`."""
    with ExitStack() as stack:
        yield Opened(stack)


@pytest.fixture
def mask(write: Callable[..., str]) -> str:
    """A mask with two clouds."""
    return write(clouds(), "clouds.tif")
