"""The user's settings of pip and uv: indexes and proxies hold, nothing sends packages away."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from gac_qgis_plugin.environment import installer, state
from gac_qgis_plugin.environment.installer import Site
from tests.plugin.environment.small import SYSTEM_PYTHON

HOLD = {
    "PIP_INDEX_URL": "https://u:p@mirror/simple",
    "PIP_EXTRA_INDEX_URL": "https://other/simple\n https://third/simple",
    "PIP_PROXY": "http://proxy:3128",
    "PIP_CERT": "/etc/own.pem",
    "PIP_CLIENT_CERT": "/etc/me.pem",
    "PIP_TRUSTED_HOST": "mirror",
    "PIP_NO_INDEX": "1",
    "PIP_FIND_LINKS": "/wheels",
    "PIP_TIMEOUT": "60",
    "PIP_CONFIG_FILE": "/etc/own.conf",
    "UV_DEFAULT_INDEX": "https://mirror/simple",
    "UV_INDEX_OWN_PASSWORD": "p",
    "UV_PYTHON_INSTALL_MIRROR": "https://mirror/pythons",
    "GAC_TORCH_INDEX": "https://mirror/whl",
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


def harmful_to_uv(away: Path) -> dict[str, str]:
    """Variables that make uv do the same."""
    return {
        "UV_TARGET": str(away / "target"),
        "UV_SYSTEM_PYTHON": "1",
        "UV_PROJECT_ENVIRONMENT": str(away),
        "UV_PYTHON": "/no/python",
        "UV_CONSTRAINT": str(away / "constraints.txt"),
        "UV_OVERRIDE": str(away / "overrides.txt"),
        "UV_EXCLUDE_NEWER": "2001-01-01",
        "UV_NO_VERIFY_HASHES": "1",
        "UV_NO_BINARY": "1",
        "UV_CACHE_DIR": str(away / "cache"),
        "UV_CONFIG_FILE": str(away / "uv.toml"),
        "UV_WORKING_DIR": str(away),
        "UV_TORCH_BACKEND": "cu118",
        "UV_PYTHON_INSTALL_DIR": str(away / "pythons"),
        "VIRTUAL_ENV": str(away / "venv"),
    }


def as_variables(settings: dict[str, str]) -> dict[str, str]:
    return {f"PIP_{name.upper().replace('-', '_')}": value for name, value in settings.items()}


def test_what_holds_and_what_does_not(tmp_path) -> None:
    given = {**HOLD, **as_variables(harmful(tmp_path)), **harmful_to_uv(tmp_path)}
    assert installer.allowed_variables({**given, "PIP_OF_TOMORROW": "1"}) == HOLD


def test_pip_s_settings_are_uv_s_too(world) -> None:
    site = Site(world.plan(variables=HOLD, wheels=None), lambda: False)
    variables = installer.uv_variables(site)
    assert installer.index_flags(site) == ["--no-index", "--find-links", "/wheels"]
    expected = {
        "UV_DEFAULT_INDEX": "https://mirror/simple",  # uv's own goes before pip's
        "UV_INDEX": "https://other/simple https://third/simple",
        "UV_INSECURE_HOST": "mirror",
        "UV_HTTP_TIMEOUT": "60",
        "ALL_PROXY": "http://proxy:3128",
        "SSL_CERT_FILE": "/etc/own.pem",
        "SSL_CLIENT_CERT": "/etc/me.pem",
        "UV_NO_CONFIG": "1",
        "UV_CACHE_DIR": str(site.tools / "cache"),
    }
    assert expected.items() <= variables.items()
    assert not [name for name in variables if name.startswith("PIP_")]


def test_a_wheel_folder_needs_neither_index_nor_network(world) -> None:
    site = Site(world.plan(variables=HOLD), lambda: False)
    assert installer.index_flags(site)[:2] == ["--offline", "--no-index"]
    variables = installer.uv_variables(site)
    assert not {"UV_DEFAULT_INDEX", "UV_INDEX", "UV_PYTHON_INSTALL_MIRROR"} & variables.keys()
    archive = world.wheels / "20260101" / "cpython-3.11.9+20260101-x86_64.tar.gz"
    archive.parent.mkdir()
    archive.touch()
    variables = installer.uv_variables(site)
    assert variables["UV_PYTHON_INSTALL_MIRROR"] == world.wheels.as_uri()


def check(world: Any, away: Path) -> None:
    now = state.read_state(world.home, thorough=True, files=world.files)
    assert now.condition == state.READY and now.faults == ()
    assert world.names() == ["aaa-1.0.dist-info", "bbb-1.0.dist-info", "ccc_c-1.0.dist-info"]
    assert list(away.iterdir()) == [], "nothing went elsewhere"


def test_variables_do_not_send_packages_away(world, index) -> None:
    away = world.root / "away"
    away.mkdir()
    given = {**as_variables(harmful(away)), **harmful_to_uv(away)}
    world.build(**world.online(index, **given))
    check(world, away)


@pytest.mark.parametrize("section", ["global", "download"])
def test_files_do_not_either_and_their_index_holds(world, index, section) -> None:
    away, home = world.root / "away", world.root / "user"
    away.mkdir()
    settings = {k: v for k, v in harmful(away).items() if k not in ("isolated", "quiet", "log")}
    if section == "download":
        settings = {k: settings[k] for k in ("requirement", "constraint", "no-binary", "platform")}
    lines = [f"[{section}]", *(f"{name} = {value}" for name, value in settings.items())]
    users = home / ".config" / "pip" / "pip.conf"
    users.parent.mkdir(parents=True)
    users.write_text("\n".join(lines) + "\n")
    toml = home / ".config" / "uv" / "uv.toml"
    toml.parent.mkdir(parents=True)
    toml.write_text(f'[pip]\ntarget = "{away}/uv"\nno-index = true\n')
    own = world.root / "own.conf"
    own.write_text(f"[global]\nindex-url = {index.address}/index\n")
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(home), "PIP_CONFIG_FILE": str(own)}
    world.build(variables=variables, wheels=None)
    check(world, away)
    assert len(index.asked) == 3


def test_a_variable_counts_more_than_a_file(world) -> None:
    own = world.root / "own.conf"
    own.write_text("[global]\nindex-url = https://f/s\nproxy = http://file:1\ntarget = /x\n")
    variables = {"PIP_CONFIG_FILE": str(own), "PIP_INDEX_URL": "https://u:SECRET@mirror/simple"}
    site = Site(world.plan(variables={"PATH": "/usr/bin:/bin", **variables}), lambda: False)
    found = installer.inline_file_settings(site, SYSTEM_PYTHON)
    assert found["PIP_INDEX_URL"] == variables["PIP_INDEX_URL"]
    assert found["PIP_PROXY"] == "http://file:1" and found["PIP_CONFIG_FILE"] == os.devnull
    assert "PIP_TARGET" not in found


def test_files_that_pip_cannot_read_stay_for_pip_to_tell_of(world) -> None:
    own = world.root / "own.conf"
    own.write_text("no section\n")
    variables = {"PATH": "/usr/bin:/bin", "PIP_CONFIG_FILE": str(own)}
    site = Site(world.plan(variables=variables), lambda: False)
    found = installer.inline_file_settings(site, SYSTEM_PYTHON)
    assert found["PIP_CONFIG_FILE"] == str(own)


def test_folders_that_pip_is_told_of_hold_for_uv(world) -> None:
    links = world.root / "links"
    shutil.copytree(world.wheels, links)
    given = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(links)}
    world.build(wheels=None, variables={**world.plan().variables, **given})
    assert state.read_state(world.home, files=world.files).condition == state.READY
