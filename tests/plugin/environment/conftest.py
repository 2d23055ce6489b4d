"""Environments made by the real uv on the system's Python, of tiny wheels."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugin.environment.small import Index, World, find_uv, system_minor


@pytest.fixture(scope="session")
def uv() -> Path:
    program = find_uv()
    if program is None:
        pytest.skip("uv is missing (make env fetches it)")
    return program


@pytest.fixture
def world(uv, tmp_path, qgis) -> World:
    """A small world in which uv is there already."""
    return World(tmp_path, system_minor(), uv)


@pytest.fixture
def index(world) -> Iterator[Index]:
    """An index with the small world's packages."""
    shutil.copytree(world.wheels, world.root / "index")
    served = Index(world.root)
    yield served
    served.close()


@pytest.fixture
def variables() -> dict[str, str]:
    return {"PATH": str(Path(sys.executable).parent) + ":/usr/bin:/bin"}
