"""The command line: what it prints, and its exit status."""

from __future__ import annotations

import json

import pytest

from gac_core.cli import main


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


def test_errors_go_to_stderr_without_traceback(run_tiny, capsys):
    assert run_tiny("--extent", "0", "0", "1", "1") == 1
    captured = capsys.readouterr()
    assert "does not touch the scene" in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "arguments",
    [[], ["dance"], ["run"], ["run", "a.tif"], ["run", "a.tif", "--out", "o", "--stages", "4"]],
)
def test_usage_errors_exit_with_two(arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_values_out_of_range_are_errors(run_tiny, capsys):
    assert run_tiny("--month", "13") == 1
    assert "month" in capsys.readouterr().err


def test_score_prints_json(run_tiny, scene_path, tmp_path, capsys):
    assert run_tiny("--stages", "1") == 0
    capsys.readouterr()
    assert main(["score", str(scene_path), str(tmp_path / "out" / "opt_v1.tif")]) == 0
    score = json.loads(capsys.readouterr().out)
    assert -1 <= score["gac"] <= 1


def test_doctor_tells_of_packages_and_bundles(capsys):
    main(["doctor"])
    printed = capsys.readouterr().out
    assert "torch" in printed and "terramind-base" in printed
