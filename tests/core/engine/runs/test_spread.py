"""The spread of samples of several seeds."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import rasterio

from gac_core.cli.commands import main
from gac_core.contract.errors import Cancelled, RequestError
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.engine.spread import DESCRIPTION, spread_of
from gac_core.progress import Silent
from tests.problems import raises


@pytest.fixture(scope="module")
def made(scene_path, tiny_bundle, cache, tmp_path_factory):
    request = RunRequest(
        sar=(str(scene_path),),
        out=str(tmp_path_factory.mktemp("made") / "out"),
        bundle=str(tiny_bundle),
        extent=(500_303, 5_398_607, 501_203, 5_399_607),
        stages=2,
        timesteps_1=1,
        device="cpu",
        seed=3,
    )
    run(request, cache, Silent())
    return request


@pytest.fixture
def finished(made, tmp_path):
    shutil.copytree(made.out, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture(scope="module")
def expected(made, cache, tmp_path_factory):
    """Return numpy's standard deviation over four separate runs, in reflectance."""
    images = []
    for seed in (3, 4, 5, 6):
        out = tmp_path_factory.mktemp("separate")
        run(replace(made, out=str(out), seed=seed), cache, Silent())
        images.append(read(out / "opt_v2.tif"))
    stack = np.stack(images).astype(float)
    stack[stack == 0] = np.nan
    return np.std(stack, axis=0, ddof=1) / 10_000


def read(path):
    with rasterio.open(path) as file:
        return file.read()


class Stop(Silent):
    """Stops in the middle of a sample."""

    def __init__(self, sample, keep):
        self.sample, self.keep, self.percents, self.stop = sample, keep, [], False

    def progress(self, progress):
        self.percents.append(progress.percent)
        self.stop |= f"Sample {self.sample}" in progress.message and progress.tile == 2

    def check(self):
        if self.stop:
            raise Cancelled(keep=self.keep)


def test_it_is_numpy_s_over_separate_runs(finished, cache, expected):
    before = sorted(p.name for p in finished.iterdir())
    heard = Stop(99, False)
    path = spread_of(finished, [3, 4, 5, 6], cache, heard)
    found = read(path)
    np.testing.assert_allclose(found, expected, atol=2e-6)
    assert np.nanmax(found) > 0.001 and np.isnan(found).sum() == np.isnan(expected).sum()
    assert sorted(p.name for p in finished.iterdir()) == sorted([*before, "spread.tif"])
    assert heard.percents == sorted(heard.percents) and heard.percents[-1] > 90
    with rasterio.open(path) as file:
        tags = file.tags()
        assert file.descriptions == ("B02", "B03", "B04", "B08") and np.isnan(file.nodata)
    assert tags["SYNTHETIC"] == "YES" and tags["GAC_SEEDS"] == "3 4 5 6"
    assert tags["TIFFTAG_IMAGEDESCRIPTION"] == DESCRIPTION.format(4, "3 4 5 6")


def test_identical_seeds_have_no_spread(finished, cache):
    found = read(spread_of(finished, [4, 4, 4], cache, Silent()))
    assert np.nanmax(found) == 0 and np.isfinite(found).any()


def test_broken_off_it_goes_on_to_the_same_result(finished, cache, expected):
    stop = Stop(3, keep=True)
    with pytest.raises(Cancelled):
        spread_of(finished, [3, 4, 5, 6], cache, stop)
    again = Stop(99, False)
    np.testing.assert_allclose(
        read(spread_of(finished, [3, 4, 5, 6], cache, again)), expected, atol=2e-6
    )
    assert again.percents[0] >= 50, "two samples were there already"


def test_cancelled_it_leaves_nothing(finished, cache):
    before = sorted(p.name for p in finished.iterdir())
    with pytest.raises(Cancelled):
        spread_of(finished, [3, 4, 5], cache, Stop(3, keep=False))
    assert sorted(p.name for p in finished.iterdir()) == before


def test_what_has_no_spread_is_told(finished, cache, tmp_path):
    with raises(RequestError, "too-few-samples"):
        spread_of(finished, [3], cache, Silent())
    with raises(RequestError, "finished-run-missing"):
        spread_of(tmp_path, [3, 4], cache, Silent())
    record = json.loads((finished / "run.json").read_text())
    record["inputs"][0]["sha256"] = "0"
    (finished / "run.json").write_text(json.dumps(record))
    with raises(RequestError, "inputs-changed-since-run", "radar"):
        spread_of(finished, [3, 4], cache, Silent())


def test_the_command(finished, capsys):
    assert main(["spread", str(finished), "--seeds", "2"]) == 0
    printed = capsys.readouterr().out
    assert str(finished / "spread.tif") in printed and "SYNTHETIC" in printed
