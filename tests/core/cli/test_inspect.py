"""`gac inspect`: what a run would take its radar for."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from gac_core.cli.commands import main
from gac_core.cli.common import describe, printable
from gac_core.contract.message import Message, restored
from gac_core.contract.request import RunRequest
from gac_core.optical import inspect_inputs
from tests.core.cli.refusing import write_radar


@pytest.fixture
def radar(tmp_path: Path) -> str:
    return write_radar(tmp_path / "S1_20210715.tif")


def test_json_is_what_the_worker_answers(radar: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--unit", "db", "--nodata", "-99", "--modality", "S1RTC", "--json"]
    assert main(["inspect", radar, *options]) == 0
    told = restored(json.loads(capsys.readouterr().out))
    asked = {"unit": "db", "nodata": -99.0, "modality": "S1RTC"}
    request = RunRequest.from_dict({"sar": [radar], "out": ".", **asked})
    assert told == json.loads(json.dumps(inspect_inputs(request)))
    assert (told["unit"], told["modality"], told["biome"]) == ("db", "S1RTC", 4)
    nodata = next(each["value"] for each in told["decisions"] if each["name"] == "nodata")
    assert isinstance(nodata, Message) and nodata.arguments == ("-99", "0 %")


def test_every_decision_and_warning_is_a_line(
    radar: str, capsys: pytest.CaptureFixture[str]
) -> None:
    beyond = ["--extent", "499000", "5399000", "500300", "5401000"]
    assert main(["inspect", radar, *beyond]) == 0
    lines = capsys.readouterr().out.splitlines()
    scene = inspect_inputs(
        RunRequest((radar,), ".", extent=(499_000.0, 5_399_000.0, 500_300.0, 5_401_000.0))
    )
    assert lines == list(describe(scene))
    assert scene["warnings"] and len(lines) == len(scene["decisions"]) + len(scene["warnings"])
    for each in scene["decisions"]:
        assert any(line.startswith(f"{each['label']}:") and each["value"] in line for line in lines)


def test_a_terminal_obeys_no_tag() -> None:
    assert "\x1b" not in printable("\x1b]0;owned\x07") and printable("Größe, 3 °") == "Größe, 3 °"


def test_an_optical_reference_is_described_after_the_radar(
    radar: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    optical, mask = str(tmp_path / "S2_20210718.tif"), str(tmp_path / "clouds.tif")
    with rasterio.open(radar) as file:
        side = file.width
    levels = np.array([750, 760, 770, 780], np.uint16)[:, None, None]
    values = np.tile(levels + np.arange(side, dtype=np.uint16), (1, side, 1))
    names = ("B02", "B03", "B04", "B08")
    write_like(radar, optical, values, names)
    cloudy = (np.arange(side) >= side - 10)[None, None].repeat(side, 1)
    write_like(radar, mask, cloudy.astype(np.uint8), ())
    words = ["inspect", radar, "--optical", optical, "--optical-mask", mask]
    words += ["--optical-margin", "5"]
    assert main([*words, "--json"]) == 0
    told = restored(json.loads(capsys.readouterr().out))["optical"]
    assert (told["bands"], told["days"], told["offset"]) == (list(names), 3, 0)
    assert told["clear_share"] == pytest.approx((side - 15) / side)
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("Optical reference S2_20210718.tif")
    assert len(lines) - place - 1 == len(told["decisions"]) + len(told["warnings"])
    earlier = str(tmp_path / "S2_20210601.tif")
    write_like(radar, earlier, values, names)
    words += ["--optical-other", earlier, "--optical-other-mask", "none"]
    assert main([*words, "--json"]) == 0
    other = restored(json.loads(capsys.readouterr().out))["optical"]["other"]
    assert (other["days"], other["clear_share"], other["mask"]) == (44, 1, "none")
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("Sentinel-2 of another date S2_20210601.tif")
    assert len(lines) - place - 1 == len(other["decisions"])


def write_like(path: str, other: str, values: np.ndarray, names: tuple[str, ...]) -> None:
    """Writes values on the grid of another raster."""
    with rasterio.open(path) as file:
        profile = {**file.profile, "count": len(values), "dtype": values.dtype, "nodata": None}
        profile |= {"height": values.shape[1], "width": values.shape[2]}
    with rasterio.open(other, "w", **profile) as file:
        file.write(values)
        if names:
            file.descriptions = names
