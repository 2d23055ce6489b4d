"""Blurs: which ones are chosen, and that a stage which only blurs is not called better."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problems import notes_with
from tests.training.evaluation.pairs import foreign, simulated, source
from training.evaluation.baselines import (
    CHOICE,
    FLAT,
    NO_BLUR_REACHES,
    SIGMAS,
    Blur,
    BlurSearch,
    flat,
    smallest_sigma,
)
from training.evaluation.chain import Scored, as_written, optical_of, score_pair, valid_of
from training.evaluation.comparison import MEASURES, ONLY_BLURS
from training.evaluation.report import Report
from training.evaluation.run import _blur
from training.scores.pixels import psnr


@pytest.fixture(scope="module")
def pairs():
    shown = [simulated(seed, f"t{seed}", 96) for seed in range(3, 9)]
    return [foreign(shown[0]), *shown[1:]]


def noisy(pair, std, seed=0):
    """The real image with white noise, known where the radar is."""
    noise = std * np.random.default_rng((seed, len(pair.name))).standard_normal((4, 96, 96))
    real = np.nan_to_num(optical_of(pair), nan=1500.0)
    return as_written(np.where(np.isfinite(pair.s1).all(0), real + noise, np.nan))


def searched(pairs, first, second):
    search = BlurSearch()
    for index, pair in enumerate(pairs):
        search.add(index, pair, {"opt_v1": first(pair), "opt_v2": second(pair)})
    return search


@pytest.mark.parametrize("sigma", [0.7, 1.2, 1.5])
def test_a_blur_is_found_out(pairs, sigma):
    """opt_v2 is opt_v1 blurred: the blur of equal PSNR is that one."""
    made = Blur("opt_v1", sigma)
    search = searched(pairs, lambda p: noisy(p, 1500), lambda p: made.apply(noisy(p, 1500)))
    choice = search.choose()
    assert choice.equal.sigma == pytest.approx(sigma, abs=0.15)
    if sigma in SIGMAS:
        assert choice.equal == made and choice.equal in choice.blurs


def test_the_best_blur_has_the_highest_psnr(pairs):
    choice = searched(pairs, lambda p: noisy(p, 2000), lambda p: noisy(p, 100, 1)).choose()
    for name, std, seed in (("opt_v1", 2000, 0), ("opt_v2", 100, 1)):
        images = [noisy(pair, std, seed) for pair in pairs]
        means = {
            sigma: np.mean([
                psnr(Blur(name, sigma).apply(image), optical_of(pair), valid_of(pair))
                for pair, image in zip(pairs, images, strict=True)
            ])
            for sigma in SIGMAS
        }  # fmt: skip
        assert choice.best[name].sigma == max(means, key=means.get)
    assert choice.best["opt_v1"].sigma > choice.best["opt_v2"].sigma
    assert CHOICE in choice.notes


def test_a_psnr_that_no_blur_reaches(pairs):
    choice = searched(pairs, lambda p: noisy(p, 800), lambda p: noisy(p, 1)).choose()
    assert choice.equal is None and notes_with(choice.notes, template=NO_BLUR_REACHES)
    # Where opt_v2 is worse than opt_v1 none is needed, and nothing is said of it.
    choice = searched(pairs, lambda p: noisy(p, 1), lambda p: noisy(p, 800)).choose()
    assert choice.equal is None and not notes_with(choice.notes, template=NO_BLUR_REACHES)
    assert Blur("opt_v1", FLAT) in choice.blurs


def test_a_sigma_is_read_off_a_straight_line():
    scores = [20.0 + i for i in range(len(SIGMAS))]
    assert smallest_sigma(scores, scores[3] + 0.3, 19.0) == pytest.approx(2.3)
    assert smallest_sigma(scores, 19.0, 19.0) == 0
    assert smallest_sigma(scores, scores[-1] - 0.5, 19.0) == FLAT
    assert smallest_sigma(scores, scores[-1] + 1, 19.0) is None
    falling = [20 - 0.1 * i for i in range(len(SIGMAS))]
    assert smallest_sigma(falling, 20.0, 10.0) == SIGMAS[0]
    assert smallest_sigma(falling, 15.0, 10.0) == 0.2  # the least one, on the way up


def test_blurs_keep_holes_and_mean_colours(pairs):
    image = noisy(pairs[0], 100)
    for sigma in (4.0, FLAT):
        blurred = Blur("opt_v1", sigma).apply(image)
        assert (np.isnan(blurred) == np.isnan(image)).all()
    colour = flat(image)
    assert np.nanstd(colour, axis=(1, 2)) == pytest.approx(0, abs=1e-3)
    assert np.nanmean(colour, axis=(1, 2)) == pytest.approx(
        np.nanmean(image, axis=(1, 2)), rel=1e-5
    )
    assert Blur("opt_v1", FLAT).name == "opt_v1's mean colour"
    assert Blur("opt_v2", 2.5).name == "opt_v2 blurred by 2.5 px"


class NoFeatures:
    """Takes images for a distance that is not looked at here."""

    def add(self, pair, images):
        pass


@pytest.fixture(scope="module")
def report(pairs):
    """opt_v2 blurs opt_v1, opt_v3 goes half the way from there to the real image."""
    search, each = BlurSearch(), []
    for index, pair in enumerate(pairs):
        first = noisy(pair, 800)
        second = Blur("opt_v1", 2.0).apply(first)
        real = np.nan_to_num(optical_of(pair), nan=1500.0)
        images = {"opt_v1": first, "opt_v2": second, "opt_v3": as_written((second + real) / 2)}
        search.add(index, pair, images)
        scores = score_pair(pair, images, {})
        each.append(Scored(pair.name, pair.tile, 6, 4, (96, 96), scores))
    report = Report({}, each)
    _blur(report, source(*pairs), search, NoFeatures(), lambda line: None)
    return report


def test_a_stage_that_only_blurs_is_no_better(report):
    verdicts = {(c.later, c.measure.key): c for c in report.stage_comparisons()}
    blur = verdicts["opt_v2", "psnr"]
    assert blur.gain.images.low > 0 and blur.verdict == "no better than a blur"
    assert blur.unbeaten == [report.best_blurs["opt_v1"]]
    assert verdicts["opt_v3", "psnr"].verdict == "better"
    assert [b.earlier for b in verdicts["opt_v3", "psnr"].blurs] == [
        report.best_blurs["opt_v2"], report.best_blurs["opt_v1"]
    ]  # fmt: skip
    words = report.not_earned()
    (line,) = notes_with(words, template=ONLY_BLURS)
    assert line.arguments[:2] == ("opt_v2", "opt_v1") and "PSNR" in line.arguments[2]
    assert line.arguments[3] == report.best_blurs["opt_v1"]
    identifier, *_, blur_code = report.to_dict()["findings"][line]
    assert identifier == "only-blurs" and blur_code[:2] == ["blurred", "opt_v1"]


def test_what_blurs_are_beaten_by_is_written(report):
    found = report.to_dict()
    stage = next(v for v in found["verdicts"]["stages"]
                 if (v["later"], v["measure"]) == ("opt_v2", "psnr"))  # fmt: skip
    assert stage["verdict"] == "no better than a blur"
    assert stage["no better than"] == [found["best blurs"]["opt_v1"]]
    assert {v["earlier"] for v in found["verdicts"]["blurs"]} >= set(found["best blurs"].values())
    for name in found["best blurs"].values():
        assert found["scores"][name]["psnr"]["n"] == len(report.each)


def test_a_copy_of_the_radar_gains_nothing_by_agreeing(pairs):
    """More CFOG is no gain: that of the real image is the mark."""
    each = []
    for pair in pairs[1:]:
        copy = as_written(1e4 * np.sqrt(10 ** (pair.s1 / 10))[[0, 1, 0, 1]])
        images = {"opt_v1": optical_of(pair) + 1, "opt_v2": copy, "opt_v3": copy}
        scores = score_pair(pair, images, {})
        each.append(Scored(pair.name, pair.tile, 6, 4, (96, 96), scores))
        assert scores["opt_v2"]["cfog"] > scores["real"]["cfog"]
    report = Report({}, each)
    gap = next(c for c in report.stage_comparisons() if c.measure.key == "cfog_gap")
    assert gap.later == "opt_v2" and gap.verdict == "worse"
    judged = {c.measure.key for c in (*report.stage_comparisons(), *report.floor_comparisons(),
                                      *report.translator_comparisons())}  # fmt: skip
    assert not judged & {"gac", "cfog"}
    assert MEASURES["cfog"].heading == "CFOG" and MEASURES["cfog_gap"].heading == "CFOG gap ↓"
