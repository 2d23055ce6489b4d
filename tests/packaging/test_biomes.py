"""The making of the biome map, on worlds of one cell a degree."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio

from scripts import biomes

SEA = 32


@pytest.fixture(autouse=True)
def coarse(monkeypatch) -> None:
    monkeypatch.setattr(biomes, "PER_DEGREE", 1)


@pytest.fixture
def world(tmp_path):
    """Write an image of climates, two pixels a cell, from what lies where; give its path."""

    def write(climates: dict[tuple[int, int], str]):
        image = np.full((360, 720), SEA, np.uint8)
        image[:3, : 3 * len(biomes.NAMES)] = np.repeat(np.arange(1, 32), 3)  # the legend
        for (lat, lon), name in climates.items():
            row, col = 2 * (89 - lat), 2 * (lon + 180)
            image[row : row + 2, col : col + 2] = biomes.NAMES.index(name) + 1
        path = tmp_path / "climates.tif"
        profile = {"driver": "GTiff", "dtype": "uint8", "count": 1, "height": 360, "width": 720}
        with rasterio.open(path, "w", **profile) as file:
            file.write(image, 1)
        return path

    return write


def cell(lat: int, lon: int) -> tuple[int, int]:
    """Row and column of the cell north-east of a crossing of degrees."""
    return 89 - lat, lon + 180


def test_a_climate_means_another_biome_elsewhere(world) -> None:
    climates = {(50, 10): "Cfb", (-24, -50): "Cfb", (72, -40): "EF", (60, 100): "ET"}
    grid, sea = biomes.from_climates(world(climates))
    assert [grid[cell(*place)] for place in climates] == [4, 1, 0, 11]
    assert sea.sum() == sea.size - 4 and not sea[cell(72, -40)]
    assert grid[0].max() == 0, "the image's legend is no land at the pole"


def test_polygons_say_it_themselves(tmp_path) -> None:
    shapes = {"PA0412": (10, 50), "Lake": (20, 50), "NT0704": (-50, -15)}
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "BIOME_NUM": number},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3], [x, y]]],
            },
        }
        for number, (code, (x, y)) in zip((4.0, 99.0, 7.0), shapes.items(), strict=True)
    ]
    path = tmp_path / "ecoregions.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    for column in ("BIOME_NUM", "code"):
        grid, sea = biomes.from_ecoregions(path, column)
        assert grid[cell(51, 11)] == 4 and grid[cell(-14, -49)] == 7
        assert grid[cell(51, 21)] == 0 and sea[cell(51, 21)]


def test_the_coast_has_that_of_the_nearest_land_across_the_antimeridian_too(monkeypatch) -> None:
    monkeypatch.setattr(biomes, "REACH", 120.0)
    grid, sea = np.zeros((180, 360), np.uint8), np.ones((180, 360), np.uint8)
    for place, biome in (((0, 179), 1), ((0, -178), 7), ((70, 0), 0)):
        grid[cell(*place)], sea[cell(*place)] = biome, 0
    filled = biomes.over_the_coast(grid, sea)
    assert filled[cell(0, -180)] == 1 and filled[cell(0, -179)] == 7 and filled[cell(1, 179)] == 1
    assert filled[cell(0, -176)] == 0 and filled[cell(70, 0)] == 0


def test_what_is_written_says_whose_it_is_and_is_compared_by_area(tmp_path) -> None:
    one, other = np.zeros((180, 360), np.uint8), np.zeros((180, 360), np.uint8)
    one[cell(0, 0)] = other[cell(0, 0)] = one[cell(60, 0)] = 4
    other[cell(60, 0)], one[cell(10, 0)] = 6, 3
    share = np.cos(np.radians(0.5)) / (np.cos(np.radians(0.5)) + np.cos(np.radians(60.5)))
    assert biomes.agreement(one, other) == pytest.approx(share)
    biomes.write(tmp_path / "b.tif", one, "somebody", "some licence")
    with rasterio.open(tmp_path / "b.tif") as file:
        assert np.array_equal(file.read(1), one) and tuple(file.bounds) == (-180, -90, 180, 90)
        assert file.tags()["SOURCE"] == "somebody" and file.tags()["LICENCE"] == "some licence"
