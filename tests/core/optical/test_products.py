"""Products as they are delivered: folders, archives, metadata, resolutions, names of GDAL's."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
import rasterio
import xarray
from rasterio.crs import CRS
from scipy.ndimage import zoom

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import SceneError
from gac_core.contract.redaction import MARK
from tests.core.conftest import UTM
from tests.core.optical.conftest import AREA, SIDE, clouds, reflectance, write_virtual

NAME = "S2B_MSIL2A_{day}T101031_N{baseline}_R022_T33UVP_20230101T000000.SAFE"
FOUR = ("B02", "B03", "B04", "B08")
RESOLUTIONS = {
    "B02": 10, "B03": 10, "B04": 10, "B08": 10, "B05": 20, "B06": 20, "B07": 20, "B8A": 20,
    "B11": 20, "B12": 20, "B01": 60, "B09": 60,
}  # fmt: skip
METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">
 <n1:General_Info><Product_Info><PRODUCT_URI>{name}</PRODUCT_URI>
  <PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE></Product_Info>
 <Product_Image_Characteristics>
  <QUANTIFICATION_VALUES_LIST><BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
  </QUANTIFICATION_VALUES_LIST>{offsets}
 </Product_Image_Characteristics></n1:General_Info>
</n1:Level-2A_User_Product>"""
OFFSETS = """<BOA_ADD_OFFSET_VALUES_LIST>
  <BOA_ADD_OFFSET band_id="0">-1000</BOA_ADD_OFFSET></BOA_ADD_OFFSET_VALUES_LIST>"""
TILE = """<n1:Level-2A_Tile_ID xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/S2_PDI_Level-2A.xsd">
 <n1:Geometric_Info><Tile_Angles><Mean_Sun_Angle><ZENITH_ANGLE unit="deg">{zenith}</ZENITH_ANGLE>
 <AZIMUTH_ANGLE unit="deg">150</AZIMUTH_ANGLE></Mean_Sun_Angle></Tile_Angles></n1:Geometric_Info>
</n1:Level-2A_Tile_ID>"""


def raster(path: Path, values: np.ndarray, resolution: int) -> None:
    options = {"driver": "JP2OpenJPEG", "QUALITY": "100", "REVERSIBLE": "YES"}
    if path.suffix != ".jp2":
        options = {"driver": "GTiff"}
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path, "w", crs="EPSG:32633", transform=UTM @ UTM.scale(resolution / 10), count=1,
        dtype=values.dtype, height=values.shape[0], width=values.shape[1], **options,
    ) as file:  # fmt: skip
        file.write(values, 1)


def coarse(band: np.ndarray, resolution: int) -> np.ndarray:
    step, side = resolution // 10, SIDE * 10 // resolution
    means = band.reshape(side, step, side, step).mean((1, 3))
    return means.round().astype(np.uint16)


def product(
    folder: Path,
    *,
    baseline: str = "0400",
    day: int = 20220706,
    suffix: str = ".jp2",
    zenith: float = 40.0,
) -> Path:
    """A product of 3 km as ESA delivers it, with clouds in its SCL."""
    offset = 1000 if float(baseline) >= 400 else 0
    values = dict(zip(S2_BANDS, reflectance(S2_BANDS), strict=True))
    root = folder / NAME.format(day=day, baseline=baseline)
    images = root / "GRANULE" / f"L2A_T33UVP_A000001_{day}T101031" / "IMG_DATA"
    for band, native in RESOLUTIONS.items():
        for resolution in (10, 20, 60):
            if resolution < native:
                continue
            file = images / f"R{resolution}m" / f"T33UVP_{day}T101031_{band}_{resolution}m{suffix}"
            raster(file, coarse(values[band] + np.uint16(offset), resolution), resolution)
    scl = np.where(clouds()[0, ::2, ::2] > 0, 9, 4).astype(np.uint8)
    raster(images / "R20m" / f"T33UVP_{day}T101031_SCL_20m{suffix}", scl, 20)
    raster(images / "R10m" / f"T33UVP_{day}T101031_TCI_10m{suffix}", scl, 20)
    raster(images / "R10m" / f"T33UVP_{day}T101031_AOT_10m{suffix}", scl.astype(np.uint16), 20)
    raster(root / "GRANULE" / images.parent.name / "QI_DATA" / f"MSK_CLDPRB_20m{suffix}", scl, 20)
    text = METADATA.format(
        name=root.name, baseline=f"{int(baseline) / 100:05.2f}", offsets=OFFSETS if offset else ""
    )
    (root / "MTD_MSIL2A.xml").write_text(text)
    (root / "manifest.safe").write_text("<xfdu/>")
    (images.parent / "MTD_TL.xml").write_text(TILE.format(zenith=zenith))
    return root


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


