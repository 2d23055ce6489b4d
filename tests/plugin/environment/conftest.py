"""Environments made by the real venv and the real pip of the system's Python, of tiny wheels."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gac_qgis_plugin.core import processes
from tests.plugin.environment.small import SYSTEM_PYTHON, World


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """An environment with pip and nothing else, and its Python's minor version."""
    done = subprocess.run(
        [str(SYSTEM_PYTHON), "-I", processes.helper("probe.py")], capture_output=True, check=False
    )
    told = json.loads(done.stdout or "{}")
    if not told.get("has_venv"):
        pytest.skip("the system's Python cannot make environments (python3-venv)")
    home = tmp_path_factory.mktemp("bare") / "env"
    subprocess.run([str(SYSTEM_PYTHON), "-m", "venv", str(home)], check=True)
    return home, told["version"][1]


@pytest.fixture
def world(bare, tmp_path, qgis) -> World:
    """A small world in which the bare environment is there already, to save seconds."""
    home, minor = bare
    world = World(tmp_path, minor, home)
    shutil.copytree(home, world.home, symlinks=True)
    return world


@pytest.fixture
def variables() -> dict[str, str]:
    return {"PATH": str(Path(sys.executable).parent) + ":/usr/bin:/bin"}
