"""The engine with simple stages whose right answer is known."""

from __future__ import annotations

import itertools
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import TOKEN, Window
from gac_core.stages.tensors import noise_for
from gac_core.tiling.mosaic import Blend, run_tiled
from gac_core.tiling.tiles import Tiles, count_tiles, tile_layout

SPEC = WindowSpec(96, 32, 8)
DATA = Window(-1000, 500, 300, 260)


def world(window):
    """A smooth function of the place, with data only in DATA."""
    rows = np.arange(window.row, window.stop_row)[:, None]
    cols = np.arange(window.col, window.stop_col)[None, :]
    values = np.stack([np.sin(rows / 9) + cols * 0.01, np.cos(cols / 7) - rows * 0.01])
    inside = (rows >= DATA.row) & (rows < DATA.stop_row)
    inside = inside & (cols >= DATA.col) & (cols < DATA.stop_col)
    return np.where(inside, values, np.nan).astype(np.float32)


class Copy:
    """Returns its radar."""

    number, channels, inputs = 1, 2, ("s1",)

    def __init__(self):
        self.batches = []

    def compute(self, windows, inputs):
        self.batches.append(len(windows))
        assert np.isfinite(inputs["s1"]).all()
        return inputs["s1"]


class WholeTile:
    """Depends on all of a tile and on world noise, as a transformer does."""

    number, channels, inputs = 1, 1, ("s1",)

    def compute(self, windows, inputs):
        level = inputs["s1"].mean((1, 2, 3), keepdims=True)
        return inputs["s1"][:, :1] * level + noise_for(windows, 1, 7, 1)


class Decoded:
    """Tokens that depend on all of a tile; an image that depends on all of a block and on noise."""

    number, channels, inputs = 1, 1, ("s1",)

    def tokens(self, windows, inputs):
        assert {w.shape for w in windows} == {(96, 96)}
        level = inputs["s1"].sum((1, 2, 3)) * 100
        count = 96 // TOKEN
        places = np.arange(count**2).reshape(count, count)
        return (level[:, None, None] + places).astype(np.int64) % 97

    def decode(self, windows, inputs, tokens):
        image = np.kron(tokens, np.ones((TOKEN, TOKEN)))[:, None].astype(np.float32)
        assert image.shape[2:] == inputs["s1"].shape[2:]
        level = image.mean((1, 2, 3), keepdims=True)
        return image * level + inputs["s1"][:, :1] + noise_for(windows, 1, 7, 1)

    def compute(self, windows, inputs):
        raise AssertionError("a run decodes blocks")


def collect(stage, area, **options):
    """The result; every pixel is handed out once, and rows of windows come from north to south."""
    result = np.zeros((stage.channels, *area.shape), np.float32)
    times = np.zeros(area.shape, int)
    tops = []

    def sink(window, values):
        tops.append(window.row)
        result[:, *window.slices(area)] = values
        times[window.slices(area)] += 1

    run_tiled(stage, area, SPEC, {"s1": world}, sink, **options)
    assert (times == 1).all()
    assert tops == sorted(tops)
    return result


@pytest.mark.parametrize(
    "area",
    [
        DATA,
        Window(-950, 530, 100, 90),
        Window(-1050, 400, 500, 500),
        Window(-900, 600, 1, 1),
        Window(-900, 600, 13, 250),
    ],
)
def test_blending_gives_back_what_every_tile_agrees_on(area):
    result = collect(Copy(), area)
    expected = world(area)
    assert np.array_equal(np.isnan(result), np.isnan(expected))
    np.testing.assert_allclose(result, expected, atol=1e-5)


def test_the_same_place_gets_the_same_pixels():
    """Whatever the extent around it and the batch: identical, up to the very edge."""
    small = Window(-900, 560, 120, 130)
    one = collect(WholeTile(), small)
    for area, batch in ((DATA, 1), (DATA, 3), (Window(-933, 541, 222, 180), 4)):
        large = collect(WholeTile(), area, batch_size=batch)
        assert np.array_equal(one, large[:, *small.slices(area)])


