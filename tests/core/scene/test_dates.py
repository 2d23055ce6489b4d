"""Acquisition dates from tags and names."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gac_core.scene.dates import ambiguous_date, dates_in, parse_date, read_date

HYP3 = "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_VV.tif"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20180128T161201", datetime(2018, 1, 28, 16, 12, 1)),
        ("2018-01-28T16:12:01.345Z", datetime(2018, 1, 28, 16, 12, 1)),
        ("2018:01:28 16:12:01", datetime(2018, 1, 28, 16, 12, 1)),
        ("20180128_161201", datetime(2018, 1, 28, 16, 12, 1)),
        ("S1_20180128_VV", datetime(2018, 1, 28)),
        ("sigma0_2018-01-28", datetime(2018, 1, 28)),
        ("1517155921000", datetime(2018, 1, 28, 16, 12, 1)),
        (HYP3, datetime(2018, 1, 28, 16, 12, 1)),
        ("S1_A2017230_VV", datetime(2017, 8, 18)),
        ("MCD43A4.A2017230.h18v04", datetime(2017, 8, 18)),
        ("B02_doy2020366_aid0001", datetime(2020, 12, 31)),
        ("radar_doy2017-230.tif", datetime(2017, 8, 18)),
        ("2017230T101031", datetime(2017, 8, 18, 10, 10, 31)),
        ("S2_18.08.2017.tif", datetime(2017, 8, 18)),
        ("S2 18.8.2017", datetime(2017, 8, 18)),
        ("18-08-2017", datetime(2017, 8, 18)),
        ("scene_18_08_2017.tif", datetime(2017, 8, 18)),
        ("08-18-2017", datetime(2017, 8, 18)),
        ("18/08/2017 10:10:31", datetime(2017, 8, 18)),
        ("05.05.2017", datetime(2017, 5, 5)),
        ("05.06.2017_20170506", datetime(2017, 5, 6)),
    ],
)
def test_forms_of_dates(text: str, expected: datetime) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "scene_512",
        "20181345",
        "20120101",
        "T034-071092",
        "201801",
        "05.06.2017",
        "05-06-2017",
        "A2017366",
        "A2017000",
        "S1_2017230_VV",
        "parcel_2018001.tif",
        "2018001.tif",
        "2017-230",
        "grid_2020-100.tif",
        "tile_2048-256.tif",
        "A2090001",
        "20900101",
        "2017_230",
        "12017230",
        "A2017-230-5",
        "1.18.08.2017",
        "field_3_18_2017",
        "S2_B04_10_20_2020.tif",
        "S2_20_10_2020.tif",
        "parcel_A2017230-7.tif",
        "31.02.2017",
        "v2017.230",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


PRODUCT = "S1A_IW_GRDH_1SDV_20180829T170656_20180829T170721_023459_028DDF_1234"
ACQUIRED = datetime(2018, 8, 29, 17, 6, 56)


def named(*names: str) -> list[tuple[str, str]]:
    return [("file name", name) for name in names]


def test_the_first_stamp_in_a_name_is_the_acquisition() -> None:
    name = "OPERA_L2_RTC-S1_T034-071092-IW3_20240102T030405Z_20240303T000000Z_S1A_30_v1.0_VV.tif"
    assert read_date({}, named(name)) == (datetime(2024, 1, 2, 3, 4, 5), "file name")


@pytest.mark.parametrize(
    ("tags", "names", "where"),
    [
        ({}, [("file name", "a_20200101.tif"), ("folder name", PRODUCT)], "folder name"),
        ({}, [("band description", f"{PRODUCT}_VV"), ("file name", HYP3)], "band description"),
        ({"ACQUISITION_DATE": "2019-03-04"}, named(f"{PRODUCT}_VV.tif"), "file name"),
        ({"DATE": "2019-03-04", "SOURCE": f"made of {PRODUCT}.SAFE"}, named("a.tif"), "tag SOURCE"),
        ({"TIFFTAG_DATETIME": "2026:05:01 10:00:00", "NAME": PRODUCT}, named("a"), "tag NAME"),
    ],
)
def test_a_products_name_comes_first_wherever_it_stands(
    tags: dict[str, str], names: list[tuple[str, str]], where: str
) -> None:
    assert read_date(tags, names) == (ACQUIRED, where)


@pytest.mark.parametrize(
    "key",
    ["acquisition_start_time", "ACQUISITIONDATETIME", "date", "system:time_start", "sensing_start",
     "time_coverage_start", "acquisitionDate", "STARTTIME"],
)  # fmt: skip
def test_an_acquisition_tag_comes_before_other_names(key: str) -> None:
    told = read_date({key: "2019-03-04T05:06:07"}, named("scene_20180128.tif"))
    assert told == (datetime(2019, 3, 4, 5, 6, 7), f"tag {key.upper()}")


@pytest.mark.parametrize(
    "key", ["TIFFTAG_DATETIME", "date_created", "PROCESSING_DATETIME", "creation_date", "history"]
)
def test_the_time_of_making_is_no_acquisition(key: str) -> None:
    made = {key: "2023:05:06 07:08:09"}
    assert read_date(made, named(HYP3)) == (datetime(2018, 1, 28, 16, 12, 1), "file name")
    assert read_date(made, named("a.tif")) == (None, "")
    assert read_date(made, named("a_20240102.tif")) == (datetime(2024, 1, 2), "file name")


@pytest.mark.parametrize(
    "tags",
    [
        {"NETCDF_DIM_t": "10274", "t#units": "days since 1990-01-01"},
        {"NETCDF_DIM_time_VALUES": "{421896}", "time#units": "hours since 1970-01-01 00:00:00"},
        {"NETCDF_DIM_time": "1518825600", "time#units": "seconds since 1970-01-01T00:00:00Z"},
        {
            "DIM_time_VALUE": "17579",
            "DIM_time_UNIT": "days since 1970-01-01",
            "DIM_time_INDEX": "0",
        },
        {"NETCDF_DIM_time": "2018-02-17"},
    ],
)
def test_netcdfs_time(tags: dict[str, str]) -> None:
    when, where = read_date(tags, named("scene.nc"))
    assert when is not None and when.date() == datetime(2018, 2, 17).date()
    assert where.startswith("tag ")


@pytest.mark.parametrize(
    "tags",
    [
        {"NETCDF_DIM_t": "nan", "t#units": "days since 1990-01-01"},
        {"NETCDF_DIM_t": "1e300", "t#units": "days since 1990-01-01"},
        {"NETCDF_DIM_t": "3", "t#units": "days since the flood"},
        {"NETCDF_DIM_t": "x"},
        {"DATE": "999999999999999999"},
    ],
)
def test_odd_times_tell_nothing(tags: dict[str, str]) -> None:
    assert read_date(tags, named("scene.nc")) == (None, "")


def test_the_days_of_snaps_stacks() -> None:
    band = [("band description", "Sigma0_VV_slv1_03Sep2018"), ("file name", PRODUCT)]
    assert read_date({}, band) == (datetime(2018, 9, 3), "band description")


def test_folders_do_not_date_a_file() -> None:
    assert read_date({}, named("/data/20200101/scene.tif")) == (None, "")


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("S1_A2017230.tif", "2017230: day 230 of the year"),
        ("S1_18.08.2017.tif", "18.08.2017: day, month, year"),
        ("S1_08-18-2017.tif", "08-18-2017: month, day, year"),
    ],
)
def test_odd_forms_say_how_they_were_read(name: str, note: str) -> None:
    assert read_date({}, named(name)) == (datetime(2017, 8, 18), f"file name ({note})")
    text = name.removeprefix("S1_").removesuffix(".tif")
    assert read_date({"DATE": text}, []) == (datetime(2017, 8, 18), f"tag DATE ({note})")


@pytest.mark.parametrize("name", ["A2020133-A2020148.tif", "doy2020001-2020366.tif"])
def test_both_ends_of_a_range_are_seen(name: str) -> None:
    assert len(dates_in(name)) == 2


def test_a_number_behind_a_date_is_no_end_of_a_range() -> None:
    assert dates_in("A2017230_2017250.tif") == [datetime(2017, 8, 18)]


@pytest.mark.parametrize("name", ["S1A_20990128T161201.tif", "radar_2099-01-28.tif"])
def test_what_is_surely_a_date_may_be_yet_to_come(name: str) -> None:
    """The scene warns of it: a clock may be wrong."""
    assert [f"{when:%Y-%m-%d}" for when in dates_in(name)] == ["2099-01-28"]


def test_a_date_that_may_be_two() -> None:
    assert ambiguous_date("a_05.06.2017.tif") == ("05.06.2017", date(2017, 6, 5), date(2017, 5, 6))
    assert ambiguous_date("a_05.05.2017.tif") is None
    assert ambiguous_date("a_18.08.2017.tif") is None
