"""What stages 2 and 3 of the demo bundle are stopped by, and what they learn from."""

from __future__ import annotations

import pytest
import torch

from gac_core.bands import OUTPUT_INDEX
from training.demo.crops import corners
from training.demo.earned import Earned
from training.demo.pairs import simulate_pairs
from training.demo.refiner import other_day
from training.demo.split import FOLDS, fold_of, tiles_of
from training.demo.windows import Windows


@pytest.fixture(scope="module")
def windows():
    """Windows of two simulated places, shown with noise for opt_v1."""
    batch = corners(simulate_pairs(7, 2, 128))
    generator = torch.Generator().manual_seed(0)
    opt_v1 = batch.s2 + 300 * torch.randn(batch.s2.shape, generator=generator)
    shown = opt_v1[:, OUTPUT_INDEX]
    return Windows(batch.s1, batch.s2, opt_v1, batch.month, batch.biome, batch.real, shown, shown)


def test_a_stage_is_worth_what_its_weakest_measure_gains(windows):
    earned = Earned(3, windows, windows.opt_v2)
    assert earned.worth(windows.opt_v2) == 0
    assert earned.worth(windows.target) > 0.5
    # Nearer to the real image in level, and without any structure to set against the radar's.
    flat = windows.target.mean((2, 3), keepdim=True).expand_as(windows.target)
    assert earned.worth(flat) < earned.worth((windows.opt_v2 + windows.target) / 2)
    assert earned.worth(windows.opt_v2 * 1.5) < 0


def test_every_training_tile_is_unseen_by_one_generator():
    folds = [fold_of(tile) for tile in tiles_of("train")]
    assert set(folds) == set(range(FOLDS))
    with pytest.raises(ValueError, match="T33UWP"):
        fold_of("T33UWP")


def test_another_day_moves_colours_and_no_structure(windows):
    torch.manual_seed(1)
    moved = other_day(windows.target)
    gain = moved / windows.target
    assert torch.allclose(gain, gain.mean((2, 3), keepdim=True), rtol=1e-4, atol=0)
    assert 0.01 < (gain.mean((2, 3)) - 1).abs().mean() < 0.3
