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

Write = Callable[..., str]


def refused(paths: tuple[str, ...], words: str, **options: object) -> SceneError:
    """The error of opening these files, whose message has the words and names the file."""
    with pytest.raises(SceneError, match=words) as caught:
        open_scene(paths, **options)
    assert Path(paths[0]).name in caught.value.message
    assert caught.value.remedy
    return caught.value


def test_missing_file(tmp_path: Path) -> None:
    refused((str(tmp_path / "nowhere.tif"),), "does not exist")


def test_no_raster(tmp_path: Path) -> None:
    path = tmp_path / "text.tif"
    path.write_text("not a raster")
    refused((str(path),), "cannot be read")


def test_truncated_file(write: Write, db: np.ndarray) -> None:
    path = Path(write(db))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    refused((str(path),), "can")


def test_file_that_goes_bad_while_it_is_read(write: Write) -> None:
    values = np.random.default_rng(0).normal(-12, 3, (2, 3000, 3000)).astype(np.float32)
    values[1] -= 7
    path = Path(write(values, tiled=True))
    with open_scene((str(path),)) as scene:
        with path.open("r+b") as file:
            file.truncate(200_000)
        with pytest.raises(SceneError, match="no longer be read"):
            scene.read(scene.window)


@pytest.mark.parametrize(
    ("dtype", "words"),
    [
        ("uint16", "integers"),
        ("int32", "integers"),
        ("uint8", "8-bit picture"),
        ("complex64", "complex"),
    ],
)
def test_types(write: Write, dtype: str, words: str) -> None:
    values = np.random.default_rng(0).integers(1, 200, (2, 64, 64)).astype(dtype)
    error = refused((write(values),), words)
    if "int" in words:
        assert "Calibrate" in error.remedy


def test_packed_decibels_are_measurements(write: Write, db: np.ndarray) -> None:
    path = write(np.rint(db * 100).astype(np.int16))
    with rasterio.open(path, "r+") as file:
        file.scales = (0.01, 0.01)
    with open_scene((path,)) as scene:
        assert scene.unit == "db"
        np.testing.assert_allclose(scene.read(scene.window), db, atol=0.006)


def test_digital_numbers_as_floats(write: Write) -> None:
    values = np.random.default_rng(0).uniform(50, 400, (2, 64, 64)).astype(np.float32)
    refused((write(values),), "digital numbers")


def test_no_crs(write: Write, db: np.ndarray) -> None:
    refused((write(db, crs=None),), "does not say where it lies")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_no_position(write: Write, db: np.ndarray) -> None:
    refused((write(db, transform=Affine.identity()),), "does not say where it lies")


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_ground_control_points_only(write: Write, db: np.ndarray) -> None:
    path = write(db, crs=None, transform=Affine.identity())
    corners = ((0, 0), (0, 120), (120, 0), (120, 120))
    with rasterio.open(path, "r+") as file:
        points = [GroundControlPoint(r, c, 15 + c / 1e4, 48 - r / 1e4, 0) for r, c in corners]
        file.gcps = (points, rasterio.CRS.from_epsg(4326))
    error = refused((path,), "radar geometry")
    assert "Terrain" in error.remedy


def test_all_nodata(write: Write) -> None:
    refused((write(np.full((2, 64, 64), np.nan, np.float32)),), "every pixel is nodata")


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        ({"crs": "EPSG:32634"}, "different coordinate systems"),
        ({"transform": Affine(10, 0, 500_005, 0, -10, 5_400_000)}, "different positions"),
        ({"transform": Affine(10.1, 0, 500_000, 0, -10, 5_400_000)}, "different positions"),
        ({"rows": 100}, "different sizes"),
    ],
)
def test_two_files_on_two_grids(write: Write, db: np.ndarray, profile: dict, words: str) -> None:
    rows = profile.pop("rows", 120)
    vv, vh = write(db[:1], "a_VV.tif"), write(db[1:, :rows], "a_VH.tif", **profile)
    refused((vv, vh), words)


def test_unplaceable(write: Write, db: np.ndarray) -> None:
    polar = Affine(1e-4, 0, 15, 0, -1e-4, 88.0)
    refused((write(db, crs="EPSG:4326", transform=polar),), "UTM")


def test_odd_requests(write: Write, db: np.ndarray) -> None:
    path = write(db)
    with pytest.raises(RequestError, match="unit"):
        open_scene((path,), unit="nepers")
    with pytest.raises(RequestError, match="one or two files"):
        open_scene(())


def test_files_are_closed_after_a_refusal(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    path = Path(write(db[:1]))
    refused((str(path),), "single band")
    path.rename(tmp_path / "moved.tif")
    assert not path.exists()
