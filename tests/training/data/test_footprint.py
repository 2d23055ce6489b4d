"""Footprints of pairs, and which of them touch."""

from __future__ import annotations

import csv

import pytest

from tests.training.data.made import write_pair
from training.data import open_source
from training.data.pair import Footprint, touching

HERE = Footprint(48.2, 16.4, 600.0)
METRE = 1 / 111_194.9
"""Degrees of latitude."""


def moved(north: float = 0.0, east: float = 0.0, half: float = 600.0) -> Footprint:
    """HERE, so many metres away."""
    return Footprint(HERE.lat + north * METRE, HERE.lon + east * METRE / 0.66653, half)


@pytest.mark.parametrize(
    ("other", "touch"),
    [
        (HERE, True),
        (moved(north=1195), True),
        (moved(east=1195), True),
        (moved(north=1195, east=-1195), True),
        (moved(north=1500), False),
        (moved(east=1500), False),
        (moved(east=4000, half=3500), True),
        (moved(north=300, half=10), True),
    ],
)
def test_squares_that_share_an_edge_touch(other, touch):
    assert touching([HERE], [moved(north=50_000), other]) == ([0] if touch else [])
    assert touching([other, None], [HERE]) == ([0] if touch else [])


def test_across_the_date_line_and_at_no_place():
    west, east = Footprint(-17.0, 179.999, 600.0), Footprint(-17.0, -179.999, 600.0)
    assert touching([west], [east]) == [0]
    assert touching([None, west], [None]) == touching([], [west]) == []


def test_sources_tell_footprints_without_reading_pixels(tmp_path):
    write_pair(tmp_path / "pairs" / "a")
    write_pair(tmp_path / "pairs" / "b")
    source = open_source(tmp_path)
    by_file = [source.footprint(i) for i in range(2)]
    assert by_file[0] == by_file[1] and by_file[0].half == 10 * source.read(0).s1.shape[1] / 2
    pair = source.read(0)
    assert (by_file[0].lat, by_file[0].lon) == (pair.lat, pair.lon)
    with (tmp_path / "pairs.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([["id", "lat", "lon"], ["a", "10.5", "20.25"], ["b", "", ""]])
    listed = open_source(tmp_path)
    assert listed.footprint(0) == Footprint(10.5, 20.25, by_file[0].half)
    assert listed.footprint(1) is None
