"""The list of packages that `make env` shares with the plugin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = "requirements/worker-py311.txt"


def lines(*words: str) -> list[str]:
    """Return what the module prints in a Python without QGIS."""
    command = [sys.executable, "-m", "gac_qgis_plugin.environment.requirements", LOCK, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_build_is_the_locked_version_of_its_backend() -> None:
    locked = (ROOT / LOCK).read_text(encoding="utf-8")
    torch, vision = lines("torch", "cu126")
    assert torch.startswith("torch==") and torch.endswith("+cu126")
    assert vision.startswith("torchvision==") and vision.endswith("+cu126")
    assert torch.replace("+cu126", " ") in locked and vision.replace("+cu126", " ") in locked


def test_all_else_keeps_its_hashes_or_its_pins() -> None:
    rest = lines("rest")
    names = [line.split("==")[0] for line in rest if not line.startswith(" ")]
    pins = [line.split("==")[0] for line in lines("pins")]
    assert names == pins and "terratorch" in names
    assert not {"torch", "torchvision", "triton", "cuda-toolkit"} & set(names)
    assert sum("--hash=sha256:" in line for line in rest) >= len(names)


@pytest.mark.parametrize("script", ["scripts/env_worker.sh"])
def test_make_env_takes_them_from_there(script) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    assert "gac_qgis_plugin.environment.requirements" in text
    assert "torch==" not in text, "its version stands in the lock alone"
