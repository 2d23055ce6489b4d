"""Level, local contrast and power by scale, on images for which they are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.training.places import place
from training.scores import score_image
from training.scores.image import OCTAVES, SCALED
from training.scores.pixels import (
    BLOCK,
    REACH,
    biases,
    blurred,
    contrast_error,
    contrast_ratios,
    power_ratios,
    reference_cases,
    spectrum_error,
)

SIZE = 160
BANDS = ("B02", "B03", "B04", "B08")


@pytest.fixture(scope="module")
def real():
    return place(SIZE, seed=4).target[0].numpy().astype(np.float64)


@pytest.fixture(scope="module")
def everywhere():
    return np.ones((SIZE, SIZE), bool)


def white(std, seed):
    return 2000 + std * np.random.default_rng(seed).standard_normal((4, SIZE, SIZE))


def test_the_real_image_has_its_own(real, everywhere):
    assert np.abs(power_ratios(real, real, everywhere)).max() == 0
    assert np.abs(contrast_ratios(real, real, everywhere) - 1).max() == 0
    assert np.abs(biases(real, real, everywhere)).max() == 0


def test_a_level_is_a_bias_and_nothing_else(real, everywhere):
    shifted = real + 0.1 * real.mean(axis=(1, 2), keepdims=True)
    assert biases(shifted, real, everywhere) == pytest.approx(10)
    assert biases(0.75 * real, real, everywhere) == pytest.approx(-25)
    assert np.abs(power_ratios(shifted, real, everywhere)).max() < 1e-6
    assert contrast_ratios(shifted, real, everywhere) == pytest.approx(1)


def test_twice_the_contrast_is_four_times_the_power(real, everywhere):
    mean = real.mean(axis=(1, 2), keepdims=True)
    doubled = mean + 2 * (real - mean)
    contrasts, power = (f(doubled, real, everywhere) for f in (contrast_ratios, power_ratios))
    assert contrasts == pytest.approx(2, rel=1e-3) and contrast_error(contrasts) == pytest.approx(1)
    assert power == pytest.approx(2, abs=0.02) and spectrum_error(power) == pytest.approx(2, 1e-2)
    halved = mean + (real - mean) / 2
    assert contrast_error(contrast_ratios(halved, real, everywhere)) == pytest.approx(1, rel=1e-3)
    assert biases(doubled, real, everywhere) == pytest.approx(0, abs=1e-9)


def test_white_noise_has_as_much_power_at_every_scale(everywhere):
    """Three times the deviation: log2(9) octaves of power, whatever the scale."""
    draws = [power_ratios(white(300, s), white(100, 50 + s), everywhere) for s in range(8)]
    power = np.mean(draws, axis=(0, 1))
    # The coarsest octave has a dozen frequencies in each block.
    assert power == pytest.approx(math.log2(9), abs=0.25)
    assert power[:3] == pytest.approx(math.log2(9), abs=0.03)
    assert contrast_ratios(white(300, 1), white(100, 2), everywhere) == pytest.approx(3, rel=0.02)


@pytest.mark.parametrize("sigma", [1.0, 2.0])
def test_a_blur_takes_what_theory_says(everywhere, sigma):
    """A Gaussian of sigma s leaves exp(-4 pi² s² f²) of the power at frequency f."""
    sharp = white(500, 3)
    power = power_ratios(blurred(sharp, sigma), sharp, everywhere).mean(axis=0)
    each = np.fft.fftfreq(BLOCK)
    radius = np.hypot(each[:, None], each)
    for octave, low in ((1, 1 / 8), (2, 1 / 16), (3, 1 / 32)):
        ring = (radius >= low) & (radius < 2 * low)
        kept = np.exp(-((2 * np.pi * sigma * radius[ring]) ** 2)).mean()
        assert power[octave] == pytest.approx(math.log2(kept), abs=0.15)
    assert power[0] < power[1] < power[2] < power[3] < 0


def test_a_flat_image_is_far_off_and_finite(real, everywhere):
    flat = np.broadcast_to(real.mean(axis=(1, 2), keepdims=True), real.shape)
    power = power_ratios(flat, real, everywhere)
    assert np.isfinite(power).all() and spectrum_error(power) > 5
    assert contrast_error(contrast_ratios(flat, real, everywhere)) > 5
    assert np.abs(power_ratios(flat, flat, everywhere)).max() == 0


def test_what_is_not_known_does_not_count(real, everywhere):
    found = blurred(real, 2.0)
    valid = everywhere.copy()
    valid[10:20, 100:140] = False
    spoilt = found.copy(), real.copy()
    spoilt[0][:, ~valid], spoilt[1][:, ~valid] = 9000.0, np.nan
    for measure in (power_ratios, contrast_ratios, biases):
        expected = measure(found, real, valid)
        assert np.isfinite(expected).all()
        assert np.array_equal(measure(*spoilt, valid), expected)
        assert not np.allclose(expected, measure(found, real, everywhere), rtol=1e-4)
    valid[:: BLOCK // 2] = False  # no whole block is left
    assert np.isnan(power_ratios(found, real, valid)).all()
    assert np.isfinite(contrast_ratios(found, real, valid)).all()
    nowhere = ~everywhere
    assert all(np.isnan(f(found, real, nowhere)).all()
               for f in (power_ratios, contrast_ratios, biases))  # fmt: skip


def test_they_come_with_the_other_scores(real):
    s1 = place(SIZE, seed=4).s1[0].numpy()
    lacking = real.copy()
    lacking[3] = np.nan
    scores = score_image(s1, 1.2 * real, lacking, names=SCALED)
    assert scores["bias"] == pytest.approx(20) and scores["bias_B02"] == pytest.approx(20)
    assert scores["contrast_B03"] == pytest.approx(1.2, rel=1e-3)
    assert scores["spectrum"] == pytest.approx(2 * math.log2(1.2), rel=1e-2)
    assert math.isnan(scores["bias_B08"]) and math.isnan(scores["contrast_B08"])
    assert set(scores) == {
        *SCALED, *OCTAVES, *(f"{name}_{band}" for name in ("bias", "contrast") for band in BANDS)
    }  # fmt: skip
    alone = score_image(s1, 1.2 * real, lacking, names=SCALED, per_band=False)
    assert alone == {name: scores[name] for name in SCALED}
    nothing = score_image(s1, real, real * np.nan, names=SCALED)
    assert all(math.isnan(value) for value in nothing.values())


def test_references_show_what_they_mean(real):
    """References help read a bundle's images: a blur lacks detail, noise has too much."""
    s1 = place(SIZE, seed=4).s1[0].numpy().astype(np.float64)
    cases = reference_cases(s1, real)
    scores = {
        name: score_image(s1, cases[name][0][1], real, names=SCALED)
        for name in ("real", "real, blurred", "noise")
    }
    assert scores["real"]["spectrum"] == scores["real"]["contrast"] == scores["real"]["bias"] == 0
    assert abs(scores["real, blurred"]["bias"]) < 1
    assert scores["real, blurred"][OCTAVES[0]] < -2 < 2 < scores["noise"][OCTAVES[0]]
    assert scores["real, blurred"]["contrast_B08"] < 1 < scores["noise"]["contrast_B08"]


def test_a_mean_of_known_pixels():
    image = np.full((4, 60, 60), 1200.0)
    image[2, 20:30, 20:30] = np.nan  # in one band alone
    smooth = blurred(image, REACH)
    assert (np.isnan(smooth) == np.isnan(image)).all()
    assert np.nanmax(np.abs(smooth - 1200)) < 1e-6