def test_blocks_give_the_same_place_the_same_pixels():
    small = Window(-900, 560, 120, 130)
    one = collect(Decoded(), small, scene=DATA)
    assert np.isfinite(one).all()
    for area, batch in ((DATA, 1), (DATA, 3), (Window(-933, 541, 222, 180), 4)):
        large = collect(Decoded(), area, scene=DATA, batch_size=batch)
        assert np.array_equal(one, large[:, *small.slices(area)])
    # What a run computes is what its stage says, block by block.
    lattice = tile_layout(SPEC, DATA, decodes=True)
    assert count_tiles(DATA, lattice) < count_tiles(DATA, Tiles(SPEC)) / 2


class Level(Decoded):
    """Draws what its block's size is: a decoder's level depends on it."""

    def decode(self, windows, inputs, tokens):
        height, width = inputs["s1"].shape[2:]
        return np.full((len(windows), 1, height, width), height * width, np.float32)


@pytest.mark.parametrize("size", [(20, 60), (120, 120), (161, 97), (192, 300), (330, 417)])
def test_no_edge_of_a_scene_has_a_level_of_its_own(size):
    for shift in (0, 37, 64, 101):
        scene = Window(shift - 1000, 500 - shift, *size)
        levels = np.zeros((1, *size), np.float32)

        def sink(window, values, levels=levels, scene=scene):
            levels[:, *window.slices(scene)] = values

        run_tiled(Level(), scene, SPEC, {"s1": everywhere}, sink)
        np.testing.assert_allclose(levels, SPEC.decode**2, rtol=1e-6)


def everywhere(window):
    return np.full((2, *window.shape), -12.0, np.float32)


def test_batches_are_full_and_progress_counts_every_tile():
    stage, done = Copy(), []
    collect(stage, DATA, batch_size=4, on_tiles=done.append)
    assert set(stage.batches) == {4}
    assert sum(done) == count_tiles(DATA, Tiles(SPEC)) and all(done)


def test_tiles_without_radar_are_not_computed():
    stage = Copy()
    result = collect(stage, Window(5000, 5000, 300, 300))
    assert not stage.batches
    assert np.isnan(result).all()


class Kept:
    """A memory that outlives a run, as `Checkpoint` does on disk."""

    def __init__(self, area):
        self.first_row, self.tiles = area.row, {}

    def load(self, tile):
        return self.tiles.get(tile)

    def keep(self, tile, values):
        self.tiles[tile] = values

    def rows_done(self, stop_row):
        self.first_row = stop_row
        # As a run does: what lies in finished rows only is forgotten.
        self.tiles = {t: v for t, v in self.tiles.items() if t.stop_row > stop_row}


class Broken(Exception):
    """The run was interrupted."""


@pytest.mark.parametrize("stage", [WholeTile, Decoded])
@pytest.mark.parametrize("after", [1, 2, 5, 9, 14, 23])
def test_a_run_broken_off_anywhere_ends_the_same(stage, after):
    area = Window(-1040, 480, 330, 290)
    options = {"scene": DATA.union(area)}
    expected = collect(stage(), area, **options)
    result, memory, calls = np.zeros((1, *area.shape), np.float32), Kept(area), itertools.count(1)

    def sink(window, values):
        call = next(calls)
        if call % after == 0 and call < 4 * after:
            raise Broken
        result[:, *window.slices(area)] = values

    for _ in range(4):
        with suppress(Broken):
            run_tiled(stage(), area, SPEC, {"s1": world}, sink, memory=memory, **options)
    assert memory.first_row == area.stop_row
    np.testing.assert_array_equal(result, expected)


def test_what_is_blended_hardly_grows_with_the_area():
    """A window, and as wide as the area only the lines that rows of windows share."""
    spec = WindowSpec(96, 32, 8, decode=192, seam=64)
    peaks = []
    for width in (2_000, 20_000):
        area = Window(0, 0, 400, width)
        lattice = tile_layout(spec, area, decodes=True)
        tracemalloc.start()
        blend = Blend(area, lattice, 12, 0)
        for row in lattice.rows(area):
            blend.begin(row, last=row[-1].stop_row >= area.stop_row)
            for window in row:
                for _ in blend.add(np.ones((12, *window.shape), np.float32)):
                    pass
            blend.end()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    shared = 12 * 4 * (spec.seam - 2 * spec.rim) * 18_000
    assert peaks[1] - peaks[0] < 1.3 * shared
