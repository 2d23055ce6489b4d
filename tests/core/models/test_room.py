"""How many tiles a GPU's memory holds: more with more memory, fewer with larger networks."""

from __future__ import annotations

import pytest

from gac_core.models.room import LANES, MOST, SHARE, lanes_for, tile_bytes, tiles_that_fit
from gac_core.models.terramind import TerraMindShape
from tests.core.tiny import SHAPE

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
