"""The rank by which checkpoints, early stopping and ways of grounding are chosen."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from gac_core.contract.errors import SceneError
from training.demo.sensors import simulate_pair
from training.scores import score_image
from training.scores.gains import GAP, MAYBE_WORSE, WORSE, Gains, real_cfog, score_against

BEFORE = {"psnr": 20.0, "ssim": 0.6, "sam": 8.0, "cfog": 0.1, GAP: 0.25}
COUNT = 8


def after(psnr=0.0, ssim=0.0, sam=0.0, gap=0.0):
    """Scores that are better by so much."""
    return {
        "psnr": 20 + psnr, "ssim": 0.6 + ssim, "sam": 8 - sam, "cfog": 0.1 + gap, GAP: 0.25 - gap,
    }  # fmt: skip


def even(stage=3, spread=0.0, **gains):
    """Gains of which each image has its own, about a mean, within a spread of the units."""
    units = {"psnr": 0.5, "ssim": 0.01, "sam": 0.5, "gap": 0.02}
    moves = np.linspace(-1, 1, COUNT) * spread
    images = [after(**{k: gains.get(k, 0.0) + u * move for k, u in units.items()})
              for move in moves]  # fmt: skip
    return Gains.of(stage, [BEFORE] * COUNT, images)


def test_gains_are_positive_where_it_is_better():
    gains = Gains.of(3, [BEFORE] * 2, [after(1, 0.02, 1, 0.04), after(3, 0.04, 3, 0.08)])
    assert {key: gain.mean for key, gain in gains.by_measure.items()} == pytest.approx(
        {"psnr": 2, "ssim": 0.03, "sam": 2, GAP: 0.06}
    )
    # Standard error of two values a and b: |a - b| / 2.
    assert {key: gain.error for key, gain in gains.by_measure.items()} == pytest.approx(
        {"psnr": 1, "ssim": 0.01, "sam": 1, GAP: 0.02}
    )
    # psnr and sam (2 - 1) / 0.5, ssim (0.03 - 0.01) / 0.01, gap (0.06 - 0.02) / 0.02: all 2.
    assert gains.worth == pytest.approx(2 + 0.04 * 2 / 3)


def test_the_weakest_sure_gain_decides():
    assert even(psnr=0.4, ssim=0.01, sam=0.4, gap=0.02).worth > 0.5
    lopsided = even(psnr=-0.05, ssim=0.1, sam=4, gap=0.5)
    assert lopsided.worth < 0, "nothing makes up for a sure loss"
    assert even().worth == 0


# Left is better than right. The rank by CFOG got all but the third wrong; a rank by gain over error
# would get the third wrong.
MISTAKES = {
    "two dB against a ten-thousandth of CFOG": (
        lambda: even(psnr=2.0, ssim=0.02, sam=1.0, gap=-0.0001, spread=0.2),
        lambda: even(),
    ),
    "an honest gain against a copy of the radar": (
        # CFOG 0.1 before, 0.35 in real images: the copy's 0.9 is as far away as 0.8 to the left.
        lambda: even(psnr=0.5, ssim=0.01, sam=0.5, gap=0.05, spread=0.1),
        lambda: even(psnr=0.01, ssim=0.001, sam=0.01, gap=-0.3, spread=0.1),
    ),
    "a large gain against a tiny one that is surer": (
        lambda: even(psnr=2.0, ssim=0.04, sam=2.0, gap=0.08, spread=1.0),
        lambda: even(psnr=0.01, ssim=0.0005, sam=0.01, gap=0.0005, spread=0.0),
    ),
    "two gains in three measures against a better CFOG alone": (
        lambda: even(psnr=1.0, ssim=0.02, sam=0.6, spread=0.3),
        lambda: even(gap=0.01, spread=0.3),
    ),
}


@pytest.mark.parametrize(("better", "worse"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_of_other_ranks(better, worse):
    assert better().rank > worse().rank
    assert better().rank > even().rank, "it beats no training"


def test_in_stage_2_agreement_with_the_radar_decides_nothing():
    better = even(2, psnr=1.0, ssim=0.02, sam=0.6, gap=-0.1)
    assert better.rank > even(2, psnr=0.2, ssim=0.004, sam=0.1, gap=0.1).rank > even(2).rank
    assert better.not_earned == []
    assert even(3, psnr=1.0, ssim=0.02, sam=0.6, gap=-0.1).rank < even(3).rank
    blind = [{**BEFORE, GAP: math.nan, "cfog": math.nan}] * COUNT
    assert Gains.of(2, blind, blind).worth == 0


def test_a_gain_that_is_unsure_decides_nothing():
    unsure = even(psnr=0.2, ssim=0.02, sam=1, gap=0.02, spread=3.0)
    assert unsure.by_measure["psnr"].significant == 0 < unsure.by_measure["sam"].significant
    assert 0 < unsure.worth < 0.1
    # One image alone tells nothing of others.
    alone = Gains.of(3, [BEFORE], [after(1, 0.02, 1, 0.02)])
    assert alone.worth == 0


def test_rounding_is_no_loss():
    assert even(psnr=-1e-6, sam=-1e-6).not_earned == []
    assert even(psnr=-1e-6).rank == even().rank


def test_means_are_over_images_that_have_the_measure_in_both():
    stage = [after(gap=0.2), after(gap=0.6), {**BEFORE, "psnr": math.inf}]
    before = [BEFORE, {**BEFORE, GAP: math.nan}, {**BEFORE, "sam": 4.0}]
    gains = Gains.of(3, before, stage)
    assert gains.by_measure[GAP].after == pytest.approx((0.05 + 0.25) / 2)
    assert gains.by_measure[GAP].before == pytest.approx(0.25)
    assert gains.by_measure["psnr"].after == 20.0
    assert gains.by_measure["sam"].mean == pytest.approx(-4 / 3), "a larger angle is a loss"
    assert not gains.undefined


def test_a_measure_that_no_image_has_is_an_error():
    blind = [{**BEFORE, GAP: math.nan}] * 3
    with pytest.raises(SceneError):
        Gains.of(3, blind, [BEFORE] * 3)


@pytest.mark.parametrize("broken", [9, 10])
def test_images_that_become_undefined_are_losses(broken):
    """However good the others are, and even if there are none."""
    nothing = dict.fromkeys(BEFORE, math.nan)
    splendid = after(20, 0.39, 7, 0.25)
    gains = Gains.of(3, [BEFORE] * 10, [nothing] * broken + [splendid] * (10 - broken))
    assert gains.undefined == 4 * broken
    assert gains.rank < Gains.of(3, [BEFORE] * 10, [BEFORE] * 10).rank
    assert len(gains.not_earned) == 4
    part = json.loads(json.dumps(gains.to_dict(), allow_nan=False))
    assert part["not earned"] == gains.not_earned


def test_what_is_not_earned_is_said():
    gains = even(psnr=-1.0, sam=-0.1, ssim=0.01, spread=1.0)
    lines = gains.not_earned
    assert [line.arguments[0] for line in lines] == ["PSNR", "SAM"]
    assert gains.by_measure["psnr"].significant < 0 == gains.by_measure["sam"].significant
    assert [line.template for line in lines] == [WORSE, MAYBE_WORSE]
    part = json.loads(json.dumps(gains.to_dict()))
    assert part["not earned"] == lines
    assert [part["findings"][line][:2] for line in lines] == [
        ["worse-than-before", "PSNR"],
        ["maybe-worse-than-before", "SAM"],
    ]


def test_more_like_the_radar_than_the_real_image_is_a_loss():
    s1, s2 = simulate_pair(0, 96, month=6)
    s2 = s2[[1, 2, 3, 7]].clip(1, 10_000)
    level = real_cfog(s1, s2)
    copy = np.repeat(800 + 40 * (s1[:1] + 25), 4, axis=0)
    cfog = score_image(s1, copy, s2, names=("cfog",))["cfog"]
    scores = score_against(s1, copy, s2, level)
    assert cfog > level and scores[GAP] == pytest.approx(cfog - level)
    assert score_against(s1, s2, s2, level)[GAP] == 0
    flat = np.full_like(s2, 900)
    assert score_against(s1, flat, s2, level)[GAP] == pytest.approx(level)
    empty = np.full_like(s2, np.nan)
    assert math.isnan(score_against(s1, empty, s2, level)[GAP])
