"""Baselines: fitted by least squares, from a card, and learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX, S1_STATISTICS
from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import BundleError
from tests.problems import raises
from tests.training.evaluation.pairs import foreign, simulated, source
from training.evaluation.baselines import (
    DETAIL,
    FROM_CARD,
    MEAN,
    NO_BASELINES,
    NOT_TRAINED,
    REGRESSION,
    Baselines,
    FittedBaselines,
    RadarPrint,
    fit_baselines,
)
from training.evaluation.learned_baselines import (
    BaselinePairs,
    BaselineSettings,
    _prepared,
    load_or_train,
    standard_radar,
    train,
    translate,
)
from training.evaluation.selection import Selection
from training.scores.pixels import blurred

CPU = torch.device("cpu")
CARD = {"training": {"tiles": {"train": ["a", "b"], "stop": ["c"], "test": ["d"]}}}
QUICK = BaselineSettings(steps=2, batch=2, crop=64, every=2)


@pytest.fixture(scope="module")
def pairs():
    return [simulated(seed, tile, 64) for seed, tile in enumerate("abcd", start=3)]


def linear(pair, weights):
    """The pair with an optical image that follows from the radar by `weights` (4, 3)."""
    vv, vh = pair.s1
    s2 = pair.s2.copy()
    s2[list(OUTPUT_INDEX)] = np.einsum("bc,chw->bhw", weights, np.stack([vv, vh, np.ones_like(vv)]))
    return replace(pair, s2=s2)


def test_the_regression_finds_what_is_linear(pairs):
    weights = np.array([[10, 5, 900], [3, -8, 1200], [0, 20, 1500], [-30, 1, 2500]], np.float32)
    spoilt = foreign(linear(pairs[0], weights))
    found = Baselines.fit([spoilt, linear(pairs[1], weights)])
    assert np.allclose(found.weights, weights, rtol=1e-3, atol=0.5)
    image = found.images(spoilt.s1)[REGRESSION]
    known = np.isfinite(spoilt.s1).all(0)
    assert np.isnan(image[:, ~known]).all()
    real = linear(pairs[0], weights).s2[list(OUTPUT_INDEX)]
    assert np.allclose(image[:, known], real[:, known], atol=3)


def test_the_mean_is_that_of_known_pixels(pairs):
    spoilt = foreign(pairs[0])
    real = spoilt.s2[list(OUTPUT_INDEX)]
    both = np.isfinite(spoilt.s1).all(0) & np.isfinite(real).all(0)
    found = Baselines.fit([spoilt])
    assert np.allclose(found.mean, real[:, both].mean(1), rtol=1e-5)
    assert np.ptp(found.images(pairs[1].s1)[MEAN][0]) == 0


def test_the_radars_print_is_found(pairs):
    """Eight constants that made the real images out of opt_v2 and the radar's detail."""
    weights = np.array([[10, 5], [3, -8], [0, 20], [-30, 1]], np.float32)
    made = []
    for pair in (foreign(pairs[0]), pairs[1]):
        radar = pair.s1.astype(np.float64)
        printed = np.einsum("bp,phw->bhw", weights, radar - blurred(radar, DETAIL))
        real = pair.s2[list(OUTPUT_INDEX)]
        made.append((pair, (real - printed).astype(np.float32)))
    fitted = RadarPrint.fit(made)
    assert np.allclose(fitted.weights, weights, atol=0.05)
    for pair, opt_v2 in made:
        image, real = fitted.image(pair.s1, opt_v2), pair.s2[list(OUTPUT_INDEX)]
        known = np.isfinite(pair.s1).all(0) & np.isfinite(real).all(0)
        assert np.allclose(image[:, known], real[:, known], atol=1)
        assert np.isnan(image[:, ~np.isfinite(pair.s1).all(0)]).all()
    assert RadarPrint.fit([]) is None
    assert RadarPrint.fit([(pairs[0], np.full((4, 64, 64), np.nan, np.float32))]) is None


def test_nothing_to_fit_is_none(pairs):
    assert Baselines.fit([]) is None
    assert Baselines.fit([replace(pairs[0], s2=np.full_like(pairs[0].s2, np.nan))]) is None


def test_a_card_keeps_them(pairs):
    found = Baselines.fit(pairs)
    again = Baselines.from_card({"training": {"baselines": found.to_card()}})
    assert np.allclose(again.mean, found.mean, atol=1e-2)
    assert np.allclose(again.weights, found.weights, atol=1e-4)
    assert Baselines.from_card({}) is None and Baselines.from_card({"training": None}) is None


@pytest.mark.parametrize(
    "wrong", [{"mean": [1, 2, 3, 4]}, {"mean": [1], "regression": [[1, 2, 3]] * 4}, [1], "no"]
)
def test_a_card_with_other_baselines_is_refused(wrong):
    with raises(BundleError, "baselines-wrong"):
        Baselines.from_card({"name": "x", "training": {"baselines": wrong}})


