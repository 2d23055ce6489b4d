"""One scene in every unit, with a hole, is one picture: to the DN."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch

from gac_core.bundles.library import Library
from gac_core.contract.request import RunRequest
from gac_core.engine.pipeline import run
from gac_core.networks.loading import ModelCache
from gac_core.progress import Silent

UNITS = ("db", "power", "amplitude", "packed")


def write_unit(folder: Path, scene: Path, unit: str, hole: float, band: slice) -> Path:
    """Write a part of a scene in a unit, with a hole of a value in dB. Returns the path."""
    with rasterio.open(scene) as file:
        db = np.round(file.read()[:, 60:130, 50:120].astype(np.float64), 2)
        profile = file.profile | {"height": 70, "width": 70, "nodata": None}
    db[band, :12, :20] = hole
    values = {
        "db": db,
        "power": 10 ** (db / 10),
        "amplitude": 10 ** (db / 20),
        "packed": np.rint((db + 110) * 100),
    }[unit]
    profile["dtype"] = "uint16" if unit == "packed" else "float32"
    path = folder / f"{unit}.tif"
    with rasterio.open(path, "w", **profile) as file:
        file.write(values.astype(profile["dtype"]))
        file.descriptions = ("VV", "VH")
        if unit == "packed":
            file.scales, file.offsets = (0.01, 0.01), (-110.0, -110.0)
    return path


@pytest.mark.parametrize(
    ("hole", "band"), [(-100.0, slice(None)), (-60.0, slice(None)), (-99.0, slice(1, 2))]
)
def test_one_scene_in_every_unit_is_one_picture(
    scene_path: Path, tiny_bundle: Path, tmp_path: Path, hole: float, band: slice
) -> None:
    cache = ModelCache(Library())
    pictures = {}
    for unit in UNITS:
        torch.manual_seed(0)
        request = RunRequest(
            sar=(str(write_unit(tmp_path, scene_path, unit, hole, band)),),
            out=str(tmp_path / f"{unit}-out"),
            bundle=str(tiny_bundle),
            timesteps_1=2,
            timesteps_3=2,
            device="cpu",
        )
        run(request, cache, Silent())
        for stage in ("opt_v1", "opt_v2", "opt_v3"):
            with rasterio.open(tmp_path / f"{unit}-out" / f"{stage}.tif") as file:
                pictures.setdefault(stage, {})[unit] = file.read()
    for stage, by_unit in pictures.items():
        first = by_unit["db"]
        assert (first[:, :12, :20] == 0).all() and (first[:, 12:] > 0).all()
        for unit, picture in by_unit.items():
            off = np.abs(picture.astype(int) - first.astype(int)).max()
            assert off <= 1, (stage, unit, off)
