"""Networks that are about to be filled are built without drawing their weights."""

from __future__ import annotations

import pytest
import torch

from gac_core.networks.bridge import Bridge
from gac_core.networks.prithvi import build_prithvi, quantise_blocks
from gac_core.networks.refiner import RefinerHead
from gac_core.networks.terramind import build_terramind
from gac_core.networks.weights import SkipInit, all_finite
from tests.core.tiny import BRIDGE, HEAD, PRITHVI, SHAPE


def quantised():
    prithvi = build_prithvi(PRITHVI)
    quantise_blocks(prithvi)
    return prithvi


BUILDERS = {
    "terramind": lambda: build_terramind(SHAPE),
    "prithvi": lambda: build_prithvi(PRITHVI),
    "quantised": quantised,
    "head": lambda: RefinerHead(HEAD, PRITHVI.embed_dim),
    "bridge": lambda: Bridge(BRIDGE, SHAPE.dim),
}


@pytest.mark.parametrize("name", BUILDERS)
def test_nothing_is_drawn_and_all_that_is_computed_is_there(name: str) -> None:
    drawn = BUILDERS[name]()
    before = torch.get_rng_state()
    with SkipInit():
        unset = BUILDERS[name]()
    assert torch.equal(torch.get_rng_state(), before)
    assert [(n, p.shape) for n, p in unset.named_parameters()] == [
        (n, p.shape) for n, p in drawn.named_parameters()
    ]
    # Positions and schedules are no parameters that training changes: files need not hold them.
    computed = dict(drawn.named_buffers()) | {
        n: p for n, p in drawn.named_parameters() if "pos_e" in n and not p.requires_grad
    }
    mine = dict(unset.named_buffers()) | dict(unset.named_parameters())
    for key, tensor in computed.items():
        assert torch.equal(mine[key], tensor), key


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16, torch.float64])
def test_what_is_no_number_is_found_wherever_it_is(dtype: torch.dtype) -> None:
    values = torch.linspace(-5, 5, 1001).to(dtype).reshape(7, 143)
    assert all_finite(values) and all_finite(values[:0]) and all_finite(torch.arange(3))
    for wrong in (float("nan"), float("inf"), float("-inf")):
        for place in (0, 500, 1000):
            broken = values.clone()
            broken.view(-1)[place] = wrong
            assert not all_finite(broken)
