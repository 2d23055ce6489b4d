"""VV and VH have to be of one scene and in one unit; the files must stay what they were."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from gac_core.contract.errors import InputChanged, RequestError, SceneError
from gac_core.scene import extent_window, open_scene, require_measurement
from tests.problems import notes_with, raises


def write(path: Path, base: float, *, side: int = 64, tags=None, linear=False) -> str:
    rng = np.random.default_rng(1)
    values = base + 10 * np.log10(rng.gamma(4, 1 / 4, (1, side, side)))
    values = (10 ** (values / 10) if linear else values).astype(np.float32)
    profile = {"driver": "GTiff", "dtype": "float32", "count": 1, "height": side, "width": side}
    where = {"crs": "EPSG:32633", "transform": Affine(10, 0, 500_000, 0, -10, 5_400_000)}
    with rasterio.open(path, "w", **profile, **where) as file:
        file.write(values)
        file.update_tags(**(tags or {}))
    return str(path)


def pair(folder: Path, vv: str, vh: str, **vh_file) -> tuple[str, str]:
    return write(folder / vv, -10), write(folder / vh, -17, **vh_file)


def test_two_dates_are_refused(tmp_path):
    files = pair(tmp_path, "a_20180128T161201_VV.tif", "a_20180209T161201_VH.tif")
    with raises(SceneError, "vv-vh-dates-differ", "2018-01-28 16:12", "2018-02-09"):
        open_scene(files)
    with open_scene(files, vv_band=1, vh_band=1) as scene:
        assert notes_with(scene.warnings, "2018-01-28 16:12", "2018-02-09")


@pytest.mark.parametrize(
    ("vv", "vh"),
    [
        ("20180128T161201", "20180128T161226"),
        ("20180128T235950", "20180129T000015"),
        ("20180128", "20180128T161201"),
    ],
)
def test_one_scene_may_bear_several_times(tmp_path, vv, vh):
    with open_scene(pair(tmp_path, f"a_{vv}_VV.tif", f"a_{vh}_VH.tif")) as scene:
        assert not any("dates" in warning for warning in scene.warnings)


def test_when_files_were_made_says_nothing_of_the_scene(tmp_path):
    made = {"TIFFTAG_DATETIME": "2024:05:02 00:10:00"}
    vv = write(tmp_path / "VV.tif", -10, tags={"TIFFTAG_DATETIME": "2024:05:01 23:50:00"})
    with open_scene((vv, write(tmp_path / "VH.tif", -17, tags=made))):
        pass


@pytest.mark.parametrize("unit", ["auto", "db"])
def test_two_units_are_refused(tmp_path, unit):
    files = pair(tmp_path, "a_VV.tif", "a_VH.tif", linear=True)
    with raises(SceneError, "vv-vh-units-differ"):
        open_scene(files, unit=unit)


def test_names_tell_of_two_units(tmp_path):
    files = [write(tmp_path / f"a_{n}.tif", -10, linear=True) for n in ("VV_amplitude", "VH_power")]
    with raises(
        SceneError, "vv-vh-units-differ", "VV", "file name", "'amplitude'", "VH", "'power'"
    ):
        open_scene(tuple(files))


def virtual(folder: Path, *files: str) -> str:
    """A virtual raster with a band of each file."""
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}"><SimpleSource><SourceFilename>{file}'
        "</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
        for n, file in enumerate(files, 1)
    )
    path = folder / "stack.vrt"
    path.write_text(
        '<VRTDataset rasterXSize="64" rasterYSize="64"><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>500000, 10, 0, 5400000, 0, -10</GeoTransform>{bands}</VRTDataset>"
    )
    return str(path)


def test_two_dates_in_a_virtual_raster_are_refused(tmp_path):
    files = pair(tmp_path, "a_20180128T161201_VV.tif", "a_20180209T161201_VH.tif")
    with raises(SceneError, "vv-vh-dates-differ"):
        open_scene((virtual(tmp_path, *files),))


@pytest.mark.parametrize("how", ["touch", "grow", "replace", "remove"])
@pytest.mark.parametrize("kind", ["pair", "virtual"])
def test_a_file_that_changes_is_noticed(tmp_path, how, kind):
    files = pair(tmp_path, "a_VV.tif", "a_VH.tif")
    sar = files if kind == "pair" else (virtual(tmp_path, *files),)
    vh = Path(files[1])
    with open_scene(sar) as scene:
        scene.inputs.require_unchanged()
        assert set(files) <= set(scene.inputs.local)
        if how == "touch":
            os.utime(vh, ns=(0, 0))
        elif how == "grow":
            with vh.open("ab") as file:
                file.write(b"more")
        elif how == "replace":
            kept, times = vh.read_bytes(), vh.stat()
            vh.rename(tmp_path / "old.tif")
            vh.write_bytes(kept)
            os.utime(vh, ns=(times.st_atime_ns, times.st_mtime_ns))
        else:
            vh.unlink()
        with raises(InputChanged, "file-changed-while-read", "a_VH.tif"):
            scene.inputs.require_unchanged()


def test_statistics_that_a_viewer_writes_change_nothing(tmp_path):
    files = pair(tmp_path, "a_VV.tif", "a_VH.tif")
    beside = Path(f"{files[0]}.aux.xml")
    beside.write_text("<PAMDataset/>")
    with open_scene(files) as scene:
        beside.write_text("<PAMDataset></PAMDataset>")
        scene.inputs.require_unchanged()


def test_one_pixel_is_enough_but_none_is_not(tmp_path):
    side = 1300
    files = [
        write(tmp_path / "a_VV.tif", -10, side=side),
        write(tmp_path / "a_VH.tif", -17, side=side),
    ]
    for path in files:
        with rasterio.open(path, "r+") as file:
            values = file.read()
            keep = values[:, 1290, 7].copy()
            values[:, :, :1000] = np.nan
            values[:, 1290, 7] = keep
            file.write(values)
    with open_scene(tuple(files)) as scene:
        left = extent_window(scene, (500_000, 5_387_000, 510_000, 5_400_000))
        require_measurement(scene, left)
        above = extent_window(scene, (500_000, 5_387_200, 510_000, 5_400_000))
        with raises(RequestError, "area-without-measurement", "1000", "1280"):
            require_measurement(scene, above)
