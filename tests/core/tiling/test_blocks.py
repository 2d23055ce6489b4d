"""Blocks: all of one width, seams fixed to the world, weights that add up to one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gac_core.bundles.bundle import BLOCK, WindowSpec
from gac_core.contract.errors import BundleError
from gac_core.grid import Window
from gac_core.tiling.tiles import Blocks, hull, spans

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
            weight, reach = blocks.weight(block), blocks.reach(block)
            assert block.contains(reach) and not reach.intersection(area).is_empty
            assert (weight[reach.slices(block)] > 0).all()
            assert np.count_nonzero(weight) == reach.height * reach.width
            shared = block.intersection(area)
            total[shared.slices(area)] += weight[shared.slices(block)]
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
def test_all_blocks_are_of_one_width(start, length, spec):
    """A decoder's result for tokens depends on how wide a block is: no scene may mix widths."""
    stop = start + length
    sides = spans(start, stop, spec)
    assert {side.stop - side.start for side in sides} == {spec.decode}
    assert all(side.start % BLOCK == 0 for side in sides)
    assert sides == spans(start, stop, spec)
    # None is there that another one makes needless, and none looks further out than it must.
    assert sorted({side.start for side in sides}) == [side.start for side in sides]
    needed = -(-(length + 2 * spec.rim) // BLOCK) * BLOCK + BLOCK
    assert sides[-1].stop - sides[0].start <= max(spec.decode, needed)
    # What has no weight lies outside of the scene, or its neighbour gives way over the ramp.
    assert sides[0].begin <= start and stop <= sides[-1].end
    ramp = spec.seam - 2 * spec.rim
    for side in sides:
        assert side.start + spec.rim <= side.begin < side.end <= side.stop - spec.rim
    for one, following in itertools.pairwise(sides):
        assert one.start < following.start and following.begin == one.end - ramp
    # Never three over a place: ramps of a block do not meet.
    for inner in sides[1:-1]:
        assert inner.end - inner.begin >= 2 * ramp


@given(st.integers(-600_000, 600_000), st.integers(1, 5000), SPECS)
def test_seams_lie_at_the_same_places_in_every_scene(start, length, spec):
    sides = spans(start, start + length, spec)
    stride = spec.decode - spec.seam
    assert all((side.begin - spec.rim) % stride == 0 for side in sides[1:])
    # Only the first and the last block may have been moved.
    assert all(side.start == side.begin - spec.rim for side in sides[1:-1])


@pytest.mark.parametrize(
    ("start", "stop", "sides"),
    [
        (40, 80, [(-32, 160, -16, 144)]),  # a scene smaller than a block, in the middle of one
        (16, 176, [(0, 192, 16, 176)]),  # just one block
        # One more pixel: the second block is moved inwards, its seam lies where it always does.
        (16, 177, [(0, 192, 16, 176), (32, 224, 144, 208)]),
        # The first one is moved inwards too, and what is left of it is narrow.
        (-64, 300, [(-96, 96, -80, 48), (0, 192, 16, 176), (128, 320, 144, 304)]),
        (100, 300, [(64, 256, 80, 176), (128, 320, 144, 304)]),
        (20, 250, [(0, 192, 16, 176), (96, 288, 144, 272)]),
    ],
)
def test_how_scenes_are_cut(start, stop, sides):
    assert spans(start, stop, WindowSpec(96, 32, 8)) == sides


@pytest.mark.parametrize(
    ("decode", "seam"), [(100, 32), (64, 32), (192, 16), (192, 48), (192, 128), (96, 64), (96, -32)]
)
def test_impossible_blocks_are_refused(decode, seam):
    with pytest.raises(BundleError):
        WindowSpec(96, 32, 8, decode, seam)
