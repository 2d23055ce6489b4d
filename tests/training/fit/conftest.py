"""A training that nothing disturbed, beside which others are held."""

from __future__ import annotations

import pytest
import torch

from tests.training.fit.tiny import EMA, train


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Sums depend on how many threads share them; a forked process has none of its parent's."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def straight(tmp_path_factory):
    """Its folder and result."""
    out = tmp_path_factory.mktemp("straight")
    _, result = train(out, **EMA)
    return out, result
