"""Convolutions through NNPACK: the same values but for rounding, whoever computes them."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from gac_core.networks.device import WinogradConv2d, use_winograd

pytestmark = pytest.mark.skipif(not torch._nnpack_available(), reason="PyTorch without NNPACK")


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(12, 192, 3, padding=1),
        nn.Conv2d(192, 200, 3, padding=1),
        nn.Conv2d(200, 192, 3, padding=1, stride=2),
        nn.Conv2d(192, 192, 1),
        nn.Sequential(nn.Conv2d(192, 192, 3, padding=1, bias=False)),
    ).eval()


def test_large_layers_are_replaced_and_agree(network):
    x = torch.randn(2, 12, 72, 64)
    with torch.inference_mode():
        expected = network(x)
    names = list(network.state_dict())
    weights = {name: id(value) for name, value in network.named_parameters()}
    assert use_winograd(network) == 2
    assert isinstance(network[1], WinogradConv2d) and isinstance(network[4][0], WinogradConv2d)
    assert type(network[0]) is nn.Conv2d and type(network[2]) is nn.Conv2d
    assert list(network.state_dict()) == names
    assert {name: id(value) for name, value in network.named_parameters()} == weights
    with torch.inference_mode():
        found = network(x)
    assert not torch.equal(found, expected)
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-4 * expected.abs().max().item())


def test_the_number_of_threads_changes_nothing(network):
    use_winograd(network)
    x, before = torch.randn(1, 12, 80, 96), torch.get_num_threads()
    found = []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            with torch.inference_mode():
                found.append(network[1](network[0](x)))
    finally:
        torch.set_num_threads(before)
    assert torch.equal(*found)


def test_small_maps_and_training_stay_as_they_are(network):
    use_winograd(network)
    conv = network[1]
    small = torch.randn(1, 192, 20, 20)
    plain = nn.functional.conv2d(small, conv.weight, conv.bias, padding=1)
    with torch.inference_mode():
        assert torch.equal(conv(small), plain)
    large = torch.randn(1, 192, 40, 40, requires_grad=True)
    conv(large).sum().backward()
    assert large.grad is not None
