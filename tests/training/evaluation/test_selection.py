"""Which pairs are judged."""

from __future__ import annotations

import pytest

from gac_core.errors import RequestError
from training.evaluation.selection import choose_pairs, choose_tiles, same_tile, seen_tiles

CARD = {
    "training": {
        "tiles": {
            "train": ["T34TEN", "field"],
            "stop": ["T29SND"],
            "val": ["40RCN"],
            "test": ["T29SNB"],
        }
    }
}
PRESENT = ["T34TEN", "34TEN", "T29SND", "T40RCN", "T29SNB", "23KPQ", "field"]


@pytest.mark.parametrize(
    ("spelt", "one"),
    [("T34TEN", "34TEN"), ("34ten", "34TEN"), ("5MPQ", "05MPQ"), ("wc_belgium", "wc_belgium")],
)
def test_a_tile_has_one_spelling(spelt, one):
    assert same_tile(spelt) == one


def test_unseen_leaves_out_what_trained_or_stopped():
    assert choose_tiles("unseen", PRESENT, seen_tiles(CARD)) == {"T29SNB", "23KPQ"}


def test_unseen_of_a_card_that_names_no_tiles_is_all():
    for card in ({}, {"training": None}, {"training": {"tiles": None}}):
        assert choose_tiles("unseen", PRESENT, seen_tiles(card)) == set(PRESENT)


def test_names_in_any_spelling():
    assert choose_tiles("34TEN, T23KPQ", PRESENT, set()) == {"T34TEN", "34TEN", "23KPQ"}
    assert choose_tiles(["T29SNB"], PRESENT, {"29SNB"}) == {"T29SNB"}


@pytest.mark.parametrize("wanted", ["T60KXX", "T29SNB,T60KXX", ""])
def test_a_tile_that_is_not_there_is_named(wanted):
    with pytest.raises(RequestError, match=r"60KXX|none named"):
        choose_tiles(wanted, PRESENT, set())


def test_nothing_unseen_is_an_error():
    with pytest.raises(RequestError, match="took part"):
        choose_tiles("unseen", ["T34TEN", "T29SND"], seen_tiles(CARD))


def test_a_limit_takes_many_tiles_first():
    tiles = ["a", "a", "a", "b", "c", "c", "x"]
    assert choose_pairs(tiles, {"a", "b", "c"}, 4) == [0, 1, 3, 4]
    assert choose_pairs(tiles, {"a", "b", "c"}, 2) == [0, 3]
    assert choose_pairs(tiles, {"a", "b", "c"}, None) == [0, 1, 2, 3, 4, 5]
