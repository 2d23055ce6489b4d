"""Tiles and places of a bundle's training, from its card."""

from __future__ import annotations

import json

from tests.training.evaluation.pairs import simulated, source
from training.data.pair import Footprint
from training.data.split import MAX_PLACES, History, card_history

WHOLE = {"training": {"tiles": {"train": ["T34TEN"], "stop": ["5mpq"], "test": ["T29SNB"]}}}
PACKED = {
    "training": {
        "base": WHOLE["training"],
        "stage 2": {"tiles": {"train": ["T33UWP"], "val": ["x"], "test": ["T34TEN"]},
                    "places": [[48.2, 16.4, 600]]},
        "stage 3": {"tiles": {"train": ["T29SNB"]}, "places": [[10, 20, 600]]},
    }
}  # fmt: skip


def test_the_history_of_a_packed_bundle_is_that_of_all_its_stages():
    history = History.of(PACKED)
    assert history.used_tiles == {"T34TEN", "T05MPQ", "T33UWP", "x", "T29SNB"}
    assert history.tiles("train") == {"T34TEN", "T33UWP", "T29SNB"}
    assert history.tiles("test") == set(), "a tile that any stage held out and another trained on"
    assert set(history.footprints) == {Footprint(48.2, 16.4, 600), Footprint(10, 20, 600)}
    assert not history.has_places, "the base names none"


def test_packing_again_hides_nothing():
    again = {"training": {"base": PACKED["training"], "stage 3": {"tiles": {"train": ["y"]}}}}
    assert History.of(again).used_tiles == History.of(PACKED).used_tiles | {"y"}


def test_roles_in_any_spelling():
    history = History.of(WHOLE)
    assert [history.role(tile) for tile in ("34ten", "T05MPQ", "T29SNB", "elsewhere")] == [
        "train", "val", "test", None,
    ]  # fmt: skip


def test_cards_that_tell_nothing():
    for card in ({}, {"training": None}, {"training": {"tiles": None}}, {"training": [1]}):
        assert History.of(card) == History()


def test_what_a_training_keeps_is_read_again():
    pairs = [simulated(seed, tile) for seed, tile in enumerate(("a", "a", "b"))]
    placed = [pair.__class__(**{**pair.__dict__, "lat": 10.0 + i, "lon": 20.0})
              for i, pair in enumerate(pairs)]  # fmt: skip
    data = source(*placed, simulated(9, "nowhere"))
    kept = card_history(data, [0, 1, 3], {"a": "train", "nowhere": "val", "b": "test"})
    history = History.of(json.loads(json.dumps({"training": {"stage 2": kept}})))
    assert history.used_tiles == {"a", "nowhere"} and history.tiles("test") == {"b"}
    assert history.footprints == (Footprint(10, 20, 480), Footprint(11, 20, 480))
    many = card_history(data, [0] * (MAX_PLACES + 1), {"a": "train"})
    assert "places" not in many
