"""Which way of using the answer is taken, and on what grounds."""

from __future__ import annotations

import numpy as np
import pytest

from training.scores import score_image
from training.stage3.choice import judge, score, worth_of
from training.stage3.module import Use
from training.stage3.ways import Way, best, spread

BEFORE = {"psnr": 20.0, "ssim": 0.6, "sam": 8.0, "cfog": 0.1}


def after(psnr=0.0, ssim=0.0, sam=0.0, cfog=0.0):
    """Scores that are better by so much."""
    return {"psnr": 20 + psnr, "ssim": 0.6 + ssim, "sam": 8 - sam, "cfog": 0.1 + cfog}


def test_gains_are_positive_where_it_is_better():
    found = judge([BEFORE] * 2, [after(1, 0.02, 1, 0.04), after(3, 0.04, 3, 0.08)])
    assert found.gains == pytest.approx({"psnr": 2, "ssim": 0.03, "sam": 2, "cfog": 0.06})
    # Standard error of two values a and b: |a - b| / 2.
    assert found.errors == pytest.approx({"psnr": 1, "ssim": 0.01, "sam": 1, "cfog": 0.02})
    # psnr and sam (2 - 1) / 0.5, ssim (0.03 - 0.01) / 0.01, cfog (0.06 - 0.02) / 0.02: all 2.
    assert found.worth == pytest.approx(2 + 0.02 * 2)


def test_the_weakest_measure_decides():
    even = judge([BEFORE] * 2, [after(0.4, 0.01, 0.4, 0.02)] * 2)
    lopsided = judge([BEFORE] * 2, [after(-0.05, 0.1, 4, 0.5)] * 2)
    assert even.worth > 0.5
    assert lopsided.worth < 0, "nothing makes up for a loss"
    assert judge([BEFORE], [BEFORE]).worth == 0


def test_a_gain_that_is_unsure_is_worth_less():
    sure = judge([BEFORE] * 4, [after(1, 0.02, 1, 0.02)] * 4)
    unsure = judge([BEFORE] * 4, [after(1 + d, 0.02, 1, 0.02) for d in (-3, 3, -3, 3)])
    assert unsure.worth < 0 < sure.worth
    # One image alone tells nothing of others.
    assert judge([BEFORE], [after(1, 0.02, 1, 0.02)]).worth == pytest.approx(0)


def test_undefined_scores_do_not_count():
    flat = {**after(1, 0.02, 1), "cfog": float("nan")}
    found = judge([BEFORE] * 2, [flat, flat])
    assert "cfog" not in found.gains and found.worth > 0
    assert worth_of({}, {}) == 0


def test_more_like_the_radar_than_the_real_image_is_no_gain(images):
    s1, s2 = images[0][0].numpy(), images[1][0][[1, 2, 3, 7]].numpy()
    real = score_image(s1, s2, s2, names=("cfog",))
    copy = np.repeat(800 + 40 * (s1[:1] + 25), 4, axis=0)
    assert score_image(s1, copy, s2, names=("cfog",))["cfog"] > real["cfog"]
    assert score(s1, copy, s2, real)["cfog"] == real["cfog"]


def test_the_best_way():
    def way(residual, psnr):
        gains = after(psnr, psnr / 50, psnr, psnr / 50)
        return Way(Use(residual=residual), False, judge([BEFORE] * 2, [gains] * 2))

    ways = [way(0.0, 0.0), way(0.25, 0.5), way(1.0, -0.5)]
    assert best(ways).use.residual == 0.25
    assert best([ways[0], ways[2]]).use.residual == 0.0
    assert "as it was" in ways[0].not_earned[0]
    assert ways[1].not_earned == []
    assert len(ways[2].not_earned) == 4 and "psnr by 0.5" in ways[2].not_earned[0]
    told = ways[1].to_dict()
    assert told["gain"]["psnr"] == 0.5 and told["residual"] == 0.25 and told["worth"] > 0


def test_images_are_taken_from_all_over():
    assert spread(list(range(100)), 3) == [0, 50, 99]
    assert spread([4, 7], 64) == [4, 7]
