"""The zip in an empty profile, by QGIS's own installer, until nothing is left of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import package
from tests.load import stretched

ROOT = Path(__file__).resolve().parents[3]
PYTHON = Path(os.environ.get("GAC_PYTHON") or ROOT / ".venv" / "bin" / "python")
SCENARIO = Path(__file__).with_name("scenario.py")
OLD = "0.0.1"
LIMIT_S = 120
DEMO_S = 1200
WHEELS_S = 5400
WHEELS = os.environ.get("GAC_WHEELS", "")

MISSING = [name for name in ("qgis", "Xvfb") if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{', '.join(MISSING)} not found")


@pytest.fixture
def display() -> Iterator[str]:
    """A screen that nobody sees: the whole window does not start without one."""
    reads, writes = os.pipe()
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writes,), stderr=subprocess.DEVNULL)
    os.close(writes)
    with os.fdopen(reads) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait()


def make_zip(folder: Path, version: str) -> Path:
    """The plugin's zip as `make package` makes it, of another version if that is asked for."""
    staged = folder / version / package.NAME
    staged.parent.mkdir(parents=True)
    package.stage(package.collect(ROOT), staged)
    metadata = staged / "metadata.txt"
    text = metadata.read_text(encoding="utf-8")
    current = package.version(ROOT)
    metadata.write_text(text.replace(f"\nversion={current}\n", f"\nversion={version}\n"), "utf-8")
    path = folder / f"{package.NAME}-{version}.zip"
    package.archive(staged, path)
    return path


def play(tmp_path: Path, display: str, limit_s: float, **more: str) -> dict[str, Any]:
    """Lets a fresh QGIS go through the scenario; its report."""
    home, report = tmp_path / "home", tmp_path / "report.json"
    (home / "tmp").mkdir(parents=True)
    task = {
        "old": str(make_zip(tmp_path, OLD)),
        "new": str(make_zip(tmp_path, package.version(ROOT))),
        "report": str(report),
        **more,
    }
    (tmp_path / "task.json").write_text(json.dumps(task))
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("QGIS_", "GAC_", "XDG_"))},
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "QT_QPA_PLATFORM": "xcb",
        "DISPLAY": display,
        "GAC_SCENARIO": str(tmp_path / "task.json"),
        # The tests' own Python must not stand in for QGIS's.
        "PATH": "/usr/bin:/bin",
    }
    if more and "wheels" not in more:
        environment["GAC_PYTHON"] = str(PYTHON)
    options = ["--nologo", "--noversioncheck", "--profiles-path", str(home / "profiles")]
    with (tmp_path / "qgis.log").open("wb") as log:
        qgis = subprocess.Popen(
            ["qgis", *options, "--code", str(SCENARIO)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            end = time.monotonic() + limit_s
            while not report.exists() and qgis.poll() is None and time.monotonic() < end:
                time.sleep(0.1)
            qgis.wait(30)
        except subprocess.TimeoutExpired:
            pass  # what it found counts, not how it ends
        finally:
            qgis.kill()
            qgis.wait()
    words = (tmp_path / "qgis.log").read_text(errors="replace")[-3000:]
    assert report.exists(), f"QGIS ended with {qgis.returncode}, or took too long:\n{words}"
    found: dict[str, Any] = json.loads(report.read_text())
    assert "failure" not in found, found["failure"]
    assert found["raised"] == []
    return found


def nothing_is_left(found: dict[str, Any]) -> None:
    """Nothing in QGIS, its settings, the profile or the home folder speaks of GAC any more."""
    before, after = found["steps"]["before"], found["steps"]["after"]
    for what in ("raster menu", "docks", "toolbar", "providers", "shortcuts", "threads"):
        assert sorted(after[what]) == sorted(before[what]), what
    assert [each for each in after["actions"] if "GAC" in each or "gac" in each] == []
    assert [each for each in after["windows"] if "GAC" in each] == []
    assert [key for key in after["settings"] if "gac" in key.lower()] == []
    assert after["children"] == []
    # Packages that were only passed through: QGIS does not take note of them.
    assert [each for each in after["modules"] if not (ROOT / each.replace(".", "/")).is_dir()] == []
    # Constants of modules, which the packages that were only passed through still know.
    constants = {
        "contract.options.Option",
        "contract.message.Message",
        "environment.installer._Cause",
    }
    objects = {*after["objects"]} - {f"gac_qgis_plugin.{each}" for each in constants}
    assert objects == set(), "Python objects of the plugin are still referred to"


def test_from_an_empty_profile_until_nothing_is_left(tmp_path: Path, display: str) -> None:
    found = play(tmp_path, display, stretched(LIMIT_S))
    version = package.version(ROOT)
    assert found["old"]["version"] == found["old"]["own version"] == OLD
    assert found["new"]["version"] == found["new"]["own version"] == version
    assert found["old"]["active"] and found["new"]["active"]
    kept = ("style", "runs", "environment", "marker")
    assert [found["new"][each] for each in kept] == [found["used"][each] for each in kept]
    assert found["new"]["style"] == "ndvi" and len(found["new"]["runs"]) == 1
    assert found["kept"] == {
        "settings": True,
        "environment": True,
        "models": False,
        "memory": True,
        "run": False,
    }
    nothing_is_left(found)
    home = tmp_path / "home"
    assert (home / "results" / "run_1" / "run.json").is_file(), "the user's run was not chosen"
    assert (home / ".local/share/gac/bundles/mine/card.json").is_file(), "nor was the model"
    of_gac = [each for each in found["steps"]["after"]["files"] if "gac" in each.lower()]
    assert of_gac == [".local/share/gac/bundles/mine/card.json"]


@pytest.mark.slow
@pytest.mark.timeout(2 * DEMO_S)
@pytest.mark.skipif(not PYTHON.is_file(), reason=f"the worker's environment is missing ({PYTHON})")
def test_the_installed_plugin_runs_the_demo_scene(tmp_path: Path, display: str) -> None:
    found = play(tmp_path, display, DEMO_S, demo=str(tmp_path / "home" / "runs"))
    assert found["outcome"] == ["done"]
    assert found["files"] == ["opt_v1.tif", "opt_v2.tif", "opt_v3.tif"]
    assert any("gac_core.worker" in each for each in found["children while it runs"])
    nothing_is_left(found)


@pytest.mark.slow
@pytest.mark.timeout(2 * WHEELS_S)
@pytest.mark.skipif(not WHEELS, reason="GAC_WHEELS names no folder of wheels (docs/environment.md)")
def test_from_an_empty_profile_to_a_run_by_wheels_alone(tmp_path: Path, display: str) -> None:
    """Everything that a user without internet does; best called with `unshare --net`."""
    demo = str(tmp_path / "home" / "runs")
    found = play(tmp_path, display, WHEELS_S, wheels=WHEELS, demo=demo)
    print(found["qgis"], found["torch"], found["made"])
    assert found["made"]["condition"] == "ready", found["made"]
    assert found["outcome"] == ["done"]
    assert found["files"] == ["opt_v1.tif", "opt_v2.tif", "opt_v3.tif"]
    nothing_is_left(found)
    assert not list((tmp_path / "home").rglob("site-packages")), "the environment is gone"
