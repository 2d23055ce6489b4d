"""Images filled in, moved and regressed from clear pixels."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from tests.training.evaluation.pairs import simulated
from training.evaluation.gap_fill import fill_in, inpaint_biharmonic, move_locally, regress


def landscape(seed=0):
    image = simulated(seed, "a", 96).s2[[1, 2, 3, 7]]
    clear = np.ones((96, 96), bool)
    clear[30:60, 40:70] = False
    return image, clear


@pytest.mark.parametrize("fill", [fill_in, inpaint_biharmonic])
def test_filling_in_keeps_what_is_clear_and_continues_it(fill):
    image, clear = landscape()
    filled = fill(image, clear)
    assert np.array_equal(filled[:, clear], image[:, clear])
    flat = np.full_like(image, 700.0)
    assert fill(np.where(clear, flat, 9000), clear) == pytest.approx(flat, abs=1.0)


def test_far_from_what_is_clear_stands_its_mean():
    image = np.full((1, 40, 900), 500.0, np.float32)
    clear = np.zeros((40, 900), bool)
    clear[:, :20] = True
    assert fill_in(image, clear) == pytest.approx(image, rel=1e-5)


def test_moving_locally_takes_a_constant_error_away():
    image, clear = landscape()
    assert move_locally(image + 300, image, clear) == pytest.approx(image, abs=1.0)


def test_the_regression_finds_what_the_radar_tells():
    rng = np.random.default_rng(0)
    s1 = rng.normal(-12, 3, (2, 96, 96)).astype(np.float32)
    image = np.full((4, 96, 96), 900.0, np.float32)
    clear = rng.random((96, 96)) < 0.4
    smooth = s1 - s1.mean()
    optical = (1000 + 80 * gaussian_filter(smooth[:1], (0, 1, 1)) * np.ones((4, 1, 1))).astype("f4")
    error = (regress(s1, image, optical, clear) - optical)[:, ~clear]
    assert np.abs(error).mean() < 0.1 * optical[:, ~clear].std()
