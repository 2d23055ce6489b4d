"""The table of a run's options: whole, and what the command line makes of it."""

from __future__ import annotations

import argparse
from dataclasses import fields

import pytest

from gac_core.cli.commands import parser
from gac_core.cli.common import PLACE, add_options
from gac_core.contract.batch_request import BatchRequest
from gac_core.contract.errors import RequestError
from gac_core.contract.request import (
    DEFAULTS,
    NOT_INHERITED,
    OPTIONS,
    READING_OPTIONS,
    SETTINGS,
    RunRequest,
)

RANGED = [name for name, option in OPTIONS.items() if option.low is not None]
SWITCHES = [name for name, option in OPTIONS.items() if option.kind is bool]
CHOSEN = [name for name, option in OPTIONS.items() if option.choices]


def request(**values):
    return RunRequest(sar=("a.tif",), out="out", **values)


def test_every_field_but_input_and_output_is_an_option():
    assert list(OPTIONS) == [f.name for f in fields(RunRequest) if f.name not in ("sar", "out")]


@pytest.mark.parametrize("name", OPTIONS)
def test_texts_go_with_values(name):
    option = OPTIONS[name]
    assert not option.labels or len(option.labels) == len(option.values)
    assert bool(option.unset) == (DEFAULTS[name] is None and bool(option.label))
    assert (option.low is None) == (option.high is None)
    assert DEFAULTS[name] is None or isinstance(DEFAULTS[name], option.kind)


@pytest.mark.parametrize("name", RANGED)
def test_numbers_are_held_to_their_range(name):
    option = OPTIONS[name]
    for value in (option.low, option.high):
        assert getattr(request(**{name: value}), name) == value
    for value in (option.low - 1, option.high + 1, True, 1.5, "1"):
        with pytest.raises(RequestError):
            request(**{name: value})


@pytest.mark.parametrize("name", CHOSEN)
def test_choices_are_held_to_their_list(name):
    for value in OPTIONS[name].choices:
        assert getattr(request(**{name: value}), name) == value
    for value in ("other", 1, True, *([] if DEFAULTS[name] is None else [None])):
        with pytest.raises(RequestError):
            request(**{name: value})


def test_the_command_line_has_every_option():
    command = argparse.ArgumentParser()
    add_options(command)
    flags = {flag for action in command._actions for flag in action.option_strings}
    assert {f"--{name.replace('_', '-')}" for name in SETTINGS} <= flags
    assert {*SETTINGS, *NOT_INHERITED} == {*OPTIONS, "out"}
    assert {*READING_OPTIONS, *PLACE} <= {*SETTINGS}


def test_what_is_given_on_the_command_line_makes_the_request():
    given = {
        "bundle": "b", "extent": [1.0, 2.0, 3.0, 4.0], "extent_crs": "EPSG:32633", "stages": 2,
        "month": 7, "biome": 4, "vv_band": 2, "vh_band": 1, "unit": "power", "modality": "S1RTC",
        "nodata": -9999.0, "timesteps_1": 5, "timesteps_3": 6, "seed": 7, "device": "cpu",
        "batch_size": 8, "quick": True, "keep": True, "optical": ["s2.tif", "more.tif"],
        "optical_mask": "clouds.gpkg", "optical_use": "guide", "optical_days": 9,
        "optical_bands": "B02,B03,B04,B08", "optical_scale": "dn", "optical_offset": 1000,
        "optical_date": "2021-07-06", "optical_clear": "4,5", "optical_margin": 3,
        "optical_other": ["before.tif"], "optical_other_mask": "before.gpkg",
    }  # fmt: skip
    words = ["run", "a.tif", "--out", "out"]
    for name, value in given.items():
        words.append(f"--{name.replace('_', '-')}")
        if value is not True:
            words += [str(each) for each in (value if isinstance(value, list) else [value])]
    values = vars(parser().parse_args(words))
    del values["command"]
    made = RunRequest.from_dict({**values, "sar": [values["sar"]]})
    assert made.optical_band_names == ("B02", "B03", "B04", "B08")
    assert made.optical_clear_values == (4, 5)
    assert RunRequest.from_dict(made.to_dict()) == made
    assert made == request(**given)
    assert {*given} == {*OPTIONS} - {"from_stage", "reuse"}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", ()),
        ("4, 5", (4, 5)),
        ("0-40", ((0.0, 40.0),)),
        ("1,0.6-1", (1, (0.6, 1.0))),
        ("7-7", ((7.0, 7.0),)),
    ],
)
def test_clear_values_are_integers_and_ranges(text, values):
    assert request(optical_clear=text).optical_clear_values == values


@pytest.mark.parametrize(
    "text", ["0.5", "-1", "5-4", "a-b", "0-70000", "1e3", "0-", "1--2", "70000"]
)
def test_other_clear_values_are_refused(text):
    with pytest.raises(RequestError) as caught:
        request(optical_clear=text)
    assert caught.value.problem == "mask-values-expected" and caught.value.remedy


@pytest.mark.parametrize("name", SWITCHES)
def test_switches_are_true_or_false(name):
    for value in (True, False):
        assert getattr(request(**{name: value}), name) is value
    for value in ("no", None, 1):
        with pytest.raises(RequestError):
            request(**{name: value})


@pytest.mark.parametrize(
    "values",
    [
        {"optical": "s2.tif"},
        {"optical": [1]},
        {"optical": [""]},
        {"optical": ["a\0.tif"]},
        {"optical": [f"{number}.tif" for number in range(65)]},
        {"optical_mask": None},
        {"optical_mask": "m" * 5000},
        {"optical_bands": "B02,B13"},
        {"optical_bands": "B02,,B03"},
        {"optical_bands": 2},
        {"optical_clear": "4;5"},
        {"optical_clear": "-1"},
        {"optical_clear": "65536"},
        {"optical_clear": "²"},
        {"optical_date": "6.7.2021"},
        {"optical_date": "2021-02-30"},
        {"optical_offset": 500},
        {"optical_offset": 1000.0},
        {"optical_offset": False},
    ],
    ids=repr,
)
def test_an_optical_reference_is_checked_like_the_radar(values):
    with pytest.raises(RequestError) as caught:
        request(**values)
    assert caught.value.remedy


def test_optical_options_of_a_record_are_optional_and_keep_no_secret():
    old = {"sar": ["a.tif"], "out": "out"}
    assert RunRequest.from_dict(old).optical == () and RunRequest.from_dict(old).optical_days == 3
    address = "/vsicurl/https://me:key@host/s2.tif?token=abc"
    kept = request(optical=[address], optical_mask=address).without_secrets()
    assert "key" not in str(kept.to_dict()) and "abc" not in str(kept.to_dict())


def test_bands_are_named_in_either_case_and_others_left_out():
    assert request(optical_bands="b02, B8a ,-").optical_band_names == ("B02", "B8A", "-")


def test_a_batch_passes_optical_files_on_as_they_were_given():
    settings = {
        "optical": ("my s2.tif", "b.tif"),
        "optical_mask": "",
        "extent": (1.5, 2.0, 3.0, 4.0),
    }
    words = BatchRequest(("a.tif",), "out", settings).arguments()
    values = vars(parser().parse_args(list(words)))
    assert values["optical"] == ["my s2.tif", "b.tif"] and "optical_mask" not in values
    assert values["extent"] == [1.5, 2.0, 3.0, 4.0]
