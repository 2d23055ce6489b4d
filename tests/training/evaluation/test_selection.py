"""Which pairs are judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gac_core.contract.errors import RequestError
from tests.problems import notes_with, raises
from tests.training.evaluation.pairs import simulated, source
from training.data.split import History
from training.evaluation.selection import PLACELESS, select_pairs, spread_over_tiles

TILES = {"train": ["T34TEN", "field"], "stop": ["T29SND"], "val": ["40RCN"], "test": ["T29SNB"]}
WHOLE = History.of({"training": {"tiles": TILES}})
PACKED = History.of(
    {
        "training": {
            "base": {"tiles": {"train": ["T34TEN"], "stop": ["T29SND"]}},
            "stage 2": {"tiles": {"train": ["T40RCN", "T29SNB"], "stop": ["field"]}},
            "stage 3": {"tiles": {"train": ["23KPQ"], "test": ["T34TEN"]}},
        }
    }
)
PRESENT = ["T34TEN", "34TEN", "T29SND", "T40RCN", "T29SNB", "23KPQ", "field"]
DEGREE = 1 / 111_194.9


@pytest.fixture(scope="module")
def pair():
    return simulated(1, "x", 64)


def placed(pair, *tiles, lat=None):
    """A source of pairs of these tiles; with `lat` each 320 m north of the one before it."""
    latitudes = [None if lat is None else lat + 320 * i * DEGREE for i in range(len(tiles))]
    return source(
        *(
            replace(pair, name=f"{i}", tile=tile, lat=north, lon=None if north is None else 20.0)
            for i, (tile, north) in enumerate(zip(tiles, latitudes, strict=True))
        )
    )


def judged(data, wanted, history, limit=None):
    return [data.tiles[i] for i in select_pairs(data, wanted, history, limit).indices]


def test_unseen_leaves_out_what_trained_or_stopped(pair):
    data = placed(pair, *PRESENT)
    assert judged(data, "unseen", WHOLE) == ["T29SNB", "23KPQ"]


def test_of_a_packed_bundle_unseen_is_what_none_of_its_stages_saw(pair):
    data = placed(pair, *PRESENT, "T33UWP")
    assert judged(data, "unseen", PACKED) == ["T33UWP"]


def test_unseen_of_a_card_that_names_no_tiles_is_all(pair):
    assert judged(placed(pair, *PRESENT), "unseen", History()) == PRESENT


def test_a_pair_that_touches_a_training_place_is_not_unseen(pair):
    """640 m wide pairs, 320 m apart: each overlaps the next, and touches the one after."""
    data = placed(pair, "T34TEN", "T34TEP", "T34TEQ", "T34TER", lat=48.0)
    selection = select_pairs(data, "unseen", WHOLE)
    assert selection.indices == [3]
    assert notes_with(selection.notes, 2, "T34TEP, T34TEQ")
    assert [one.lat for one in selection.footprints] == [data.pairs[3].lat]


def test_places_on_the_card_count_without_their_pairs(pair):
    place = [48.0, 20.0, 320]
    card = {"training": {"stage 3": {"tiles": {"train": ["y"]}, "places": [place]}}}
    data = placed(pair, "a", "b", "c", "d", lat=48.0)
    assert judged(data, "unseen", History.of(card)) == ["d"]
    nowhere = placed(pair, "a", "y")
    selection = select_pairs(nowhere, "unseen", History.of(card))
    assert selection.indices == [0] and notes_with(selection.notes, 1, template=PLACELESS)


def test_names_in_any_spelling(pair):
    data = placed(pair, *PRESENT)
    assert judged(data, "34TEN, T23KPQ", WHOLE) == ["T34TEN", "34TEN", "23KPQ"]
    assert judged(data, ["T29SNB"], History()) == ["T29SNB"]
    notes = select_pairs(data, "34TEN,T29SNB", WHOLE).notes
    assert len(notes) == 1 and notes_with(notes, "T34TEN")


def test_the_tiles_that_the_card_holds_out(pair):
    data = placed(pair, *PRESENT)
    assert judged(data, "test", WHOLE) == ["T29SNB"]
    for history in (PACKED, History()):
        with raises(RequestError, "held-out-tiles-missing") as caught:
            select_pairs(data, "test", history)
        assert "--tiles unseen" in caught.value.remedy


@pytest.mark.parametrize("wanted", ["T60KXX", "T29SNB,T60KXX", ""])
def test_a_tile_that_is_not_there_is_named(pair, wanted):
    with raises(RequestError, "asked-tiles-missing", "T60KXX" if wanted else "none named"):
        select_pairs(placed(pair, *PRESENT), wanted, History())


def test_nothing_unseen_is_an_error(pair):
    with raises(RequestError, "all-tiles-trained-on", "T34TEN", "T29SND") as caught:
        select_pairs(placed(pair, "T34TEN", "T29SND"), "unseen", WHOLE)
    assert "--tiles" in caught.value.remedy


def test_a_limit_takes_many_tiles_first():
    tiles = ["a", "a", "a", "b", "c", "c", "x"]
    assert spread_over_tiles(tiles, range(6), 4) == [0, 1, 3, 4]
    assert spread_over_tiles(tiles, range(6), 2) == [0, 3]
    assert spread_over_tiles(tiles, range(6), None) == [0, 1, 2, 3, 4, 5]
