"""Stage 3's input: the engine's own opt_v2, kept; and the steps that are tried with it."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.band_statistics import OUTPUT_INDEX
from gac_core.networks.loading import Models
from tests.problems import raises
from tests.training.engine import run_stages
from training.data.pair import DataError, Pair, evenly_spread
from training.data.stage1_outputs import open_or_create, write_image
from training.scores.gains import Gains
from training.stage3.ground_training import StepComparison, StepTrial, best_trial, compute_opt_v2

BANDS = list(OUTPUT_INDEX)
HALF = {"rtol": 1e-3, "atol": 0.1}


class OnePair:
    """A source of one pair."""

    def __init__(self, pair):
        self.pair, self.names, self.tiles = pair, [pair.name], [pair.tile]

    def __len__(self):
        return 1

    def read(self, i):
        return self.pair


@pytest.fixture(scope="module")
def source(images):
    s1, s2 = (image[0].numpy() for image in images)
    return OnePair(Pair("one", "T33UWA", s1, s2, (True,) * 12, 6, 4, 48.0, 15.0))


@pytest.fixture(scope="module")
def models(bundle, library):
    return Models(bundle, library, torch.device("cpu"))


def test_the_engines_images_once(models, source, tmp_path):
    place = source.pair.place
    assert place == (48.0, 15.0)
    run = run_stages(models, source.pair.s1, 6, 4, timesteps=(1, 1), stages=2, place=place)

    def shown(stage1=None, folder="shown", about=None, networks=models):
        settings = {"timesteps": 1}
        place = tmp_path / folder
        return compute_opt_v2(networks, source, [0], place, stage1, about or {"a": 1}, **settings)

    image = shown().read("one")
    assert np.allclose(image, run[1], **HALF)
    assert np.abs(image - run[0]).max(axis=(1, 2)).min() > 0.5, "all bands are refined"
    nowhere = run_stages(models, source.pair.s1, 6, 4, timesteps=(1, 1), stages=2)[1]
    assert np.abs(run[1] - nowhere).max() > 0.01, "the place is told"
    # What is there is not computed again: without networks nothing could be.
    assert np.array_equal(shown(networks=_Bare(models.bundle)).read("one"), image)
    with raises(DataError, "stage1-settings-differ"):
        shown(about={"a": 2})

    # With stage 1 computed beforehand it is stage 2 of that.
    stage1 = open_or_create(tmp_path / "stage1", {})
    write_image(tmp_path / "stage1", "one", run[0])
    again = shown(stage1, "again").read("one")
    # Half precision goes through 8-bit layers there, so it is nearly the same.
    assert np.abs(again - image).mean() < 0.2 * np.abs(image - run[0]).mean()


class _Bare:
    """A bundle without networks."""

    def __init__(self, bundle):
        self.bundle = bundle


def test_steps_are_tried_as_a_run_takes_them(models, source, tmp_path):
    shown = compute_opt_v2(models, source, [0], tmp_path, None, {}, timesteps=1)
    trial = StepComparison(models, models.bridge, source, [0], shown)
    tried = [trial.run(steps) for steps in (1, 3)]
    assert [crossing.steps for crossing in tried] == [1, 3]
    after = [crossing.gains.by_measure["psnr"].after for crossing in tried]
    assert after[0] != after[1] and tried[0].gains.by_measure["psnr"].before > 0
    told = tried[1].to_dict()
    assert told["steps"] == 3 and set(told["gain"]) == {"psnr", "ssim", "sam", "cfog_gap"}


def crossing(steps, gain):
    """Steps whose images gain so many units in every measure, on three images."""
    before = {"psnr": 20.0, "ssim": 0.5, "sam": 8.0, "cfog_gap": 0.2, "cfog": 0.1}
    after = {
        "psnr": 20.0 + 0.5 * gain,
        "ssim": 0.5 + 0.01 * gain,
        "sam": 8.0 - 0.5 * gain,
        "cfog_gap": 0.2 - 0.02 * gain,
        "cfog": 0.1,
    }
    return StepTrial(steps, Gains.of(3, [before] * 3, [after] * 3))


def test_what_is_worth_most_is_chosen_and_of_equals_the_fewest_steps():
    assert best_trial([crossing(1, 0.1), crossing(2, 0.3), crossing(4, 0.2)]).steps == 2
    assert best_trial([crossing(1, -0.5), crossing(2, -0.5)]).steps == 1


def test_judged_images_are_spread():
    assert evenly_spread(list(range(100, 200)), 3) == [100, 150, 199]
    assert evenly_spread([4, 7], 64) == [4, 7]
