"""What may be said of a difference."""

from __future__ import annotations

import math

import pytest

from training.evaluation.comparison import compare, verdict
from training.evaluation.measures import MEASURES
from training.evaluation.scored import Scored
from training.scores.bootstrap import Interval

NAN = float("nan")


def scored(values, key, tiles=None):
    """Pairs whose two images score as told."""
    return [
        Scored(f"p{i}", tiles[i] if tiles else f"t{i}", 6, 4, (96, 96),
               {"opt_v1": {key: before}, "opt_v2": {key: after}})
        for i, (before, after) in enumerate(values)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (Interval(0.5, 0.1, 0.9, 9), "better"),
        (Interval(0.0, 0.0, 0.0, 9), "no worse"),
        (Interval(0.2, -0.1, 0.5, 9), "not shown"),
        (Interval(-0.2, -0.5, 0.1, 9), "not shown"),
        (Interval(-0.5, -0.9, -0.1, 9), "worse"),
        (Interval(0.5, NAN, NAN, 1), "not shown"),
        (Interval(NAN, NAN, NAN, 0), "not shown"),
    ],
)
def test_verdicts(found, word):
    assert verdict(found) == word


def test_less_is_better_is_turned():
    values = [(12.0, 11.0), (10.0, 9.2), (9.0, 7.9), (8.0, 7.0)]
    found = compare(scored(values, "sam"), MEASURES["sam"], "opt_v1", "opt_v2")
    assert found.gain.images.mean == pytest.approx(0.975)
    assert found.verdict == "better" and not found.in_words


def test_a_loss_is_said_with_its_interval():
    values = [(20.0, 19.0), (21.0, 19.9), (25.0, 24.2), (22.0, 21.1)]
    found = compare(scored(values, "psnr"), MEASURES["psnr"], "opt_v1", "opt_v2")
    assert found.verdict == "worse"
    assert found.in_words.startswith("opt_v2 is worse than opt_v1 in PSNR by 0.95 dB (95% interval")
    assert "4 images" in found.in_words


def test_a_loss_that_may_be_chance_is_said_softly():
    values = [(20.0, 19.0), (21.0, 21.5), (25.0, 24.2), (22.0, 22.6)]
    found = compare(scored(values, "psnr"), MEASURES["psnr"], "opt_v1", "opt_v2")
    assert found.verdict == "not shown"
    assert found.in_words.startswith("opt_v2 may be worse than opt_v1 in PSNR")
    assert "holds 0" in found.in_words


def test_a_loss_on_one_image_only():
    found = compare(scored([(20.0, 19.0)], "psnr"), MEASURES["psnr"], "opt_v1", "opt_v2")
    assert found.verdict == "not shown" and "only image" in found.in_words


def test_tiles_are_drawn_whole():
    """One tile gains on all its many images, two others lose on their one."""
    values = [(0.5, 0.6)] * 10 + [(0.5, 0.48)] * 2
    tiles = ["a"] * 10 + ["b", "c"]
    found = compare(scored(values, "ssim", tiles), MEASURES["ssim"], "opt_v1", "opt_v2")
    assert found.verdict == "better"
    assert found.verdict_by_tile == "not shown"
    assert found.gain.tiles.low < found.gain.images.low


def test_images_without_the_score_do_not_count():
    values = [(NAN, 1.0), (1.0, 2.0), (1.0, 2.5)]
    found = compare(scored(values, "gac"), MEASURES["gac"], "opt_v1", "opt_v2")
    assert found.gain.images.n == 2 and math.isclose(found.gain.images.mean, 1.25)
