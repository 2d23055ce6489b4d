"""Raw products, folders, archives and virtual rasters."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
from rasterio.control import GroundControlPoint

from gac_core.errors import SceneError
from gac_core.scene import open_scene

Write = Callable[..., str]

PRODUCT = "S1A_IW_GRDH_1SDV_20200108T044150_20200108T044215_030704_038506_C7F5"
MEASUREMENT = "s1a-iw-grd-{}-20200108t044150-20200108t044215-030704-038506-00{}.tiff"


@pytest.fixture(params=["SAFE", "_COG.SAFE"])
def safe(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A GRD product as ESA delivers it: folder, manifest, digital numbers with tie points."""
    folder = tmp_path / (PRODUCT + (".SAFE" if request.param == "SAFE" else request.param))
    (folder / "measurement").mkdir(parents=True)
    (folder / "manifest.safe").write_text("<xfdu:XFDU xmlns:xfdu='urn:ccsds:schema:xfdu:1'/>")
    for number, pol in enumerate(("vv", "vh"), 1):
        path = folder / "measurement" / MEASUREMENT.format(pol, number)
        values = np.random.default_rng(number).integers(1, 500, (1, 64, 64)).astype(np.uint16)
        with rasterio.open(
            path, "w", driver="GTiff", width=64, height=64, count=1, dtype="uint16"
        ) as file:
            file.write(values)
            corners = ((0, 0), (0, 64), (64, 0), (64, 64))
            points = [GroundControlPoint(r, c, 15 + c / 1e4, 48 - r / 1e4, 0) for r, c in corners]
            file.gcps = (points, rasterio.CRS.from_epsg(4326))
    return folder


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raw_product_is_told_what_it_is(safe: Path) -> None:
    measurements = tuple(str(p) for p in sorted(safe.glob("measurement/*"), reverse=True))
    archive = safe.with_name("download.zip")
    with zipfile.ZipFile(archive, "w") as file:
        for path in safe.rglob("*"):
            file.write(path, path.relative_to(safe.parent))
    inside = f"/vsizip/{archive}/{safe.name}/measurement/{MEASUREMENT.format('vv', 1)}"
    for paths in (
        (str(safe),),
        (str(safe / "manifest.safe"),),
        measurements[:1],
        measurements,
        (str(archive),),
        (inside,),
        (f"/vsizip/{archive}/{safe.name}/manifest.safe",),
    ):
        with pytest.raises(SceneError, match="a raw Sentinel-1") as caught:
            open_scene(paths)
        assert "radar geometry" in caught.value.message
        assert "Calibration" in caught.value.remedy and "Terrain Correction" in caught.value.remedy


@pytest.mark.parametrize("kind", ["folder", "zip", "vsizip"])
def test_a_folder_or_archive_of_bands_opens(
    write: Write, db: np.ndarray, tmp_path: Path, kind: str
) -> None:
    base = "S1A_IW_20180128T161201_DVP_RTC30_G_gdunem_FD6A"
    (tmp_path / base).mkdir()
    for band, pol in enumerate(("VV", "VH")):
        write(db[band : band + 1], f"{base}/{base}_{pol}.tif")
    write(db[:1], f"{base}/{base}_inc_map.tif")
    archive = tmp_path / f"{base}.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in (tmp_path / base).iterdir():
            file.write(path, f"{base}/{path.name}")
    start = f"/vsizip/{archive}/{base}/{base}"
    paths = {
        "folder": (str(tmp_path / base),),
        "zip": (str(archive),),
        "vsizip": (f"{start}_VV.tif", f"{start}_VH.tif"),
    }[kind]
    with open_scene(paths) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert len(scene.info()["paths"]) == 2 and scene.modality == "S1RTC"


