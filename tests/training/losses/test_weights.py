"""Weights from a configuration: unknown parts and impossible numbers are refused."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from gac_core.errors import RequestError
from training.losses import GroundWeights, RefineLoss, RefineWeights, read_weights


def test_a_section_changes_what_it_names():
    found = read_weights(GroundWeights, {"sar": 2, "level": 0.25})
    assert found == replace(GroundWeights(), sar=2, level=0.25)


def test_unknown_parts_are_named():
    with pytest.raises(RequestError, match=r"named sar\.") as caught:
        read_weights(RefineWeights, {"sar": 1.0})
    assert "ms_ssim" in caught.value.remedy
    with pytest.raises(RequestError, match="cfog"):
        read_weights(GroundWeights, {"cfog": 1.0})


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf, "much", None, True])
def test_impossible_weights_are_refused(value):
    with pytest.raises(RequestError, match="weight angle"):
        read_weights(RefineWeights, {"angle": value})


def test_something_must_count():
    with pytest.raises(RequestError, match="All weights"):
        RefineWeights(**dict.fromkeys(vars(RefineWeights()), 0.0))


def test_parts_of_weight_zero_are_not_computed():
    image = torch.rand(1, 4, 32, 32) * 3000
    names = {name: float(name == "edges") for name in vars(RefineWeights())}
    mask = torch.ones(1, 1, 32, 32, dtype=torch.bool)
    assert set(RefineLoss(RefineWeights(**names))(image, image, image, mask)) == {"edges"}
