"""The demo scene: the committed file is what the script makes, and it says that it is simulated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio

from gac_core.band_statistics import S2_BANDS
from training.demo.make_scene import (
    STEP_DB,
    simulate_scene,
    simulate_truth,
    write_scene,
    write_truth,
)

SCENE = Path(__file__).parents[3] / "resources" / "demo_scene" / "demo_s1.tif"


def test_the_committed_scene_is_georeferenced_marked_and_small() -> None:
    with rasterio.open(SCENE) as file:
        assert (file.width, file.height, file.count) == (1024, 1024, 2)
        assert file.descriptions == ("VV", "VH")
        assert file.crs.to_epsg() == 32632
        assert file.res == (10, 10)
        assert file.tags()["SIMULATED"] == "YES"
        s1 = file.read()
    assert np.isfinite(s1).all()
    assert -15 < s1[0].mean() < -9
    assert SCENE.stat().st_size < 2.2e6


def test_writing_keeps_the_values(tmp_path: Path) -> None:
    s1 = simulate_scene(64)
    np.testing.assert_array_equal(s1 / STEP_DB, np.round(s1 / STEP_DB))
    write_scene(tmp_path / "new" / "scene.tif", s1)
    with rasterio.open(tmp_path / "new" / "scene.tif") as file:
        np.testing.assert_array_equal(file.read(), s1)
        assert file.tags()["ACQUISITION_DATE"].startswith("2021-06-14")


def test_the_truth_shows_the_place_that_the_radar_shows(tmp_path: Path) -> None:
    s1, s2 = simulate_scene(256), simulate_truth(256)
    write_truth(tmp_path / "truth.tif", s2)
    with rasterio.open(tmp_path / "truth.tif") as file:
        assert file.descriptions == S2_BANDS
        assert file.tags()["SIMULATED"] == "YES"
        np.testing.assert_allclose(file.read(), s2, atol=0.51)
    # Woods are darker in the short-wave infrared than fields; water is dark in the near one too.
    land = s2[S2_BANDS.index("B08")] > 1000
    infrared = s2[S2_BANDS.index("B11")]
    wood = land & (infrared < np.quantile(infrared[land], 0.2))
    assert s1[1][wood].mean() > s1[1][land & ~wood].mean() + 0.7
    assert s1[1][land].mean() > s1[1][~land].mean() + 3


@pytest.mark.slow
def test_the_committed_scene_is_what_the_script_makes() -> None:
    with rasterio.open(SCENE) as file:
        difference = np.abs(file.read() - simulate_scene())
    # Another processor may round a few pixels to the next step.
    assert np.quantile(difference, 0.999) <= STEP_DB
