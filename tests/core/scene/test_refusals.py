"""Files that cannot be used: each is refused with what is wrong, with which file, what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint

from gac_core.contract.errors import RequestError, SceneError
from gac_core.scene import open_scene
from tests.problems import raises

Write = Callable[..., str]


def refused(paths: tuple[str, ...], problem: str, *more: str) -> SceneError:
    """The error of opening these files: this problem, and the message names the file."""
    with raises(SceneError, problem, Path(paths[0]).name, *more) as caught:
        open_scene(paths)
    assert caught.value.remedy
    return caught.value


def test_missing_file(tmp_path: Path) -> None:
    refused((str(tmp_path / "nowhere.tif"),), "file-missing")


def test_no_raster(tmp_path: Path) -> None:
    path = tmp_path / "text.tif"
    path.write_text("not a raster")
    refused((str(path),), "file-unreadable")


def test_truncated_file(write: Write, db: np.ndarray) -> None:
    path = Path(write(db))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    refused((str(path),), "file-damaged")


def test_file_that_goes_bad_while_it_is_read(write: Write) -> None:
    values = np.random.default_rng(0).normal(-12, 3, (2, 3000, 3000)).astype(np.float32)
    values[1] -= 7
    path = Path(write(values, tiled=True))
    with open_scene((str(path),)) as scene:
        with path.open("r+b") as file:
            file.truncate(200_000)
        with raises(SceneError, "file-part-unreadable"):
            scene.read(scene.window)


@pytest.mark.parametrize(
    ("dtype", "problem"),
    [
        ("uint16", "integers-not-calibrated"),
        ("int32", "integers-not-calibrated"),
        ("uint8", "picture-not-backscatter"),
        ("complex64", "complex-values"),
    ],
)
def test_types(write: Write, dtype: str, problem: str) -> None:
    values = np.random.default_rng(0).integers(1, 200, (2, 64, 64)).astype(dtype)
    refused((write(values),), problem)


def test_packed_decibels_are_measurements(write: Write, db: np.ndarray) -> None:
    path = write(np.rint(db * 100).astype(np.int16))
    with rasterio.open(path, "r+") as file:
        file.scales = (0.01, 0.01)
    with open_scene((path,)) as scene:
        assert scene.unit == "db"
        np.testing.assert_allclose(scene.read(scene.window), db, atol=0.006)


def test_digital_numbers_as_floats(write: Write) -> None:
    values = np.random.default_rng(0).uniform(50, 400, (2, 64, 64)).astype(np.float32)
    refused((write(values),), "values-not-calibrated")


def test_no_crs(write: Write, db: np.ndarray) -> None:
    refused((write(db, crs=None),), "position-missing")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_no_position(write: Write, db: np.ndarray) -> None:
    refused((write(db, transform=Affine.identity()),), "position-missing")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_ground_control_points_only(write: Write, db: np.ndarray) -> None:
    path = write(db, crs=None, transform=Affine.identity())
    corners = ((0, 0), (0, 120), (120, 0), (120, 120))
    with rasterio.open(path, "r+") as file:
        points = [GroundControlPoint(r, c, 15 + c / 1e4, 48 - r / 1e4, 0) for r, c in corners]
        file.gcps = (points, rasterio.CRS.from_epsg(4326))
    refused((path,), "radar-geometry")


def test_all_nodata(write: Write) -> None:
    refused((write(np.full((2, 64, 64), np.nan, np.float32)),), "radar-without-measurement")


@pytest.mark.parametrize(
    ("profile", "problem"),
    [
        ({"crs": "EPSG:32634"}, "vv-vh-crs-differ"),
        ({"transform": Affine(10, 0, 500_005, 0, -10, 5_400_000)}, "vv-vh-positions-differ"),
        ({"transform": Affine(10.1, 0, 500_000, 0, -10, 5_400_000)}, "vv-vh-positions-differ"),
        ({"rows": 100}, "vv-vh-sizes-differ"),
    ],
)
def test_two_files_on_two_grids(write: Write, db: np.ndarray, profile: dict, problem: str) -> None:
    rows = profile.pop("rows", 120)
    vv, vh = write(db[:1], "a_VV.tif"), write(db[1:, :rows], "a_VH.tif", **profile)
    refused((vv, vh), problem)


def test_unplaceable(write: Write, db: np.ndarray) -> None:
    polar = Affine(1e-4, 0, 15, 0, -1e-4, 88.0)
    refused((write(db, crs="EPSG:4326", transform=polar),), "beyond-utm")


def test_odd_requests(write: Write, db: np.ndarray) -> None:
    path = write(db)
    with raises(RequestError, "unit-unknown"):
        open_scene((path,), unit="nepers")
    with raises(RequestError, "radar-file-count"):
        open_scene(())


def test_files_are_closed_after_a_refusal(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    path = Path(write(db[:1]))
    refused((str(path),), "polarisation-missing", "single band")
    path.rename(tmp_path / "moved.tif")
    assert not path.exists()