def test_a_folder_of_files_by_band(tmp_path, opened):
    values = dict(zip(S2_BANDS, reflectance(S2_BANDS), strict=True))
    for band in ("B02", "B03", "B04", "B08", "B11"):
        resolution = RESOLUTIONS[band]
        raster(tmp_path / "item" / f"{band}.tif", coarse(values[band], resolution), resolution)
    raster(tmp_path / "item" / "visual.tif", values["B02"].astype(np.uint8), 10)
    raster(tmp_path / "item" / "below" / "B12.tif", values["B12"], 10)
    raster(tmp_path / "item" / "SCL.tif", np.full((150, 150), 4, np.uint8), 20)
    reference = opened(str(tmp_path / "item"))
    assert reference.bands == ("B02", "B03", "B04", "B08", "B11") and reference.clear_share == 1
    assert (reference.read(AREA)[3] == values["B04"]).all()


def test_common_names_of_files(tmp_path, opened):
    values = dict(zip(S2_BANDS, reflectance(S2_BANDS), strict=True))
    files = {"red": "B04", "green": "B03", "blue": "B02", "nir": "B08", "nir08": "B8A"}
    for name, band in files.items():
        raster(tmp_path / f"{name}.tif", values[band], 10)
    raster(tmp_path / "scl.tif", np.full((150, 150), 4, np.uint8), 20)
    reference = opened(str(tmp_path))
    assert reference.bands == ("B02", "B03", "B04", "B08", "B8A")
    assert (reference.read(AREA)[7] == values["B08"]).all()


def test_a_folder_without_bands_is_refused(tmp_path, opened):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "readme.txt").write_text("nothing")
    with pytest.raises(SceneError) as caught:
        opened(str(tmp_path / "empty"))
    assert caught.value.problem == "optical-product-without-bands"
    (tmp_path / "broken.zip").write_bytes(b"PK\5\6" + bytes(18))
    with pytest.raises(SceneError):
        opened(str(tmp_path / "broken.zip"))


def test_hls_is_read_and_its_narrow_infrared_stands_in(tmp_path, opened):
    values = reflectance(("B02", "B03", "B04", "B8A", "B11", "B12"))
    for band, each in zip(("B02", "B03", "B04", "B8A", "B11", "B12"), values, strict=True):
        rough = coarse(each, 30).astype(np.int16)
        path = tmp_path / f"HLS.S30.T33UVP.2021187T101031.v2.0.{band}.tif"
        raster(path, rough, 30)
        with rasterio.open(path, "r+") as file:
            file.nodata, file.scales = -9999, (0.0001,)
    fmask = np.zeros((100, 100), np.uint8)
    fmask[:20] = 2
    raster(tmp_path / "HLS.S30.T33UVP.2021187T101031.v2.0.Fmask.tif", fmask, 30)
    reference = opened(str(tmp_path), margin=0)
    assert reference.date == "2021-07-06T10:10:31" and "B08" in reference.bands
    assert reference.clear_share == pytest.approx(0.8)
    assert np.nanmedian(reference.read(AREA)[1]) == pytest.approx(400, rel=0.1)


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


def test_majas_product_has_its_masks_in_a_folder(tmp_path, opened):
    name = "SENTINEL2A_20210706-103026-461_L2A_T33UVP_C_V2-2"
    for band, values in zip(("B02", "B03", "B04", "B08"), reflectance(FOUR), strict=True):
        plain = values.astype(np.int16)
        plain[:, 200:] = -10000
        for kind in ("FRE", "SRE"):
            file = tmp_path / name / f"{name}_{kind}_{band.replace('0', '')}.tif"
            raster(file, plain + (kind == "SRE"), 10)
    raster(tmp_path / name / "MASKS" / f"{name}_CLM_R1.tif", clouds()[0] * np.uint8(3), 10)
    reference = opened(str(tmp_path / name), margin=0)
    assert reference.date == "2021-07-06T10:30:26" and reference.product.endswith("FRE_B2.tif")
    clear = reference.clear(AREA)
    assert (clear[:, :200] == (clouds()[0] == 0)[:, :200]).all() and not clear[:, 200:].any()
    pixels = reference.read(AREA)[[1, 2, 3, 7]]
    assert (pixels[:, clear] == reflectance(FOUR)[:, clear]).all()


