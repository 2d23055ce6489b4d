"""The simulated pairs: repeatable, plausible, and one place in both sensors."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import BIOMES
from training.demo.landscape import make_landscape
from training.demo.region import CROPS, FARMED, WILD, Region, random_region
from training.demo.season import sun
from training.demo.sensors import biome_of_place, simulate_pair, simulate_s1, speckle

B02, B03, B04, B08 = (S2_BANDS.index(band) for band in ("B02", "B03", "B04", "B08"))


def test_a_pair_has_the_promised_shapes_and_is_repeatable() -> None:
    s1, s2 = simulate_pair(3, 96, 5)
    assert s1.shape == (2, 96, 96) and s2.shape == (12, 96, 96)
    assert s1.dtype == s2.dtype == np.float32
    assert np.isfinite(s1).all() and np.isfinite(s2).all()
    again = simulate_pair(3, 96, 5)
    np.testing.assert_array_equal(s1, again[0])
    np.testing.assert_array_equal(s2, again[1])


def test_another_seed_is_another_place_and_another_month_is_not() -> None:
    place = Region(lakes=0.15, river_width=0.0, relief=5.0)
    june, july, elsewhere = (
        simulate_pair(seed, 96, month, place)[1][B08] for seed, month in ((1, 6), (1, 7), (2, 6))
    )
    assert np.corrcoef(june.ravel(), july.ravel())[0, 1] > 0.6
    assert abs(np.corrcoef(june.ravel(), elsewhere.ravel())[0, 1]) < 0.4


@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_values_lie_where_the_satellites_measure_them(month: int) -> None:
    pairs = [simulate_pair(seed, 96, month) for seed in range(6)]
    s1 = np.stack([pair[0] for pair in pairs])
    s2 = np.stack([pair[1] for pair in pairs])
    assert -14 < s1[:, 0].mean() < -7
    assert 4 < s1[:, 0].mean() - s1[:, 1].mean() < 9
    assert 700 < s2[:, B08].mean() < 4000
    assert s2.min() >= 0 and s2.max() <= 16000


def test_water_is_dark_to_both_sensors() -> None:
    place = Region(lakes=0.3, river_width=0.0, towns=0.0, relief=3.0)
    ground = make_landscape(np.random.default_rng((5, 0)), 128, place)
    s1, s2 = simulate_pair(5, 128, 7, place)
    water, land = ground.water > 0.99, ground.water < 0.01
    assert s1[0][water].mean() < s1[0][land].mean() - 4
    assert s2[B08][water].mean() < 0.3 * s2[B08][land].mean()


def test_fields_are_greener_in_may_than_in_december() -> None:
    place = Region(forest=0.0, towns=0.0, lakes=0.0, river_width=0.0)

    def ndvi(month: int) -> float:
        s2 = simulate_pair(4, 96, month, place)[1]
        return float(((s2[B08] - s2[B04]) / (s2[B08] + s2[B04])).mean())

    assert ndvi(5) > ndvi(12) + 0.1


def test_the_sun_of_the_south_stands_in_the_north_as_high_in_the_same_season() -> None:
    azimuth, elevation = sun(6, 40.0)
    south, height = sun(6, -40.0)
    assert south == pytest.approx(180 - azimuth)
    assert height == pytest.approx(elevation)


def test_snow_is_white_and_lies_in_winter_alone() -> None:
    place = Region(forest=0.0, towns=0.0, lakes=0.0, river_width=0.0, cold=1.0)

    def white(month: int) -> float:
        s2 = np.stack([simulate_pair(seed, 64, month, place)[1] for seed in range(4)])
        return float((s2[:, B02] > 3000).mean())

    assert white(1) > 0.2
    assert white(7) == 0


def test_rice_stands_under_water_when_it_is_planted() -> None:
    rice = tuple(float(name == "rice") for name in FARMED)
    place = Region(forest=0.0, towns=0.0, lakes=0.0, river_width=0.0, crop_mix=rice, sowing=0.1)
    may, august = (simulate_pair(4, 64, month, place)[1][B08].mean() for month in (5, 8))
    assert may < 0.5 * august


def test_deserts_are_brighter_than_forests_and_bare() -> None:
    sand = tuple(float(name == "bare") for name in WILD)
    desert = Region(
        forest=0.0, towns=0.0, river_width=0.0, wild=1.0, wild_mix=sand, soils=(4, 4), aridity=1.0
    )
    s2 = simulate_pair(1, 64, 7, desert)[1]
    wood = simulate_pair(1, 64, 7, Region(forest=1.0, towns=0.0, river_width=0.0))[1]
    assert np.median(s2[B04]) > 4 * np.median(wood[B04])
    assert np.median(s2[B04] / s2[B08]) > 0.6


def test_places_differ_in_level_and_in_colour() -> None:
    means = np.log([simulate_pair(seed, 64, seed % 12 + 1)[1].mean((1, 2)) for seed in range(30)])
    # Over the real pairs that train: 0.58 and 0.27.
    assert means[:, B02].std() > 0.4
    assert (means[:, B04] - means[:, B03]).std() > 0.1


def test_the_radar_image_can_lie_off_its_place() -> None:
    place = make_landscape(np.random.default_rng(2), 96, Region(lakes=0.3, relief=3.0))
    at = {
        offset: simulate_s1(place, 6, np.random.default_rng(0), (0.0, offset))[0]
        for offset in (0.0, 4.0)
    }
    shift = at[4.0] - at[0.0]
    # The speckle is the same, so the difference is the shift of what lies beneath.
    smooth = gaussian_filter(10 ** (at[0.0] / 10), 3)
    expected = np.log10(np.roll(smooth, 4, axis=1) / smooth)
    assert np.corrcoef(shift[:, 8:].ravel(), expected[:, 8:].ravel())[0, 1] > 0.6


def test_speckle_has_the_looks_and_the_correlation_of_grd() -> None:
    s = speckle(np.random.default_rng(0), (400, 400))
    assert s.mean() == pytest.approx(1, abs=1e-3)
    assert 1 / s.var() == pytest.approx(4.4, rel=0.1)
    z = s - 1
    for lag, expected in ((1, 0.63), (2, 0.157)):
        assert (z[:, lag:] * z[:, :-lag]).mean() / z.var() == pytest.approx(expected, abs=0.04)


def test_shares_never_exceed_the_pixel() -> None:
    for seed in range(24):
        rng = np.random.default_rng(seed)
        place = make_landscape(rng, 48, random_region(rng))
        total = place.water + place.tree + place.built + place.sealed
        assert total.max() <= 1 + 1e-5
        assert min(v.min() for v in (place.water, place.tree, place.built, place.sealed)) >= 0
        assert set(np.unique(place.crop)) <= set(range(len(CROPS)))


def test_the_sun_stands_in_the_south_east_and_higher_in_summer() -> None:
    (azimuth, june), (_, december) = sun(6), sun(12)
    assert 120 < azimuth < 170
    assert 50 < june < 65 and 10 < december < 22


def test_a_place_lies_in_the_biome_of_its_kind_of_country() -> None:
    biomes = [biome_of_place(seed) for seed in range(200)]
    assert {4, 6, 8, 12} <= set(biomes) <= set(range(1, len(BIOMES))) and biomes.count(4) > 60
    for seed, biome in enumerate(biomes):
        # Taiga is in the north.
        assert biome != 6 or random_region(np.random.default_rng((seed, 0))).latitude > 55
