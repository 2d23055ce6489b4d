"""Features of images for the kernel inception distance."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.networks.loading import Models
from tests.core.tiny import write_tiny_bundle
from tests.training.evaluation.pairs import simulated
from training.evaluation.chain import REAL
from training.evaluation.kid import Features, token_features


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    torch.set_num_threads(1)
    bundle = read_bundle(write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny"))
    return Models(bundle, Library([], []), torch.device("cpu"))


def image_of(side=96, seed=3):
    return simulated(seed, "a", side).s2[list(OUTPUT_INDEX)]


def test_one_feature_for_each_token_that_is_known_as_a_whole(models):
    image, valid = image_of(), np.ones((96, 96), bool)
    whole = token_features(models, image, valid)
    assert whole.shape == (36, 64) and whole.isfinite().all()
    valid[:20, :16] = False
    spoilt = image.copy()
    spoilt[:, ~valid] = np.nan
    some = token_features(models, spoilt, valid)
    assert some.shape == (34, 64) and some.isfinite().all()
    # Whatever stands where nothing is known.
    other = image.copy()
    other[:, ~valid] = 9000
    assert torch.equal(some, token_features(models, other, valid))
    assert token_features(models, image, np.zeros_like(valid)).shape == (0, 64)


def test_larger_and_smaller_images_are_cut_into_windows(models):
    large = image_of(160)
    features = token_features(models, large, np.ones((160, 160), bool))
    assert features.shape == (100, 64)
    alone = token_features(models, large[:, :96, :96], np.ones((96, 96), bool))
    assert torch.allclose(features[:36], alone, atol=1e-5)
    small = token_features(models, large[:, :40, :64], np.ones((40, 64), bool))
    assert small.shape == (2 * 4, 64)


def test_sets_are_compared_at_the_same_tokens(models, monkeypatch):
    monkeypatch.setattr("training.evaluation.kid.MAX_FEATURES", 20)
    features = Features(models, 2)
    for seed in (3, 4):
        pair = simulated(seed, "a")
        real = pair.s2[list(OUTPUT_INDEX)]
        features.add(pair, {REAL: real, "same": real, "bright": real + 2000})
    features.add(pair, {"of one alone": real})
    distances = features.distances()
    assert set(distances) == {"same", "bright"}
    assert all(len(parts) == 10 for parts in features._kept[REAL])
    assert torch.equal(features._kept[REAL][1], features._kept["same"][1])
    assert distances["same"] < distances["bright"]