def test_snaps_product_by_its_header(tmp_path, opened):
    header = tmp_path / "subset_20210706.dim"
    header.write_text('<?xml version="1.0"?><Dimap_Document/>')
    folder = tmp_path / "subset_20210706.data"
    for band, values in zip(("B2", "B3", "B4", "B8"), reflectance(FOUR), strict=True):
        raster(folder / f"{band}.img", values, 10)
    raster(folder / "quality_scene_classification.img", np.full((300, 300), 4, np.uint8), 10)
    for path in (header, folder):
        reference = opened(str(path))
        assert reference.date == "2021-07-06T00:00:00" and reference.clear_share == 1


def netcdf(path: Path, days: int) -> str:
    """Bands and SCL as openEO writes them: a variable for each, with a time axis."""
    axis = np.arange(SIDE)
    times = np.array(["2021-07-06", "2021-07-11", "2021-07-16"][:days], "datetime64[ns]")
    layers = dict(zip(FOUR, reflectance(FOUR), strict=True))
    layers["SCL"] = np.where(clouds()[0] > 0, 9, 4)
    data = xarray.Dataset(
        {
            name: (("t", "y", "x"), np.repeat(values[None].astype(np.int16), days, 0))
            for name, values in layers.items()
        },
        coords={"t": times, "y": UTM.f - 10 * (axis + 0.5), "x": UTM.c + 10 * (axis + 0.5)},
    )
    data["crs"] = xarray.DataArray(0, attrs={"crs_wkt": CRS.from_epsg(32633).to_wkt()})
    data["crs"].attrs["grid_mapping_name"] = "transverse_mercator"
    for name in "xy":
        data[name].attrs = {"standard_name": f"projection_{name}_coordinate", "units": "m"}
    for name in layers:
        data[name].attrs["grid_mapping"] = "crs"
    data.to_netcdf(path, engine="scipy", format="NETCDF3_CLASSIC")
    return str(path)


def test_the_variables_of_a_netcdf_file(tmp_path, opened):
    path = netcdf(tmp_path / "openEO.nc", 1)
    for reference in (
        opened(path, margin=0),
        opened(*(f'NETCDF:"{path}":{name}' for name in (*FOUR, "SCL")), margin=0),
    ):
        clear = reference.clear(AREA)
        assert (clear == (clouds()[0] == 0)).all() and reference.date == "2021-07-06T00:00:00"
        assert (reference.read(AREA)[[1, 2, 3, 7]][:, clear] == reflectance(FOUR)[:, clear]).all()
    assert all(str(tmp_path) in each for each in reference.inputs.local)
    with pytest.raises(SceneError) as caught:
        opened(netcdf(tmp_path / "three.nc", 3))
    assert caught.value.problem == "optical-dates-differ"
    assert "2021-07-16" in caught.value.message


def test_a_virtual_raster_has_its_sources_date(tmp_path, opened, mask):
    names = [f"T33UVP_20210706T101031_{band}_10m.tif" for band in FOUR]
    for name, values in zip(names, reflectance(FOUR), strict=True):
        raster(tmp_path / name, values, 10)
    bands = "".join(
        f'<VRTRasterBand dataType="UInt16" band="{n}"><SimpleSource><SourceFilename '
        f'relativeToVRT="1">{name}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>'
        "</VRTRasterBand>"
        for n, name in enumerate(names, 1)
    )
    path = tmp_path / "s2.vrt"
    write_virtual(path, bands)
    reference = opened(str(path), mask=mask)
    assert reference.date == "2021-07-06T10:10:31" and reference.bands == FOUR


POLYGON = """<eop:MaskFeature gml:id="{kind}.{n}"><eop:maskType>{kind}</eop:maskType><eop:extentOf>
 <gml:Polygon gml:id="{kind}.{n}_P"><gml:exterior><gml:LinearRing><gml:posList srsDimension="2">
 {w} {n} {e} {n} {e} {s} {w} {s} {w} {n}</gml:posList></gml:LinearRing></gml:exterior>
 </gml:Polygon></eop:extentOf></eop:MaskFeature>"""
