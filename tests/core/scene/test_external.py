"""Files that another file's header names, which are pipes: refused, not waited for."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from gac_core.scene.external import external_files
from tests.problems import raises

pytestmark = [
    pytest.mark.timeout(30),
    pytest.mark.skipif(sys.platform == "win32", reason="no pipes there"),
]


@pytest.fixture
def spilled(db: np.ndarray, write, tmp_path: Path) -> Path:
    """An HFA file whose values lie in a file of another name than its own."""
    with rasterio.open(write(db)) as file:
        keys = ("crs", "transform", "width", "height", "count", "dtype")
        profile = {key: file.profile[key] for key in keys}
    path = tmp_path / "s.img"
    with rasterio.open(path, "w", driver="HFA", USE_SPILL="YES", **profile) as file:
        file.write(db)
        file.descriptions = ("VV", "VH")
    path.write_bytes(path.read_bytes().replace(b"s.ige", b"x.ige"))
    shutil.move(tmp_path / "s.ige", tmp_path / "x.ige")
    return path


def test_a_spill_file_is_read_unless_it_is_a_pipe(spilled: Path) -> None:
    assert external_files(str(spilled))[0] == str(spilled.with_name("x.ige"))
    with open_scene((str(spilled),)) as scene:
        assert scene.unit == "db"
    spilled.with_name("x.ige").unlink()
    os.mkfifo(spilled.with_name("x.ige"))
    with raises(SceneError, "side-file-is-a-pipe"):
        open_scene((str(spilled),))


@pytest.mark.parametrize("kind", ["link", "storage", "virtual"])
@pytest.mark.parametrize("form", ["{}", 'NETCDF:"{}":VV', 'HDF5:"{}"://VV'])
def test_what_hdf5_leads_to_is_no_pipe(tmp_path: Path, kind: str, form: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with h5py.File(tmp_path / "s.nc", "w") as file:
        group = file.create_group("inner")
        for place in (file, group):
            if kind == "link":
                place["VV"] = h5py.ExternalLink("pipe", "/VV")
            elif kind == "storage":
                stored = [(str(tmp_path / "pipe"), 0, 65536)]
                place.create_dataset("VV", (128, 128), "<f4", external=stored)
            else:
                layout = h5py.VirtualLayout((128, 128), "<f4")
                layout[:] = h5py.VirtualSource("pipe", "VV", (128, 128))
                place.create_virtual_dataset("VV", layout)
    with raises(SceneError, "side-file-is-a-pipe", "pipe"):
        open_scene((form.format(tmp_path / "s.nc"),))


def test_damaged_headers_name_nothing(spilled: Path, tmp_path: Path) -> None:
    whole = spilled.read_bytes()
    for end in (16, 18, 24, 40, 200):
        spilled.write_bytes(whole[:end])
        external_files(str(spilled))
    (tmp_path / "h.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    assert external_files(str(tmp_path / "h.nc")) == []
