"""Refusals that need no PyTorch: made before it is loaded, by every door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.core.cli import refusing

NAMES = (
    *(f"worker, {name}" for name in refusing.REQUESTS),
    *("run: missing", "run: month", "run: extent", "run: strangers", "run: busy"),
    *("batch: missing", "batch: two missing", "batch: strangers", "batch: program"),
)


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("refusals")
    told = subprocess.run(
        [sys.executable, "-m", "tests.core.cli.refusing", str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    found = {line["name"]: line for line in map(json.loads, told.stdout.splitlines())}
    assert not Path(folder, "out", "run.json").exists()
    return found


def test_nothing_heavy_is_loaded_for_any(refusals: dict[str, dict[str, Any]]) -> None:
    assert set(NAMES) <= refusals.keys() and len(refusals) > 60
    assert {name: one["heavy"] for name, one in refusals.items() if one["heavy"]} == {}


def test_all_are_refused_in_words(refusals: dict[str, dict[str, Any]]) -> None:
    for name, one in refusals.items():
        assert one.get("status", 1) == 1 and one.get("event", "error") == "error", (name, one)
        assert "fault in GAC" not in one["said"] and "Traceback" not in one["said"], (name, one)
        assert len(one["said"]) < 1000, (name, one)


def test_the_worker_says_whose_fault_it_is(refusals: dict[str, dict[str, Any]]) -> None:
    codes = {name: one["code"] for name, one in refusals.items() if "code" in one}
    wrong = {name: code for name, code in codes.items() if code in ("internal", "error")}
    assert not wrong
    assert codes["worker, warm: number"] == codes["worker, warm: device"] == "request"
    assert codes["worker, warm: user"] == codes["worker, bundle"] == "bundle"
    assert codes["worker, user"] == "request" and codes["worker, missing"] == "scene"
