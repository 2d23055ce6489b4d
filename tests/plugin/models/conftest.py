"""A user's models, of the test's own, and a server to fetch from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.models import ModelsManager
from tests.core.store.cards import FILE, REPO, write_bundle
from tests.core.store.hub_server import Hub

ROOT = Path(__file__).resolve().parents[3]
SIZE = 8_000_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The models' folder; the engine is the checkout's."""
    if not os.environ.get("GAC_PYTHON") and not (ROOT / ".venv/bin/python").is_file():
        pytest.skip("there is no environment for the engine")
    for name in list(os.environ):
        if name.startswith(("HF_", "GAC_BUNDLES", "GAC_WEIGHTS")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GAC_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    return tmp_path / "models"


@pytest.fixture
def hub() -> Iterator[Hub]:
    """A server that has one published file, and is the mirror in the settings."""
    with Hub({(REPO, FILE): os.urandom(SIZE)}) as hub:
        settings = PluginSettings.load()
        settings.models_mirror = hub.endpoint
        settings.save()
        yield hub


@pytest.fixture
def mine(home: Path) -> Path:
    """A bundle that lacks that file."""
    return write_bundle(home / "bundles" / "mine")


@pytest.fixture
def manager(qgis) -> Iterator[ModelsManager]:
    manager = ModelsManager()
    yield manager
    manager.close()
