"""Pair folders: what is read of them, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine

from gac_core.band_statistics import OUTPUT_INDEX, S2_BANDS
from tests.core.conftest import backscatter
from tests.problems import raises
from tests.training.data.made import (
    ROW,
    landscape,
    only,
    write_folders,
    write_pair,
    write_table,
    write_tif,
)
from training.data import DataError, open_source
from training.data.dataset import make_sample
from training.data.sources import open_radar

WRITTEN = ("33UUP", "T33UUP", "t33uup", " 33uup ")


def test_a_table_s_pairs_are_read_in_its_order(tmp_path):
    source = open_source(write_folders(tmp_path, 4))
    assert source.names == ["pair_0", "pair_1", "pair_2", "pair_3"]
    assert source.tiles == ["tile_0", "tile_0", "tile_1", "tile_1"]
    pair = source.read(2)
    assert pair.name == "pair_2" and pair.date == "2019-03-15" and pair.month == 3
    assert np.array_equal(pair.s1, backscatter(64, 64, 2))
    assert np.array_equal(pair.s2, landscape(64, 2))
    assert all(pair.bands) and pair.valid.all()


def test_four_bands_leave_the_others_unknown(tmp_path):
    shown = landscape(seed=3)[list(OUTPUT_INDEX)]
    write_pair(tmp_path / "pairs" / "one", s2=shown)
    pair = only(write_table(tmp_path, [ROW]))
    assert [b for b, known in zip(S2_BANDS, pair.bands, strict=True) if known] == [
        "B02", "B03", "B04", "B08",
    ]  # fmt: skip
    assert np.array_equal(pair.s2[list(OUTPUT_INDEX)], shown)
    assert np.isnan(pair.s2[[0, 4, 11]]).all()
    assert pair.valid.all()


def test_bands_are_found_by_their_names(tmp_path):
    folder = tmp_path / "pairs" / "one"
    write_pair(folder)
    s1, s2 = backscatter(64, 64), landscape()
    write_tif(folder / "s1.tif", s1[::-1], ("VH", "VV"))
    write_tif(folder / "s2.tif", s2[::-1], tuple(b.replace("B0", "B") for b in S2_BANDS[::-1]))
    pair = only(write_table(tmp_path, [ROW]))
    assert np.array_equal(pair.s1, s1) and np.array_equal(pair.s2, s2)


def test_a_table_s_place_date_biome_and_modality_win(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    more = {"lat": "-34.6", "lon": "-58.4", "biome": "8", "modality": "S1RTC", "source": "mine"}
    pair = only(write_table(tmp_path, [{**ROW, **more}]))
    assert (pair.lat, pair.lon, pair.biome) == (-34.6, -58.4, 8)
    assert pair.month == 12, "June in Argentina is a December of the north"
    assert pair.modality == "S1RTC" and pair.source == "mine"


def test_the_place_comes_from_the_file_where_the_table_has_no_such_columns(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    pair = only(write_table(tmp_path, [ROW]))
    assert pair.lat == pytest.approx(48.75, abs=0.01) and pair.lon == pytest.approx(15.0, abs=0.01)
    pair = only(write_table(tmp_path, [{**ROW, "lat": "", "lon": ""}]))
    assert pair.lat is None and pair.lon is None


def test_a_place_that_is_no_number_is_unknown_and_one_on_no_earth_refused(tmp_path):
    write_pair(tmp_path / "pairs" / "one", side=32)
    pair = only(write_table(tmp_path, [{**ROW, "lat": "nan", "lon": "NaN"}]))
    assert (pair.lat, pair.lon, pair.month) == (None, None, 6)
    for lat, lon in (("4800", "14"), ("inf", "14"), ("48", "-361"), ("north", "14")):
        with raises(DataError, "place-not-degrees", f"'{lat}'", f"'{lon}'"):
            open_source(write_table(tmp_path, [{**ROW, "lat": lat, "lon": lon}]))


def test_biomes_by_tile_fill_in(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    source = open_source(write_table(tmp_path, [ROW]), biomes={"T34VER": 6})
    assert source.read(0).biome == 6


def test_other_pairs_have_the_biome_of_their_place(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    data = write_table(tmp_path, [ROW])
    assert only(data).biome == 4, "Lower Austria, by the file's georeference"
    assert open_radar(data).radar(0).pair.biome == 4
    assert open_source(data, biomes={"T33UUP": 6}).read(0).biome == 4, "no row for its tile"
    assert open_source(data, biomes={"T34VER": 0}).read(0).biome == 0, "its row says unknown"
    assert only(write_table(tmp_path, [{**ROW, "lat": "62.03", "lon": "129.7"}])).biome == 6
    assert only(write_table(tmp_path, [{**ROW, "lat": "", "lon": ""}])).biome == 0
    assert only(write_table(tmp_path, [{**ROW, "biome": "0"}])).biome == 0


def test_pairs_without_a_date_have_no_month(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    pair = only(write_table(tmp_path, [{**ROW, "s2_date": ""}]))
    assert (pair.month, pair.date) == (0, "") and make_sample(pair, 64)["month"] == 0


def test_bare_folders_tell_by_their_names_and_places(tmp_path):
    name = "S2A_MSIL2A_20170613T101031_N9999_R022_T34VER_72_74"
    write_pair(tmp_path / name)
    write_pair(tmp_path / "here")
    write_pair(tmp_path / "near")
    far = Affine(10, 0, 700_000, 0, -10, 5_400_000)
    for file, values in (("s1.tif", backscatter(64, 64)), ("s2.tif", landscape())):
        write_tif(tmp_path / "far" / file, values, transform=far)
    source = open_source(tmp_path)
    tiles = dict(zip(source.names, source.tiles, strict=True))
    assert tiles[name] == "T34VER"
    assert source.read(source.names.index(name)).date == "2017-06-13"
    assert tiles["here"] == tiles["near"] != tiles["far"]
    assert source.read(source.names.index("here")).month == 0


def test_one_tile_written_in_several_ways_is_one(tmp_path):
    rows = [{"id": name, "tile": tile} for name, tile in zip("abcd", WRITTEN, strict=True)]
    for row in rows:
        write_pair(tmp_path / "pairs" / row["id"], side=32)
    rows.append({"id": "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP_1_1", "tile": ""})
    write_pair(tmp_path / "pairs" / rows[-1]["id"], side=32)
    source = open_source(write_table(tmp_path, rows), biomes={"33UUP": 4}, tiles=["33uup"])
    assert source.tiles == ["T33UUP"] * 5
    assert source.read(0).biome == 4


def test_a_limit_takes_a_part_of_what_a_larger_one_takes(tmp_path):
    write_folders(tmp_path, 6)
    three = open_source(tmp_path, limit=3).names
    four = open_source(tmp_path, limit=4).names
    assert len(three) == 3 and set(three) < set(four)
    assert open_source(tmp_path, tiles={"tile_1"}).names == ["pair_2", "pair_3"]


def test_every_real_pair_is_read(shared_data, caplog):
    source = open_source(shared_data)
    assert not caplog.records
    for i in range(len(source)):
        pair = source.read(i)
        assert pair.name in source.names and pair.tile == source.tiles[i]
        assert (1 <= pair.month <= 12) == bool(pair.date)
        assert set(OUTPUT_INDEX) <= {band for band, known in enumerate(pair.bands) if known}
        assert pair.valid.mean() > 0.9
