"""Products in Zarr stores."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.errors import SceneError
from tests.core.conftest import UTM
from tests.core.optical.conftest import AREA, SIDE, clouds, reflectance
from tests.core.optical.products import FOUR, coarse


def zarr_array(folder: Path, values: np.ndarray, dims: list[str], **attributes: object) -> None:
    """An array of a Zarr store (version 2), in one chunk that is not compressed."""
    folder.mkdir(parents=True)
    about = {
        "zarr_format": 2, "shape": values.shape, "chunks": values.shape, "dtype": values.dtype.str,
        "compressor": None, "fill_value": 0, "order": "C", "filters": None,
    }  # fmt: skip
    (folder / ".zarray").write_text(json.dumps(about))
    (folder / ".zattrs").write_text(json.dumps({"_ARRAY_DIMENSIONS": dims, **attributes}))
    (folder / ".".join("0" * values.ndim)).write_bytes(values.tobytes())


def zarr_product(folder: Path, *, placed: bool) -> Path:
    """A product as EOPF stores it; GDAL finds its CRS only if it is placed as GDAL does."""
    root = folder / "S2B_MSIL2A_20220706T101031_N0400_R022_T33UVP_20220706T121213.zarr"
    values = dict(zip(S2_BANDS, reflectance(S2_BANDS, offset=1000), strict=True))
    scl = np.where(clouds()[0, ::2, ::2] > 0, 9, 4).astype(np.uint8)
    groups = {
        "measurements/reflectance/r10m": {
            b: values[b.upper()] for b in ("b02", "b03", "b04", "b08")
        },
        "measurements/reflectance/r60m": {"b02": coarse(values["B02"], 60)},
        "conditions/mask/l2a_classification/r20m": {"scl": scl},
        "quality/atmosphere/r10m": {"aot": values["B02"]},
    }
    scale = {"scale_factor": 0.0001, "add_offset": -0.1}
    for group, arrays in groups.items():
        for parent in (root / group, *(root / group).parents):
            if parent.is_relative_to(root):
                parent.mkdir(parents=True, exist_ok=True)
                (parent / ".zgroup").write_text('{"zarr_format": 2}')
        for name, array in arrays.items():
            attributes: dict[str, object] = {"proj:epsg": 32633}
            if placed:
                attributes["_CRS"] = {"url": "http://www.opengis.net/def/crs/EPSG/0/32633"}
            own = attributes | (scale if name != "scl" else {})
            zarr_array(root / group / name, array, ["y", "x"], **own)
        step = SIDE * 10 / len(array)
        middles = step * (np.arange(len(array)) + 0.5)
        zarr_array(root / group / "x", UTM.c + middles, ["x"])
        zarr_array(root / group / "y", UTM.f - middles, ["y"])
    return root


def test_a_zarr_store_that_is_placed(tmp_path, opened):
    reference = opened(str(zarr_product(tmp_path, placed=True)), margin=0)
    clear, places = clouds()[0] == 0, [S2_BANDS.index(band) for band in FOUR]
    assert (reference.clear(AREA) == clear).all()
    assert reference.bands == FOUR and reference.date == "2022-07-06T10:10:31"
    assert reference.info()["offset"] == 1000
    pixels, values = reference.read(AREA)[places], reflectance(S2_BANDS)[places]
    assert np.allclose(pixels[:, clear], values[:, clear], atol=0.01)


def test_a_zarr_store_without_a_place_is_told(tmp_path, opened):
    root = zarr_product(tmp_path, placed=False)
    archive = shutil.make_archive(str(tmp_path / "p.zarr"), "zip", root.parent, root.name)
    for path, problem in ((root, "not-placed"), (archive, "in-archive")):
        with pytest.raises(SceneError) as caught:
            opened(str(path))
        assert caught.value.problem == f"optical-zarr-{problem}"
