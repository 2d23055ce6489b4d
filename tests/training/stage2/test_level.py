"""The regression of levels: what it finds, what it admits, and what training shows of it."""

from __future__ import annotations

import math

import pytest
import torch

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from gac_core.models.level import FEATURES, LevelRegression, level_features
from gac_core.models.metadata import Metadata
from training.stage2.level import HUE_DOUBT, LevelFit, fit_level, true_levels

TILES = [f"tile_{i // 3}" for i in range(60)]


def metadata(month: int = 6, biome: int = 4, count: int = 1) -> Metadata:
    return Metadata(
        torch.full((count,), month), torch.full((count,), biome), torch.full((count, 2), math.nan)
    )


@pytest.fixture
def law():
    """Features and levels of 60 images that follow a linear law in two of the features."""
    drawn = torch.Generator().manual_seed(3)
    features = torch.randn((60, FEATURES), generator=drawn)
    slopes = torch.linspace(-0.2, 0.2, len(S2_BANDS))
    levels = (1.0 + features[:, :1] * slopes + 0.1 * features[:, 5:6]).exp()
    return features, levels


def test_a_law_is_found_and_told_on_new_images(law):
    features, levels = law
    fitted = fit_level(features, levels, TILES, ridge=0.1)
    new = torch.randn((20, FEATURES), generator=torch.Generator().manual_seed(4))
    slopes = torch.linspace(-0.2, 0.2, len(S2_BANDS))
    truth = (1.0 + new[:, :1] * slopes + 0.1 * new[:, 5:6]).exp()
    assert (fitted.regression(new) / truth).log().abs().mean() < 0.02


def test_residuals_are_those_of_places_that_were_not_seen(law):
    """One number a tile that only its own images tell: nothing can be known of it elsewhere."""
    features, _ = law
    own = torch.randn(20, generator=torch.Generator().manual_seed(5)).repeat_interleave(3)
    levels = own[:, None].expand(-1, len(S2_BANDS)).exp()
    fitted = fit_level(features, levels, TILES)
    seen = (fitted.regression(features) / levels).log()
    assert fitted.residuals.square().mean() > 1.5 * seen.square().mean()
    assert fitted.residuals.square().mean() > 0.9 * own.square().mean()


def test_a_band_that_images_lack_is_left_out(law):
    features, levels = law
    lacking = levels.clone()
    lacking[::2, 3] = math.nan
    lacking[:, 7] = math.nan
    fitted = fit_level(features, lacking, TILES, ridge=0.1)
    assert fitted.residuals[::2, 3].isnan().all() and fitted.residuals[1::2, 3].isfinite().all()
    assert fitted.regression.bias[7] == LevelRegression().bias[7]
    assert not fitted.regression.weight[:, 7].any()
    assert (fitted.regression(features)[:, 0] / levels[:, 0]).log().abs().mean() < 0.02


def test_a_hint_is_as_bright_as_the_truth_and_off_in_hue():
    residuals = torch.randn((40, len(S2_BANDS)), generator=torch.Generator().manual_seed(6))
    fitted = LevelFit(LevelRegression(), residuals)
    truth = torch.full((500, len(S2_BANDS)), 2.0)
    off = (fitted.hint(truth) / truth).log()
    assert off[:, OUTPUT_INDEX].mean(1).abs().max() < 1e-5
    hue = residuals - residuals[:, OUTPUT_INDEX].mean(1, keepdim=True)
    assert float(off.std()) == pytest.approx(HUE_DOUBT * float(hue.std()), rel=0.1)


def test_a_hint_of_an_unknown_band_is_as_bright_as_the_others():
    fitted = LevelFit(LevelRegression(), torch.zeros(1, len(S2_BANDS)))
    truth = LevelRegression().bias.exp()[None] * 1.5
    lacking = truth.clone()
    lacking[:, 9] = math.nan
    assert torch.allclose(fitted.hint(lacking), truth)
    assert fitted.hint(torch.full_like(truth, math.nan)).isfinite().all()


def test_true_levels_leave_unknown_pixels_out():
    root = torch.ones((1, len(S2_BANDS), 4, 4))
    root[..., 2:, :] = 5.0
    valid = torch.ones_like(root, dtype=torch.bool)
    valid[..., 2:, :] = False
    valid[:, 8] = False
    levels = true_levels(root, valid)
    assert levels[0, 0] == 1 and levels[0, 8].isnan()


def test_features_know_season_and_biome_and_no_more_where_they_are_unknown():
    radar = torch.randn((1, 2, 40, 40)) - 15
    seen = level_features(radar, "S1GRD", metadata())
    assert seen.shape == (1, FEATURES) and seen.isfinite().all()
    unknown = level_features(radar, "S1GRD", metadata(month=0, biome=0))
    # Two harmonics, and the season times VH: six numbers; and the biomes.
    assert int((seen != unknown).sum()) == 7
    december, january = (level_features(radar, "S1GRD", metadata(month=m)) for m in (12, 1))
    july = level_features(radar, "S1GRD", metadata(month=7))
    assert (december - january).norm() < (december - july).norm() / 2


def test_features_do_not_depend_on_where_in_an_image_things_are():
    radar = torch.randn((1, 2, 40, 40)) - 15
    turned = level_features(radar.flip(-1).transpose(-1, -2), "S1GRD", metadata())
    assert torch.allclose(turned, level_features(radar, "S1GRD", metadata()), atol=1e-5)
