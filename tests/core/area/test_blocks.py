"""Blocks: seams fixed to the world, weights that add up to one, no block too small to decode."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gac_core.area.blocks import Blocks, spans
from gac_core.area.tiling import hull
from gac_core.errors import BundleError
from gac_core.grid import Window
from gac_core.models.window import BLOCK, WindowSpec

SPECS = st.sampled_from(
    [
        WindowSpec(96, 32, 8),
        WindowSpec(96, 32, 8, decode=96),
        WindowSpec(96, 48, 20, decode=160, seam=64),
        WindowSpec(224, 64, 8),
        WindowSpec(224, 64, 8, decode=256),
        WindowSpec(32, 16, 0, decode=64),
    ]
)
SCENES = st.builds(
    Window,
    st.integers(-600_000, 600_000),
    st.integers(-100, 100_000),
    st.integers(1, 900),
    st.integers(1, 900),
)


@st.composite
def places(draw):
    """A scene, and an area in it."""
    scene = draw(SCENES)
    row, col = draw(st.integers(0, scene.height - 1)), draw(st.integers(0, scene.width - 1))
    height = draw(st.integers(1, scene.height - row))
    return scene, Window(scene.row + row, scene.col + col, height, scene.width - col)


@given(places(), SPECS)
def test_weights_add_up_to_one_everywhere(place, spec):
    scene, area = place
    blocks = Blocks(spec, scene)
    total = np.zeros(area.shape)
    for row in blocks.rows(area):
        for block in row:
            shared = block.intersection(area)
            assert not shared.is_empty and block.height <= blocks.tallest
            total[shared.slices(area)] += blocks.weight(block)[shared.slices(block)]
    np.testing.assert_allclose(total, 1.0, atol=1e-5)
    assert hull(blocks, area).contains(area)


@given(places(), SPECS)
def test_blocks_do_not_depend_on_the_area(place, spec):
    scene, area = place
    blocks = Blocks(spec, scene)
    whole = [block for row in blocks.rows(scene) for block in row]
    assert {block for row in blocks.rows(area) for block in row} <= set(whole)
    assert len(set(whole)) == len(whole)


@given(st.integers(-600_000, 600_000), st.integers(1, 5000), SPECS)
def test_every_block_can_be_decoded(start, length, spec):
    found = spans(start, start + length, spec)
    sides = [stop - first for first, stop in found]
    assert all(
        first % BLOCK == 0 and side % BLOCK == 0
        for (first, _), side in zip(found, sides, strict=True)
    )
    assert min(sides) >= spec.size
    assert max(sides) <= spec.size + spec.decode
    assert all(b[0] == a[1] - spec.seam for a, b in itertools.pairwise(found))
    # What no block gives weight to lies outside.
    assert found[0][0] + spec.rim <= start and start + length <= found[-1][1] - spec.rim


def test_seams_lie_at_the_same_places_in_every_scene():
    spec = WindowSpec(96, 32, 8)
    stride = spec.decode - spec.seam
    for start, stop in ((0, 3000), (-777, 3456), (101, 1500)):
        inner = spans(start, stop, spec)[1:]
        assert [first % stride for first, _ in inner] == [0] * len(inner)


@pytest.mark.parametrize(
    ("start", "stop", "found"),
    [
        (40, 80, [(0, 96)]),  # a scene smaller than a tile, in the middle of one
        (16, 176, [(0, 192)]),  # just one block
        (-64, 300, [(-96, 64), (0, 192), (128, 320)]),  # seams at multiples of 128
        (-120, 170, [(-160, -64), (-128, 64), (0, 192)]),
        (100, 300, [(64, 192), (128, 320)]),
    ],
)
def test_how_scenes_are_cut(start, stop, found):
    assert spans(start, stop, WindowSpec(96, 32, 8)) == found


def test_a_block_too_large_between_seams_is_halved():
    """Its seam lies where it can: the ones that are fixed would leave less than a tile."""
    spec = WindowSpec(96, 32, 8, decode=96)
    assert spans(40, 180, spec) == [(32, 128), (96, 192)]
    assert spans(40, 140, spec) == [(32, 160)]


@pytest.mark.parametrize(
    ("decode", "seam"), [(100, 32), (64, 32), (192, 16), (192, 48), (192, 128), (96, 64), (96, -32)]
)
def test_impossible_blocks_are_refused(decode, seam):
    with pytest.raises(BundleError):
        WindowSpec(96, 32, 8, decode, seam)
