"""The stopping measure and training data of stages 2 and 3 of the demo bundle."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.band_statistics import OUTPUT_INDEX
from training.demo.examples import Example, StageGains, corners
from training.demo.pairs import FOLDS, fold_of, simulate_pairs, tiles_of


@pytest.fixture(scope="module")
def windows():
    """Windows of two simulated places, shown with noise for opt_v1."""
    drawn = np.random.default_rng(0)
    pairs = simulate_pairs(7, 2, 128)
    noise = [300 * drawn.standard_normal(pair.s2.shape).astype(np.float32) for pair in pairs]
    return corners(Example(p, p.s2 + n, p.s2 + n) for p, n in zip(pairs, noise, strict=True))


def test_a_stage_is_worth_what_its_weakest_measure_gains(windows):
    opt_v2 = windows.opt_v2[:, OUTPUT_INDEX]
    earned = StageGains(3, windows, opt_v2)
    assert earned.gains(opt_v2).worth == 0
    assert earned.gains(windows.target).worth > 0.5
    # Nearer to the real image in level, and without any structure to set against the radar's.
    flat = windows.target.mean((2, 3), keepdim=True).expand_as(windows.target)
    assert earned.gains(flat).worth < earned.gains((opt_v2 + windows.target) / 2).worth
    assert earned.gains(opt_v2 * 1.5).worth < 0


def test_every_training_tile_is_unseen_by_one_generator():
    folds = [fold_of(tile) for tile in tiles_of("train")]
    assert set(folds) == set(range(FOLDS))
    with pytest.raises(ValueError, match="T33UWP"):
        fold_of("T33UWP")
