"""The plugin reads the biomes' names from a file, as it cannot import the engine."""

from __future__ import annotations

import json
from pathlib import Path

from gac_core.bands import BIOMES

FILE = Path(__file__).resolve().parents[2] / "resources" / "biomes.json"


def test_the_file_and_the_engine_agree() -> None:
    entries = json.loads(FILE.read_text(encoding="utf-8"))
    assert [entry["name"] for entry in entries] == list(BIOMES)
    assert [entry["id"] for entry in entries] == list(range(len(BIOMES)))
