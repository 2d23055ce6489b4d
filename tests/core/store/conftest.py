"""A folder of models of the test's own, and `gac models` as a user calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from gac_core.bundles.library import ModelsDir, engine_root
from tests.core.store.cards import FILE, REPO
from tests.core.store.hub_server import Hub


@dataclass
class Desk:
    """A user's machine.

    Attributes:
        home: Where their models live.
        tmp: A folder for everything else.
        variables: Their environment.
    """

    home: ModelsDir
    tmp: Path
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Begins `gac models …`."""
        return subprocess.Popen(
            [sys.executable, "-m", "gac_core.cli", "models", *arguments],
            cwd=engine_root(),
            env={**self.variables, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def call(self, *arguments: str, **variables: str) -> tuple[int, list[dict[str, Any]]]:
        """Carries out `gac models … --json`; its exit status and events."""
        process = self.start(*arguments, "--json", **variables)
        out, errors = process.communicate(timeout=120)
        assert "Traceback" not in errors, errors
        return process.returncode, [json.loads(line) for line in out.splitlines()]

    def last(self, *arguments: str, **variables: str) -> dict[str, Any]:
        """The last event of a call."""
        return self.call(*arguments, **variables)[1][-1]

    @property
    def stored(self) -> Path:
        """The published file in the folder of weights; a path where nothing is, if it is not."""
        places = sorted(self.home.weights.glob(f"*/*/{FILE}"))
        assert len(places) <= 1, places
        return places[0] if places else self.home.weights / "nowhere"

    def parts(self) -> list[Path]:
        """Unfinished downloads."""
        return sorted(self.home.downloads.glob("*.part"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    home = ModelsDir(tmp_path / "models")
    home.path.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "GAC_"))}
    user = tmp_path / "user"
    user.mkdir()
    own = {"HOME": str(user), "GAC_MODELS": str(home.path), "NO_PROXY": "127.0.0.1"}
    return Desk(home, tmp_path, {**kept, **own, "PYTHONPATH": str(engine_root())})


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A weight file of tensors, some megabytes."""
    path = tmp_path_factory.mktemp("weights") / FILE
    numbers = np.random.default_rng(0).standard_normal(1_500_000, dtype=np.float32)
    torch.save({"a": torch.from_numpy(numbers)}, path)
    return path.read_bytes()


@pytest.fixture
def hub(desk: Desk, weights: bytes) -> Any:
    with Hub({(REPO, FILE): weights}) as hub:
        desk.variables["HF_ENDPOINT"] = hub.endpoint
        yield hub
