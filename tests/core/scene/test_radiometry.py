"""Nodata and conversions."""

from __future__ import annotations

import numpy as np
import pytest

from gac_core.scene.radiometry import mask_nodata, to_db, to_power


def pixels(*pairs: tuple[float, float]) -> np.ndarray:
    """(2, 1, N) from pairs of VV and VH."""
    return np.array(pairs, np.float32).T[:, None, :]


def test_a_pixel_counts_where_both_bands_do() -> None:
    raw = pixels((-9, -16), (np.nan, -16), (-9, np.inf), (-9999, -16), (-9, -32768))
    missing = np.isnan(mask_nodata(raw, "db"))[:, 0]
    assert missing.tolist() == [[False, True, True, True, True]] * 2


def test_zero_in_db_is_a_target_unless_both_are_zero() -> None:
    assert np.isnan(mask_nodata(pixels((0, -5), (0, 0)), "db"))[0, 0].tolist() == [False, True]


@pytest.mark.parametrize("unit", ["power", "amplitude"])
def test_linear_values_are_above_zero(unit: str) -> None:
    raw = pixels((0.1, 0.02), (0, 0.02), (0.1, -0.001))
    assert np.isnan(mask_nodata(raw, unit))[0, 0].tolist() == [False, True, True]


def test_conversions() -> None:
    db = pixels((-10, -20), (np.nan, np.nan))
    np.testing.assert_allclose(to_power(db, "db"), pixels((0.1, 0.01), (np.nan, np.nan)), 1e-6)
    np.testing.assert_allclose(to_db(to_power(db, "db"), "power"), db, rtol=1e-6)
    np.testing.assert_allclose(to_db(pixels((0.1, 0.01)), "amplitude"), pixels((-20, -40)), 1e-6)
    np.testing.assert_allclose(to_power(pixels((0.1, 2)), "amplitude"), pixels((0.01, 4)), 1e-6)
    assert to_db(db, "db") is db
