"""What stage 3 is shown and answers: the engine's own images, kept."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.bands import OUTPUT_INDEX
from gac_core.models.loading import Models
from tests.training.engine import run_stages
from training.data.errors import DataError
from training.data.pair import Pair
from training.data.stage1 import Answered, begin, keep
from training.stage3.module import Use
from training.stage3.shown import compute_answers, compute_shown

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
    return OnePair(Pair("one", "T33UWA", s1, s2, (True,) * 12, 6, 4, None, None))


@pytest.fixture(scope="module")
def models(bundle, library):
    return Models(bundle, library, torch.device("cpu"))


def test_the_engines_images_once(models, source, tmp_path):
    run = run_stages(models, source.pair.s1, 6, 4, timesteps=(1, 1), stages=2)

    def shown(stage1=None, folder="shown", about=None, networks=models):
        settings = {"timesteps": 1}
        place = tmp_path / folder
        return compute_shown(networks, source, [0], place, stage1, about or {"a": 1}, **settings)

    image = shown().read("one")
    others = [i for i in range(12) if i not in BANDS]
    assert np.allclose(image[others], run[0][others], **HALF)
    assert np.allclose(image[BANDS], run[1], **HALF)
    assert np.abs(image[BANDS] - run[0][BANDS]).max() > 1
    # What is there is not computed again: without networks nothing could be.
    assert np.array_equal(shown(networks=_Bare(models.bundle)).read("one"), image)
    with pytest.raises(DataError, match="other settings"):
        shown(about={"a": 2})

    # With stage 1 computed beforehand it is stage 2 of that.
    stage1 = begin(tmp_path / "stage1", {})
    keep(tmp_path / "stage1", "one", run[0])
    # Half precision goes through 8-bit layers there, so it is nearly the same.
    again = shown(stage1, "again").read("one")
    refined = np.abs(image - run[0])[BANDS].mean()
    assert np.array_equal(again[others], image[others])
    assert np.abs(again - image)[BANDS].mean() < 0.2 * refined

    use = Use(timesteps=1, strength=0.5, residual=0.3)
    folder = tmp_path / "answers"
    models.fusion = None
    kept = shown()
    compute_answers(models, source, [0], folder, kept, {}, use=use)
    both = Answered(kept.folder, folder).read("one")
    assert both.shape == (16, 96, 96)
    assert np.array_equal(both[:12], image)
    # The answer itself, whatever share of it is used later.
    assert np.abs(both[12:] - image[BANDS]).mean() > 50


class _Bare:
    """A bundle without networks."""

    def __init__(self, bundle):
        self.bundle = bundle
