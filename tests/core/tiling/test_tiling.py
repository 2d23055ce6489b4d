"""Tiles: every pixel covered with weight one, anchored to the world, holes filled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gac_core.bundles.bundle import WindowSpec
from gac_core.contract.errors import BundleError
from gac_core.grid import TOKEN, Window
from gac_core.tiling.tiles import Tiles, fill_holes, hull, tile_rows, tile_weight

SPECS = st.sampled_from(
    [WindowSpec(96, 32, 8), WindowSpec(224, 64, 8), WindowSpec(64, 32, 0), WindowSpec(96, 48, 4)]
)
AREAS = st.builds(
    Window,
    st.integers(-600_000, 600_000),
    st.integers(-100, 100_000),
    st.integers(1, 500),
    st.integers(1, 500),
)


@given(AREAS, SPECS)
def test_weights_add_up_to_one_everywhere(area, spec):
    total = np.zeros(area.shape)
    weight = tile_weight(spec)
    for row in tile_rows(area, spec):
        for tile in row:
            shared = tile.intersection(area)
            assert not shared.is_empty
            total[shared.slices(area)] += weight[shared.slices(tile)]
    np.testing.assert_allclose(total, 1.0, atol=1e-5)


@given(AREAS, SPECS)
def test_tiles_are_anchored_to_the_world(area, spec):
    tiles = [t for row in tile_rows(area, spec) for t in row]
    assert all(t.row % TOKEN == 0 and t.col % TOKEN == 0 for t in tiles)
    bigger = Window(area.row - 37, area.col - 90, area.height + 51, area.width + 200)
    assert set(tiles) <= {t for row in tile_rows(bigger, spec) for t in row}
    assert len(set(tiles)) == len(tiles)


@given(AREAS, SPECS)
def test_the_hull_holds_every_tile(area, spec):
    around = hull(Tiles(spec), area)
    assert around.contains(area)
    assert all(around.contains(t) for row in tile_rows(area, spec) for t in row)


def test_margin_has_no_weight():
    weight = tile_weight(WindowSpec(96, 32, 8))
    assert weight[:8].max() == weight[-8:].max() == weight[:, :8].max() == 0
    assert weight[8:-8, 8:-8].min() > 0


@pytest.mark.parametrize(
    ("size", "overlap", "margin"),
    [(100, 32, 0), (96, 30, 0), (96, 64, 0), (96, 32, 16), (96, 0, 0)],
)
def test_impossible_windows_are_refused(size, overlap, margin):
    with pytest.raises(BundleError):
        WindowSpec(size, overlap, margin)


def test_beyond_the_edge_the_image_is_mirrored():
    values = np.arange(16, dtype=np.float32).reshape(1, 4, 4)
    valid = np.zeros((4, 4), bool)
    valid[1:3, 0:2] = True
    filled = fill_holes(np.where(valid, values, np.nan), valid)
    assert np.array_equal(filled[0], [[4, 5, 5, 4], [4, 5, 5, 4], [8, 9, 9, 8], [8, 9, 9, 8]])


def test_holes_take_their_nearest_neighbour():
    values = np.array([[[1.0, np.nan, np.nan, 4.0]]], np.float32)
    filled = fill_holes(values, np.isfinite(values[0]))
    assert np.array_equal(filled[0, 0], [1, 1, 4, 4])


@given(st.integers(0, 2**32 - 1), st.floats(0.02, 0.9))
def test_filling_leaves_valid_pixels_and_no_nan(seed, share):
    rng = np.random.default_rng(seed)
    valid = rng.random((24, 30)) < share
    valid[rng.integers(24), rng.integers(30)] = True
    values = np.where(valid, rng.normal(size=(2, 24, 30)), np.nan).astype(np.float32)
    filled = fill_holes(values, valid)
    assert np.isfinite(filled).all()
    assert np.array_equal(filled[:, valid], values[:, valid])
