"""Stages 2 and 3 of networks that see which pixels were observed."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from gac_core.bundles.card import read_bundle
from gac_core.bundles.library import Library
from gac_core.grid import Window
from gac_core.networks.bridge import BridgeShape
from gac_core.networks.loading import Models
from gac_core.networks.refiner import HeadShape
from gac_core.stages.base import OBSERVED
from gac_core.stages.ground import ground_stage
from gac_core.stages.refine import Refine
from tests.core.conftest import backscatter
from tests.core.tiny import BRIDGE, HEAD, write_tiny_bundle

CPU = torch.device("cpu")
WINDOWS = [Window(-960, 96, 96, 96)]
IMAGES = {2: "opt_v1", 3: "opt_v2"}


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Networks by whether they see what is observed."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("bundles")
    return {
        seen: Models(
            read_bundle(write_tiny_bundle(folder / str(seen), observed=seen)), Library(), CPU
        )
        for seen in (False, True)
    }


def stage(models, number, sees=True):
    if number == 2:
        return Refine(models, "S1GRD", 7, 4, None, lambda: None, sees)
    return ground_stage(models, "S1GRD", 0, 2, lambda: None, sees)


def inputs(number, observed):
    rng = np.random.default_rng(0)
    image = rng.uniform(300, 3000, (1, 12, 96, 96)).astype(np.float32)
    values = np.where(observed, image, np.nan).astype(np.float32)
    return {"s1": backscatter(96, 96, 1)[None], IMAGES[number]: image, OBSERVED: values}


@pytest.mark.parametrize("number", [2, 3])
def test_what_is_observed_is_an_input_of_networks_that_see_it(models, number):
    some, nothing = np.zeros((96, 96), bool), np.zeros((96, 96), bool)
    some[:, :50] = True
    usual = ("s1", IMAGES[number])
    seeing = stage(models[True], number)
    assert seeing.inputs == (*usual, OBSERVED)
    assert stage(models[True], number, sees=False).inputs == usual
    assert stage(models[False], number).inputs == usual
    image = seeing.compute(WINDOWS, inputs(number, some))
    other = seeing.compute(WINDOWS, inputs(number, nothing))
    assert np.abs(image - other).max() > 1
    # Without a reference nothing is observed.
    unaided = stage(models[True], number, sees=False).compute(WINDOWS, inputs(number, some))
    assert np.array_equal(other, unaided)
    blind = stage(models[False], number)
    assert np.array_equal(
        blind.compute(WINDOWS, inputs(number, some)),
        stage(models[False], number, sees=False).compute(WINDOWS, inputs(number, nothing)),
    )


@pytest.mark.parametrize("kind", [(HeadShape, HEAD), (BridgeShape, BRIDGE)])
def test_cards_that_do_not_speak_of_it_are_read_as_before(kind):
    shape, values = kind[0], kind[1].to_dict()
    del values["observed"]
    assert shape.from_dict(values) == kind[1] and not kind[1].observed
    wider = shape.from_dict({**values, "observed": True})
    assert wider.seen == kind[1].seen + 1
