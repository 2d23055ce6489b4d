"""The running average follows the tensors, and gives them back."""

from __future__ import annotations

import torch
from torch import nn

from training.fit.loop import Average


def test_it_follows():
    parameter = nn.Parameter(torch.zeros(2))
    average = Average({"a": parameter}, 0.5)
    expected = 0.0
    for step, value in enumerate((1.0, 2.0, 3.0, 4.0)):
        parameter.data.fill_(value)
        average.update(step)
        keep = min(0.5, (1 + step) / (10 + step))
        expected = keep * expected + (1 - keep) * value
    torch.testing.assert_close(average.state()["a"], torch.full((2,), expected))
    with average.applied():
        torch.testing.assert_close(parameter.data, torch.full((2,), expected))
    assert parameter.data.eq(4.0).all()


def test_without_decay_there_is_none():
    parameter = nn.Parameter(torch.ones(2))
    average = Average({"a": parameter}, 0.0)
    average.update(0)
    assert average.state() == {}
    with average.applied():
        assert parameter.data.eq(1.0).all()
