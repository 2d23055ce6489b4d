"""Verdicts a difference allows."""

from __future__ import annotations

import math

import pytest

from tests.problems import notes_with
from training.evaluation.chain import Scored
from training.evaluation.comparison import (
    MAYBE_WORSE,
    MEASURES,
    ONLY_BLURS,
    WORSE,
    WORSE_ONCE,
    Comparison,
    Interval,
    Spread,
    compare,
    not_earned,
    verdict,
)

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
    assert found.verdict == "better" and not found.loss_sentence


def test_a_loss_is_said_with_its_interval():
    values = [(20.0, 19.0), (21.0, 19.9), (25.0, 24.2), (22.0, 21.1)]
    found = compare(scored(values, "psnr"), MEASURES["psnr"], "opt_v1", "opt_v2")
    assert found.verdict == "worse"
    assert found.loss_sentence.template == WORSE
    *names, _, _, count = found.loss_sentence.arguments
    assert [*names, count] == ["opt_v2", "opt_v1", "PSNR", "0.95 dB", "4"]


def test_a_loss_that_may_be_chance_is_said_softly():
    values = [(20.0, 19.0), (21.0, 21.5), (25.0, 24.2), (22.0, 22.6)]
    found = compare(scored(values, "psnr"), MEASURES["psnr"], "opt_v1", "opt_v2")
    assert found.verdict == "not shown"
    assert found.loss_sentence.template == MAYBE_WORSE
    assert found.loss_sentence.arguments[:3] == ("opt_v2", "opt_v1", "PSNR")


def test_a_loss_on_one_image_only():
    found = compare(scored([(20.0, 19.0)], "psnr"), MEASURES["psnr"], "opt_v1", "opt_v2")
    assert found.verdict == "not shown" and found.loss_sentence.template == WORSE_ONCE


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
    found = compare(scored(values, "ssim"), MEASURES["ssim"], "opt_v1", "opt_v2")
    assert found.gain.images.n == 2 and math.isclose(found.gain.images.mean, 1.25)


@pytest.mark.parametrize("key", ["gac", "cfog"])
def test_what_only_describes_is_in_no_verdict(key):
    with pytest.raises(ValueError, match="no verdict"):
        compare(scored([(0.1, 0.9)], key), MEASURES[key], "opt_v1", "opt_v2")


UP, ABOUT, DOWN = (Interval(m, m - 0.2, m + 0.2, 9) for m in (0.5, 0.1, -0.5))


def compared(gain, key="psnr", later="opt_v2", blurs=(), tiles=None):
    """A comparison of known intervals; `blurs` those against blurs by name."""
    measure = MEASURES[key]
    return Comparison(
        measure, "opt_v1" if later == "opt_v2" else "opt_v2", later, Spread(gain, tiles or gain),
        tuple(Comparison(measure, name, later, Spread(i, i)) for name, i in dict(blurs).items()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gain", "blurs", "word", "unbeaten"),
    [
        (UP, {}, "better", []),
        (UP, {"a": UP, "b": UP}, "better", []),
        (UP, {"a": ABOUT}, "no better than a blur", ["a"]),
        (UP, {"a": DOWN, "b": UP}, "no better than a blur", ["a"]),
        (UP, {"a": UP, "b": ABOUT}, "no better than a blur", ["b"]),
        (ABOUT, {"a": DOWN}, "not shown", ["a"]),
        (DOWN, {"a": DOWN}, "worse", ["a"]),
    ],
)
def test_better_is_who_beats_the_blurs_too(gain, blurs, word, unbeaten):
    found = compared(gain, blurs=blurs)
    assert found.verdict == word and found.unbeaten == unbeaten
    assert found.verdict_by_tile == word
    assert compared(gain, blurs=blurs, tiles=ABOUT).verdict_by_tile == "not shown"


def test_the_gravest_is_said_first_and_a_blur_once():
    """A bundle shows four lines: what is beyond doubt before what may be."""
    doubtful = compared(Interval(-0.1, -0.4, 0.2, 9), "ssim", "opt_v3")
    words = not_earned([
        compared(UP, "psnr", blurs={"opt_v1 blurred by 8 px": ABOUT}),
        compared(UP, "ssim", blurs={"opt_v1 blurred by 8 px": DOWN}),
        compared(UP, "sam", blurs={"opt_v1 blurred by 8 px": UP}),
        doubtful,
        compared(UP, "psnr", "opt_v3", blurs={"opt_v2 blurred by 4 px": UP, "flat": ABOUT}),
        compared(DOWN, "cfog_gap", "opt_v3"),
    ])  # fmt: skip
    assert [line.arguments for line in notes_with(words, template=ONLY_BLURS)] == [
        ("opt_v2", "opt_v1", "PSNR, SSIM", "opt_v1 blurred by 8 px"),
        ("opt_v3", "opt_v2", "PSNR", "flat"),
    ]
    assert words[1:3] == notes_with(words, template=ONLY_BLURS)
    assert words[0].template == WORSE
    assert words[0].arguments[:3] == ("opt_v3", "opt_v2", "CFOG gap")
    assert words[3] == doubtful.loss_sentence and len(words) == 4
