"""Bands in files or variables of their own, as others than ESA deliver them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
import xarray
from rasterio.crs import CRS

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.errors import SceneError
from tests.core.conftest import UTM
from tests.core.optical.conftest import AREA, SIDE, clouds, reflectance, write_virtual
from tests.core.optical.products import FOUR, RESOLUTIONS, coarse, raster


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
