"""Pair folders: what is refused, with the file and what to do."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine

from gac_core.band_statistics import S2_BANDS
from tests.core.conftest import backscatter
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
    "unlike sizes": (bad_shape, r"s1.tif is 60×64 pixels.*Resample"),
    "cut short": (cut_short, r"s2.tif cannot be read.*Fetch or unpack it again"),
    "missing": (lambda f: (f / "s2.tif").unlink(), r"s2.tif is missing"),
    "elsewhere": (
        lambda f: write_tif(
            f / "s1.tif", backscatter(64, 64), transform=Affine(10, 0, 0, 0, -10, 0)
        ),
        r"s1.tif and s2.tif beside it do not lie on the same pixels",
    ),
    "linear power": (
        lambda f: write_tif(f / "s1.tif", 10 ** (backscatter(64, 64) / 10)),
        r"s1.tif is not in dB: it looks like linear power.*10·log10",
    ),
    "digital numbers": (
        lambda f: write_tif(f / "s1.tif", 10 ** (backscatter(64, 64) / 20) * 600),
        r"s1.tif is not in dB: it looks like uncalibrated",
    ),
    "standardised": (
        lambda f: write_tif(f / "s1.tif", (backscatter(64, 64) + 14) / 5),
        r"s1.tif is not in dB: it looks standardised",
    ),
    "times 100": (
        lambda f: write_tif(f / "s1.tif", (backscatter(64, 64) * 100).astype(np.int16)),
        r"s1.tif cannot be dB.*scaled by 100",
    ),
    "swapped": (
        lambda f: write_tif(f / "s1.tif", backscatter(64, 64)[::-1]),
        r"s1.tif: VV is weaker than VH",
    ),
    "empty radar": (
        lambda f: write_tif(f / "s1.tif", np.full((2, 64, 64), np.nan, np.float32)),
        r"s1.tif has no valid pixel",
    ),
    "one band": (
        lambda f: write_tif(f / "s1.tif", backscatter(64, 64)[:1]),
        r"s1.tif has 1 bands",
    ),
    "three bands": (
        lambda f: write_tif(f / "s2.tif", landscape()[:3]),
        r"s2.tif is not what training needs: 3 bands",
    ),
    "level 1C": (
        lambda f: write_tif(
            f / "s2.tif",
            np.concatenate([landscape(), landscape()[:1]]),
            (*S2_BANDS, "B10"),
        ),
        r"B10 is of level 1C",
    ),
    "reflectance": (
        lambda f: write_tif(f / "s2.tif", (landscape() / 10000).astype(np.float32)),
        r"s2.tif holds reflectance.*Multiply it by 10000",
    ),
    "bytes": (
        lambda f: write_tif(f / "s2.tif", (landscape() / 40).astype(np.uint8)),
        r"s2.tif holds bytes",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_pairs_are_refused_with_the_file_and_what_to_do(tmp_path, case):
    spoil, message = BAD[case]
    write_folders(tmp_path, 2)
    spoil(tmp_path / "pairs" / "pair_1")
    with pytest.raises(DataError, match=message) as caught:
        open_source(tmp_path)
    assert caught.value.remedy
    source = open_source(tmp_path, on_bad="skip")
    assert source.read(0).name == "pair_0"
    with pytest.raises(DataError, match=message):
        source.read(1)


@pytest.mark.parametrize(
    "name",
    ["../outside", "", ".hidden", "a/b", "NUL", "con.tif", "x.", "a" + "ü" * 100, "a" + "地" * 80],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    with pytest.raises(DataError, match="line 2"):
        open_source(write_table(tmp_path, [{**ROW, "id": name}]))


@pytest.mark.parametrize("other", ["one", "ONE"])
def test_the_same_pair_twice_is_refused(tmp_path, other):
    """As some systems see it, which tell no capitals."""
    write_pair(tmp_path / "pairs" / "one")
    with pytest.raises(DataError, match=f"pairs.csv: .*one and .*{other} are one name"):
        open_source(write_table(tmp_path, [ROW, {**ROW, "id": other}]))
    write_pair(tmp_path / "bare" / "pairs" / "one")
    write_pair(tmp_path / "bare" / other)
    with pytest.raises(DataError, match=r"bare: pairs.one and .* are one name"):
        open_source(tmp_path / "bare")


@pytest.mark.parametrize("text", ["id;tile;lat\none;T34VER;4,5\n", "name,tile\none,T34VER\n"])
def test_a_table_without_ids_is_told_by_its_columns(tmp_path, text):
    (tmp_path / "pairs.csv").write_text(text)
    with pytest.raises(DataError, match=r"no column id.*(id;tile;lat|name, tile).*commas"):
        open_source(tmp_path)


def test_a_folder_without_pairs_is_refused(tmp_path):
    with pytest.raises(DataError, match="holds no pairs"):
        open_source(tmp_path)
    with pytest.raises(DataError, match="none of the pairs asked for"):
        open_source(write_folders(tmp_path, 2), tiles={"T99XXX"})


def test_tiles_that_differ_in_capitals_alone_are_refused(tmp_path):
    rows = [{"id": "a", "tile": "Vienna"}, {"id": "b", "tile": "vienna"}]
    with pytest.raises(DataError, match="'Vienna' and 'vienna'"):
        open_source(write_table(tmp_path, rows))
