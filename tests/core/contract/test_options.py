"""The table of a run's options: whole, and what the command line makes of it."""

from __future__ import annotations

import argparse
from dataclasses import fields

import pytest

from gac_core.cli.commands import parser
from gac_core.cli.common import PLACE, add_options
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
    for value in ("other", None, 1):
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
        "batch_size": 8, "quick": True, "keep": True,
    }  # fmt: skip
    words = ["run", "a.tif", "--out", "out"]
    for name, value in given.items():
        words.append(f"--{name.replace('_', '-')}")
        if value is not True:
            words += [str(each) for each in (value if isinstance(value, list) else [value])]
    values = vars(parser().parse_args(words))
    del values["command"]
    made = RunRequest.from_dict({**values, "sar": [values["sar"]]})
    assert made == request(**given)
    assert {*given} == {*OPTIONS} - {"from_stage", "reuse"}


@pytest.mark.parametrize("name", SWITCHES)
def test_switches_are_true_or_false(name):
    for value in (True, False):
        assert getattr(request(**{name: value}), name) is value
    for value in ("no", None, 1):
        with pytest.raises(RequestError):
            request(**{name: value})
