"""A small scene and a small bundle of the real classes, for whole runs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch
from affine import Affine
from scipy.ndimage import gaussian_filter

from gac_core.band_statistics import S2_BANDS
from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.io import read_sealed, sealed
from gac_core.networks.loading import ModelCache
from tests.core.tiny import write_tiny_bundle


@pytest.fixture(scope="session")
def scene_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-band GeoTIFF (VV, VH; dB; UTM; 10 m), 200 × 180 px, with a corner of nodata."""
    return write_scene(tmp_path_factory.mktemp("scene"), 32633, 5_400_007.0)


@pytest.fixture(scope="session")
def southern_scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same radar on the same day, 31 degrees south of the equator."""
    return write_scene(tmp_path_factory.mktemp("south"), 32733, 6_570_007.0)


def write_scene(folder: Path, epsg: int, top: float) -> Path:
    """Write the scene into a UTM zone, its upper edge at a northing. Returns its path."""
    rng = np.random.default_rng(0)
    rows, cols = np.mgrid[0:200, 0:180]
    fields = ((rows // 40 + cols // 55) % 3)[None] * 3.0
    speckle = 10 * np.log10(rng.gamma(4.4, 1 / 4.4, (2, 200, 180)))
    values = np.array([-14.0, -21.0])[:, None, None] + fields + speckle
    values[:, :50, :40] = np.nan
    path = folder / "S1A_IW_GRDH_1SDV_20210715T052500_clip.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        dtype="float32",
        count=2,
        height=200,
        width=180,
        crs=f"EPSG:{epsg}",
        transform=Affine(10.0, 0.0, 500_003.0, 0.0, -10.0, top),
        nodata=np.nan,
    ) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    return path


def write_reference(
    folder: Path, radar: Path, cloudy: np.ndarray, bands: tuple[str, ...] = S2_BANDS
) -> dict[str, object]:
    """Write a Sentinel-2 image and its mask on the radar's grid; return the request's options.

    It is of the day before the radar's.
    """
    rng = np.random.default_rng(5)
    with rasterio.open(radar) as file:
        profile, shape = file.profile, file.shape
    profile |= {"count": len(bands), "dtype": "uint16", "nodata": 0}
    field = gaussian_filter(rng.standard_normal((len(bands), *shape)), (0, 5, 5))
    values = 900 + 300 * np.abs(field) / field.std()
    with rasterio.open(folder / "s2.tif", "w", **profile) as file:
        file.write(values.astype(np.uint16))
        file.descriptions = bands
    profile |= {"count": 1, "dtype": "uint8", "nodata": None}
    with rasterio.open(folder / "clouds.tif", "w", **profile) as file:
        file.write(cloudy.astype(np.uint8)[None])
    return {
        "optical": (str(folder / "s2.tif"),),
        "optical_mask": str(folder / "clouds.tif"),
        "optical_date": "2021-07-14",
        "optical_margin": 0,
        "optical_offset": 0,
    }


def change_record(path: Path, **changes: object) -> None:
    """Change values of a sealed record, as another program that knows of the seal could."""
    path.write_text(json.dumps(sealed({**read_sealed(path), **changes})))


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A complete bundle, every part of it present, with random weights and very small."""
    return write_tiny_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def request_for(scene_path, tiny_bundle):
    """Requests for quick runs over the scene, by their output folder."""

    def request_for(out, **changes):
        values = {
            "sar": (str(scene_path),),
            "out": str(out),
            "bundle": str(tiny_bundle),
            "timesteps_1": 1,
            "timesteps_3": 1,
            "device": "cpu",
            **changes,
        }
        return RunRequest(**values)

    return request_for


@pytest.fixture(scope="module")
def cache():
    """Models that a module's runs share."""
    return ModelCache(Library())


@pytest.fixture(scope="module")
def cloudy():
    """Clouds over the middle of the scene."""
    clouds = np.zeros((200, 180), bool)
    clouds[60:150, 50:140] = True
    return clouds


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """Networks this small lose more by sharing work between threads than they gain."""
    torch.set_num_threads(1)
