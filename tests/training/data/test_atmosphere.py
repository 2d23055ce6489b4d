"""Level 1C pairs: dark objects subtracted, and marked."""

from __future__ import annotations

import numpy as np

from gac_core.band_statistics import S2_BANDS
from tests.problems import raises
from tests.training.data.made import ROW, landscape, only, write_pair, write_table
from training.data import DataError
from training.data.folders import subtract_haze

BLUE, RED, NIR = (S2_BANDS.index(band) for band in ("B02", "B04", "B08"))


def hazy(surface: np.ndarray, blue: float) -> np.ndarray:
    """Path radiance by Rayleigh's law on top of the surface's DN."""
    waves = np.array([443, 490, 560, 665, 705, 740, 783, 842, 865, 945, 1610, 2190.0])
    return (surface + (blue * (490 / waves) ** 4)[:, None, None]).astype(np.float32)


def forest_and_fields() -> np.ndarray:
    surface = np.full((12, 40, 40), 900, np.float32)
    surface[:, :10] = 150
    return surface


def test_haze_over_dark_ground_is_taken_away():
    surface = forest_and_fields()
    corrected = subtract_haze(hazy(surface, 600))
    assert np.abs(corrected - surface).max() < 2


def test_a_clear_image_and_unknown_pixels_stay():
    surface = forest_and_fields()
    surface[BLUE, 0, 0] = np.nan
    assert np.array_equal(subtract_haze(surface), surface, equal_nan=True)
    unknown = np.full((12, 4, 4), np.nan, np.float32)
    assert np.isnan(subtract_haze(unknown)).all()


def test_bright_ground_without_dark_objects_keeps_its_brightness():
    desert = np.full((12, 30, 30), 3500, np.float32)
    corrected = subtract_haze(desert)
    assert corrected[BLUE].min() == 3500 - 750 and corrected[NIR].min() > 3400


def test_a_row_of_level_1c_is_corrected_and_says_so(tmp_path):
    write_pair(tmp_path / "pairs" / "one", s2=landscape() + np.float32(700))
    plain = only(write_table(tmp_path, [ROW]))
    pair = only(write_table(tmp_path, [{**ROW, "level": "L1C"}]))
    assert (plain.level, pair.level) == ("L2A", "L1C")
    assert np.array_equal(pair.s2, subtract_haze(plain.s2))
    assert pair.s2[BLUE].mean() < plain.s2[BLUE].mean() - 300
    assert pair.s2[RED].mean() > plain.s2[RED].mean() - 300


def test_an_unknown_level_is_refused(tmp_path):
    write_pair(tmp_path / "pairs" / "one")
    with raises(DataError, "level-unknown", "'L3'"):
        only(write_table(tmp_path, [{**ROW, "level": "L3"}]))
