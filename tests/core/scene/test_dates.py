"""Acquisition dates from tags and names."""

from __future__ import annotations

from datetime import datetime

import pytest

from gac_core.scene.dates import parse_date, read_date

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
    ],
)
def test_forms_of_dates(text: str, expected: datetime) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize("text", ["", "scene_512", "20181345", "20120101", "T034-071092", "201801"])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_the_first_stamp_in_a_name_is_the_acquisition() -> None:
    name = "OPERA_L2_RTC-S1_T034-071092-IW3_20240102T030405Z_20240303T000000Z_S1A_30_v1.0_VV.tif"
    assert read_date({}, [name]) == (datetime(2024, 1, 2, 3, 4, 5), "file name")


def test_an_acquisition_tag_comes_before_the_name() -> None:
    found = read_date({"acquisition_start_time": "2019-03-04T05:06:07"}, [HYP3])
    assert found == (datetime(2019, 3, 4, 5, 6, 7), "tag ACQUISITION_START_TIME")


def test_the_creation_tag_counts_only_without_an_earlier_name() -> None:
    created = {"TIFFTAG_DATETIME": "2023:05:06 07:08:09"}
    assert read_date(created, [HYP3]) == (datetime(2018, 1, 28, 16, 12, 1), "file name")
    assert read_date(created, ["a.tif"]) == (datetime(2023, 5, 6, 7, 8, 9), "tag TIFFTAG_DATETIME")


def test_folders_do_not_date_a_file() -> None:
    assert read_date({}, ["/data/20200101/scene.tif"]) == (None, "")
