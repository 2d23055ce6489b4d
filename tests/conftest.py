"""Hooks for all tests."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

# What runs of tests took must not be told to those of whoever runs them; workers inherit it.
os.environ.setdefault("GAC_PACE", str(Path(tempfile.mkdtemp(prefix="gac-pace-"), "pace.json")))

# Tests move HOME; these would lead back to the folders of whoever runs them.
for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ.pop(name, None)


def pytest_collection_finish() -> None:
    """Spare the garbage collector the libraries: looking through them takes half a second.

    What training and runs free they collect at once, many times in a suite; what was imported by
    then stays to its end anyway.
    """
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let the interpreter clean up as it is used to."""
    gc.unfreeze()


COMMAND_LINES = (
    "gac_core.cli.commands",
    "training.evaluate",
    "training.fit.flags",
    "training.inference",
    "training.precompute_stage1",
)
"""Modules that print the error with which a command ends."""


@pytest.fixture
def ended_with(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Assert the error that the last command printed, by its identifier and arguments.

    As `tests.problems.assert_problem`; what it printed may be worded anyhow.
    """
    from gac_core.contract.errors import as_user_error
    from tests.problems import assert_problem

    failures: list[BaseException] = []

    def recorded(error: Exception) -> Exception:
        failures.append(as_user_error(error))
        return failures[-1]

    for name in COMMAND_LINES:
        if name in sys.modules:
            monkeypatch.setattr(sys.modules[name], "as_user_error", recorded)

    def check(problem: str, *arguments: object) -> None:
        assert failures, "no command ended with an error"
        assert_problem(failures[-1], problem, *arguments)

    return check
