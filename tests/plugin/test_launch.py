"""Which Python the worker gets, and which environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.environment import plan, state
from gac_qgis_plugin.environment.requirements import fingerprint
from gac_qgis_plugin.worker.engine import clean_environment, find_launch, find_python
from tests.problems import raises


@pytest.fixture
def profile(monkeypatch, tmp_path) -> Path:
    folder = tmp_path / "profile"
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(folder))
    monkeypatch.delenv("GAC_PYTHON", raising=False)
    return folder


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def make_environment(profile: Path) -> Path:
    """An environment that says of itself that it is whole, and holds nothing."""
    home = profile / "gac" / "env"
    (home / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    python = make(home / "bin" / "python")
    path = plan.file_for(11)
    state.write_marker(home, state.Marker(fingerprint(path), path.name, "", "3.11"))
    return python


def test_the_order_in_which_it_is_looked_for(profile, tmp_path, monkeypatch) -> None:
    root = tmp_path / "root"
    in_root = make(root / ".venv" / "bin" / "python")
    assert find_python(root, "") == in_root
    in_profile = make_environment(profile)
    assert find_python(root, "") == in_profile
    named = make(tmp_path / "named" / "python")
    monkeypatch.setenv("GAC_PYTHON", str(named))
    assert find_python(root, "") == named
    chosen = make(tmp_path / "chosen" / "python")
    assert find_python(root, str(chosen)) == chosen


def test_windows_environments_are_found(profile, tmp_path) -> None:
    python = make(tmp_path / "root" / ".venv" / "Scripts" / "python.exe")
    assert find_python(tmp_path / "root", "") == python


def test_nothing_found_says_what_to_do(profile, tmp_path) -> None:
    with raises(PluginError, "environment-absent") as caught:
        find_python(tmp_path, "")
    assert str(tmp_path / ".venv") in caught.value.details
    assert str(profile / "gac" / "env") in caught.value.details
    assert caught.value.remedy


def test_an_environment_that_is_not_whole_is_not_used(profile, tmp_path) -> None:
    make_environment(profile)
    (profile / "gac" / "env" / state.MARKER).unlink()
    with raises(PluginError, "environment-unfinished"):
        find_python(tmp_path, "")
    in_root = make(tmp_path / ".venv" / "bin" / "python")
    assert find_python(tmp_path, "") == in_root


def test_an_environment_for_other_requirements_still_works(profile, tmp_path, monkeypatch) -> None:
    python = make_environment(profile)
    monkeypatch.setattr(state, "fingerprint", lambda path: "another")
    assert find_python(tmp_path, "") == python


def test_a_choice_that_does_not_exist_is_not_passed_over(profile, tmp_path, monkeypatch) -> None:
    make(tmp_path / ".venv" / "bin" / "python")
    with raises(PluginError, "worker-python-missing", "/no/python"):
        find_python(tmp_path, "/no/python")
    monkeypatch.setenv("GAC_PYTHON", "/no/other")
    with raises(PluginError, "worker-python-missing", "/no/other"):
        find_python(tmp_path, "")


def test_what_qgis_sets_for_itself_does_not_reach_the_worker() -> None:
    ours = {"HOME": "/h", "PATH": "/bin", "CUDA_VISIBLE_DEVICES": "1", "HTTPS_PROXY": "p"}
    theirs = {
        "PYTHONHOME": "x",
        "PYTHONPATH": "x",
        "PROJ_LIB": "x",
        "PROJ_DATA": "x",
        "GDAL_DATA": "x",
        "GDAL_DRIVER_PATH": "x",
        "QGIS_PREFIX_PATH": "x",
        "QT_PLUGIN_PATH": "x",
        "GISBASE": "x",
    }
    paths = os.pathsep.join(["/usr/lib/grass82/lib", "/opt/cuda/lib", "/opt/QGIS/lib"])
    clean = clean_environment({**ours, **theirs, "LD_LIBRARY_PATH": paths}, Path("/root"))
    assert {k: clean[k] for k in ours} == ours
    assert clean["PYTHONPATH"] == "/root"
    assert clean["LD_LIBRARY_PATH"] == "/opt/cuda/lib"
    assert not (set(theirs) - {"PYTHONPATH"}) & set(clean)


def test_the_launch_of_this_checkout(profile, monkeypatch, tmp_path) -> None:
    python = make(tmp_path / "python")
    monkeypatch.setenv("GAC_PYTHON", str(python))
    launch = find_launch()
    assert launch.program == str(python)
    assert launch.arguments == ("-m", "gac_core.worker")
    assert (Path(launch.folder) / "gac_core").is_dir()
    assert launch.environment["PYTHONPATH"] == launch.folder


def test_variables_of_python_do_not_reach_the_worker(tmp_path) -> None:
    """Each of these leads Python to other modules, another encoding, or no end."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "sitecustomize.py").write_text("print('run by a stranger')\n")
    names = ("PYTHONPATH", "PYTHONUSERBASE", "PYTHONSTARTUP", "PYTHONPYCACHEPREFIX", "UV_TARGET")
    given = dict.fromkeys((*names, "PYTHONHOME", "__PYVENV_LAUNCHER__"), str(elsewhere))
    given |= {"PYTHONINSPECT": "1", "PYTHONIOENCODING": "latin-1", "PYTHONWARNINGS": "error"}
    given |= {"PYTHONOPTIMIZE": "2", "PYTHONVERBOSE": "1", "PYTHONPLATLIBDIR": "nowhere"}
    clean = clean_environment({"PATH": os.environ["PATH"], **given}, tmp_path / "root")
    ours = {"PYTHONPATH", "PYTHONNOUSERSITE", "PYTHONSAFEPATH", "PYTHONUTF8", "PYTHONUNBUFFERED"}
    assert set(clean) == {"PATH", *ours}
    code = "import sys; print(sys.stdout.encoding, sys.flags.optimize, sys.path, 'ü')"
    told = subprocess.run(
        [sys.executable, "-c", code], env=clean, capture_output=True, check=True, timeout=60
    ).stdout.decode("utf-8")
    assert told.startswith("utf-8 0 ") and told.rstrip().endswith("ü")
    assert str(elsewhere) not in told and "stranger" not in told
