"""Bootstrap intervals: right as often as they say, also where tiles resemble themselves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from training.evaluation.comparison import Interval, interval


def test_the_same_seed_gives_the_same_interval():
    values = np.random.default_rng(0).normal(1, 2, 50)
    first = interval(values)
    assert first == interval(list(values)) == interval(values, seed=0)
    assert first != interval(values, seed=1)
    assert first.n == 50 and first.mean == pytest.approx(values.mean())
    error = values.std(ddof=1) / math.sqrt(50)
    assert first.low == pytest.approx(first.mean - 1.96 * error, abs=0.25 * error)
    assert first.high == pytest.approx(first.mean + 1.96 * error, abs=0.25 * error)
    assert interval(values, level=0.5).low > first.low


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(1)
    held = []
    for seed in range(150):
        values = rng.exponential(1.0, 40)
        found = interval(values, draws=400, seed=seed)
        held.append(found.low <= 1.0 <= found.high)
    assert 0.88 <= np.mean(held) <= 0.99


def test_images_of_one_tile_are_one_observation():
    """Ten tiles of eight alike images: single draws promise far too much, tiles do not."""
    rng = np.random.default_rng(2)
    tiles = np.repeat(np.arange(10), 8)
    alone, grouped = [], []
    for seed in range(120):
        values = np.repeat(rng.normal(0, 1, 10), 8) + rng.normal(0, 0.1, 80)
        a = interval(values, draws=300, seed=seed)
        b = interval(values, groups=[f"T{t}" for t in tiles], draws=300, seed=seed)
        alone.append(a.low <= 0 <= a.high)
        grouped.append(b.low <= 0 <= b.high)
    assert np.mean(alone) < 0.7 and np.mean(grouped) > 0.84


def test_groups_of_other_sizes_keep_the_plain_mean():
    found = interval([1.0, 2.0, 3.0, 10.0], groups=["a", "a", "a", "b"])
    assert found.mean == 4.0 and found.n == 4
    assert 2.0 <= found.low < found.high <= 10.0


def test_undefined_values_are_left_out():
    values = [1.0, math.nan, 2.0, 4.0]
    assert interval(values, groups="abcd") == interval([1.0, 2.0, 4.0], groups="acd")


def test_too_little_to_tell():
    assert interval([]).n == 0 and math.isnan(interval([]).mean)
    one = interval([3.0, 5.0], groups=["a", "a"])
    assert one.mean == 4.0 and math.isnan(one.low) and math.isnan(one.high)
    assert interval([2.0, 2.0, 2.0]) == Interval(2.0, 2.0, 2.0, 3)
    zeros = interval(np.zeros(6), groups=list("aabbcc"))
    assert (zeros.low, zeros.high) == (0.0, 0.0)


def test_every_value_needs_a_group():
    with pytest.raises(ValueError, match="1 groups for 2 values"):
        interval([1.0, 2.0], groups=["a"])
