"""Any area, any legal window: tiles weigh one everywhere, and driving them copies exactly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gac_core.bundles.bundle import WindowSpec
from gac_core.grid import TOKEN, Window
from gac_core.tiling.mosaic import run_tiled
from gac_core.tiling.tiles import Tiles, count_tiles, hull, tile_rows, tile_weight
from tests.core.fuzz.budget import fuzz


@st.composite
def specs(draw: st.DrawFn, largest: int = 8) -> WindowSpec:
    """Any window that a bundle may ask for."""
    size = 32 * draw(st.integers(1, largest))
    overlap = TOKEN * draw(st.integers(1, size // 2 // TOKEN))
    return WindowSpec(size, overlap, draw(st.integers(0, (overlap - 1) // 2)))


def areas(longest: int) -> st.SearchStrategy[Window]:
    """Areas anywhere on both hemispheres, down to a single pixel."""
    places = st.integers(-1_100_000, 1_100_000)
    sides = st.integers(1, longest)
    return st.builds(Window, places, places, sides, sides)


@fuzz(80)
@given(areas(300), specs())
def test_tiles_weigh_one_on_every_pixel(area: Window, spec: WindowSpec) -> None:
    total = np.zeros(area.shape)
    around, tiles = hull(Tiles(spec), area), 0
    weight = tile_weight(spec)
    for row in tile_rows(area, spec):
        for tile in row:
            shared = tile.intersection(area)
            assert not shared.is_empty and around.contains(tile)
            total[shared.slices(area)] += weight[shared.slices(tile)]
            tiles += 1
    np.testing.assert_allclose(total, 1.0, atol=1e-5)
    assert around.contains(area) and tiles == count_tiles(area, Tiles(spec))
    # No larger than its tiles: the stage before computes all of it.
    first, last = next(tile_rows(area, spec))[0], list(tile_rows(area, spec))[-1][-1]
    assert around == first.union(last)


class Copy:
    """A stage that returns its radar."""

    number, channels, inputs = 1, 2, ("s1",)

    def compute(self, windows: list[Window], inputs: dict[str, np.ndarray]) -> np.ndarray:
        assert np.isfinite(inputs["s1"]).all() and len(windows) == len(inputs["s1"])
        return inputs["s1"]


def world(window: Window, seed: int, holes: float) -> np.ndarray:
    """Whole numbers that depend on the place alone, with holes in blocks of 5 x 7."""
    rows, cols = np.mgrid[window.row : window.stop_row, window.col : window.stop_col]
    mixed = (rows * 7919 + cols * 104_729 + seed) % 251
    cell = (rows // 5 * 31 + cols // 7 * 17 + seed) * 2_654_435_761 % 1000
    values = np.stack([mixed, 250 - mixed]).astype(np.float32)
    return np.where(cell < 1000 * holes, np.float32(np.nan), values)


@fuzz(60)
@given(
    areas(90), specs(3), st.integers(1, 5), st.integers(0, 10**6), st.sampled_from([0, 0.3, 0.9, 1])
)
def test_driving_a_copy_copies(
    area: Window, spec: WindowSpec, batch: int, seed: int, holes: float
) -> None:
    found = np.zeros((2, *area.shape), np.float32)
    times = np.zeros(area.shape, int)
    done: list[int] = []

    def sink(window: Window, values: np.ndarray) -> None:
        found[:, *window.slices(area)] = values
        times[window.slices(area)] += 1

    run_tiled(
        Copy(),
        area,
        spec,
        {"s1": lambda window: world(window, seed, holes)},
        sink,
        batch_size=batch,
        on_tiles=done.append,
    )
    assert (times == 1).all()
    # Weights add up to one but for rounding; the numbers themselves are whole.
    np.testing.assert_array_equal(np.round(found), world(area, seed, holes))
    np.testing.assert_allclose(found, world(area, seed, holes), atol=1e-3)
    assert sum(done) == count_tiles(area, Tiles(spec))
