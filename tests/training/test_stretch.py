"""The stretch of a real image, by value: land, snow, water, nothing."""

from __future__ import annotations

import numpy as np
import pytest

from training.stretch import MAX_DN, MIN_WIDTH, NODATA, Stretch, radar, true_colour

RNG = np.random.default_rng(0)


def image(low, high, size=50):
    """B02, B03, B04, B08 with all values of a range in the visible bands; B08 far above it."""
    values = np.linspace(low, high, 3 * size * size).reshape(3, size, size)
    return np.concatenate([values, np.full((1, size, size), 9e4)]).astype(np.float32)


def test_two_to_98_percent_of_the_visible_bands_together():
    real = image(0, 2000)
    stretch = Stretch.of(real)
    assert (stretch.low, stretch.high) == pytest.approx((40, 1960), abs=1)
    # Blue is the lower third of the values, red the upper: no band has a stretch of its own.
    red, green, blue = true_colour(real, stretch).astype(float).mean((0, 1))
    assert (blue, green, red) == pytest.approx((39, 127.5, 216), abs=3)


@pytest.mark.parametrize(
    ("real", "low", "high"),
    [
        (image(8000, 12000), 8080, 11920),
        (image(150, 250), 0, MIN_WIDTH),
        (image(1900, 2100), 1750, 2250),
        (image(1200, 1200), 950, 1450),
        (image(np.nan, np.nan), 0, MAX_DN),
    ],
    ids=["snow", "water", "narrow", "constant", "nothing"],
)
def test_stretches(real, low, high):
    stretch = Stretch.of(real)
    assert (stretch.low, stretch.high) == pytest.approx((low, high), abs=1)


def test_snow_is_neither_burnt_nor_water_noise():
    snow = image(8000, 12000)
    picture = true_colour(snow, Stretch.of(snow))
    assert 0.01 < (picture == 255).mean() < 0.03 and 115 < np.median(picture) < 140
    water = 200 + RNG.normal(0, 10, (4, 50, 50))
    assert true_colour(water, Stretch.of(water)).std() < 255 * 10 / MIN_WIDTH + 1


def test_nodata_is_grey_and_does_not_count():
    real = image(0, 2000)
    whole = Stretch.of(real)
    holed = real.copy()
    holed[:, :, ::2] = np.nan
    holed[1, 5, 5] = np.inf
    stretch = Stretch.of(holed)
    assert (stretch.low, stretch.high) == pytest.approx((whole.low, whole.high), rel=0.01)
    picture = true_colour(holed, stretch)
    assert (picture[:, ::2] == NODATA).all()
    assert picture[5, 5].tolist() == [NODATA] * 3, "one band alone would be a colour"


def test_all_stages_have_the_stretch_of_the_real_one():
    real = image(0, 2000)
    stretch = Stretch.of(real)
    assert (true_colour(real + 3000, stretch) == 255).all()
    darker = true_colour(real - 200, stretch).astype(int)
    plain = true_colour(real, stretch).astype(int)
    inner = (darker > 0) & (plain < 255)
    assert np.median((plain - darker)[inner]) == pytest.approx(255 * 200 / 1920, abs=1)


def test_radar():
    s1 = np.array([[[-22, -12, -2, 5, np.nan]], [[-9, -9, -9, -9, -9]]], np.float32)
    assert radar(s1)[0].tolist() == [[v] * 3 for v in (0, 128, 255, 255, NODATA)]