def test_only_training_tiles_train(pairs):
    """Neither what is judged nor what stopped the training, whatever the card says."""
    told = fit_baselines(CARD, source(*pairs), Selection([], {"b", "d"}), None, None, CPU, print)
    assert np.allclose(told.simple.mean, Baselines.fit(pairs[:1]).mean) and told.train == [0]
    silent = fit_baselines({}, source(*pairs), Selection([], {"d"}), None, None, CPU, print)
    assert np.allclose(silent.simple.mean, Baselines.fit(pairs[:3]).mean)


def test_foreign_pairs_take_the_cards(pairs):
    kept = Baselines.fit(pairs[:2])
    card = {"training": {**CARD["training"], "baselines": kept.to_card()}}
    found = fit_baselines(card, source(pairs[3]), Selection([], {"d"}), QUICK, None, CPU, print)
    assert np.allclose(found.simple.mean, kept.mean, atol=1e-2) and not found.learned
    assert found.notes == [FROM_CARD, NOT_TRAINED]
    bare = fit_baselines(CARD, source(pairs[3]), Selection([], {"d"}), None, None, CPU, print)
    assert bare.simple is None and bare.notes == [NO_BASELINES]


def test_training_follows_its_seed(pairs):
    baseline_pairs = BaselinePairs(source(*pairs), [0, 1], [2])
    first, second = (
        train("pix2pix", baseline_pairs, QUICK, CPU, lambda line: None) for _ in range(2)
    )
    other = train("pix2pix", baseline_pairs, replace(QUICK, seed=1), CPU, lambda line: None)
    name = "unet.encoder.conv1.weight"
    a, b, c = (network.get_parameter(name) for network in (first, second, other))
    assert torch.equal(a, b) and not torch.equal(a, c)


def test_a_trained_one_is_kept_and_asked_for_again(pairs, tmp_path):
    baseline_pairs, said = BaselinePairs(source(*pairs), [0, 1], []), []
    args = (QUICK, tmp_path, CPU, said.append)
    first = load_or_train("UNet-L1", baseline_pairs, *args)
    again = load_or_train("UNet-L1", baseline_pairs, *args)
    assert str(tmp_path / "UNet-L1.safetensors") in said[-1]
    assert all(
        torch.equal(a, b) for a, b in zip(first.parameters(), again.parameters(), strict=True)
    )
    (tmp_path / "UNet-L1.safetensors").write_bytes(b"cut short")
    said.clear()
    load_or_train("UNet-L1", BaselinePairs(source(*pairs), [1, 0], []), *args)
    assert not said  # other baseline_pairs, and a file that is none: trained anew
    spec = WindowSpec(size=96, overlap=32, margin=8)
    image = translate(first, foreign(pairs[3]).s1, "S1GRD", spec, CPU)
    assert image.shape == (4, 64, 64)
    assert np.isnan(image[:, :, :20]).all() and np.isfinite(image[:, :, 20:]).all()


def test_each_kind_of_radar_has_its_statistics(pairs):
    """Terrain-corrected backscatter is brighter than ground range; to the networks it is alike."""
    grd = torch.from_numpy(pairs[0].s1)[None]
    (mean, std), (other, spread) = (
        (torch.tensor(values).view(2, 1, 1) for values in S1_STATISTICS[kind])
        for kind in ("S1GRD", "S1RTC")
    )
    rtc = (grd - mean) / std * spread + other
    sample = {
        "s1": torch.cat([grd, rtc]),
        "s2": torch.from_numpy(pairs[0].s2).expand(2, -1, -1, -1),
        "bands": torch.ones(2, 12, dtype=torch.bool),
        "valid": torch.ones(2, 64, 64, dtype=torch.bool),
    }
    radar, *_ = _prepared({**sample, "modality": ["S1GRD", "S1RTC"]}, CPU)
    assert torch.allclose(radar[0], radar[1], atol=1e-4)
    assert torch.equal(radar[:1], standard_radar(grd, ["S1GRD"]))
    taken_for_grd, *_ = _prepared({**sample, "modality": ["S1GRD", "S1GRD"]}, CPU)
    assert not torch.allclose(taken_for_grd[0], taken_for_grd[1], atol=0.1)


def test_a_learned_baseline_is_told_the_kind_of_radar(pairs):
    """In the images that are judged too: pairs of one scene in both kinds give one image."""
    network = train("UNet-L1", BaselinePairs(source(*pairs), [0, 1], []), QUICK, CPU, print).eval()
    (mean, std), (other, spread) = (
        (np.array(values, np.float32)[:, None, None] for values in S1_STATISTICS[kind])
        for kind in ("S1GRD", "S1RTC")
    )
    grd = pairs[2]
    rtc = replace(grd, s1=(grd.s1 - mean) / std * spread + other, modality="S1RTC")
    spec = WindowSpec(size=96, overlap=32, margin=8)
    beside = FittedBaselines(None, {"UNet-L1": network})
    first, second, wrong = (
        beside.images(pair, spec, CPU)[0]["UNet-L1"]
        for pair in (grd, rtc, replace(rtc, modality="S1GRD"))
    )
    assert np.abs(first - second).max() <= 1  # rounded to whole DN
    assert np.abs(first - wrong).max() > 1
