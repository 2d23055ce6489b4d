"""Pair folders: what is refused, with the file and what to do."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine

from gac_core.band_statistics import S2_BANDS
from tests.core.conftest import backscatter
from tests.problems import raises
from tests.training.data.made import (
    ROW,
    landscape,
    write_folders,
    write_pair,
    write_table,
    write_tif,
)
from training.data import DataError, open_source


def bad_shape(folder):
    write_tif(folder / "s1.tif", backscatter(60, 64), ("VV", "VH"))


def cut_short(folder):
    path = folder / "s2.tif"
    path.write_bytes(path.read_bytes()[:2000])


BAD = {
    "unlike sizes": (bad_shape, ("pair-sizes-differ", "s1.tif", "60", "64")),
    "cut short": (cut_short, ("pair-file-unreadable", "s2.tif")),
    "missing": (lambda f: (f / "s2.tif").unlink(), ("pair-file-missing", "s2.tif")),
    "elsewhere": (
        lambda f: write_tif(
            f / "s1.tif", backscatter(64, 64), transform=Affine(10, 0, 0, 0, -10, 0)
        ),
        ("pair-grids-differ", "s1.tif", "s2.tif"),
    ),
    "linear power": (
        lambda f: write_tif(f / "s1.tif", 10 ** (backscatter(64, 64) / 10)),
        ("pair-radar-not-in-db", "s1.tif", "linear power"),
    ),
    "digital numbers": (
        lambda f: write_tif(f / "s1.tif", 10 ** (backscatter(64, 64) / 20) * 600),
        ("pair-radar-not-in-db", "s1.tif", "uncalibrated"),
    ),
    "standardised": (
        lambda f: write_tif(f / "s1.tif", (backscatter(64, 64) + 14) / 5),
        ("pair-radar-not-in-db", "s1.tif", "standardised"),
    ),
    "times 100": (
        lambda f: write_tif(f / "s1.tif", (backscatter(64, 64) * 100).astype(np.int16)),
        ("pair-radar-scaled", "s1.tif"),
    ),
    "swapped": (
        lambda f: write_tif(f / "s1.tif", backscatter(64, 64)[::-1]),
        ("vv-vh-swapped", "s1.tif"),
    ),
    "empty radar": (
        lambda f: write_tif(f / "s1.tif", np.full((2, 64, 64), np.nan, np.float32)),
        ("image-without-valid-pixel", "s1.tif"),
    ),
    "one band": (
        lambda f: write_tif(f / "s1.tif", backscatter(64, 64)[:1]),
        ("pair-vv-vh-unnamed", "s1.tif", "1"),
    ),
    "three bands": (
        lambda f: write_tif(f / "s2.tif", landscape()[:3]),
        ("pair-bands-wrong", "s2.tif", "3"),
    ),
    "level 1C": (
        lambda f: write_tif(
            f / "s2.tif",
            np.concatenate([landscape(), landscape()[:1]]),
            (*S2_BANDS, "B10"),
        ),
        ("pair-bands-wrong", "B10 is of level 1C"),
    ),
    "reflectance": (
        lambda f: write_tif(f / "s2.tif", (landscape() / 10000).astype(np.float32)),
        ("reflectance-not-dn", "s2.tif"),
    ),
    "bytes": (
        lambda f: write_tif(f / "s2.tif", (landscape() / 40).astype(np.uint8)),
        ("picture-not-reflectance", "s2.tif"),
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_pairs_are_refused_with_the_file_and_what_to_do(tmp_path, case):
    spoil, expected = BAD[case]
    write_folders(tmp_path, 2)
    spoil(tmp_path / "pairs" / "pair_1")
    with raises(DataError, *expected) as caught:
        open_source(tmp_path)
    assert caught.value.remedy
    source = open_source(tmp_path, on_bad="skip")
    assert source.read(0).name == "pair_0"
    with raises(DataError, *expected):
        source.read(1)


@pytest.mark.parametrize(
    "name",
    ["../outside", "", ".hidden", "a/b", "NUL", "con.tif", "x.", "a" + "ü" * 100, "a" + "地" * 80],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    with raises(DataError, "pair-name-wrong", 2):
        open_source(write_table(tmp_path, [{**ROW, "id": name}]))


@pytest.mark.parametrize("other", ["one", "ONE"])
def test_the_same_pair_twice_is_refused(tmp_path, other):
    """As some systems see it, which tell no capitals."""
    write_pair(tmp_path / "pairs" / "one")
    with raises(DataError, "pair-names-clash", "pairs.csv", "one", other):
        open_source(write_table(tmp_path, [ROW, {**ROW, "id": other}]))
    write_pair(tmp_path / "bare" / "pairs" / "one")
    write_pair(tmp_path / "bare" / other)
    with raises(DataError, "pair-names-clash", "bare", "one", other):
        open_source(tmp_path / "bare")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("id;tile;lat\none;T34VER;4,5\n", "id;tile;lat"), ("name,tile\none,T34VER\n", "name, tile")],
)
def test_a_table_without_ids_is_told_by_its_columns(tmp_path, text, columns):
    (tmp_path / "pairs.csv").write_text(text)
    with raises(DataError, "table-without-id", columns):
        open_source(tmp_path)


def test_a_folder_without_pairs_is_refused(tmp_path):
    with raises(DataError, "data-without-pairs", str(tmp_path)):
        open_source(tmp_path)
    with raises(DataError, "asked-pairs-missing", str(tmp_path)):
        open_source(write_folders(tmp_path, 2), tiles={"T99XXX"})


def test_tiles_that_differ_in_capitals_alone_are_refused(tmp_path):
    rows = [{"id": "a", "tile": "Vienna"}, {"id": "b", "tile": "vienna"}]
    with raises(DataError, "tile-names-clash", "'Vienna'", "'vienna'"):
        open_source(write_table(tmp_path, rows))
