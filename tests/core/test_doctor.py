"""The doctor's findings: here, and where things are broken."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gac_core import doctor
from gac_core.bundles.library import engine_root
from gac_core.cli.commands import main
from gac_core.doctor import examine
from tests.problems import notes_with


@pytest.fixture
def few(monkeypatch) -> None:
    """Libraries that take no time to import; the device's tile needs the others anyway."""
    monkeypatch.setattr(doctor, "NEEDED", ("numpy", "torch"))


def test_each_finding_is_a_line_of_json(few, capsys) -> None:
    assert main(["doctor", "--quick", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {each["area"] for each in found} == {"system", "packages", "bundles"}
    assert all(each["state"] in ("ok", "note", "bad") for each in found)


@pytest.mark.parametrize(
    ("version", "state"),
    [("3.10.12", "note"), ("3.11.0", "ok"), ("3.13.9", "ok"), ("3.14.0", "note")],
)
def test_a_python_that_no_libraries_are_pinned_for_is_told_of(version, state, monkeypatch) -> None:
    monkeypatch.setattr(doctor.platform, "python_version_tuple", lambda: version.split("."))
    assert doctor._python().state == state


def test_the_processor_really_computes_a_tile() -> None:
    found = []
    assert doctor._try_device(found.append, "cpu", "2 threads")
    assert found[0].state == "ok" and notes_with([found[0].text], "2 threads")


def test_a_device_that_fails_is_told_of_with_its_remedy(monkeypatch) -> None:
    monkeypatch.setattr(doctor, "SCENE", ("demo_scene", "none.tif"))
    found = []
    assert not doctor._try_device(found.append, "cuda", "A GPU")
    assert found[0].state == "bad" and "none.tif" in found[0].text
    assert doctor.USE_CPU in found[0].remedy


def test_a_library_that_is_missing_or_breaks_is_told_of(monkeypatch, tmp_path) -> None:
    (tmp_path / "gac_breaks.py").write_text("raise OSError('libx.so: no such file')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(doctor, "NEEDED", ("numpy", "gac_breaks", "gac_is_not_there"))
    found = []
    assert not examine(found.append)
    bad = {each.name: each for each in found if each.state == "bad"}
    assert bad["gac_breaks"].text == "OSError: libx.so: no such file"
    assert "No module named" in bad["gac_is_not_there"].text
    assert all(each.remedy == doctor.REMEDY for each in bad.values())
    assert {each.area for each in found} == {"system", "packages"}


@pytest.mark.skipif(not Path("/usr/bin/python3").exists(), reason="no other Python here")
def test_it_speaks_where_no_library_is_installed() -> None:
    """A new environment, say, that holds nothing yet."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", "gac_core.doctor"],
        cwd=engine_root(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "FAILED  torch: ModuleNotFoundError" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("GAC cannot run here: numpy, ")
    assert "Traceback" not in done.stderr
