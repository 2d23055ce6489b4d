"""Runs with an optical reference, judged under simulated clouds."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from gac_core.bundles.library import Library
from tests.core.tiny import write_tiny_bundle
from tests.training.evaluation.pairs import foreign, simulated, source
from training import evaluate
from training.evaluation.chain import REAL, Setting
from training.evaluation.cloud_run import evaluate_clouds
from training.evaluation.cloud_scores import (
    BIHARMONIC,
    FILLED,
    REGRESSION_MOVED,
    SEAM,
    Cover,
    border_step,
    covers,
    moved_locally,
    without_reference,
)
from training.evaluation.cloud_tables import write_clouds
from training.evaluation.run import Options
from training.evaluation.series_scores import BEFORE, without_before
from training.evaluation.tables import BEGIN, END

STAGES = ("opt_v1", "opt_v2", "opt_v3")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    tiles = {"train": ["a"], "stop": [], "test": ["c"]}
    folder = tmp_path_factory.mktemp("bundles") / "tiny"
    return write_tiny_bundle(folder, training={"tiles": tiles})


@pytest.fixture(scope="module")
def data():
    dated = replace(simulated(4, "c", 64, 6), date="2020-06-01")
    later = replace(simulated(4, "c", 64, 8), date="2020-08-01", name="c_later")
    return source(later, dated, foreign(simulated(5, "far", 66)))


@pytest.fixture(scope="module")
def report(bundle, data, tmp_path_factory):
    return evaluate_clouds(
        bundle,
        data,
        series=["c"],
        chosen=[Cover(300.0, 0.4), Cover(0.0, 1.0)],
        setting=Setting((1, 1)),
        options=Options(cache=tmp_path_factory.mktemp("cache"), command="a command"),
        library=Library([], []),
        say=lambda _: None,
    )


def test_every_image_is_scored_under_the_clouds(report):
    for one in report.covered[Cover(300.0, 0.4)]:
        rivals = {FILLED, BIHARMONIC, REGRESSION_MOVED, moved_locally(without_reference("opt_v3"))}
        assert {*STAGES, *map(without_reference, STAGES), *rivals, REAL} <= set(one.images)
        for name, scores in one.images.items():
            assert set(scores) == ({SEAM} if name == REAL else {"psnr", "ssim", "sam", SEAM}), name
        # Random networks know nothing: what is observed around is worth much.
        assert one.value("opt_v3", "psnr") > one.value(without_reference("opt_v3"), "psnr") + 3


def test_without_a_clear_pixel_a_run_is_one_without_reference(report):
    for one in report.covered[Cover(0.0, 1.0)]:
        assert FILLED not in one.images
        for name in STAGES:
            assert one.images[name] == pytest.approx(
                one.images[without_reference(name)], nan_ok=True
            )


def test_the_tables_and_scores_are_written(report, tmp_path):
    page = tmp_path / "clouds.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    path = write_clouds(report, tmp_path / "out", page)
    scores = json.loads(path.read_text())
    partial, whole = scores["clouds"]
    assert (partial["size"], partial["share"], whole["share"]) == (300.0, 0.4, 1.0)
    gains = [g for g in partial["gains"] if g["earlier"] == FILLED and g["measure"] == "psnr"]
    assert len(gains) == 1 and gains[0]["gain"]["n"] == len(partial["pairs"]) == 3
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert "### Clouds of 300 m" in text and f"| opt_v3 − {FILLED} |" in text
    (beneath,) = scores["beneath"]
    assert (beneath["size"], beneath["share"], len(beneath["pairs"])) == (300.0, 0.4, 1)
    assert "### Series c, 1 dates" in text
    assert f"### Clouds of 300 m, {BEFORE} beneath: gains of opt_v3" in text
    assert f"| opt_v3 − {without_before('opt_v3')} |" in text


def test_scores_are_taken_from_the_cache(bundle, data, report, tmp_path, monkeypatch):
    def run_twice():
        evaluate_clouds(
            bundle, data, "c", chosen=[Cover(300.0, 0.4)], setting=Setting((1, 1)),
            options=Options(cache=tmp_path), library=Library([], []), say=lambda _: None,
        )  # fmt: skip

    run_twice()
    monkeypatch.setattr("training.evaluation.cloud_scores.run_pair", None)
    run_twice()


def test_full_cover_is_judged_once():
    assert covers([300, 800], [0.4, 1.0]) == [Cover(300, 0.4), Cover(800, 0.4), Cover(0.0, 1.0)]
    with pytest.raises(SystemExit):
        evaluate.parser().parse_args(
            ["--data-dir", ".", "--out", ".", "--clouds", "--cloud-shares", "101"]
        )


def test_a_step_at_the_border_is_seen_and_none_where_there_is_none():
    rng = np.random.default_rng(0)
    image = rng.normal(1000, 50, (4, 96, 96))
    clear = np.zeros((96, 96), bool)
    clear[:, :50] = True
    assert abs(border_step(image, clear, ~clear)) < 20
    assert border_step(image + 300 * clear, clear, ~clear) > 200
    assert np.isnan(border_step(image, clear & False, ~clear))
