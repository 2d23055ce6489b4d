"""Pair folders: what is read of them, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from affine import Affine

from gac_core.bands import OUTPUT_INDEX, S2_BANDS
from tests.core.conftest import backscatter
from tests.training.data.made import (
    landscape,
    write_folders,
    write_pair,
    write_table,
    write_tif,
)
from training.data import DataError, open_source

ROW = {"id": "one", "tile": "T34VER", "s2_date": "20170613"}

WRITTEN = ("33UUP", "T33UUP", "t33uup", " 33uup ")


def only(root):
    source = open_source(root)
    assert len(source) == 1
    return source.read(0)


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
        with pytest.raises(DataError, match=rf"lat '{lat}', lon '{lon}'.*degrees"):
            open_source(write_table(tmp_path, [{**ROW, "lat": lat, "lon": lon}]))


def test_biomes_by_tile_fill_in(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    source = open_source(write_table(tmp_path, [ROW]), biomes={"T34VER": 6})
    assert source.read(0).biome == 6


def test_nodata_is_unknown(tmp_path):
    s1, s2 = backscatter(64, 64), landscape()
    s1[:, :8] = np.nan
    s1[:, 8:16] = -np.inf
    s2[:, :, :8] = 0
    s2[3, 40, 40] = 0
    write_pair(tmp_path / "pairs" / "one", s1=s1, s2=s2)
    pair = only(write_table(tmp_path, [ROW]))
    assert np.isnan(pair.s1[:, :16]).all() and np.isfinite(pair.s1[:, 16:]).all()
    assert np.isnan(pair.s2[:, :, :8]).all()
    assert pair.s2[3, 40, 40] == 0, "0 in one band is dark, not unknown"
    assert not pair.valid[:16].any() and not pair.valid[:, :8].any() and pair.valid[16:, 8:].all()


@pytest.mark.parametrize(
    ("fill", "channels"),
    [(-9999, [0, 1]), (-32768, [1]), (-999, [0]), (-99, [0, 1]), (-3.4e38, [0, 1]), (250, [1])],
)
def test_fills_of_the_radar_that_no_file_declares_are_unknown(tmp_path, fill, channels):
    s1 = backscatter(64, 64)
    s1[channels, :20, :20] = fill
    write_pair(tmp_path / "one", s1=s1)
    pair = only(tmp_path)
    assert np.isnan(pair.s1[:, :20, :20]).all() and not pair.valid[:20, :20].any()
    assert np.array_equal(pair.s1[:, 20:], s1[:, 20:]) and pair.valid[20:].all()


@pytest.mark.parametrize("fill", [-99, -9999])
def test_mostly_filled_radar_is_no_other_unit(tmp_path, fill):
    s1 = backscatter(64, 64)
    s1[:, :50] = fill
    write_pair(tmp_path / "one", s1=s1)
    assert only(tmp_path).valid.mean() == pytest.approx(14 / 64)


@pytest.mark.parametrize(
    ("fill", "kind"),
    [(65535, "uint16"), (-9999, "int16"), (-32768, "int16"), (-1000, "int16"), (-3e38, "float32")],
)
def test_fills_of_optical_images_that_no_file_declares_are_unknown(tmp_path, fill, kind):
    s2 = landscape().astype(kind)
    s2[:, :20, :20] = fill
    write_pair(tmp_path / "one", s2=s2)
    pair = only(tmp_path)
    assert np.isnan(pair.s2[:, :20, :20]).all() and not pair.valid[:20, :20].any()
    assert np.array_equal(pair.s2[:, 20:], s2[:, 20:]) and pair.valid[20:].all()


def test_dark_and_bright_ground_is_no_fill(tmp_path):
    s1, s2 = backscatter(64, 64), landscape().astype(np.int16)
    s1[:, 3, 3], s1[:, 3, 4] = (-45, -60), (28, 12)
    s2[:, 5, 5], s2[2, 5, 6], s2[:, 5, 7] = range(-400, 800, 100), -999, 28000
    write_pair(tmp_path / "one", s1=s1, s2=s2)
    assert only(tmp_path).valid.all()


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


def test_tiles_that_differ_in_capitals_alone_are_refused(tmp_path):
    rows = [{"id": "a", "tile": "Vienna"}, {"id": "b", "tile": "vienna"}]
    with pytest.raises(DataError, match="'Vienna' and 'vienna'"):
        open_source(write_table(tmp_path, rows))


def test_a_limit_takes_a_part_of_what_a_larger_one_takes(tmp_path):
    write_folders(tmp_path, 6)
    three = open_source(tmp_path, limit=3).names
    four = open_source(tmp_path, limit=4).names
    assert len(three) == 3 and set(three) < set(four)
    assert open_source(tmp_path, tiles={"tile_1"}).names == ["pair_2", "pair_3"]


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


def test_every_real_pair_is_read(shared_data, caplog):
    source = open_source(shared_data)
    assert not caplog.records
    for i in range(len(source)):
        pair = source.read(i)
        assert pair.name in source.names and pair.tile == source.tiles[i]
        assert 1 <= pair.month <= 12 and pair.date
        assert sum(pair.bands) == (4 if pair.name.startswith("wcb") else 12)
        assert pair.valid.mean() > 0.99
