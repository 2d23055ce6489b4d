"""Runs with an image of another date, judged on one place at several dates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gac_core.bundles.bundle import Bundle
from gac_core.bundles.library import Library
from gac_core.contract.errors import RequestError
from tests.core.tiny import write_tiny_bundle
from tests.training.evaluation.pairs import foreign, simulated, source
from training.evaluation.chain import REAL, Scored, Setting, run_pair
from training.evaluation.cloud_run import evaluate_clouds
from training.evaluation.cloud_scores import FILLED, Cover, without_reference
from training.evaluation.cloud_tables import beneath_tables, mean_over_covers
from training.evaluation.run import Options
from training.evaluation.series_scores import (
    BEFORE,
    BEFORE_MOVED,
    BEFORE_REGRESSED,
    dates_of,
    without_before,
)

STAGES = ("opt_v1", "opt_v2", "opt_v3")
COVER = Cover(300.0, 0.4)
CHOSEN = (COVER, Cover(0.0, 1.0))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    tiles = {"train": ["a"], "stop": [], "test": ["c"]}
    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    return write_tiny_bundle(folder, training={"tiles": tiles})


def dates():
    """The same place in June and, with other noise, in August."""
    june = replace(simulated(4, "c", 64, 6), date="2020-06-01")
    noise = np.random.default_rng(0).normal(0, 20, june.s2.shape).astype(np.float32)
    later = replace(june, s2=june.s2 + 30 + noise, month=8, date="2020-08-01", name="c_later")
    return june, later


def evaluate(bundle, pairs, cache=None, chosen=CHOSEN, tiles="test"):
    return evaluate_clouds(
        bundle,
        source(*pairs),
        tiles,
        series=["c"],
        chosen=chosen,
        setting=Setting((1, 1)),
        options=Options(cache=cache, command="a command"),
        library=Library([], []),
        say=lambda _: None,
    )


@pytest.fixture(scope="module")
def report(bundle):
    june, later = dates()
    return evaluate(bundle, [later, june, foreign(simulated(5, "far", 66))])


def test_each_date_is_guided_by_the_one_before(report):
    (one,) = report.series
    assert one.name == "c_later"
    assert set(one.images) == {*STAGES, *map(without_reference, STAGES), BEFORE}
    assert one.value("opt_v3", "psnr") > one.value(without_reference("opt_v3"), "psnr")


def test_under_clouds_the_date_before_guides_beside_every_rival(report):
    # Where nothing is clear there is no image of the radar's own date.
    assert list(report.beneath) == [COVER]
    (one,) = report.beneath[COVER]
    rivals = {FILLED, BEFORE, BEFORE_MOVED, BEFORE_REGRESSED}
    stages = {*STAGES, *map(without_before, STAGES), *map(without_reference, STAGES)}
    assert set(one.images) == {*stages, *rivals, REAL}
    psnr = {name: one.value(name, "psnr") for name in one.images}
    # The same place, hardly changed: its last image is worth more than what is clear around.
    assert psnr["opt_v3"] > psnr[without_before("opt_v3")] + 0.3
    assert psnr[without_before("opt_v3")] > psnr[without_reference("opt_v3")] + 1
    # The date before is 30 DN too dark throughout, which moving takes away.
    assert psnr[BEFORE_MOVED] > psnr[BEFORE] + 1


@pytest.mark.parametrize("sees_observed", [False, True])
def test_both_references_give_what_runs_of_their_own_give(
    bundle, report, monkeypatch, sees_observed
):
    """Stages that do not see observed pixels are computed once for both."""
    calls = []

    def counted(*arguments, reference=None, **named):
        calls.append(reference)
        return run_pair(*arguments, reference=reference, **named)

    monkeypatch.setattr("training.evaluation.cloud_scores.run_pair", counted)
    monkeypatch.setattr(Bundle, "sees_observed", lambda *_: sees_observed)
    result = evaluate(bundle, dates(), chosen=[COVER], tiles=["c"])
    beneath = [one for one in calls if one is not None and one.keep and one.other is not None]
    alone = [one for one in calls if one is not None and one.keep and one.other is None]
    # Each date is also judged with its own clear pixels alone, outside the series.
    assert (len(beneath), len(alone)) == (1, 2 + sees_observed)
    (one,) = result.beneath[COVER]
    (same,) = (same for same in result.covered[COVER] if same.name == one.name)
    for name in STAGES:
        assert one.images[without_before(name)] == same.images[name]


def test_scores_of_a_series_are_taken_from_the_cache(bundle, tmp_path, monkeypatch):
    june, later = dates()
    first = evaluate(bundle, [june, later], tmp_path, [COVER], ["c"])
    with monkeypatch.context() as patch:
        patch.setattr("training.evaluation.cloud_scores.run_pair", None)
        again = evaluate(bundle, [june, later], tmp_path, [COVER], ["c"])
    # As text, as steps without a border are NaN.
    assert str(again.beneath) == str(first.beneath) and str(again.series) == str(first.series)
    # Another image of the date before is another guide.
    other = replace(june, s2=june.s2 + 500)
    changed = evaluate(bundle, [other, later], tmp_path, [COVER], ["c"])
    for one, old in (
        (changed.beneath[COVER], first.beneath[COVER]),
        (changed.series, first.series),
    ):
        assert one[0].value(BEFORE, "psnr") < old[0].value(BEFORE, "psnr") - 3


def test_a_tile_of_one_date_is_no_series():
    pairs = source(*dates(), foreign(simulated(5, "far", 66)))
    assert dates_of(pairs, ["c"]) == [(0, 1)]
    with pytest.raises(RequestError) as caught:
        dates_of(pairs, ["c", "far"])
    assert caught.value.problem == "series-too-short"


def scored(name, tile, gain):
    values = {"opt_v3": 30.0 + gain, FILLED: 30.0}
    images = {image: {"psnr": v, "ssim": v / 100, "sam": 40 - v} for image, v in values.items()}
    return Scored(name, tile, 6, 4, (64, 64), images)


def test_each_date_counts_once_in_the_means_over_all_clouds(report):
    """A date that has more kinds of clouds than another counts no more."""
    small, large = Cover(300.0, 0.4), Cover(2000.0, 0.4)
    covered = {
        small: [scored("a", "t", 1.0), scored("b", "u", 4.0)],
        large: [scored("a", "t", 3.0)],
    }
    means = {one.name: one.value("opt_v3", "psnr") - 30 for one in mean_over_covers(covered)}
    assert means == pytest.approx({"a": 2.0, "b": 4.0})
    tables = list(beneath_tables(replace(report, beneath=covered)))
    gains = dict(tables[1].rows)[f"opt_v3 − {FILLED}"]
    assert tables[1].headings[1:] == ["PSNR all (2)", "SSIM all (2)", "SAM all (2)", "PSNR t (1)",
                                      "PSNR u (1)"]  # fmt: skip
    assert [cell.text for cell in gains] == ["+3.00", "+0.030", "+3.00", "+2.00", "+4.00"]
    assert tables[2].about.endswith(": 300 m, 40%: 2; 2000 m, 40%: 1")
