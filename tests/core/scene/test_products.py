"""Raw products, folders, archives and virtual rasters."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import rasterio
from rasterio.control import GroundControlPoint
from scipy.io import netcdf_file

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from tests.problems import raises

Write = Callable[..., str]


def raster_drivers() -> set[str]:
    with rasterio.Env() as env:
        return set(env.drivers())


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
        with raises(
            SceneError, "product-not-calibrated", "raw Sentinel-1", "in radar geometry"
        ) as caught:
            open_scene(paths)
        assert caught.value.remedy


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
    with raises(SceneError, "product-file-count", "2", "0") as caught:
        open_scene((str(tmp_path),))
    assert caught.value.remedy


def test_snaps_header_file(write: Write, db: np.ndarray, tmp_path: Path) -> None:
    header = tmp_path / "scene.dim"
    header.write_text("<Dimap_Document/>")
    with raises(SceneError, "dimap-folder-missing", "scene.data") as caught:
        open_scene((str(header),))
    assert caught.value.remedy
    snap(write, db, "scene.data")  # the remedy, followed
    for path in (header, tmp_path / "scene.data"):
        with open_scene((str(path),)) as scene:
            np.testing.assert_array_equal(scene.read(scene.window), db)


def snap(write: Write, db: np.ndarray, folder: str) -> None:
    """A `.data` folder as SNAP writes it: ENVI pairs, and what goes with them."""
    home = Path(write(db, "made.tif")).parent / folder
    (home / "vector_data").mkdir(parents=True)
    (home / "tie_point_grids").mkdir()
    for band, name in enumerate(("Sigma0_VV_db", "Sigma0_VH_db")):
        write(db[band : band + 1], f"{folder}/{name}.img", driver="ENVI")
    for name in ("localIncidenceAngle", "elevation", "layover_shadow_mask"):
        write(np.full_like(db[:1], 30), f"{folder}/{name}.img", driver="ENVI")


@pytest.mark.parametrize("kind", ["folder", "zip", "zip by another name", "zip in folders"])
def test_one_raster_in_a_folder_or_archive(
    write: Write, db: np.ndarray, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "one").mkdir()
    inner = Path(write(db, "one/s1.tif", names=("VV", "VH")))
    write(db[:1], "one/lia.tif")
    (tmp_path / "one" / "readme.txt").write_text("")
    path = tmp_path / "one"
    if kind != "folder":
        path = tmp_path / ("s1.zip" if "name" not in kind else "s1.download")
        start = "a b/c/" if "folders" in kind else ""
        with zipfile.ZipFile(path, "w") as file:
            file.write(inner, f"{start}s1.tif")
            file.writestr(f"__MACOSX/{start}._s1.tif", b"")
            file.writestr(f"{start}lia.tif", b"")
    with open_scene((str(path),)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert scene.inputs.local == (str(path if kind != "folder" else inner),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"PK\x05\x06" + bytes(18), "product-file-count"),
        (b"PK\x05\x06" + b"\xff" * 18, "zip-damaged"),
    ],
)
def test_damaged_archives(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "s1.zip"
    path.write_bytes(content)
    with raises(SceneError, problem, "s1.zip") as caught:
        open_scene((str(path),))
    assert caught.value.remedy


def netcdf(path: Path, values: dict[str, np.ndarray], times: int = 1) -> str:
    """A netCDF file as openEO writes it: a variable for each band, over t, y and x."""
    side = 120
    with netcdf_file(path, "w") as file:
        for dim, size in (("t", times), ("y", side), ("x", side)):
            file.createDimension(dim, size)
        days = file.createVariable("t", "i4", ("t",))
        days[:], days.units = 10274 + 12 * np.arange(times), "days since 1990-01-01"
        days.standard_name = "time"
        for dim, start, step in (("x", 500_005, 10), ("y", 5_399_995, -10)):
            axis = file.createVariable(dim, "f8", (dim,))
            axis[:] = start + step * np.arange(side)
            axis.units, axis.standard_name = "m", f"projection_{dim}_coordinate"
        place = file.createVariable("crs", "S1", ())
        place.crs_wkt = place.spatial_ref = rasterio.CRS.from_epsg(32633).to_wkt()
        for name, band in values.items():
            variable = file.createVariable(name, "f4", ("t", "y", "x"))
            variable[:] = np.repeat(band[None], times, axis=0)
            variable.grid_mapping = "crs"
    return str(path)


def test_netcdf(db: np.ndarray, tmp_path: Path) -> None:
    path = netcdf(tmp_path / "s1.nc", {"VH": db[1], "VV": db[0], "angle": db[0]})
    layers = tuple(f'NETCDF:"{path}":{pol}' for pol in ("VV", "VH"))
    for paths in ((path,), layers, layers[::-1]):
        with open_scene(paths) as scene:
            np.testing.assert_array_equal(scene.read(scene.window), db)
            assert scene.date == "2018-02-17T00:00:00" and scene.date_source == "tag NETCDF_DIM_t"
            assert scene.inputs.local == (path,)
    two = netcdf(tmp_path / "two.nc", {"VV": db[0], "VH": db[1]}, times=2)
    with raises(SceneError, "polarisation-repeated", "2", "VV") as caught:
        open_scene((two,))
    assert caught.value.remedy
    with open_scene((two,), vv_band=2, vh_band=2) as scene:  # the remedy, followed
        assert scene.date == "2018-03-01T00:00:00"
    other = netcdf(tmp_path / "other.nc", {"coherence": db[0], "phase": db[1]})
    with raises(SceneError, "container-not-a-raster") as caught:
        open_scene((other,))
    assert "NETCDF:" in caught.value.message


def zarr(store: Path, values: dict[str, np.ndarray], *, dated: bool) -> str:
    """A Zarr store (version 2) as xarray writes it, not compressed."""

    def put(name: str, array: np.ndarray, dims: tuple[str, ...], **attributes: str) -> None:
        folder = store / name
        folder.mkdir(parents=True)
        about = {
            "zarr_format": 2, "shape": list(array.shape), "chunks": list(array.shape),
            "dtype": array.dtype.str, "compressor": None, "fill_value": None, "order": "C",
            "filters": None,
        }  # fmt: skip
        (folder / ".zarray").write_text(json.dumps(about))
        (folder / ".zattrs").write_text(json.dumps({"_ARRAY_DIMENSIONS": dims, **attributes}))
        (folder / (".".join("0" * array.ndim) or "0")).write_bytes(array.tobytes())

    store.mkdir()
    (store / ".zgroup").write_text('{"zarr_format": 2}')
    put("x", 500_005.0 + 10 * np.arange(120), ("x",))
    put("y", 5_399_995.0 - 10 * np.arange(120), ("y",))
    wkt = rasterio.CRS.from_epsg(32633).to_wkt()
    put("spatial_ref", np.array(0), (), crs_wkt=wkt)
    dims: tuple[str, ...] = ("y", "x")
    if dated:
        put("time", np.array([10274]), ("time",), units="days since 1990-01-01")
        dims = ("time", *dims)
    for name, band in values.items():
        put(name, band[None] if dated else band, dims, grid_mapping="spatial_ref")
    return str(store)


@pytest.mark.skipif("Zarr" not in raster_drivers(), reason="this GDAL reads no Zarr")
@pytest.mark.parametrize("dated", [True, False])
def test_zarr(db: np.ndarray, tmp_path: Path, dated: bool) -> None:
    path = zarr(tmp_path / "s1.zarr", {"vh": db[1], "vv": db[0], "lia": db[0]}, dated=dated)
    with open_scene((path,)) as scene:
        np.testing.assert_array_equal(scene.read(scene.window), db)
        assert scene.date == ("2018-02-17T00:00:00" if dated else None)
        assert "s1.zarr:vv" in scene.info()["decisions"][0]["value"]


def test_a_block_that_takes_too_much_memory(tmp_path: Path, db: np.ndarray) -> None:
    """A GeoTIFF of one compressed strip: some kB on the disk, 6 GB to read any pixel of it."""
    path = str(tmp_path / "strip.tif")
    profile = {"driver": "GTiff", "width": 40_000, "height": 20_000, "count": 2, "dtype": "float32"}
    place = {"crs": "EPSG:32633", "transform": rasterio.Affine(10, 0, 500_000, 0, -10, 5_400_000)}
    how = {"blockysize": 20_000, "compress": "deflate", "SPARSE_OK": "TRUE", "interleave": "pixel"}
    with rasterio.open(path, "w", **profile, **place, **how):
        pass
    source = f"<SourceFilename>{path}</SourceFilename>"
    bands = "".join(
        f'<VRTRasterBand dataType="Float32" band="{n}"><SimpleSource>{source}<SourceBand>{n}'
        "</SourceBand></SimpleSource></VRTRasterBand>"
        for n in (1, 2)
    )
    (tmp_path / "strip.vrt").write_text(
        '<VRTDataset rasterXSize="120" rasterYSize="120"><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>500000, 10, 0, 5400000, 0, -10</GeoTransform>{bands}</VRTDataset>"
    )
    for name in (path, str(tmp_path / "strip.vrt")):
        with raises(SceneError, "file-blocks-too-large", "40000", "20000", "6.0") as caught:
            open_scene((name,))
        assert caught.value.remedy


def test_a_large_sparse_scene_is_soon_known_to_be_empty(tmp_path: Path) -> None:
    path = str(tmp_path / "sparse.tif")
    profile = {"driver": "GTiff", "width": 60_000, "height": 60_000, "count": 2, "dtype": "float32"}
    place = {"crs": "EPSG:32633", "transform": rasterio.Affine(10, 0, 300_000, 0, -10, 5_800_000)}
    how = {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate"}
    with rasterio.open(path, "w", **profile, **place, **how, SPARSE_OK="TRUE", BIGTIFF="YES"):
        pass
    begin = time.process_time()
    with raises(SceneError, "radar-without-measurement"):
        open_scene((path,))
    assert time.process_time() - begin < 15


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
    with raises(SceneError, "vrt-source-missing", "both.vrt", "a_VH.tif") as caught:
        open_scene((vrt(tmp_path, [("a_VV.tif", 1), ("a_VH.tif", 1)]),))
    assert caught.value.remedy


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
    with raises(SceneError, "product-not-calibrated", "raw Sentinel-1"):
        open_scene((str(path),))
