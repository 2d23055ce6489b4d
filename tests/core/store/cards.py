"""Bundles that lack a published file; for the plugin's tests too, so without the engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

REPO, FILE = "somebody/models", "Published_v1.pt"
SHIPPED = Path(__file__).resolve().parents[3] / "resources" / "bundles"


def ignore_progress(what: str, done: int, total: int) -> None:
    """Ignore the progress."""


def card(name: str, **generator: Any) -> dict[str, Any]:
    """A card whose generator is published and whose tokenizer is its own."""
    values: dict[str, Any] = json.loads((SHIPPED / "terramind-base/bundle.json").read_text())
    values |= {"name": name, "title": name.title(), "kind": "trained"}
    values["terramind"]["weights"] = {
        "generator": {"file": FILE, "repo": REPO, **generator},
        "tokenizer": {"file": "tokenizer.safetensors"},
    }
    return values


def write_bundle(folder: Path, **generator: Any) -> Path:
    """A bundle that lacks its published file alone."""
    folder.mkdir(parents=True)
    (folder / "bundle.json").write_text(json.dumps(card(folder.name, **generator)))
    (folder / "tokenizer.safetensors").write_bytes(b"tokens" * 100)
    return folder
