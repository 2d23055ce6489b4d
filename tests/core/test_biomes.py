"""Biomes by place."""

from __future__ import annotations

import math

import pytest
import rasterio

from gac_core.contract.bands import BIOMES
from gac_core.places import RASTER, biome_at, biome_for

PLACES = (
    (1, -3.1, -60.0, "Manaus"),
    (1, 0.52, 25.2, "Kisangani"),
    (1, 1.37, 103.8, "Singapore"),
    (1, -3.75, -73.25, "Iquitos"),
    (1, 19.7, -155.15, "Hilo, Hawaii"),
    (1, -8.76, -63.9, "Porto Velho"),
    (1, 22.7, 88.4, "Kolkata"),
    (1, 6.95, 80.1, "Colombo"),
    (1, -17.0, 145.7, "Cairns"),
    (2, -17.85, -60.75, "Chiquitos, Bolivia"),
    (2, 10.63, -85.44, "Guanacaste, Costa Rica"),
    (2, 12.97, 77.6, "Bengaluru"),
    (2, -20.2, 44.5, "Morondava, Madagascar"),
    (3, 27.75, -107.63, "Creel, Chihuahua"),
    (3, 17.33, -96.49, "Sierra de Oaxaca"),
    (4, 52.52, 13.4, "Berlin"),
    (4, 48.85, 2.35, "Paris"),
    (4, 55.75, 37.6, "Moscow"),
    (4, 36.16, -86.78, "Nashville"),
    (4, 42.4, -72.5, "Amherst, Massachusetts"),
    (4, 35.7, 139.6, "Tokyo"),
    (4, 39.9, 116.4, "Beijing"),
    (4, -33.8, 151.0, "Sydney"),
    (4, -36.9, 174.75, "Auckland"),
    (4, -39.8, -73.0, "Valdivia"),
    (5, 44.6, -110.5, "Yellowstone"),
    (5, 47.6, -122.2, "Seattle"),
    (5, 46.8, 9.84, "Davos"),
    (5, 36.5, -118.6, "Sequoia National Park"),
    (6, 62.03, 129.7, "Yakutsk"),
    (6, 64.8, -147.7, "Fairbanks"),
    (6, 65.0, 25.6, "Oulu"),
    (6, 62.45, -114.4, "Yellowknife"),
    (6, 61.25, 73.4, "Surgut"),
    (6, 49.9, -74.4, "Chibougamau, Quebec"),
    (7, -2.33, 34.83, "Serengeti"),
    (7, -15.8, -47.9, "Brasilia"),
    (7, -12.6, 131.1, "Darwin"),
    (7, 12.0, 8.5, "Kano"),
    (7, -15.4, 28.3, "Lusaka"),
    (7, -24.0, 31.5, "Kruger National Park"),
    (7, 8.9, -67.4, "Calabozo, Llanos"),
    (8, 50.45, -104.6, "Regina"),
    (8, 40.8, -96.7, "Lincoln, Nebraska"),
    (8, 35.2, -101.8, "Amarillo"),
    (8, 51.15, 71.4, "Astana"),
    (8, 48.7, 44.5, "Volgograd"),
    (8, -36.8, -59.9, "Azul, Argentina"),
    (8, 48.07, 114.5, "Choibalsan"),
    (9, 25.6, -80.8, "Everglades"),
    (9, -17.5, -57.2, "Pantanal"),
    (9, 7.5, 30.5, "Sudd"),
    (9, -19.3, 22.8, "Okavango"),
    (10, 31.5, 92.05, "Nagqu, Tibet"),
    (10, -19.6, -65.75, "Potosi"),
    (10, -29.3, 29.2, "Drakensberg"),
    (10, -15.8, -70.0, "Puno"),
    (10, 7.1, 39.8, "Bale Mountains"),
    (11, 71.2, -156.5, "Utqiagvik"),
    (11, 63.8, -68.6, "Iqaluit"),
    (11, 74.0, 100.0, "Taymyr"),
    (11, 67.5, 64.0, "Vorkuta"),
    (11, 68.0, -179.5, "Chukotka, east of the antimeridian"),
    (11, 68.0, 179.5, "Chukotka, west of the antimeridian"),
    (12, -31.95, 116.0, "Perth"),
    (12, -33.9, 18.6, "Cape Town"),
    (12, 38.0, 23.7, "Athens"),
    (12, 37.4, -5.98, "Seville"),
    (12, 34.05, -118.2, "Los Angeles"),
    (12, -33.45, -70.65, "Santiago de Chile"),
    (12, 36.7, 3.1, "Algiers"),
    (13, 22.8, 5.5, "Tamanrasset"),
    (13, -23.7, 133.9, "Alice Springs"),
    (13, 33.45, -112.07, "Phoenix"),
    (13, -23.6, -70.3, "Antofagasta"),
    (13, 24.7, 46.7, "Riyadh"),
    (13, 42.9, 89.2, "Turpan"),
    (13, -22.7, 14.7, "Swakopmund"),
    (13, 36.2, -115.1, "Las Vegas"),
    (14, 21.95, 89.2, "Sundarbans"),
    (14, 4.5, 6.4, "Niger Delta"),
)
"""Places whose biome RESOLVE's map leaves no doubt about, on all continents."""

