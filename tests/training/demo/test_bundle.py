"""The demo bundle that is shipped: whole, small, and what its card says it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library, engine_root
from gac_core.io import sha256
from gac_core.networks.loading import Models
from gac_core.networks.terramind import standardise_radar, token_logits
from tests.training.engine import run_stages
from training.demo.pairs import tiles_of
from training.demo.sensors import simulate_pair

FOLDER = engine_root() / "resources" / "bundles" / "demo"
MEGABYTES = 23


@pytest.fixture(scope="module")
def models():
    loaded = Models(read_bundle(FOLDER), Library([], []), torch.device("cpu"))
    loaded.load()
    return loaded


@pytest.fixture(scope="module")
def radar():
    return simulate_pair(31, 96, 6)[0]


def test_it_is_small():
    size = sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file())
    assert size <= MEGABYTES * 1e6


def test_hashes_match():
    bundle = read_bundle(FOLDER)
    assert len(bundle.weight_files) == 6
    assert bundle.codes is not None
    for weight in (*bundle.weight_files, bundle.codes):
        assert weight.sha256 == sha256(FOLDER / weight.file)


def test_the_card_says_what_it_is():
    card = read_bundle(FOLDER).card
    assert card["kind"] == "demo" and card["attribution"] and card["licence"]
    assert card["training"]["tiles"]["test"] == tiles_of("test") == card["scores"]["tiles"]
    mean = card["scores"]["mean"]
    for name in ("dataset mean", "per-pixel regression", "opt_v1", "opt_v2", "opt_v3"):
        assert {"psnr", "ssim", "sam", "gac", "cfog"} <= set(mean[name])


def test_a_stage_that_makes_it_worse_says_so():
    """By the card's own scores, those of tiles that were held out."""
    bundle = read_bundle(FOLDER)
    mean, told = bundle.card["scores"]["mean"], bundle.card["scores"]["not earned"]
    lost = [
        (later, key)
        for earlier, later in (("opt_v1", "opt_v2"), ("opt_v2", "opt_v3"))
        for key, sign in (("psnr", 1), ("ssim", 1), ("sam", -1), ("cfog_gap", -1))
        if key in mean[later] and sign * (mean[later][key] - mean[earlier][key]) < -0.001
    ]
    for later, key in lost:
        title = "CFOG gap" if key == "cfog_gap" else key.upper()
        assert any(later in words and title in words for words in told)
    for words in told[:4]:
        assert any(words[:80] in note for note in bundle.notes)


def test_three_stages_give_three_pictures(models, radar):
    first, second, third = run_stages(models, radar, month=6, biome=4)
    for image in (first, second, third):
        assert image.shape[1:] == (96, 96)
        assert np.isfinite(image).all()
        assert 0 < np.median(image[-1]) < 6000
    assert not np.array_equal(first[list(OUTPUT_INDEX)], second)
    assert not np.array_equal(second, third)


def test_the_adapter_off_is_the_bare_model(models, radar):
    """Bit for bit: stage 1 must be the model as it was before stage 3 adapted it."""
    bundle = models.bundle
    without = replace(bundle, grounding=replace(bundle.grounding, adapter=None))
    plain = Models(without, models.library, models.device)
    x = standardise_radar(torch.from_numpy(radar)[None], "S1GRD")
    with torch.no_grad():
        bare = token_logits(plain.terramind.model, x, "S1GRD")
        with models.terramind.bare():
            off = token_logits(models.terramind.model, x, "S1GRD")
        on = token_logits(models.terramind.model, x, "S1GRD")
    assert torch.equal(bare, off)
    assert not torch.equal(on, off)
