"""Splits by tile."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.problems import raises
from training.data import DataError, read_biomes, read_roles, split_by_tile

TILES = [f"T{zone:02d}U{col}{row}" for zone in range(1, 61) for col in "ABCD" for row in "KLMN"]


def test_shares_are_met_and_the_split_is_the_same_every_time():
    roles = split_by_tile(TILES)
    assert roles == split_by_tile(reversed(TILES))
    counts = Counter(roles.values())
    for role, share in (("train", 0.8), ("val", 0.1), ("test", 0.1)):
        assert counts[role] / len(TILES) == pytest.approx(share, abs=0.03)


def test_a_split_is_fixed_for_good():
    """By hash, whatever the platform or the version of Python: a change moves held-out tiles."""
    known = {"T34VER": "train", "T33UUP": "val", "T29UPU": "test"}
    assert split_by_tile(known) == known


def test_tiles_that_come_later_move_none():
    roles = split_by_tile(TILES)
    assert split_by_tile(TILES[:10]) == {tile: roles[tile] for tile in TILES[:10]}


def test_another_seed_splits_otherwise():
    assert split_by_tile(TILES, seed=1) != split_by_tile(TILES)


def test_fixed_roles_win():
    roles = split_by_tile(TILES)
    turned = dict.fromkeys(TILES[:20], "test")
    fixed = split_by_tile(TILES, fixed=turned)
    assert all(fixed[tile] == "test" for tile in turned)
    assert all(fixed[tile] == roles[tile] for tile in TILES[20:])


def test_a_tile_is_known_however_it_is_written(tmp_path, caplog):
    path = tmp_path / "roles.csv"
    path.write_text("tile,role,biome\n 33uup,test,4\nT34VER ,val,\nVienna , train,\n")
    roles = read_roles(path)
    assert roles == {"T33UUP": "test", "T34VER": "val", "Vienna": "train"}
    assert read_biomes(path) == {"T33UUP": 4}
    found = split_by_tile(["33UUP", "T34VER", "Vienna"], fixed=roles)
    assert found == {"33UUP": "test", "T34VER": "val", "Vienna": "train"}
    assert split_by_tile(["T33UUP"], fixed={"33uup": "test"}) == {"T33UUP": "test"}
    assert not caplog.records
    path.write_text("tile,role\nT33UUP,val\n33UUP,test\n")
    with raises(DataError, "tile-with-two-roles", "T33UUP"):
        read_roles(path)


def test_roles_of_tiles_that_do_not_occur_are_told_of_or_refused(caplog):
    fixed = {"T34VER": "test", "T29SNB": "val"}
    assert split_by_tile(["T34VER", "T33UUP"], fixed=fixed)["T34VER"] == "test"
    assert "T29SNB" in caplog.text and "T34VER" not in caplog.text
    with raises(DataError, "roles-of-absent-tiles", 2, "T29SNB", "T33UUP"):
        split_by_tile(["T33UUP"], fixed=fixed)
    assert split_by_tile([], fixed={}) == {}


def test_shares_of_nothing_are_never_drawn():
    assert set(split_by_tile(TILES, shares=(0.5, 0.0, 0.5)).values()) == {"train", "test"}


@pytest.mark.parametrize("shares", [(0.8, 0.1, 0.2), (1.2, -0.1, -0.1)])
def test_shares_that_are_none_are_refused(shares):
    with raises(DataError, "shares-wrong"):
        split_by_tile(TILES, shares=shares)


def test_a_file_gives_roles_and_biomes(tmp_path):
    path = tmp_path / "roles.csv"
    path.write_text("tile,role,biome\nT34VER,train,6\nT29SNB,test,\n", encoding="utf-8-sig")
    assert read_roles(path) == {"T34VER": "train", "T29SNB": "test"}
    assert read_biomes(path) == {"T34VER": 6}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tile,role\nT34VER,stop\n", ("role-unknown", "T34VER", "'stop'")),
        ("tile,role\nT34VER,val\nT34VER,test\n", ("tile-with-two-roles", "T34VER")),
        ("a,b\n1,2\n", ("roles-table-wrong",)),
        ("", ("roles-table-wrong",)),
        ("tile,role\nT34VER\n", ("role-unknown", "T34VER", "''")),
        ("tile,role\n,test\n", ("roles-line-without-tile", "2")),
    ],
)
def test_files_that_are_none_are_refused(tmp_path, text, expected):
    path = tmp_path / "roles.csv"
    path.write_text(text)
    with raises(DataError, *expected):
        read_roles(path)


@pytest.mark.parametrize("biome", ["15", "-1", "taiga"])
def test_biomes_that_are_none_are_refused(tmp_path, biome):
    path = tmp_path / "roles.csv"
    path.write_text(f"tile,role,biome\nT34VER,train,{biome}\n")
    with raises(DataError, "biome-unknown", repr(biome)):
        read_biomes(path)
