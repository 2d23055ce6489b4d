"""The engine with simple stages whose right answer is known."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from gac_core.grid import TOKEN, Window
from gac_core.models.bundle import WindowSpec
from gac_core.mosaic import count_tiles, drive, lattice_of
from gac_core.stages.base import noise_for
from gac_core.tiling import Tiles

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
    strips = []
    drive(stage, area, SPEC, {"s1": world}, lambda w, v: strips.append((w, v.copy())), **options)
    assert [w.col for w, _ in strips] == [area.col] * len(strips)
    assert strips[0][0].row == area.row
    assert all(a.stop_row == b.row for (a, _), (b, _) in itertools.pairwise(strips))
    assert strips[-1][0].stop_row == area.stop_row
    return np.concatenate([v for _, v in strips], axis=1)


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
    lattice = lattice_of(SPEC, DATA, decodes=True)
    assert count_tiles(DATA, lattice) < count_tiles(DATA, Tiles(SPEC)) / 2


def test_batches_are_full_and_progress_counts_every_tile():
    stage, done = Copy(), []
    collect(stage, DATA, batch_size=4, on_tiles=done.append)
    assert set(stage.batches) == {4}
    assert sum(done) == count_tiles(DATA, Tiles(SPEC))


def test_tiles_without_radar_are_not_computed():
    stage = Copy()
    result = collect(stage, Window(5000, 5000, 300, 300))
    assert not stage.batches
    assert np.isnan(result).all()
