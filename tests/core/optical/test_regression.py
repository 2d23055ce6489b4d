"""Local regressions follow what differs from place to place, and end at their reach."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.grid import Window
from gac_core.optical.regression import regress

WINDOW = Window(-21, 35, 300, 310)
TENT, RIDGE = 2, 1.0
REACH = 16 * (TENT + 1) + 8


@pytest.fixture
def features():
    rng = np.random.default_rng(0)
    return np.stack([np.ones(WINDOW.shape), *rng.standard_normal((2, *WINDOW.shape))])


def test_a_relation_that_drifts_is_followed(features):
    drift = np.linspace(-1, 1, WINDOW.width)
    truth = np.stack([2.0 + drift * features[1], 0.5 * features[2] - drift])
    hidden = np.zeros(WINDOW.shape, bool)
    hidden[140:160, 140:170] = True
    values = np.where(hidden, np.nan, truth)
    part = Window(WINDOW.row + 100, WINDOW.col + 97, 90, 101)
    result = regress(features, values, WINDOW, part, TENT, RIDGE)
    assert result.shape == (2, *part.shape)
    error = np.abs(result - truth[(..., *part.slices(WINDOW))])
    assert error.mean() < 0.05 and error[:, 40:60, 43:73].max() < 0.4


def test_without_pixels_in_reach_it_is_nothing(features):
    values = np.full((1, *WINDOW.shape), np.nan)
    values[0, 150, 150] = 5.0
    result = regress(features, values, WINDOW, WINDOW, TENT, RIDGE)[0]
    changed = np.abs(np.argwhere(result != 0) - 150)
    assert 16 * TENT < changed.max() <= REACH
    assert 0 < result[150, 150] < 5.0


def test_a_part_is_what_it_is_in_the_whole(features):
    values = np.random.default_rng(1).standard_normal((3, *WINDOW.shape))
    values[:, 100:250, 60:200] = np.nan
    whole = regress(features, values, WINDOW, WINDOW, TENT, RIDGE)
    part = Window(WINDOW.row + 101, WINDOW.col + 103, 77, 41)
    slices = (..., *part.slices(WINDOW))
    assert np.array_equal(regress(features, values, WINDOW, part, TENT, RIDGE), whole[slices])
    near = part.grown(REACH)
    piece = (..., *near.slices(WINDOW))
    assert np.array_equal(
        regress(features[piece], values[piece], near, part, TENT, RIDGE), whole[slices]
    )
