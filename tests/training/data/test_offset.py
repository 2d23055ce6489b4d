"""Sentinel-2's +1000: found in sets of images, and never where it is not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problems import raises
from tests.training.data.made import landscape, write_folders, write_pair, write_table
from training.data import DataError, open_source
from training.data.checks import MIN_SHIFTED, declared_offset, judge_offset

COUNT = 10


def image(*kinds, shift=0, seed=0):
    return landscape(seed=seed, kinds=kinds).astype(np.float32) + shift


@pytest.mark.parametrize("kind", ["meadow", "forest", "soil", "water"])
def test_what_is_dark_somewhere_is_clean(kind):
    assert judge_offset(image(kind)) == "clean"


@pytest.mark.parametrize("kind", ["meadow", "forest", "water"])
def test_vegetation_and_water_give_the_offset_away(kind):
    assert judge_offset(image(kind, shift=1000)) == "shifted"
    assert judge_offset(image(kind, "sand", shift=1000)) == "shifted"


def test_a_desert_is_unclear_with_the_offset_and_without():
    assert judge_offset(image("sand")) == judge_offset(image("sand", shift=1000)) == "unclear"


def test_four_bands_suffice():
    found = image("meadow", shift=1000)
    found[[0, 4, 5, 6, 8, 9, 10, 11]] = np.nan
    assert judge_offset(found) == "shifted"


def test_dark_ground_with_noise_below_1000_is_found():
    rng = np.random.default_rng(0)
    noisy = image("water", shift=1000) + rng.normal(0, 40, (12, 64, 64)).astype(np.float32)
    assert noisy.min() < 1000
    assert judge_offset(noisy) == "shifted"


def test_nodata_is_not_taken_for_dark():
    found = image("meadow", shift=1000)
    found[:, :20] = np.nan
    assert judge_offset(found) == "shifted"


def test_a_set_with_the_offset_is_refused(tmp_path):
    write_folders(tmp_path, COUNT, shift=1000)
    with raises(DataError, "pairs-with-offset", 10, "pair_0"):
        open_source(tmp_path)


def test_the_same_set_without_it_is_not(tmp_path, caplog):
    open_source(write_folders(tmp_path, COUNT))
    assert not caplog.records


def test_of_few_images_values_are_not_believed(tmp_path, caplog):
    source = open_source(write_folders(tmp_path, MIN_SHIFTED - 1, shift=1000))
    assert source.read(0).name == "pair_0"
    assert len(caplog.records) == 1


@pytest.mark.parametrize("count", [1, COUNT])
def test_deserts_are_warned_of_and_not_refused(tmp_path, caplog, count):
    for i in range(count):
        write_pair(tmp_path / f"desert_{i}", i, s2=landscape(64, i, ("sand",)))
    source = open_source(tmp_path)
    assert len(source) == count
    assert "Deserts" in caplog.text


def mixed(root):
    """Pairs of 2019 as they are, pairs of 2023 with the offset."""
    rows = []
    for i in range(2 * COUNT):
        row = {"id": f"pair_{i}", "tile": "one", "s2_date": ("2019", "2023")[i % 2] + "-07-01"}
        write_pair(root / "pairs" / row["id"], i, s2=landscape(64, i) + np.uint16(i % 2 * 1000))
        rows.append(row)
    return write_table(root, rows)


def test_in_a_mixed_set_the_newer_ones_are_refused(tmp_path):
    with raises(DataError, "pairs-with-offset", 10, "2022-01-25"):
        open_source(mixed(tmp_path))


def test_or_left_out(tmp_path, caplog):
    source = open_source(mixed(tmp_path), on_bad="skip")
    assert len(caplog.records) == 1
    assert source.read(0).name == "pair_0"
    with raises(DataError, "pair-with-offset", "pair_1", 1000):
        source.read(1)


@pytest.mark.parametrize(
    ("name", "tags", "found"),
    [
        ("S2A_MSIL2A_20230613T101031_N0509_R022_T34VER", {}, "processing baseline N0509"),
        ("one", {"PRODUCT_URI": "S2A_MSIL2A_20230613T101031_N0400_R022_T34VER.SAFE"}, "N0400"),
        ("one", {"PROCESSING_BASELINE": "05.09"}, "PROCESSING_BASELINE=05.09"),
        ("one", {"BOA_ADD_OFFSET": "-1000"}, "BOA_ADD_OFFSET=-1000"),
        ("S2A_MSIL2A_20230613T101031_N0509_R022_T34VER", {"BOA_ADD_OFFSET": "0"}, ""),
        ("S2A_MSIL2A_20170613T101031_N0205_R022_T34VER", {}, ""),
        ("S2A_MSIL2A_20170613T101031_N9999_R022_T34VER_72_74", {}, ""),
    ],
)
def test_names_and_tags_tell(name, tags, found):
    said = declared_offset(name, tags)
    assert found in said and bool(said) == bool(found)


def test_one_image_that_says_so_is_refused_unless_its_values_contradict(tmp_path):
    tags = {"PROCESSING_BASELINE": "05.09"}
    write_pair(tmp_path / "one", s2=landscape() + np.uint16(1000), tags=tags)
    with raises(DataError, "image-with-offset", "one/s2.tif", 1000):
        open_source(tmp_path)
    write_pair(tmp_path / "one", tags=tags)
    assert open_source(tmp_path).read(0).name == "one"


def test_real_pairs_are_clean_and_with_1000_added_all_sets_are_found(shared_data):
    source = open_source(shared_data)
    images = [source.read(i).s2 for i in range(len(source))]
    assert {judge_offset(s2) for s2 in images} == {"clean"}
    shifted = [judge_offset(s2 + np.float32(1000)) for s2 in images]
    assert "clean" not in shifted
    assert shifted.count("shifted") >= 0.9 * len(shifted)
