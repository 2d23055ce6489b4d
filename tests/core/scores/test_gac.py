"""The GAC score and its null: high for pairs that belong together and only for them."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gac_core.scores import REAL_HIGH, above_real, gac_score


def mean_score(images) -> float:
    return float(np.mean([gac_score(s1, dn) for s1, dn in images]))


def test_pairs_score_and_what_does_not_belong_together_does_not(pairs) -> None:
    rng = np.random.default_rng(0)
    real = mean_score(pairs)
    noise = mean_score((p.s1, rng.uniform(500, 3000, p.dn.shape)) for p in pairs)
    flipped = mean_score((p.s1, p.dn[:, ::-1]) for p in pairs)
    turned = mean_score((p.s1, p.dn[:, ::-1, ::-1]) for p in pairs)
    others = mean_score((p.s1, q.dn) for p, q in zip(pairs, pairs[1:] + pairs[:1], strict=True))
    shifted = mean_score((p.s1[:, :, 8:], p.dn[:, :, :-8]) for p in pairs)
    assert real > 0.35
    assert max(abs(noise), abs(flipped), abs(turned), abs(others)) < 0.06
    assert abs(shifted) < 0.15


def test_every_pair_beats_its_own_null(pairs) -> None:
    for pair in pairs:
        null = [gac_score(pair.s1, other.dn) for other in pairs if other is not pair]
        null += [gac_score(pair.s1, dn) for dn in (pair.dn[:, ::-1], pair.dn[:, :, ::-1])]
        assert gac_score(pair.s1, pair.dn) > np.mean(null) + 3 * np.std(null)


def test_contrast_reversal_does_not_matter(pair) -> None:
    score = gac_score(pair.s1, pair.dn)
    reversed_dn = 1e6 / np.maximum(pair.dn, 150)
    assert gac_score(pair.s1, reversed_dn) == pytest.approx(
        gac_score(pair.s1, np.maximum(pair.dn, 150)), abs=1e-6
    )
    assert gac_score(pair.s1, reversed_dn) == pytest.approx(score, abs=0.01)


@given(st.floats(-3, 3), st.floats(1, 4))
@settings(max_examples=10, deadline=None)
def test_calibration_and_brightness_do_not_matter(pair, offset: float, gain: float) -> None:
    score = gac_score(pair.s1, pair.dn)
    assert gac_score(pair.s1 + offset, pair.dn * gain) == pytest.approx(score, abs=1e-3)


def test_a_copy_of_the_radar_is_flagged(pair) -> None:
    copy = 1e4 * 10 ** (pair.s1[[0, 1, 0, 1]] / 20)
    score = gac_score(pair.s1, copy)
    assert score > 0.8 > REAL_HIGH
    assert above_real(score)
    assert not above_real(float("nan"))


def test_turning_the_pair_turns_nothing(pair) -> None:
    score = gac_score(pair.s1, pair.dn)
    for turn in (
        lambda a: np.rot90(a, axes=(1, 2)),
        lambda a: a[:, ::-1],
        lambda a: a.transpose(0, 2, 1),
    ):
        assert gac_score(turn(pair.s1), turn(pair.dn)) == pytest.approx(score, abs=1e-9)


def test_a_border_of_nodata_changes_nothing(pair) -> None:
    score = gac_score(pair.s1, pair.dn)
    pad = ((0, 0), (31, 50), (17, 4))
    s1 = np.pad(pair.s1, pad, constant_values=np.nan)
    dn = np.pad(pair.dn, pad, constant_values=np.nan)
    assert gac_score(s1, dn) == pytest.approx(score, abs=1e-9)
    # As in files: nodata is 0 there, and radar may reach further than the optical image.
    whole = np.pad(np.rint(pair.dn), pad).astype(np.uint16)
    assert gac_score(np.nan_to_num(s1, nan=-15.0), whole) == pytest.approx(
        gac_score(pair.s1, np.rint(pair.dn)), abs=1e-9
    )


def test_a_hole_of_nodata_makes_no_edge(pair) -> None:
    score = gac_score(pair.s1, pair.dn)
    s1 = pair.s1.copy()
    s1[:, 90:100, 100:112] = np.nan
    assert gac_score(s1, pair.dn) == pytest.approx(score, abs=0.03)
    dn = pair.dn.copy()
    dn[:, 90:100, 100:112] = np.nan
    assert gac_score(pair.s1, dn) == pytest.approx(gac_score(s1, pair.dn), abs=1e-9)


def test_undefined_where_there_is_nothing_to_compare(pair) -> None:
    flat = np.full_like(pair.dn, 1000)
    assert math.isnan(gac_score(pair.s1, flat))
    assert math.isnan(gac_score(np.full_like(pair.s1, -12), pair.dn))
    assert math.isnan(gac_score(np.full_like(pair.s1, np.nan), pair.dn))
    assert math.isnan(gac_score(pair.s1[:, :16, :16], pair.dn[:, :16, :16]))


def test_dark_noise_is_no_edge(pair) -> None:
    """Water comes out of atmospheric correction as anything from 1 to 100 DN."""
    dark = pair.dn.copy()
    dark[:, :, 110:] = 50
    noisy = dark.copy()
    noisy[:, :, 110:] = np.random.default_rng(0).uniform(1, 99, noisy[:, :, 110:].shape)
    assert gac_score(pair.s1, noisy) == pytest.approx(gac_score(pair.s1, dark), abs=1e-9)


def test_shapes_are_checked(pair) -> None:
    with pytest.raises(ValueError, match="shapes"):
        gac_score(pair.s1, pair.dn[:3])
    with pytest.raises(ValueError, match="shapes"):
        gac_score(pair.s1, pair.dn[:, 1:])


def test_a_million_pixels_take_seconds() -> None:
    rng = np.random.default_rng(0)
    s1 = rng.normal(-12, 3, (2, 1000, 1000)).astype(np.float32)
    started = time.process_time()
    gac_score(s1, rng.uniform(1, 3000, (4, 1000, 1000)).astype(np.float32))
    assert time.process_time() - started < 8
