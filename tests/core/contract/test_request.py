"""Settings for reading the radar: the same through every door."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from io import StringIO

import numpy as np
import pytest

from gac_core.cli.commands import parser
from gac_core.contract.errors import RequestError
from gac_core.contract.request import READING_OPTIONS, RunRequest
from gac_core.scene import open_scene
from gac_core.worker.channel import Channel
from gac_core.worker.server import Worker
from tests.problems import raises


def test_every_door_has_the_reading_settings() -> None:
    assert set(READING_OPTIONS) <= set(inspect.signature(open_scene).parameters)
    assert set(READING_OPTIONS) <= set(RunRequest(sar=("a.tif",), out="o").to_dict())
    said = [
        "--vv-band",
        "1",
        "--vh-band",
        "2",
        "--unit",
        "db",
        "--modality",
        "S1GRD",
        "--nodata",
        "0",
    ]
    for command in (["run", "a.tif", "--out", "o"], ["score", "a.tif", "b.tif"]):
        assert set(READING_OPTIONS) <= set(vars(parser().parse_args([*command, *said])))


def test_modality_and_nodata_come_through() -> None:
    options = ["run", "a.tif", "--out", "o", "--modality", "S1RTC", "--nodata", "-9999"]
    found = parser().parse_args(options)
    assert (found.modality, found.nodata) == ("S1RTC", -9999.0)
    request = RunRequest.from_dict({"sar": ["a.tif"], "out": "o", "nodata": 0})
    assert request.nodata == 0.0 and request.modality == "auto"
    assert RunRequest.from_dict(request.to_dict()) == request


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"modality": "RTC"}, ("choice-unknown", "modality")),
        ({"nodata": "none"}, ("number-expected", "nodata")),
        ({"nodata": True}, ("number-expected", "nodata")),
        ({"nodata": float("nan")}, ("number-expected", "nodata")),
    ],
)
def test_what_makes_no_sense_is_refused(
    setting: dict[str, object], expected: tuple[str, ...]
) -> None:
    with raises(RequestError, *expected) as caught:
        RunRequest.from_dict({"sar": ["a.tif"], "out": "o", **setting})
    assert caught.value.remedy


def test_inspect_reads_as_told(write: Callable[..., str], db: np.ndarray) -> None:
    db[:, :30] = -77
    path = write(db)
    told = {"vv_band": None, "unit": "auto", "modality": "S1RTC", "nodata": -77}
    found = Worker(Channel(StringIO()))._inspect("i", {"sar": [path], **told})
    decided = {one["name"]: one for one in found["decisions"]}
    assert found["modality"] == "S1RTC" and decided["modality"]["by"] == "user"
    assert decided["nodata"]["value"].arguments == ("-77", "25 %")
