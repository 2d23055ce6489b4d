"""The mosaic of tokens: each from the tile whose middle holds it, whatever asks for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import TOKEN, Window
from gac_core.tiling.tokens import TokenMosaic, core_edge, token_context

AREA = Window(-640, 320, 416, 480)


class Telling:
    """Each token tells its tile (modulo) and its place in it."""

    number, channels, inputs = 1, 1, ("s1",)

    def __init__(self):
        self.tiles, self.batches = [], []

    def tokens(self, windows, inputs):
        assert np.isfinite(inputs["s1"]).all()
        self.batches.append(len(windows))
        self.tiles += dict.fromkeys(windows)
        return np.stack([told(w) for w in windows])

    def compute(self, windows, inputs):
        raise NotImplementedError

    decode = compute


def told(tile):
    rows = np.arange(tile.row, tile.stop_row, TOKEN)[:, None]
    cols = np.arange(tile.col, tile.stop_col, TOKEN)[None]
    return rows * 1_000_003 + cols * 10_007 + tile.row * 101 + tile.col


def everywhere(window):
    return np.zeros((2, *window.shape), np.float32)


def mosaic(spec, source=everywhere, batch=1):
    stage = Telling()
    return stage, TokenMosaic(stage, spec, AREA, {"s1": source}, batch)


@given(
    st.sampled_from([WindowSpec(96, 32, 8), WindowSpec(96, 48, 4), WindowSpec(64, 16, 0)]),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(1, 3),
)
def test_each_token_is_from_the_tile_whose_middle_holds_it(spec, down, right, batch):
    block = Window(AREA.row + TOKEN * down, AREA.col + TOKEN * right, 96, 96)
    stage, tokens = mosaic(spec, batch=batch)
    found = tokens.read(block)
    for i, j in np.ndindex(found.shape):
        row, col = block.row + i * TOKEN, block.col + j * TOKEN
        owners = [
            told(tile)[(row - tile.row) // TOKEN, (col - tile.col) // TOKEN]
            for tile in stage.tiles
            if all(
                core_edge(spec) <= at - start < core_edge(spec) + spec.stride
                for at, start in ((row, tile.row), (col, tile.col))
            )
        ]
        assert owners == [found[i, j]]
    around = token_context(block, spec)
    assert batch > 1 or around == stage.tiles[0].union(stage.tiles[-1])


def test_no_tile_is_computed_twice_and_old_ones_are_forgotten():
    spec = WindowSpec(96, 32, 8)
    stage, tokens = mosaic(spec)
    for row in range(AREA.row, AREA.stop_row - 96, 64):
        for col in range(AREA.col, AREA.stop_col - 96, 64):
            tokens.read(Window(row, col, 96, 96))
    assert len(set(stage.tiles)) == len(stage.tiles) == 7 * 8
    assert len(tokens._known) <= 4 * 8


@pytest.mark.parametrize("asked", [[0, 1, 2, 3], [3, 1]])
def test_the_same_tiles_go_together_whatever_is_asked_first(asked):
    """On a GPU only the same batch gives the same bits: a resumed run asks for other blocks."""
    stage, tokens = mosaic(WindowSpec(96, 32, 8), batch=3)
    for number in asked:
        tokens.read(Window(AREA.row, AREA.col + 96 * number, 96, 96))
    assert set(stage.batches) == {3}
    groups = {(tile.row, (tile.col - stage_first(stage)) // 64 // 3) for tile in stage.tiles}
    assert len(stage.batches) == len(groups)


def stage_first(stage):
    """The first column of tiles of the area, whether or not it was asked for."""
    return token_context(AREA, WindowSpec(96, 32, 8)).col


def test_where_there_is_no_data_the_nearest_tokens_stand():
    def west(window):
        cols = np.arange(window.col, window.stop_col)
        return np.where(cols < AREA.col + 64, everywhere(window), np.float32(np.nan))

    block = Window(AREA.row, AREA.col, 96, 288)
    stage, tokens = mosaic(WindowSpec(96, 32, 8), west)
    found = tokens.read(block)
    _, whole = mosaic(WindowSpec(96, 32, 8))
    assert {tile.col for tile in stage.tiles} == {AREA.col - 64, AREA.col}
    known = (AREA.col + 16 + 64 - block.col) // TOKEN
    np.testing.assert_array_equal(found[:, :known], whole.read(block)[:, :known])
    assert set(found[0]) == set(found[0, :known])
