"""The command line: what it prints, and its exit status."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio
from affine import Affine

from gac_core import doctor
from gac_core.cli.commands import main
from gac_core.scene.extent import BEYOND_SCENE


@pytest.fixture
def run_tiny(scene_path, tiny_bundle, tmp_path):
    def run_tiny(*more):
        steps = ["--timesteps-1", "1", "--timesteps-3", "1", "--device", "cpu"]
        return main(
            [
                "run",
                str(scene_path),
                "--out",
                str(tmp_path / "out"),
                "--bundle",
                str(tiny_bundle),
                *steps,
                *more,
            ]
        )

    return run_tiny


def test_run_names_its_files(run_tiny, tmp_path, capsys):
    assert run_tiny() == 0
    printed = capsys.readouterr().out
    for name in ("opt_v1.tif", "opt_v2.tif", "opt_v3.tif", "run.json"):
        assert str(tmp_path / "out" / name) in printed
        assert (tmp_path / "out" / name).is_file()
    assert "SYNTHETIC" in printed
    # What the radar is taken for is said before anything is computed.
    assert -1 < printed.index("Unit:") < printed.index("opt_v1.tif")


def test_extent_in_another_crs(run_tiny, tmp_path):
    degrees = ["15.001", "48.745", "15.012", "48.752", "--extent-crs", "EPSG:4326"]
    assert run_tiny("--stages", "1", "--extent", *degrees) == 0
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert 70 < record["area"]["width"] < 100
    assert not (tmp_path / "out" / "opt_v2.tif").exists()


def test_what_is_said_of_the_radar_reaches_the_run(run_tiny, tmp_path):
    assert run_tiny("--stages", "1", "--modality", "S1RTC", "--nodata", "-77") == 0
    scene = json.loads((tmp_path / "out" / "run.json").read_text())["scene"]
    decided = {one["name"]: one for one in scene["decisions"]}
    assert scene["modality"] == "S1RTC" and decided["modality"]["by"] == "user"
    assert decided["nodata"]["value"].startswith("-77")


def test_errors_go_to_stderr_without_traceback(run_tiny, capsys, ended_with):
    assert run_tiny("--extent", "0", "0", "1", "1") == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("gac: ") and not captured.out
    ended_with("extent-off-scene")
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["run"], ["run", "a.tif"], ["run", "a.tif", "--out", "o", "--stages", "4"]],
)
def test_usage_errors_exit_with_two(arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_values_out_of_range_are_errors(run_tiny, ended_with):
    assert run_tiny("--month", "13") == 1
    ended_with("integer-out-of-range", "month", 13)


def test_score_prints_json(run_tiny, scene_path, tmp_path, capsys):
    assert run_tiny("--stages", "1") == 0
    capsys.readouterr()
    assert main(["score", str(scene_path), str(tmp_path / "out" / "opt_v1.tif")]) == 0
    score = json.loads(capsys.readouterr().out)
    assert -1 <= score["gac"] <= 1


def test_an_extent_decides_the_zone_of_run_and_score(tiny_bundle, tmp_path, capsys):
    """A scene in degrees over two zones, and an extent in the one that its centre is not in."""
    path, out = tmp_path / "S1_vv_vh_db.tif", tmp_path / "out"
    rng = np.random.default_rng(0)
    fields = 3.0 * ((np.mgrid[:130, :400] // 30).sum(axis=0) % 3)
    values = np.array([-14.0, -21.0])[:, None, None] + fields + rng.normal(0, 1, (2, 130, 400))
    affine = Affine(1.3e-4, 0, 11.97, 0, -9e-5, 48.0)
    with rasterio.open(
        path, "w", driver="GTiff", dtype="float32", count=2, height=130, width=400,
        crs="EPSG:4326", transform=affine,
    ) as file:  # fmt: skip
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    steps = ["--stages", "1", "--timesteps-1", "1", "--device", "cpu", "--bundle", str(tiny_bundle)]
    extent = ["--extent", "12.003", "47.99", "12.1", "47.999"]
    assert main(["run", str(path), "--out", str(out), *steps, *extent]) == 0
    printed = capsys.readouterr()
    assert BEYOND_SCENE.partition("{}")[0] in printed.out + printed.err
    with rasterio.open(out / "opt_v1.tif") as file:
        assert file.crs.to_epsg() == 32633
    assert main(["score", str(path), str(out / "opt_v1.tif")]) == 0
    score = json.loads(capsys.readouterr().out)
    record = json.loads((out / "run.json").read_text())
    own = next(iter(record["stages"].values()))["score"]
    assert (score["gac"], score["pixels"]) == (pytest.approx(own["gac"], abs=1e-9), own["pixels"])


def test_doctor_tells_of_packages_and_bundles(capsys, monkeypatch):
    monkeypatch.setattr(doctor, "NEEDED", ("numpy", "torch"))
    assert main(["doctor", "--quick"]) == 0
    printed = capsys.readouterr().out
    assert "torch" in printed and "terramind-base" in printed
