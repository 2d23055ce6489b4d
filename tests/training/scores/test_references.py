"""GAC and CFOG scores of references: none for noise, most for a copy, the same for blur."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gac_core.scores import gac_score
from tests.training.places import place
from training.scores.pixels import BLUR, blurred, reference_scores


@pytest.fixture(scope="module")
def found():
    fields = place(160, seed=2)
    s1, real = fields.s1[0].numpy(), fields.target[0].numpy()
    return s1, real, reference_scores(s1, real)


def test_right_wrong_and_copied(found):
    s1, real, scores = found
    mean = {kind: np.mean(cases, axis=0) for kind, cases in scores.items()}
    assert scores["real"][0][0] == gac_score(s1, real)
    for measure in (0, 1):
        level = mean["real"][measure]
        assert level > 0.25
        assert mean["copy of the radar"][measure] > max(0.8, level)
        assert abs(mean["noise"][measure]) < 0.15
        assert abs(mean["flipped"][measure]) < 0.2
        assert mean["shifted 8 px"][measure] < level - 0.1
        assert mean["real, blurred"][measure] == pytest.approx(level, abs=0.1)
        assert mean["real, contrast reversed"][measure] == pytest.approx(level, abs=0.02)
    assert {kind: len(cases) for kind, cases in scores.items()}["flipped"] == 3


def test_the_same_seed_gives_the_same_noise(found):
    s1, real, _ = found
    again = reference_scores(s1[:, :96, :96], real[:, :96, :96])
    other = reference_scores(s1[:, :96, :96], real[:, :96, :96], seed=1)
    assert again["noise"] != other["noise"] and again["real"] == other["real"]
    assert again == reference_scores(s1[:, :96, :96], real[:, :96, :96])


def test_blurring_keeps_holes_and_makes_no_edge_at_them():
    image = np.full((4, 60, 60), 1200.0)
    image[:, 20:30, 20:30] = np.nan
    smooth = blurred(image, BLUR)
    assert (np.isnan(smooth) == np.isnan(image)).all()
    assert np.nanmax(np.abs(smooth - 1200)) < 1e-6


def test_nothing_to_compare_is_undefined():
    scores = reference_scores(np.full((2, 40, 40), np.nan), np.full((4, 40, 40), 1000.0))
    assert all(math.isnan(value) for cases in scores.values() for case in cases for value in case)
