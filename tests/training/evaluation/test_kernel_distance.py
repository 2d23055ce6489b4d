"""The kernel inception distance: by its definition, of small and of large sets."""

from __future__ import annotations

import math
from itertools import permutations, product

import pytest
import torch

from training.evaluation.kid import SUBSET, kernel_distance


def features(count, seed, shift=0.0, dim=6):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, dim, generator=generator, dtype=torch.float64) + shift


def test_the_definition():
    """Sums over different features of a set, and over all pairs of both sets."""
    real, made = features(5, 0), features(5, 1, 0.5)

    def kernel(a, b):
        return float((a @ b / 6 + 1) ** 3)

    within = sum(kernel(x[i], x[j]) for x in (real, made) for i, j in permutations(range(5), 2))
    across = sum(kernel(real[i], made[j]) for i, j in product(range(5), repeat=2))
    expected = within / 20 - 2 * across / 25
    assert kernel_distance(real, made) == pytest.approx(expected, rel=1e-9)


def test_it_is_about_zero_for_sets_alike_and_grows():
    same = [kernel_distance(features(400, i), features(400, 50 + i)) for i in range(8)]
    assert abs(sum(same) / 8) < 0.02, "unbiased"
    assert min(same) < 0 < max(same)
    costs = [kernel_distance(features(400, 0), features(400, 1, shift)) for shift in (0.5, 1.0)]
    assert max(same) < costs[0] < costs[1]


def test_large_sets_are_compared_in_subsets_that_the_seed_draws():
    real, made = features(3 * SUBSET, 0), features(3 * SUBSET, 1, 0.5)
    first = kernel_distance(real, made)
    assert first == kernel_distance(real, made) != kernel_distance(real, made, seed=1)
    assert first == pytest.approx(kernel_distance(real[:SUBSET], made[:SUBSET]), rel=0.3)


def test_too_few_have_none_and_others_are_refused():
    assert math.isnan(kernel_distance(features(1, 0), features(1, 1)))
    with pytest.raises(ValueError, match="features"):
        kernel_distance(features(3, 0), features(4, 0))
