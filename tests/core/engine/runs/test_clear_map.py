"""Raster of the clear pixels, before the run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine

from gac_core.bundles.library import engine_root
from gac_core.contract.errors import Cancelled, RequestError
from gac_core.contract.request import RunRequest
from gac_core.engine.observed import write_clear
from gac_core.progress import Silent
from tests.core.cli.refusing import write_radar

SIDE, CLOUD, MARGIN = 64, slice(20, 30), 3
EMPTY = 6
"""Columns in the east that the optical image does not have."""


def write(path: Path, values: np.ndarray, names: tuple[str, ...] = (), **more: Any) -> str:
    place = {"crs": "EPSG:32633", "transform": Affine(10, 0, 5e5, 0, -10, 5.4e6)}
    size = {"count": len(values), "height": values.shape[1], "width": values.shape[2]}
    with rasterio.open(path, "w", "GTiff", dtype=values.dtype, **size, **place, **more) as file:
        file.write(values)
        if names:
            file.descriptions = names
    return str(path)


@pytest.fixture
def params(tmp_path: Path) -> dict[str, Any]:
    """A request with a reference, of which the middle is cloudy and the east lacks data."""
    levels = np.array([750, 760, 770, 780], np.uint16)[:, None, None]
    optical = np.tile(levels + np.arange(SIDE, dtype=np.uint16), (1, SIDE, 1))
    optical[:, :, -EMPTY:] = 0
    cloudy = np.zeros((1, SIDE, SIDE), np.uint8)
    cloudy[0, CLOUD, CLOUD] = 1
    names = ("B02", "B03", "B04", "B08")
    return {
        "sar": [write_radar(tmp_path / "S1_20210715.tif")],
        "optical": [write(tmp_path / "S2_20210716.tif", optical, names, nodata=0)],
        "optical_mask": write(tmp_path / "clouds.tif", cloudy),
        "optical_margin": MARGIN,
        "out": str(tmp_path / "out"),
    }


def test_the_raster_tells_clear_cloudy_and_missing(params: dict[str, Any]) -> None:
    clear = write_clear(RunRequest.from_dict(params), Silent())
    with rasterio.open(clear.path) as file:
        values, tags = file.read(1), file.tags()
        assert (file.dtypes, file.nodata, file.crs.to_epsg()) == (("uint8",), 0, 32633)
        assert file.transform == Affine(10, 0, 5e5, 0, -10, 5.4e6)
    rows, cols = np.mgrid[:SIDE, :SIDE]
    apart = [np.maximum(np.maximum(20 - a, a - 29), 0) for a in (rows, cols)]
    expected = np.where(np.hypot(*apart) <= MARGIN, 2, 1)
    expected[:, -EMPTY:] = 0
    assert np.array_equal(values, expected)
    assert clear.share == pytest.approx((expected == 1).sum() / (expected > 0).sum())
    assert tags["SYNTHETIC"] == "NO" and tags["GAC_OPTICAL"] == "S2_20210716.tif"
    assert [each.name for each in clear.path.parent.iterdir()] == ["clear.tif"]


def test_only_the_area_of_the_run(params: dict[str, Any]) -> None:
    extent = [500_100.0, 5_399_500.0, 500_300.0, 5_399_800.0]
    whole = write_clear(RunRequest.from_dict(params), Silent())
    with rasterio.open(whole.path) as file:
        expected = file.read(1)[20:50, 10:30]
    part = write_clear(RunRequest.from_dict({**params, "extent": extent}), Silent())
    with rasterio.open(part.path) as file:
        assert list(file.bounds) == extent
        assert np.array_equal(file.read(1), expected)


def test_refuses_runs_without_a_reference_and_keeps_foreign_files(params: dict[str, Any]) -> None:
    bare = {key: value for key, value in params.items() if not key.startswith("optical")}
    with pytest.raises(RequestError) as refused:
        write_clear(RunRequest.from_dict(bare), Silent())
    assert refused.value.problem == "optical-missing"
    foreign = Path(params["out"]) / "clear.tif"
    foreign.parent.mkdir()
    foreign.write_text("mine")
    with pytest.raises(RequestError) as refused:
        write_clear(RunRequest.from_dict(params), Silent())
    assert refused.value.problem == "foreign-file"
    assert foreign.read_text() == "mine"


def test_stopped_leaves_nothing(params: dict[str, Any]) -> None:
    class Stopping(Silent):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_clear(RunRequest.from_dict(params), Stopping())
    assert list(Path(params["out"]).iterdir()) == []


def test_the_worker_answers_with_the_file(params: dict[str, Any]) -> None:
    wide = {**params, "optical_margin": "wide"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "gac_core.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=engine_root(),
        text=True,
    )
    assert worker.stdin is not None and worker.stdout is not None
    events: list[dict[str, Any]] = []
    try:
        for ident, each in (("1", params), ("2", wide)):
            worker.stdin.write(json.dumps({"id": ident, "method": "clear", "params": each}) + "\n")
        worker.stdin.flush()
        while not events or events[-1].get("id") != "2":
            events.append(json.loads(worker.stdout.readline()))
    finally:
        worker.kill()
        worker.wait()
    (done,) = [each["result"] for each in events if each["event"] == "result"]
    assert done["path"] == str(Path(params["out"]) / "clear.tif")
    assert done["share"] == pytest.approx(0.75, abs=0.25)
    (refused,) = [each for each in events if each["event"] == "error"]
    assert (refused["id"], refused["code"]) == ("2", "request")
    assert any(each["event"] == "progress" and each["id"] == "1" for each in events)


def test_it_needs_no_pytorch(params: dict[str, Any]) -> None:
    code = (
        "import json, sys\n"
        "from gac_core.engine.observed import write_clear\n"
        "from gac_core.contract.request import RunRequest\n"
        "from gac_core.progress import Silent\n"
        "write_clear(RunRequest.from_dict(json.loads(sys.argv[1])), Silent())\n"
        "print('torch' in sys.modules)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, json.dumps(params)],
        capture_output=True,
        cwd=engine_root(),
        check=True,
    )
    assert told.stdout.strip() == b"False"
