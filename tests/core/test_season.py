"""The season of a date at a place."""

from __future__ import annotations

import pytest

from gac_core.places import local_month


@pytest.mark.parametrize("lat", [None, 0.0, 48.2])
def test_months_of_the_north_are_their_own(lat):
    assert [local_month(month, lat) for month in range(1, 13)] == list(range(1, 13))


def test_months_of_the_south_are_half_a_year_away():
    found = [local_month(month, -34.6) for month in range(1, 13)]
    assert found == [7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6]


def test_an_unknown_month_stays_unknown():
    assert local_month(0, -34.6) == 0


@pytest.mark.parametrize("month", [-1, 13])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ValueError, match="no month"):
        local_month(month, None)


@pytest.mark.parametrize("lat", [float("nan"), float("inf"), float("-inf")])
def test_a_latitude_that_is_no_number_is_unknown(lat):
    assert local_month(7, lat) == 7
