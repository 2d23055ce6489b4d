"""The process that hands out work does not load what computes."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["gac_core.cli.commands", "gac_core.engine.batch"])
def test_pytorch_is_not_loaded(module):
    """A gigabyte, and half a minute when it is loaded for the first time."""
    program = f"import sys, {module}; print('torch' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "False"