def test_a_folder_without_one_pair_is_refused(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    write(db[:1], "a_VV.tif")
    write(db[:1], "b_VV.tif")
    with pytest.raises(SceneError, match="2 VV and 0 VH files") as caught:
        open_scene((str(tmp_path),))
    assert caught.value.remedy


def test_snaps_header_file(tmp_path: Path) -> None:
    (tmp_path / "scene.dim").write_text("<Dimap_Document/>")
    with pytest.raises(SceneError, match="BEAM-DIMAP") as caught:
        open_scene((str(tmp_path / "scene.dim"),))
    assert ".img" in caught.value.remedy


def vrt(folder: Path, sources: list[tuple[str, int]], *, relative: bool = True) -> str:
    """A virtual raster of single bands, as `gdalbuildvrt -separate` writes it."""
    root = ElementTree.Element("VRTDataset", rasterXSize="120", rasterYSize="120")
    ElementTree.SubElement(root, "SRS").text = "EPSG:32633"
    ElementTree.SubElement(root, "GeoTransform").text = "500000, 10, 0, 5400000, 0, -10"
    for number, (name, band) in enumerate(sources, 1):
        node = ElementTree.SubElement(root, "VRTRasterBand", dataType="Float32", band=str(number))
        source = ElementTree.SubElement(node, "SimpleSource")
        target = name if relative else str(folder / name)
        told = {"relativeToVRT": str(int(relative))}
        ElementTree.SubElement(source, "SourceFilename", told).text = target
        ElementTree.SubElement(source, "SourceBand").text = str(band)
    path = folder / "both.vrt"
    ElementTree.ElementTree(root).write(path)
    return str(path)


@pytest.mark.parametrize("relative", [True, False])
def test_a_vrt_is_named_by_its_sources(
    write: Write, db: np.ndarray, tmp_path: Path, relative: bool
) -> None:
    base = "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A"
    power = (10 ** (db / 10)).astype(np.float32)
    for band, pol in enumerate(("VV", "VH")):
        write(power[band : band + 1], f"{base}_{pol}.tif")
    path = vrt(tmp_path, [(f"{base}_VH.tif", 1), (f"{base}_VV.tif", 1)], relative=relative)
    with open_scene((path,)) as scene:
        info = scene.info()
        assert (info["vv_band"], info["vh_band"]) == (2, 1)
        assert "source's file name" in info["decisions"][0]["why"]
        assert (info["unit"], info["modality"]) == ("power", "S1RTC")
        assert info["date"] == "2018-01-28T16:12:01"
        np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)
        assert scene.warnings == []


def test_a_vrt_of_a_stack_takes_its_band_names(
    write: Write, db: np.ndarray, tmp_path: Path
) -> None:
    write(db[::-1], "stack.tif", names=("VH", "VV"))
    with open_scene((vrt(tmp_path, [("stack.tif", 2), ("stack.tif", 1)]),)) as scene:
        assert scene.info()["vv_band"] == 1 and scene.info()["decisions"][0]["by"] == "file"
        np.testing.assert_array_equal(scene.read(scene.window), db)


def test_a_vrt_whose_source_is_missing(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    write(db[:1], "a_VV.tif")
    with pytest.raises(SceneError, match=r"made of .*a_VH.tif, which does not exist") as caught:
        open_scene((vrt(tmp_path, [("a_VV.tif", 1), ("a_VH.tif", 1)]),))
    assert "both.vrt" in caught.value.message and caught.value.remedy


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_planetary_computers_raw_grd(db: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / PRODUCT / "measurement" / "iw-vv.tiff"
    path.parent.mkdir(parents=True)
    profile = {"driver": "GTiff", "width": 120, "height": 120, "count": 1, "dtype": "uint16"}
    points = [
        GroundControlPoint(r, c, 15 + c / 1e4, 48 - r / 1e4, 0) for r in (0, 9) for c in (0, 9)
    ]
    with rasterio.open(path, "w", **profile) as file:
        file.write((10 ** (db[:1] / 20) * 500).astype(np.uint16))
        file.gcps = (points, rasterio.CRS.from_epsg(4326))
    with pytest.raises(SceneError, match="raw Sentinel-1"):
        open_scene((str(path),))
