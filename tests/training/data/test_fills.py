"""Pair folders: which values stand for nothing, declared or not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.conftest import backscatter
from tests.training.data.made import ROW, landscape, only, write_pair, write_table


def test_nodata_is_unknown(tmp_path):
    s1, s2 = backscatter(64, 64), landscape()
    s1[:, :8] = np.nan
    s1[:, 8:16] = -np.inf
    s2[:, :, :8] = 0
    s2[3, 40, 40] = 0
    write_pair(tmp_path / "pairs" / "one", s1=s1, s2=s2)
    pair = only(write_table(tmp_path, [ROW]))
    assert np.isnan(pair.s1[:, :16]).all() and np.isfinite(pair.s1[:, 16:]).all()
    assert np.isnan(pair.s2[:, :, :8]).all()
    assert pair.s2[3, 40, 40] == 0, "0 in one band is dark, not unknown"
    assert not pair.valid[:16].any() and not pair.valid[:, :8].any() and pair.valid[16:, 8:].all()


@pytest.mark.parametrize(
    ("fill", "channels"),
    [(-9999, [0, 1]), (-32768, [1]), (-999, [0]), (-99, [0, 1]), (-3.4e38, [0, 1]), (250, [1])],
)
def test_fills_of_the_radar_that_no_file_declares_are_unknown(tmp_path, fill, channels):
    s1 = backscatter(64, 64)
    s1[channels, :20, :20] = fill
    write_pair(tmp_path / "one", s1=s1)
    pair = only(tmp_path)
    assert np.isnan(pair.s1[:, :20, :20]).all() and not pair.valid[:20, :20].any()
    assert np.array_equal(pair.s1[:, 20:], s1[:, 20:]) and pair.valid[20:].all()


@pytest.mark.parametrize("fill", [-99, -9999])
def test_mostly_filled_radar_is_no_other_unit(tmp_path, fill):
    s1 = backscatter(64, 64)
    s1[:, :50] = fill
    write_pair(tmp_path / "one", s1=s1)
    assert only(tmp_path).valid.mean() == pytest.approx(14 / 64)


@pytest.mark.parametrize(
    ("fill", "kind"),
    [(65535, "uint16"), (-9999, "int16"), (-32768, "int16"), (-1000, "int16"), (-3e38, "float32")],
)
def test_fills_of_optical_images_that_no_file_declares_are_unknown(tmp_path, fill, kind):
    s2 = landscape().astype(kind)
    s2[:, :20, :20] = fill
    write_pair(tmp_path / "one", s2=s2)
    pair = only(tmp_path)
    assert np.isnan(pair.s2[:, :20, :20]).all() and not pair.valid[:20, :20].any()
    assert np.array_equal(pair.s2[:, 20:], s2[:, 20:]) and pair.valid[20:].all()


def test_dark_and_bright_ground_is_no_fill(tmp_path):
    s1, s2 = backscatter(64, 64), landscape().astype(np.int16)
    s1[:, 3, 3], s1[:, 3, 4] = (-45, -60), (28, 12)
    s2[:, 5, 5], s2[2, 5, 6], s2[:, 5, 7] = range(-400, 800, 100), -999, 28000
    write_pair(tmp_path / "one", s1=s1, s2=s2)
    assert only(tmp_path).valid.all()
