"""The ConvNeXt U-Net: sizes, the identity that it starts as, context, and what it cannot be."""

from __future__ import annotations

import pytest
import torch

from gac_core.networks.convnext import ConvNeXtUNet
from tests.core.tiny import randomise


def built(widths=(8, 12, 16), depths=(1, 1, 2), context=4):
    torch.manual_seed(0)
    return ConvNeXtUNet(5, 3, widths, depths, context).eval().requires_grad_(False)


@pytest.mark.parametrize("size", [(32, 32), (33, 47), (17, 8), (1, 1)])
@pytest.mark.parametrize("widths", [(8,), (8, 12), (8, 12, 16)])
def test_any_size_comes_back_as_it_went_in(size, widths):
    network = built(widths, (1,) * len(widths))
    randomise(network.out, 1.0)
    assert network.multiple == 2 ** len(widths)
    found = network(torch.randn(2, 5, *size), torch.randn(2, 4))
    assert found.shape == (2, 3, *size) and found.std() > 0


def test_it_starts_as_no_correction_whatever_the_context():
    assert not built()(torch.randn(1, 5, 32, 32), torch.randn(1, 4)).any()


def test_context_scales_and_shifts_once_it_is_trained():
    network = built()
    randomise(network.out)
    x, contexts = torch.randn(1, 5, 32, 32), torch.randn(2, 1, 4)
    untrained = [network(x, one) for one in contexts]
    assert torch.equal(*untrained)
    randomise(network.down[-1].films[0])
    assert not torch.allclose(*[network(x, one) for one in contexts])
    bare = built(context=0)
    assert bare(x).shape == (1, 3, 32, 32)


def test_padding_at_the_far_edges_changes_nothing_far_from_them():
    """Beyond the image its edge is repeated: a wider image differs near that edge only."""
    network = built((8, 12), (1, 1))
    randomise(network.out)
    image, context = torch.randn(1, 5, 64, 64), torch.zeros(1, 4)
    cut = network(image[..., :61], context)
    whole = network(image, context)
    assert torch.allclose(cut[..., :8], whole[..., :8], atol=1e-5)
    assert not torch.allclose(cut[..., -2:], whole[..., 59:61], atol=1e-5)


def test_a_tile_has_the_same_bits_in_either_layout_of_its_input():
    network = built()
    randomise(network.out)
    x, context = torch.randn(1, 5, 32, 32), torch.randn(1, 4)
    last = x.contiguous(memory_format=torch.channels_last)
    assert torch.equal(network(x, context), network(last, context))


@pytest.mark.parametrize(
    ("widths", "depths"), [((), ()), ((8,), (1, 1)), ((8, 8), (1,)), ((0,), (1,)), ((8,), (0,))]
)
def test_sizes_that_make_no_network(widths, depths):
    with pytest.raises(ValueError, match="widths"):
        ConvNeXtUNet(5, 3, widths, depths)
