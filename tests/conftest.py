"""Hooks for all tests."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

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
