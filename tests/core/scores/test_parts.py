"""The pieces of the scores against what their formulas say."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter

from gac_core.scores.gac import CHANNELS, agreement, cfog, log_gradient, orientation, roewa

WHOLE = (slice(None), slice(None))


def test_roewa_is_the_log_ratio_of_weighted_means() -> None:
    rng = np.random.default_rng(0)
    power, valid = rng.gamma(3, 1, (1, 15, 17)), rng.random((15, 17)) > 0.2
    got = roewa(power, valid, alpha=2.0)
    rows, cols = np.mgrid[:15, :17]
    for row, col in ((7, 8), (2, 3), (12, 15)):
        weight = np.exp(-(abs(rows - row) + abs(cols - col)) / 2.0) * valid

        def mean(side: np.ndarray, weight: np.ndarray = weight) -> float:
            return float((weight * power[0])[side].sum() / weight[side].sum())

        gx = np.log(mean(cols > col) / mean(cols < col))
        gy = np.log(mean(rows > row) / mean(rows < row))
        np.testing.assert_allclose(got[0, :, row, col], (gx, gy), atol=1e-12)


def test_roewa_ignores_gain_and_sees_a_step() -> None:
    power = np.ones((1, 40, 40))
    power[:, :, 20:] = 4.0
    valid = np.ones((40, 40), bool)
    got = roewa(power, valid)
    np.testing.assert_allclose(roewa(7 * power, valid), got, atol=1e-12)
    np.testing.assert_allclose(got[0, 1], 0, atol=1e-12)
    assert got[0, 0, 20, 19:21].min() > 1.0
    assert abs(got[0, 0, 20, 35]) < 0.01


def test_log_gradient_is_the_plain_one_where_all_is_valid() -> None:
    dn = np.random.default_rng(0).uniform(500, 3000, (4, 50, 60))
    got = log_gradient(dn, np.ones((50, 60), bool))
    for axis, order in enumerate(((0, 1), (1, 0))):
        plain = [gaussian_filter(np.log(band), 1.5, order=order) for band in dn]
        inner = (..., slice(8, -8), slice(8, -8))
        np.testing.assert_allclose(got[:, axis][inner], np.stack(plain)[inner], atol=1e-9)


def test_log_gradient_of_a_ramp_is_right_up_to_the_hole() -> None:
    rows, cols = np.mgrid[:40, :40]
    dn = np.exp(0.02 * cols + 0.01 * rows)[None] * 500
    valid = np.ones((40, 40), bool)
    valid[15:25, 15:25] = False
    flat = np.full((1, 40, 40), 700.0)
    np.testing.assert_allclose(log_gradient(flat, valid), 0, atol=1e-9)
    got = log_gradient(dn, valid)[0][:, 8:-8, 8:-8]
    assert got[0][valid[8:-8, 8:-8]].min() > 0


def test_orientation_doubles_the_angle() -> None:
    gradients = np.zeros((1, 2, 20, 20))
    for angle in np.linspace(0, np.pi, 7):
        gradients[0, 0], gradients[0, 1] = np.cos(angle), np.sin(angle)
        got = orientation(gradients)[:, 10, 10]
        np.testing.assert_allclose(got, (np.cos(2 * angle), np.sin(2 * angle)), atol=1e-3)
        np.testing.assert_allclose(orientation(-gradients)[:, 10, 10], got)


def test_cfog_has_length_one_and_turns_with_the_image() -> None:
    gradients = np.random.default_rng(0).normal(size=(2, 2, 30, 30))
    described = cfog(gradients)
    assert described.shape == (CHANNELS, 30, 30)
    np.testing.assert_allclose((described**2).sum(axis=0), 1, atol=1e-9)
    np.testing.assert_allclose(cfog(-gradients), described)
    assert (cfog(np.zeros((1, 2, 9, 9))) == 0).all()


def test_cfog_tells_pairs_from_others(pairs) -> None:
    def score(s1: np.ndarray, dn: np.ndarray) -> float:
        return agreement(s1.astype(float), dn.astype(float), WHOLE).cfog()

    real = [score(p.s1, p.dn) for p in pairs]
    others = [score(p.s1, q.dn) for p, q in zip(pairs, pairs[1:] + pairs[:1], strict=True)]
    assert min(real) > 0.2
    assert abs(np.mean(others)) < 0.05
