"""Noise must belong to places, not to tiles."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gac_core.grid import Window
from gac_core.stages.tensors import world_noise, world_uniform


@given(
    row=st.integers(-600_000, 600_000),
    col=st.integers(0, 100_000),
    down=st.integers(0, 40),
    right=st.integers(0, 40),
)
def test_overlapping_windows_see_the_same(row, col, down, right):
    big = world_noise(Window(row, col, 64, 64), 3, seed=5, stream=1)
    small = world_noise(Window(row + down, col + right, 20, 24), 3, seed=5, stream=1)
    assert np.array_equal(small, big[:, down : down + 20, right : right + 24])


def test_seed_stream_and_place_all_matter():
    base = world_noise(Window(0, 0, 32, 32), 2, seed=0, stream=1)
    assert not np.array_equal(base, world_noise(Window(0, 0, 32, 32), 2, seed=1, stream=1))
    assert not np.array_equal(base, world_noise(Window(0, 0, 32, 32), 2, seed=0, stream=3))
    assert not np.array_equal(base, world_noise(Window(-32, 0, 32, 32), 2, seed=0, stream=1))


def test_it_is_standard_normal():
    noise = world_noise(Window(-544_000, 30_000, 256, 256), 4, seed=0, stream=1)
    assert abs(noise.mean()) < 0.01 and abs(noise.std() - 1) < 0.01
    assert noise.dtype == np.float32


def test_uniform_is_per_token_and_anchored():
    big = world_uniform(Window(-160, 320, 64, 96), seed=0, stream=101)
    small = world_uniform(Window(-144, 336, 32, 32), seed=0, stream=101)
    assert big.shape == (4, 6)
    assert np.array_equal(small, big[1:3, 1:3])
    assert big.min() >= 0 and big.max() < 1