GML = """<?xml version="1.0" encoding="UTF-8"?>
<eop:Mask xmlns:eop="http://www.opengis.net/eop/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
 gml:id="S2A_OPER_MSK_CLOUDS_MPS__20180130T133203_A013612_T33UVP_B00_MSIL1C">
 <gml:name>MSK_CLOUDS pixels mask from data-strip</gml:name>{members}</eop:Mask>"""
PLACED = """<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG:8.8.1:32633">
 <gml:lowerCorner>500000 5397000</gml:lowerCorner><gml:upperCorner>503000 5400000</gml:upperCorner>
 </gml:Envelope></gml:boundedBy><eop:maskMembers>{polygons}</eop:maskMembers>"""
CLOUDS = (
    {"kind": "OPAQUE", "w": 500_605, "e": 501_195, "n": 5_399_595, "s": 5_399_105},
    {"kind": "CIRRUS", "w": 502_305, "e": 502_895, "n": 5_397_595, "s": 5_397_305},
)
"""`conftest.clouds`, as what touches them."""


def level_1c(folder: Path, polygons: tuple[dict[str, object], ...] = CLOUDS) -> Path:
    """A product of level 1C before baseline 04.00, whose clouds are polygons."""
    root = folder / "S2A_MSIL1C_20180130T101031_N0206_R022_T33UVP_20180130T121213.SAFE"
    granule = root / "GRANULE" / "L1C_T33UVP_A013612_20180130T101031"
    for band, values in zip(SENSOR_BANDS, reflectance(SENSOR_BANDS), strict=True):
        native = 60 if band == "B10" else RESOLUTIONS[band]
        path = granule / "IMG_DATA" / f"T33UVP_20180130T101031_{band}.jp2"
        raster(path, coarse(values, native), native)
    members = PLACED.format(polygons="".join(POLYGON.format(**each) for each in polygons))
    (granule / "QI_DATA").mkdir()
    for name in ("MSK_CLOUDS_B00.gml", "MSK_DEFECT_B02.gml"):
        text = GML.format(members=members if polygons and "CLOUDS" in name else "")
        (granule / "QI_DATA" / name).write_text(text)
    (root / "MTD_MSIL1C.xml").write_text(
        METADATA.format(name=root.name, baseline="02.06", offsets="").replace("2A", "1C")
    )
    return root


@pytest.mark.parametrize("form", ["folder", "metadata", "archive"])
def test_clouds_of_level_1c_are_polygons(tmp_path, opened, form):
    root = level_1c(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    path = {"folder": str(root), "metadata": str(root / "MTD_MSIL1C.xml")}.get(form)
    if path is None:
        path = shutil.make_archive(str(tmp_path / root.stem), "zip", root.parent, root.name)
        before.append(Path(path))
    reference = opened(path, margin=0)
    assert (reference.clear(AREA) == (clouds()[0] == 0)).all()
    decisions = {each.name: each for each in reference.decisions}
    assert decisions["optical_level"].value == "L1C" and decisions["optical_clouds"].by == "file"
    assert "MSK_CLOUDS_B00.gml, 2" in decisions["optical_clouds"].value
    assert any("1C" in text for text in reference.warnings)
    watched = "MSK_CLOUDS" if form != "archive" else ".zip"
    assert any(watched in file for file in reference.inputs.local)
    assert sorted(tmp_path.rglob("*")) == sorted(before)


def test_level_1c_without_a_cloud(tmp_path, opened):
    reference = opened(str(level_1c(tmp_path, ())))
    assert reference.clear_share == 1
    assert any("MSK_CLOUDS_B00.gml" in text for text in reference.warnings)


def test_the_polygons_of_a_product_as_mask(write, tmp_path, opened):
    image = write(reflectance(FOUR), "s2_20180130.tif", names=FOUR)
    root = level_1c(tmp_path)
    reference = opened(image, mask=str(root), margin=0)
    assert (reference.clear(AREA) == (clouds()[0] == 0)).all()
    gml = next(root.rglob("MSK_CLOUDS_B00.gml"))
    assert opened(image, mask=str(gml), margin=0).fingerprint == reference.fingerprint
    assert not list(tmp_path.rglob("*.gfs"))


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
