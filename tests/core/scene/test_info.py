"""A scene's account of itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from affine import Affine

from gac_core.scene import open_scene

HYP3 = "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_"
FIELDS = [
    "paths", "vv_band", "vh_band", "unit", "unit_reason", "date", "date_source", "epsg", "crs",
    "width", "height", "pixel_size", "bounds", "modality", "warnings",
    "decisions",
]  # fmt: skip


def test_hyp3(write: Callable[..., str], db: np.ndarray) -> None:
    power = (10 ** (db / 10)).astype(np.float32)
    grid = {"transform": Affine(30, 0, 500_000, 0, -30, 5_400_000)}
    vv = write(power[:1], f"{HYP3}VV.tif", nodata=0, **grid)
    vh = write(power[1:], f"{HYP3}VH.tif", nodata=0, **grid)
    with open_scene((vv, vh)) as scene:
        info = scene.info()
        assert scene.month == 1
    assert list(info) == FIELDS
    assert json.loads(json.dumps(info)) == info
    assert info["unit"] == "power" and "HyP3" in info["unit_reason"]
    assert info["date"] == "2018-01-28T16:12:01" and info["date_source"] == "file name"
    assert info["modality"] == "S1RTC"
    assert info["pixel_size"] == [30, 30]
    assert info["bounds"] == [500_000, 5_396_400, 503_600, 5_400_000]
    assert len(info["warnings"]) == 1 and "30 m pixels" in info["warnings"][0]


def test_nothing_known(write: Callable[..., str], db: np.ndarray) -> None:
    with open_scene((write(db),)) as scene:
        info = scene.info()
        assert scene.month == 0
    assert info["date"] is None and info["date_source"] == ""
    assert info["modality"] == "S1GRD"
    assert info["unit"] == "db" and "median" in info["unit_reason"]


@pytest.mark.parametrize("spelling", ["Auto UTM", "WGS 84 / Auto UTM"])
def test_utm_without_a_code_is_utm(
    write: Callable[..., str], db: np.ndarray, spelling: str
) -> None:
    """SNAP writes UTM without an EPSG code."""
    wkt = (
        f'PROJCS["{spelling}",GEOGCS["WGS84(DD)",DATUM["WGS84",SPHEROID["WGS84",6378137.0,'
        '298.257223563]],PRIMEM["Greenwich",0.0],UNIT["degree",0.017453292519943295]],'
        'PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",15.0],'
        'PARAMETER["latitude_of_origin",0.0],PARAMETER["scale_factor",0.9996],'
        'PARAMETER["false_easting",500000.0],PARAMETER["false_northing",0.0],UNIT["m",1.0]]'
    )
    with open_scene((write(db, crs=wkt),)) as scene:
        assert scene.grid.epsg == 32633
        np.testing.assert_array_equal(scene.read(scene.window), db)
