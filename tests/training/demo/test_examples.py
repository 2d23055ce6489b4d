"""Training examples and losses of stages 2 and 3 of the demo."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from training.demo.examples import Example, corners, draw
from training.demo.pairs import WINDOW, simulate_pairs
from training.demo.refiner import root_loss


@pytest.fixture(scope="module")
def examples():
    """Four simulated pairs, two of which pass for real ones of one tile."""
    pairs = simulate_pairs(7, 4, 128)
    real = [replace(pair, real=True, tile="T31UGR", biome=4) for pair in pairs[:2]]
    return [Example(pair, 0.9 * pair.s2, 0.95 * pair.s2) for pair in (*real, *pairs[2:])]


def test_corners_are_those_of_each_pair_and_its_images(examples):
    windows = corners(examples)
    assert len(windows) == 16 and windows.s1.shape[-1] == WINDOW
    assert torch.equal(windows.opt_v1[5], 0.9 * windows.s2[5])


def test_windows_are_drawn_alike_and_images_stay_together(examples):
    one, again = (draw(examples, np.random.default_rng(3), 6, 0.5) for _ in range(2))
    assert torch.equal(one.s1, again.s1) and torch.equal(one.month, again.month)
    assert torch.allclose(one.opt_v1, 0.9 * one.s2) and torch.allclose(one.opt_v2, 0.95 * one.s2)


def test_only_real_pairs_or_only_simulated_ones(examples):
    real = draw(examples, np.random.default_rng(1), 20, 1.0)
    simulated = draw(examples, np.random.default_rng(1), 20, 0.0)
    held = [set(e.pair.s2[1].ravel().tolist()) for e in examples]

    def whose(windows):
        # By many values: one alone may be in two pairs.
        values = [set(row[1, 0].tolist()) for row in windows.s2]
        return {n for n, pair in enumerate(held) for each in values if each <= pair}

    assert whose(real) == {0, 1} and whose(simulated) == {2, 3}


def test_month_and_biome_are_hidden_now_and_then(examples):
    drawn = draw(examples, np.random.default_rng(2), 200, 1.0)
    assert 0 < int((drawn.biome == 0).sum()) < 200 and set(drawn.biome.tolist()) == {0, 4}
    told = {(m + off - 1) % 12 + 1 for m in (8, 9) for off in (-1, 0, 1)}
    assert set(drawn.month.tolist()) <= {0, *told} and 0 in drawn.month.tolist()


def test_the_loss_leaves_unknown_bands_out_and_counts_shown_ones_more():
    real = torch.full((1, 12, 8, 8), 900.0)
    wrong = real.clone()
    wrong[:, OUTPUT_INDEX[0]] = 1600
    hidden = real.clone()
    hidden[:, 0] = 1600
    assert root_loss(wrong, real) > 2 * root_loss(hidden, real) > 2 * root_loss(real, real)
    lacking = real.clone()
    lacking[:, 0] = torch.nan
    assert root_loss(hidden, lacking) == pytest.approx(float(root_loss(real, lacking)), abs=1e-6)
