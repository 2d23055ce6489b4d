"""What tests of training share with those of the engine."""

from __future__ import annotations

import pytest
import torch

from tests.core.conftest import shared_data

__all__ = ["shared_data"]


@pytest.fixture(autouse=True)
def _seeded():
    """A test draws the same numbers whichever tests ran before it."""
    torch.manual_seed(0)
