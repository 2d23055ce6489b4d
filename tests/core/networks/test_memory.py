"""Tiles that fit a GPU's memory: more with more memory, fewer with larger networks."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from gac_core.bundles.bundle import Bundle, Grounding, WeightFile, WindowSpec
from gac_core.networks.bridge import Bridge, BridgeShape
from gac_core.networks.memory import (
    LANES,
    MOST,
    SHARE,
    correction_bytes,
    lanes_for,
    tile_bytes,
    tiles_that_fit,
)
from gac_core.networks.refiner import HeadShape, Metadata, RefinerHead
from gac_core.networks.terramind import TerraMindShape
from tests.core.live_bytes import Live
from tests.core.tiny import BRIDGE, HEAD, PRITHVI, SHAPE

BASE = TerraMindShape(dim=768, encoder_depth=12, decoder_depth=12, num_heads=12)
GIB = 2**30


@pytest.mark.parametrize("free", [0, GIB // 4, GIB, 2 * GIB, 8 * GIB, 139 * GIB])
@pytest.mark.parametrize("value", [2, 4])
def test_a_batch_fits_or_is_one(free, value):
    batch = tiles_that_fit(free, BASE, 224, value=value)
    assert batch in (1, 2, 4, 8, 16, 32)
    assert batch == 1 or batch * tile_bytes(BASE, 224, value=value) <= SHARE * free
    # Twice as many would be too many.
    assert batch == MOST or 2 * batch * tile_bytes(BASE, 224, value=value) > SHARE * free


def test_small_numbers_and_small_networks_leave_more_room():
    assert tile_bytes(BASE, 224, value=2) < tile_bytes(BASE, 224, value=4)
    assert tile_bytes(SHAPE, 96, value=4) < tile_bytes(BASE, 96, value=4)
    assert tile_bytes(BASE, 448, value=4) >= 3.9 * tile_bytes(BASE, 224, value=4)
    assert tiles_that_fit(GIB, BASE, 224, value=4) < tiles_that_fit(4 * GIB, BASE, 224, value=4)


@pytest.mark.parametrize("threads", [1, 2, 6, 8, 16])
def test_lanes_share_the_threads_evenly_and_fit(threads):
    assert lanes_for(threads, SHAPE, 96) == threads
    for block in (64, 96, 160, 224):
        found = lanes_for(threads, BASE, block)
        assert threads % found == 0
        assert found == 1 or found * tile_bytes(BASE, block, value=4) <= LANES
    # A block of the published size is computed by all threads.
    assert lanes_for(threads, BASE, 448) == 1


def bundle_of(shape):
    weights = {"file": "bridge.safetensors"}
    bridge = {"shape": shape.to_dict(), "weights": weights}
    return Bundle(
        Path(),
        *("x", "X", "demo", "none"),
        {},
        *(WeightFile("a"), WeightFile("b")),
        window=WindowSpec(96, 32, 8),
        grounding=Grounding(bridge=bridge),
    )


@pytest.mark.parametrize("shape", [BridgeShape(), BRIDGE, BridgeShape(widths=(96,), depths=(1,))])
def test_a_crossing_takes_no_more_than_is_told(shape):
    bridge = Bridge(shape, 64).eval().requires_grad_(False)
    s1, opt_v2 = torch.full((1, 2, 96, 96), -15.0), torch.full((1, 4, 96, 96), 900.0)
    maps, noise = torch.randn(1, 64, 6, 6), torch.randn(1, 4, 96, 96)
    with Live() as live:
        bridge.cross(opt_v2, s1, "S1GRD", maps, noise, 2)
    told = correction_bytes(bundle_of(shape))
    assert 0.4 * told < live.peak < told


@pytest.mark.parametrize("shape", [HEAD, HeadShape((0,), widths=(8,), depths=(1,))])
def test_a_correction_takes_no_more_than_is_told(shape):
    """The head alone; narrow, what it sees is nearly all that there is."""
    head = RefinerHead(shape, PRITHVI.embed_dim).eval().requires_grad_(False)
    image, radar = torch.full((1, 12, 96, 96), 3.0), torch.zeros(1, 6, 96, 96)
    maps = torch.randn(1, len(shape.layers) * PRITHVI.embed_dim, 12, 12)
    unknown = Metadata.of_run(1, 0, 0, None, torch.device("cpu"))
    with Live() as live:
        head(maps, image, radar, unknown)
    bundle = bundle_of(BRIDGE)
    object.__setattr__(bundle, "grounding", Grounding())
    object.__setattr__(bundle, "refiner", {"head": {"shape": shape.to_dict()}})
    told = correction_bytes(bundle)
    assert 0.4 * told < live.peak < told


def test_what_is_not_there_takes_nothing_and_what_is_large_leaves_less_room():
    bare = bundle_of(BRIDGE)
    object.__setattr__(bare, "grounding", Grounding())
    assert correction_bytes(bare) == 0
    large = 10 * tile_bytes(SHAPE, 96, value=4)
    free = 40 * large
    assert tiles_that_fit(free, SHAPE, 96, value=4, correction=large) == 16
    assert tiles_that_fit(free, SHAPE, 96, value=4) == MOST
    assert lanes_for(16, SHAPE, 96, LANES // 4) == 4
