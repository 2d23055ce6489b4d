"""The user's settings of pip: indexes and proxies hold, nothing sends packages away."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from gac_qgis_plugin.environment import build, state
from gac_qgis_plugin.environment.plan import Site

HOLD = {
    "PIP_INDEX_URL": "https://u:p@mirror/simple",
    "PIP_EXTRA_INDEX_URL": "https://other/simple",
    "PIP_PROXY": "http://proxy:3128",
    "PIP_CERT": "/etc/own.pem",
    "PIP_CLIENT_CERT": "/etc/me.pem",
    "PIP_TRUSTED_HOST": "mirror",
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": "/wheels",
    "PIP_TIMEOUT": "60",
    "PIP_CONFIG_FILE": "/etc/own.conf",
    "HTTPS_PROXY": "http://proxy:3128",
    "REQUESTS_CA_BUNDLE": "/etc/own.pem",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    "PATH": "/bin",
}


def harmful(away: Path) -> dict[str, str]:
    """Settings that make pip put packages elsewhere or nowhere, take others, or not work."""
    return {
        "target": str(away / "target"),
        "prefix": str(away / "prefix"),
        "root": str(away / "root"),
        "src": str(away / "src"),
        "log": str(away / "log.txt"),
        "report": str(away / "report.json"),
        "dry-run": "1",
        "user": "1",
        "python": "/no/python",
        "requirement": str(away / "requirements.txt"),
        "constraint": str(away / "constraints.txt"),
        "build-constraint": str(away / "constraints.txt"),
        "only-binary": ":none:",
        "no-binary": ":all:",
        "platform": "win_amd64",
        "python-version": "2.7",
        "require-virtualenv": "1",
        "isolated": "1",
        "quiet": "3",
        "editable": str(away),
        "group": "dev",
    }


def as_variables(settings: dict[str, str]) -> dict[str, str]:
    return {f"PIP_{name.upper().replace('-', '_')}": value for name, value in settings.items()}


def test_what_holds_and_what_does_not(tmp_path) -> None:
    uv = {"UV_TARGET": "/x", "UV_SYSTEM_PYTHON": "1", "UV_PROJECT_ENVIRONMENT": "/x"}
    given = {**HOLD, **as_variables(harmful(tmp_path)), **uv, "PIP_OF_TOMORROW": "1"}
    assert build.allowed_variables(given) == HOLD


def check(world: Any, away: Path) -> None:
    now = state.read_state(world.home, thorough=True, files=world.files)
    assert now.condition == state.READY and now.faults == ()
    assert world.names() == ["aaa-1.0.dist-info", "bbb-1.0.dist-info", "ccc_c-1.0.dist-info"]
    assert list(away.iterdir()) == [], "nothing went elsewhere"


def test_variables_do_not_send_packages_away(world) -> None:
    away = world.root / "away"
    away.mkdir()
    given = as_variables(harmful(away))
    world.build(variables={**world.plan().variables, **given})
    check(world, away)


@pytest.mark.parametrize("section", ["global", "download"])
def test_files_do_not_either_and_their_index_holds(world, section) -> None:
    away, index, home = world.root / "away", world.root / "index", world.root / "user"
    away.mkdir()
    shutil.copytree(world.wheels, index)
    settings = {k: v for k, v in harmful(away).items() if k not in ("isolated", "quiet", "log")}
    if section == "download":
        settings = {k: settings[k] for k in ("requirement", "constraint", "no-binary", "platform")}
    lines = [f"[{section}]", *(f"{name} = {value}" for name, value in settings.items())]
    users = home / ".config" / "pip" / "pip.conf"
    users.parent.mkdir(parents=True)
    users.write_text("\n".join(lines) + "\n")
    own = world.root / "own.conf"
    own.write_text(f"[global]\nno-index = true\n[download]\nfind-links =\n    {index}\n    /no\n")
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(home), "PIP_CONFIG_FILE": str(own)}
    world.build(variables=variables, wheels=None)
    check(world, away)


def test_a_variable_counts_more_than_a_file(world) -> None:
    own = world.root / "own.conf"
    own.write_text("[global]\nindex-url = https://f/s\nproxy = http://file:1\ntarget = /x\n")
    variables = {"PIP_CONFIG_FILE": str(own), "PIP_INDEX_URL": "https://u:SECRET@mirror/simple"}
    site = Site(world.plan(variables={"PATH": "/usr/bin:/bin", **variables}), lambda: False)
    found = build.inline_file_settings(site)
    assert found["PIP_INDEX_URL"] == variables["PIP_INDEX_URL"]
    assert found["PIP_PROXY"] == "http://file:1" and found["PIP_CONFIG_FILE"] == os.devnull
    assert "PIP_TARGET" not in found


def test_files_that_pip_cannot_read_stay_for_pip_to_tell_of(world) -> None:
    own = world.root / "own.conf"
    own.write_text("no section\n")
    variables = {"PATH": "/usr/bin:/bin", "PIP_CONFIG_FILE": str(own)}
    site = Site(world.plan(variables=variables), lambda: False)
    assert build.inline_file_settings(site)["PIP_CONFIG_FILE"] == str(own)
