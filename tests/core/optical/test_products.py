"""Products as ESA delivers them: folders, archives, metadata, resolutions, names of GDAL's."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from scipy.ndimage import zoom

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.errors import SceneError
from gac_core.contract.redaction import MARK
from tests.core.optical.conftest import AREA, clouds, reflectance
from tests.core.optical.products import RESOLUTIONS, coarse, product


@pytest.fixture(scope="module")
def safe(tmp_path_factory) -> Path:
    """A product of baseline 04.00."""
    return product(tmp_path_factory.mktemp("product"))


def check(reference, tolerance=0.51):
    values = reflectance(S2_BANDS)
    pixels, clear = reference.read(AREA), reference.clear(AREA)
    assert (clear == (clouds()[0] == 0)).all()
    for place, band in enumerate(S2_BANDS):
        if RESOLUTIONS[band] == 10:
            assert (pixels[place][clear] == values[place][clear]).all(), band
        else:
            step = RESOLUTIONS[band] // 10
            rough = coarse(values[place], RESOLUTIONS[band]).astype(float)
            rough = zoom(rough, step, order=1, grid_mode=True, mode="nearest")
            inside = np.zeros_like(clear)
            inside[10:-10, 10:-10] = clear[10:-10, 10:-10]
            assert np.abs(pixels[place] - rough)[inside].max() <= tolerance, band


@pytest.mark.parametrize("form", ["folder", "metadata", "gdal", "granule file"])
def test_a_product_by_its_folder_its_metadata_or_gdals_name(safe, opened, form):
    path = {
        "folder": str(safe),
        "metadata": str(safe / "MTD_MSIL2A.xml"),
        "gdal": f"SENTINEL2_L2A:{safe}/MTD_MSIL2A.xml:10m:EPSG_32633",
        "granule file": f'SENTINEL2_L2A:"{safe}/MTD_MSIL2A.xml":20m:EPSG_32633',
    }[form]
    reference = opened(path, margin=0)
    check(reference)
    assert reference.bands == S2_BANDS and reference.product == safe.stem
    assert reference.info()["offset"] == 1000 and reference.date == "2022-07-06T10:10:31"
    decisions = {each.name: each for each in reference.decisions}
    assert decisions["optical_level"].value == "L2A"
    assert decisions["optical_spacing"].value == "10, 20, 60 m"
    assert decisions["optical_offset"].by == "file"
    assert not any("offset" in text for text in reference.warnings)
    assert all(str(safe) in path for path in reference.inputs.local)


def test_a_product_in_an_archive(safe, tmp_path, opened):
    archive = shutil.make_archive(str(tmp_path / safe.stem), "zip", safe.parent, safe.name)
    reference = opened(archive, margin=0)
    check(reference)
    assert reference.info()["offset"] == 1000 and reference.inputs.local == (archive,)
    inner = f"/vsizip/{archive}/{safe.name}/MTD_MSIL2A.xml"
    again = opened(f"SENTINEL2_L2A:{inner}:10m:EPSG_32633", margin=0)
    assert again.fingerprint == reference.fingerprint


def test_an_old_product_has_no_offset(tmp_path, opened):
    root = product(tmp_path, baseline="0301", day=20210706, suffix=".tif")
    reference = opened(str(root), margin=0)
    check(reference)
    assert reference.info()["offset"] == 0
    assert not any("horizon" in text for text in reference.warnings)


def test_a_low_sun_is_told(tmp_path, opened):
    reference = opened(str(product(tmp_path, suffix=".tif", zenith=84.0)))
    assert any("6 degrees" in text for text in reference.warnings)


def test_damaged_metadata_leave_the_name(tmp_path, opened):
    root = product(tmp_path, suffix=".tif")
    (root / "MTD_MSIL2A.xml").write_text("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;")
    assert opened(str(root)).info()["offset"] == 1000


@pytest.mark.skipif(os.name == "nt", reason="no pipes")
def test_pipes_in_a_product_are_refused(tmp_path, opened):
    root = product(tmp_path, suffix=".tif")
    band = next(root.rglob("*_B03_10m.tif"))
    band.unlink()
    os.mkfifo(band)
    with pytest.raises(SceneError):
        opened(str(root))


def test_addresses_without_their_key_are_refused(opened):
    with pytest.raises(SceneError) as caught:
        opened(f"/vsicurl/https://host/s2.tif?token={MARK}")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "part", ["..", "GRANULE", "IMG_DATA", "R20m", "MTD_TL.xml", "manifest.safe", "INSPIRE.xml"]
)
def test_a_product_by_any_part_of_it(safe, opened, part):
    (safe / "INSPIRE.xml").write_text("<gmd/>")
    path = safe.parent if part == ".." else next(iter(sorted(safe.rglob(part))))
    reference = opened(str(path), margin=0)
    check(reference)
    assert reference.product == safe.stem and reference.info()["offset"] == 1000


def test_a_raster_of_a_product_is_itself(safe, opened):
    paths = [str(next(safe.rglob(f"*_{band}_20m.jp2"))) for band in ("B02", "B03", "B04", "B8A")]
    reference = opened(*paths, str(next(safe.rglob("*_SCL_20m.jp2"))))
    assert set(reference.bands) == {"B02", "B03", "B04", "B08", "B8A"}


def test_of_two_products_in_a_folder_none_is_taken(tmp_path, opened):
    for day in (20220706, 20220711):
        product(tmp_path, day=day, suffix=".tif")
    with pytest.raises(SceneError) as caught:
        opened(str(tmp_path))
    assert caught.value.problem == "optical-product-without-bands"


def test_a_products_own_mask_is_its_classification(safe, opened):
    check(opened(str(safe), mask=str(safe), margin=0))


@pytest.mark.parametrize("name", ["S2A.tar", "S2A.tar.gz", "S2A.7z"])
def test_archives_that_are_not_read_are_named(tmp_path, opened, name):
    (tmp_path / name).write_bytes(b"archive")
    with pytest.raises(SceneError) as caught:
        opened(str(tmp_path / name))
    assert caught.value.problem == "optical-archive" and caught.value.remedy


@pytest.mark.parametrize("inner", ["S2.SAFE.zip", "bands.tar.gz", "B02.7z"])
def test_an_archive_in_an_archive_is_to_be_unpacked(tmp_path, opened, inner):
    outer = tmp_path / "download.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr(f"a/{inner}", b"packed")
    folder = tmp_path / "download"
    folder.mkdir()
    (folder / inner).write_bytes(b"packed")
    for path in (outer, folder):
        with pytest.raises(SceneError) as caught:
            opened(str(path))
        assert caught.value.problem == "optical-archive-nested"
        assert inner in caught.value.message.arguments
