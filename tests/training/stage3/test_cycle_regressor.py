"""The regressor learns the radar from images, is judged, and is read only if it is good."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

from gac_core.contract.errors import BundleError, RequestError
from tests.problems import raises
from tests.training.stage3.simulated import REGRESSOR_SETTINGS
from training.data.pair import DataError
from training.stage3.cycle_regressor import BASELINES, CARD, OWN, WEIGHTS, Regressor, read_regressor
from training.stage3.cycle_training import (
    LinearBaseline,
    RegressorPairs,
    RegressorSettings,
    score_regressor,
    train_regressor,
    windows,
)

CPU = torch.device("cpu")


def test_it_learns_better_than_both_baselines(taught):
    _, card, said = taught
    scores = card["scores"]
    assert set(scores) == {OWN, *BASELINES}
    for name in BASELINES:
        assert scores[OWN]["rmse"] < 0.96 * scores[name]["rmse"], scores
    assert scores["mean radar"]["r2_vv"] == pytest.approx(0, abs=1e-6)
    assert min(scores[OWN]["r2_vv"], scores[OWN]["r2_vh"]) > 0.3
    assert said and card["modalities"] == ["S1GRD"]
    assert {role: len(tiles) for role, tiles in card["tiles"].items()} == {
        "train": 12, "stop": 2, "val": 6,
    }  # fmt: skip
    tiles = [tile for tiles in card["tiles"].values() for tile in tiles]
    assert len(tiles) == len(set(tiles)), "no tile is for two things"


def test_scores_are_those_of_the_formulas(regressor_pairs, taught):
    """Of the regression, by plain arithmetic on one pair."""
    linear = LinearBaseline.fit(regressor_pairs.read(regressor_pairs.train))
    pair = regressor_pairs.source.read(15)
    bands, radar = windows(pair)
    assert len(bands) == 23 * 23, "windows of 8 px, 4 px apart"
    power = 10 ** (pair.s1[:, 4:12, 8:16].astype(float) / 10)
    expected = 10 * np.log10(power.mean((1, 2)))
    assert radar.reshape(23, 23, 2)[1, 2] == pytest.approx(expected, abs=1e-3)
    answer = bands @ linear.weights
    error = (answer - answer.mean(0)) - (radar - radar.mean(0))
    scores = score_regressor(taught[0], linear, [pair])["linear regression"]
    assert scores["rmse"] == pytest.approx(np.sqrt((error**2).mean()), abs=1e-3)
    expected = 1 - (error[:, 1] ** 2).mean() / radar[:, 1].var()
    assert scores["r2_vh"] == pytest.approx(expected, abs=1e-3)


def test_a_seed_gives_one_regressor(regressor_pairs):
    short = replace(REGRESSOR_SETTINGS, steps=4)
    states = [
        train_regressor(regressor_pairs, replace(short, seed=seed), CPU, lambda _: None)[
            0
        ].state_dict()
        for seed in (1, 1, 2)
    ]
    assert all(states[0][name].equal(states[1][name]) for name in states[0])
    assert any(not states[0][name].equal(states[2][name]) for name in states[0])


def test_it_is_read_as_it_was_written(cycle_folder, taught):
    regressor = read_regressor(cycle_folder, "S1GRD")
    state = taught[0].state_dict()
    assert all(value.equal(state[name]) for name, value in regressor.state_dict().items())
    card = json.loads((cycle_folder / CARD).read_text())
    assert regressor.sha256 == card["sha256"] and len(regressor.sha256) == 64
    assert not any(p.requires_grad for p in regressor.parameters()) and not regressor.training
    assert set(card) >= {"tiles", "scores", "settings", "pairs", "shape"}


def damaged(cycle_folder, tmp_path, how):
    place = tmp_path / "other"
    shutil.copytree(cycle_folder, place)
    weights, card = place / WEIGHTS, place / CARD
    if how == "a byte of it":
        raw = bytearray(weights.read_bytes())
        raw[-5] ^= 1
        weights.write_bytes(bytes(raw))
    elif how == "cut short":
        weights.write_bytes(weights.read_bytes()[:500])
    elif how == "lost":
        weights.unlink()
    elif how == "card lost":
        card.unlink()
    elif how == "card cut":
        card.write_text(card.read_text()[:200])
    else:
        values = json.loads(card.read_text())
        if how == "no scores":
            del values["scores"]
        elif how == "no hash":
            values["sha256"] = ""
        elif how == "no better":
            values["scores"]["mean radar"]["rmse"] = values["scores"][OWN]["rmse"]
        elif how == "no number":
            values["scores"][OWN]["rmse"] = "nan"
        elif how == "other shape":
            values["shape"]["width"] = 16
        card.write_text(json.dumps(values))
    return place


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ("a byte of it", "file-not-of-card"),
        ("cut short", "file-not-of-card"),
        ("lost", "regressor-unreadable"),
        ("card lost", "regressor-missing"),
        ("card cut", "regressor-card-damaged"),
        ("no scores", "regressor-card-wrong"),
        ("no hash", "file-not-of-card"),
        ("no better", "regressor-no-better"),
        ("no number", "regressor-no-better"),
        ("other shape", "weights-not-fitting"),
    ],
)
def test_what_is_damaged_or_no_good_is_refused(cycle_folder, tmp_path, how, problem):
    with raises(BundleError, problem) as caught:
        read_regressor(damaged(cycle_folder, tmp_path, how))
    assert caught.value.remedy


def test_another_product_is_refused(cycle_folder):
    with raises(BundleError, "regressor-modality-missing", "S1RTC"):
        read_regressor(cycle_folder, "S1RTC")


def test_untrained_it_is_the_mean_radar(regressor_pairs):
    linear = LinearBaseline.fit(regressor_pairs.read(regressor_pairs.train))
    scores = score_regressor(Regressor(), linear, regressor_pairs.read(regressor_pairs.val))
    assert scores[OWN] == scores["mean radar"]


def test_pairs_that_do_not_serve_are_told_of(regressor_pairs):
    with raises(DataError, "role-without-tiles", "'val'"):
        RegressorPairs.of(
            regressor_pairs.source, dict.fromkeys(regressor_pairs.source.tiles, "train")
        )
    pair = regressor_pairs.source.read(1)
    lacking = replace(pair, bands=(True, False, *(True,) * 10))
    with raises(DataError, "no-complete-window"):
        LinearBaseline.fit([lacking])
    with pytest.raises(RequestError):
        RegressorSettings(steps=0)
