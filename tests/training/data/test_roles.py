"""Roles of tiles, their origin, and the warnings before a training."""

from __future__ import annotations

import json

import pytest

from gac_core.contract.message import Message
from tests.problems import notes_with, raises
from tests.training.data.made import write_folders
from tests.training.evaluation.pairs import simulated, source
from training.data import DataError
from training.data.sources import (
    FROM_CARD,
    FROM_FILE,
    HASHED,
    MIXED,
    TOO_FEW,
    TOUCHING,
    TOUCHING_BASE,
    WANTED_IMAGES,
    WANTED_TILES,
    Split,
    open_split,
    print_warnings,
)
from training.data.split import History

NEW = "T31UFS"
CARD = {"training": {"tiles": {"train": ["T33UUP"], "stop": ["T34VER"], "test": ["T29UPU"]}}}
BY_HASH = {"T34VER": "train", "T33UUP": "val", "T29UPU": "test"}
"""Roles by the hashes of the names, all other than the card's, but for the last."""


def opened(folder, base, roles=None):
    """Pairs of the card's tiles and of a new one."""
    root = write_folders(folder / "data", 4)
    rows = (root / "pairs.csv").read_text().splitlines()
    column = rows[0].split(",").index("tile")
    cells = [row.split(",") for row in rows]
    for row, tile in zip(cells[1:], [*BY_HASH, NEW], strict=True):
        row[column] = tile
    (root / "pairs.csv").write_text("\n".join(map(",".join, cells)) + "\n")
    return open_split(root, limit=None, seed=0, roles=roles, base=base)


def test_a_base_s_roles_hold_and_others_are_drawn(tmp_path, capsys):
    drawn = opened(tmp_path / "drawn", {}).roles
    assert {tile: drawn[tile] for tile in BY_HASH} == BY_HASH
    capsys.readouterr()
    split = opened(tmp_path / "carded", CARD)
    assert split.roles == {"T33UUP": "train", "T34VER": "val", "T29UPU": "test", NEW: drawn[NEW]}
    told = capsys.readouterr().out
    assert Message(FROM_CARD, 3) in told and Message(HASHED, 1) in told


def test_a_file_wins_over_the_card(tmp_path, capsys):
    roles = tmp_path / "roles.csv"
    roles.write_text("tile,role\n29upu,train\n")
    split = opened(tmp_path, CARD, roles)
    assert split.roles["T29UPU"] == "train"
    assert split.roles["T33UUP"] == "train" and split.roles["T34VER"] == "val"
    assert Message(FROM_FILE, 1, roles) in capsys.readouterr().out


def test_a_card_of_other_places_settles_nothing(tmp_path):
    card = {"training": {"tiles": {"train": ["T01CCC"]}}}
    assert {t: r for t, r in opened(tmp_path, card).roles.items() if t != NEW} == BY_HASH


def test_a_role_without_pairs_is_told_with_the_tiles_that_there_are(tmp_path):
    roles = tmp_path / "roles.csv"
    roles.write_text("tile,role\n" + "".join(f"{tile},train\n" for tile in [*BY_HASH, NEW]))
    split = opened(tmp_path, {}, roles)
    assert split.indices("train") == [0, 1, 2, 3] and split.indices("train", [2]) == [2]
    with raises(DataError, "role-without-pairs", "'val'", "4 train, 0 val, 0 test") as caught:
        split.indices("val")
    assert "T33UUP" in caught.value.remedy


def made(roles, base=None, tiles=None, places=None):
    """A split of pairs, each of a tile of its own (or of those given) and 1° from the next."""
    tiles = tiles or list(roles)
    pairs = [simulated(seed, tile) for seed, tile in enumerate(tiles)]
    places = places or [(10.0 + i, 20.0) for i in range(len(pairs))]
    placed = [
        pair.__class__(**{**pair.__dict__, "lat": lat, "lon": lon})
        for pair, (lat, lon) in zip(pairs, places, strict=True)
    ]
    return Split(source(*placed), roles, History.of({"training": base} if base else {}))


def doubts(split):
    found = split.warnings(*(split.indices(role) for role in ("train", "val")))
    return [one for one in found if one not in notes_with(found, template=TOO_FEW)]


ENOUGH = {f"v{i}": "val" for i in range(WANTED_IMAGES)}


def test_too_few_validation_images_or_tiles():
    few = made({"a": "train", **dict(list(ENOUGH.items())[:-1])})
    told = few.warnings(few.indices("train"), few.indices("val"))
    assert len(told) == 1 and told[0].template == TOO_FEW
    assert told[0].arguments == ("7 images", "7 tiles", str(WANTED_IMAGES), str(WANTED_TILES))
    enough = made({"a": "train", **ENOUGH})
    assert enough.warnings(enough.indices("train"), enough.indices("val")) == []
    alike = made({"a": "train", "v": "val"}, tiles=["a", *["v"] * WANTED_IMAGES])
    assert notes_with(alike.warnings([0], alike.indices("val")), "8 images", "1 tile")


@pytest.mark.parametrize(
    ("before", "now", "case"),
    [
        ("train", "train", ("train", "train")),
        ("train", "val", ("train", "val")),
        ("train", "test", ("train", "test")),
        ("stop", "train", ("val", "train")),
        ("stop", "val", None),
        ("stop", "test", ("val", "test")),
        ("test", "train", ("test", "train")),
        ("test", "val", ("test", "val")),
        ("test", "test", None),
        (None, "train", None),
        (None, "val", None),
    ],
)
def test_tiles_that_the_base_knows_in_another_role(before, now, case):
    roles = {"a": "train", "b": "val", "T33UUP": now}
    base = {"tiles": {before: ["33uup"]}} if before else None
    told = doubts(made(roles, base))
    assert len(told) == (case is not None)
    if case:
        assert told[0].template == MIXED[case] and told[0].arguments == ("1 tile", "T33UUP")


def test_places_that_touch_though_their_tiles_differ():
    roles = {"a": "train", "b": "val", "c": "test", "d": "train"}
    apart = [(48.0, 16.0), (49.0, 16.0), (50.0, 16.0), (51.0, 16.0)]
    assert doubts(made(roles, places=apart)) == []
    near = [(48.0, 16.0), (48.004, 16.0), (50.0, 16.0), (51.0, 16.0)]
    (told,) = doubts(made(roles, places=near))
    assert told.template == TOUCHING and told.arguments == ("1 place", "val", "b", "train")
    near[2] = (51.004, 16.0)
    assert doubts(made(roles, places=near))[1].arguments == ("1 place", "test", "c", "train")


def test_places_that_touch_those_of_the_base():
    roles = {"a": "train", "b": "val"}
    base = {"tiles": {"train": ["x"]}, "places": [[11.0, 20.0, 600]]}
    (told,) = doubts(made(roles, base))
    assert told.template == TOUCHING_BASE and told.arguments == ("1 place", "b")
    base["places"] = [[61.0, 20.0, 600]]
    assert doubts(made(roles, base)) == []


def test_what_is_doubtful_is_printed_as_one_block_and_kept(capsys):
    split = made({"a": "train", "b": "val"}, {"tiles": {"train": ["b"]}})
    story = json.loads(json.dumps(split.card_record([0], [1])))
    assert story["tiles"] == {"train": ["a"], "stop": ["b"], "test": []}
    assert len(story["places"]) == 2 and len(story["warnings"]) == 2
    print_warnings(story["warnings"])
    told = capsys.readouterr()
    assert not told.out and told.err.count("\n  - ") == 2
    print_warnings([])
    assert capsys.readouterr().err == ""
