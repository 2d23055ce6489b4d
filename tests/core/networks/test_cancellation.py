"""A pass that takes long can be stopped between two of a network's blocks."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from gac_core.contract.errors import Cancelled
from gac_core.networks.loading import check_between_blocks


class Deep(nn.Module):
    """Four blocks, and how many of them were passed."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList(nn.Linear(2, 2) for _ in range(4))
        self.passed = 0

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
            self.passed += 1
        return x


def test_a_pass_is_stopped_inside(monkeypatch):
    network, calls = Deep(), []

    def check():
        calls.append(1)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled), check_between_blocks(check, [network], torch.device("cpu")):
        network(torch.zeros(1, 2))
    assert network.passed == 2
    network(torch.zeros(1, 2))
    assert network.passed == 6 and len(calls) == 3  # nobody asks outside of the context