WRONG = {
    "Fairbanks",
    "Guanacaste, Costa Rica",
    "Kruger National Park",
    "Los Angeles",
    "Morondava, Madagascar",
    "Niger Delta",
    "Okavango",
    "Pantanal",
    "Puno",
    "Sequoia National Park",
    "Sudd",
    "Sundarbans",
}
"""Those of them that climates tell nothing of, or too little: wetlands, mangroves, edges."""


def test_six_of_seven_known_places_have_their_biome() -> None:
    wrong = {name for biome, lat, lon, name in PLACES if biome_at(lat, lon) != biome}
    assert wrong == WRONG
    assert len(WRONG) * 6 < len(PLACES)


@pytest.mark.parametrize("biome", range(1, 14))
def test_every_biome_but_mangroves_lies_somewhere(biome: int) -> None:
    with rasterio.open(RASTER) as file:
        assert (file.read(1) == biome).any()
    right = [name for one, _, _, name in PLACES if one == biome and name not in WRONG]
    assert right


@pytest.mark.parametrize(
    ("lat", "lon"), [(72, -40), (-90, 0), (90, 0), (30, -40), (0, 180), (-78, 100)]
)
def test_ice_and_the_open_sea_have_none(lat: float, lon: float) -> None:
    assert biome_at(lat, lon) == 0


def test_the_sea_along_a_coast_has_that_of_the_land() -> None:
    assert biome_at(54.3, 10.6) == biome_at(54.3, 10.1) == 4  # in Kiel Bight
    assert biome_at(-32.0, 115.4) == 12 and biome_at(-32.0, 114.0) == 0  # off Perth


def test_longitudes_go_round() -> None:
    assert biome_at(68.0, 180.0) == biome_at(68.0, -180.0) == biome_at(68.0, 540.0) == 11
    assert biome_at(52.52, 373.4) == biome_at(52.52, -346.6) == 4
    assert biome_at(52.52, math.nextafter(180.0, 0)) == biome_at(52.52, 180.0)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(None, None), (52.5, None), (math.nan, 13.4), (52.5, math.nan), (52.5, math.inf), (91, 13.4)],
)
def test_nowhere_has_none(lat: float | None, lon: float | None) -> None:
    assert biome_at(lat, lon) == 0


def test_what_was_given_goes_before_the_place() -> None:
    assert biome_for(None, 52.52, 13.4) == 4
    assert biome_for(6, 52.52, 13.4) == 6
    assert biome_for(0, 52.52, 13.4) == 0


def test_the_raster_is_small_and_says_whose_it_is() -> None:
    assert RASTER.stat().st_size < 150_000
    with rasterio.open(RASTER) as file:
        assert file.crs.to_epsg() == 4326 and tuple(file.bounds) == (-180, -90, 180, 90)
        assert file.read(1).max() < len(BIOMES)
        assert "Rubel" in file.tags()["SOURCE"] and file.tags()["LICENCE"]
