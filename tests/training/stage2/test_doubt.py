"""What the refiner is not told while it trains."""

from __future__ import annotations

import pytest
import torch

from gac_core.errors import RequestError
from training.sections import Stage2Section
from training.stage2.doubt import Doubt

MONTHS = torch.arange(1, 13).repeat(500)
BIOMES = torch.arange(1, 15).repeat(500)[: len(MONTHS)]


def doubt(**settings):
    return Doubt(Stage2Section(**settings))


def test_hints_are_hidden_as_often_as_said():
    torch.manual_seed(0)
    month, biome = doubt(no_month=0.2, no_biome=0.5, month_jitter=0).hints(MONTHS, BIOMES)
    assert (month == 0).float().mean() == pytest.approx(0.2, abs=0.03)
    assert (biome == 0).float().mean() == pytest.approx(0.5, abs=0.03)
    assert torch.equal(month[month > 0], MONTHS[month > 0])
    assert torch.equal(biome[biome > 0], BIOMES[biome > 0])
    # One hidden does not mean the other is.
    assert ((month == 0) & (biome > 0)).any() and ((month > 0) & (biome == 0)).any()


def test_months_are_off_by_one_around_the_year():
    torch.manual_seed(0)
    month, _ = doubt(no_month=0, no_biome=0, month_jitter=1).hints(MONTHS, BIOMES)
    apart = (month - MONTHS) % 12
    assert set(apart.tolist()) == {0, 1, 11}
    assert set(month[MONTHS == 12].tolist()) == {11, 12, 1}
    assert set(month[MONTHS == 1].tolist()) == {12, 1, 2}


def test_what_is_unknown_stays_unknown():
    nothing = torch.zeros(400, dtype=torch.long)
    month, biome = doubt(no_month=0, no_biome=0, month_jitter=3).hints(nothing, nothing)
    assert not month.any() and not biome.any()


def test_colours_move_as_far_as_said():
    torch.manual_seed(0)
    image = torch.full((2000, 12, 2, 2), 1500.0)
    moved = doubt(gain=0.2, band_gain=0.1).image(image)
    factor = (moved / image).log()
    assert torch.equal(factor, factor[..., :1, :1].expand_as(factor)), "one factor a band"
    whole = factor[..., 0, 0].mean(1)
    assert float(whole.std()) == pytest.approx(0.2, rel=0.1)
    assert float((factor[..., 0, 0] - whole[:, None]).std()) == pytest.approx(0.1, rel=0.1)
    assert torch.equal(doubt(gain=0, band_gain=0).image(image), image)


@pytest.mark.parametrize("wrong", [{"no_month": 1.5}, {"gain": -0.1}, {"month_jitter": 9}])
def test_senseless_doubt_is_refused(wrong):
    with pytest.raises(RequestError, match=next(iter(wrong))):
        Stage2Section(**wrong)
