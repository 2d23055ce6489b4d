"""The seam index finds steps that were put there, and none where there are none."""

import numpy as np
import pytest

from tests.bench.seams import Edges, seam_index


def edges(rows=(), cols=(), **phases):
    return Edges(frozenset(rows), frozenset(cols), **phases)


def test_a_known_step_gives_a_known_index():
    # Steps of 1 everywhere across, but 3 at columns 32 and 64; none down.
    steps = np.ones(95)
    steps[[31, 63]] = 3
    row = np.concatenate([[0], steps.cumsum()])
    image = np.tile(row, (2, 1, 96, 1))[:, 0]
    found = seam_index(image, edges(cols=(32, 64)))
    assert found.index == pytest.approx(_expected(steps, 3, 2, 96))
    assert found.edges == 2 * 96
    # Columns 32 and 64 lie where 96 would: no other line is where they are.
    assert found.in_phase is None


def _expected(steps, height, count, side):
    # Horizontal lines are elsewhere too, and have no step at all.
    on = count * height * side
    off = (steps.sum() - count * height) * side
    return (on / (count * side)) / (off / ((len(steps) - count) * side + (side - 1) * side)) - 1


def test_noise_has_no_seams_and_bands_count_alike():
    rng = np.random.default_rng(0)
    image = rng.normal(0, 1, (4, 256, 256)) * np.array([1, 1, 1, 1e4])[:, None, None]
    assert abs(seam_index(image, edges((64, 128), (64, 192))).index) < 0.02
    image[0, :, 64:] += 100
    assert seam_index(image, edges((), (64,))).index == pytest.approx(100 / 1.128 / 4, rel=0.03)


def test_steps_of_the_decoders_patches_are_no_seams():
    # Each patch of 16 pixels, counted on the world grid, has a level of its own.
    rng = np.random.default_rng(1)
    at = (np.arange(256) + 5) // 16
    image = rng.normal(0, 1, (1, 17, 17))[:, at][:, :, at] + rng.normal(0, 0.1, (1, 256, 256))
    lines = [x for x in range(1, 256) if (x + 5) % 64 == 0]
    found = seam_index(image, edges(lines, lines, phase_row=5, phase_col=5))
    assert found.index > 2
    assert abs(found.in_phase) < 3 * found.error < 0.6
    for line in lines:
        image[..., line:] += 5
    seen = seam_index(image, edges((), lines, phase_col=5))
    assert seen.in_phase > 3 * seen.error


@pytest.mark.parametrize("image", [np.zeros((1, 32, 32)), np.ones((3, 40, 40))])
def test_a_flat_image_has_no_index(image):
    assert seam_index(image, edges((16,), (16,))).index is None


def test_an_image_without_edges_has_no_index():
    image = np.random.default_rng(2).normal(size=(1, 32, 32))
    assert seam_index(image, edges()).index is None
    assert seam_index(image, edges(range(1, 32), range(1, 32))).index is None
    assert seam_index(image, edges((16,), (16,))).in_phase is None
