"""Facts kept from the refiner in training."""

from __future__ import annotations

import pytest
import torch

from gac_core.contract.errors import RequestError
from gac_core.networks.refiner import Metadata
from tests.problems import raises
from training.sections import Stage2Section
from training.stage2.refiner_module import InputAugmentation

MONTHS = torch.arange(1, 13).repeat(500)
BIOMES = torch.arange(1, 15).repeat(500)[: len(MONTHS)]
PLACES = torch.tensor([47.0, 15.0]).expand(len(MONTHS), 2)


def doubt(**settings):
    return InputAugmentation(Stage2Section(**settings))


def hints(month=MONTHS, biome=BIOMES, place=PLACES, **settings):
    """Return the network's hints, with no doubt but the settings'."""
    none = {"no_month": 0.0, "no_biome": 0.0, "no_place": 0.0, "month_jitter": 0}
    torch.manual_seed(0)
    own = doubt(**{**none, "place_jitter": 0.0, **settings})
    told = own.metadata(Metadata(month, biome, place))
    return told.month, told.biome, told.place


def test_hints_are_hidden_as_often_as_said():
    month, biome, place = hints(no_month=0.2, no_biome=0.5, no_place=0.3)
    assert (month == 0).float().mean() == pytest.approx(0.2, abs=0.03)
    assert (biome == 0).float().mean() == pytest.approx(0.5, abs=0.03)
    assert place.isnan().any(-1).float().mean() == pytest.approx(0.3, abs=0.03)
    assert torch.equal(place.isnan().any(-1), place.isnan().all(-1))
    assert torch.equal(month[month > 0], MONTHS[month > 0])
    assert torch.equal(biome[biome > 0], BIOMES[biome > 0])
    # One hidden does not mean the other is.
    assert ((month == 0) & (biome > 0)).any() and ((month > 0) & (biome == 0)).any()
    assert (place.isnan().any(-1) & (month > 0)).any()


def test_months_are_off_by_one_around_the_year():
    month, _, _ = hints(month_jitter=1)
    apart = (month - MONTHS) % 12
    assert set(apart.tolist()) == {0, 1, 11}
    assert set(month[MONTHS == 12].tolist()) == {11, 12, 1}
    assert set(month[MONTHS == 1].tolist()) == {12, 1, 2}


def test_places_are_off_as_far_as_said_and_stay_on_the_globe():
    _, _, place = hints(place_jitter=3.0)
    away = place - PLACES
    assert away.mean(0).tolist() == pytest.approx([0, 0], abs=0.2)
    assert away.std(0).tolist() == pytest.approx([3, 3], rel=0.05)
    pole = torch.tensor([89.0, 179.0]).expand(len(MONTHS), 2)
    _, _, place = hints(place=pole, place_jitter=3.0)
    assert place[:, 0].max() == 90


def test_what_is_unknown_stays_unknown():
    nothing = torch.zeros(400, dtype=torch.long)
    nowhere = torch.full((400, 2), torch.nan)
    month, biome, place = hints(nothing, nothing, nowhere, month_jitter=3, place_jitter=3.0)
    assert not month.any() and not biome.any() and place.isnan().all()


def test_the_radar_moves_as_far_as_said():
    torch.manual_seed(0)
    s1 = torch.tensor([-12.0, -19.0]).view(1, 2, 1, 1).expand(3000, 2, 2, 2)
    moved = doubt(radar_gain=0.5, polarisation_gain=0.3).radar(s1) - s1
    assert torch.equal(moved, moved[..., :1, :1].expand_as(moved)), "no speckle of its own"
    first, second = moved[..., 0, 0].unbind(1)
    assert float(first.std()) == pytest.approx((0.5**2 + 0.3**2) ** 0.5, rel=0.05)
    assert float((first - second).std()) == pytest.approx(0.3 * 2**0.5, rel=0.05)


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"no_month": 1.5},
        {"no_place": -1.0},
        {"gain": -0.1},
        {"month_jitter": 9},
        {"radar_gain": -1.0},
    ],
)
def test_senseless_doubt_is_refused(wrong):
    with raises(RequestError, "setting-out-of-range", next(iter(wrong))):
        Stage2Section(**wrong)
