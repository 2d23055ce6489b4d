"""Evidence in names: bands, masks, products, dates."""

from __future__ import annotations

from datetime import datetime

import pytest

from gac_core.optical import product

BANDS = {
    "B02": "B02", "B2": "B02", "b8a": "B8A", "B8A": "B8A", "B08A": "B8A", "B12": "B12",
    "T33UVP_20210706T101031_B04_10m": "B04",
    "S2A_MSIL2A_20210706T101031_N0301_R022_T33UVP_20210706T121213_B03": "B03",
    "2021-07-06-00:00_2021-07-06-23:59_Sentinel-2_L2A_B08_(Raw)": "B08",
    "B11, central wavelength 1610 nm": "B11", "S2 B05": "B05", "blue": "B02", "Red": "B04",
    "nir": "B08", "nir08": "B8A", "rededge1": "B05", "RedEdge3": "B07", "red edge 2": "B06",
    "swir16": "B11", "SWIR 2": "B12", "coastal": "B01", "green_10m": "B03", "Near infrared": "B08",
    "HLS.S30.T33UVP.2021187T101031.v2.0.B8A": "B8A",
}  # fmt: skip


@pytest.mark.parametrize("text", BANDS)
def test_bands(text):
    assert product.band_of(text) == BANDS[text]


@pytest.mark.parametrize(
    "text", ["Band 1", "VV", "B13", "B02 B03", "NDVI", "B0", "S2B_MSIL2A_20210706T101031", "AB02"]
)
def test_no_bands(text):
    assert product.band_of(text) is None


def test_landsats_bands_have_other_numbers():
    assert product.band_of("HLS.L30.T33UVP.2021187T101031.v2.0.B05", landsat=True) == "B8A"
    assert product.band_of("LC08_L2SP_191027_20210706_02_T1_SR_B6", landsat=True) == "B11"
    assert product.is_landsat([("file name", "LC09_L2SP_191027_20210706_02_T1_SR_B2.TIF")])
    assert not product.is_landsat([("file name", "S2A_MSIL2A_20210706T101031.tif")])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("T33UVP_20210706T101031_SCL_20m", "scl"),
        ("Scene Classification", "scl"),
        ("QA60", "qa60"),
        ("MSK_CLASSI_B00", "classi"),
        ("HLS.S30.T33UVP.2021187T101031.v2.0.Fmask", "fmask"),
        ("CLM", "clm"),
        ("CLP", None),
        ("B02", None),
    ],
)
def test_masks(text, kind):
    assert product.mask_of(text) == kind


@pytest.mark.parametrize("text", ["T33UVP_20210706T101031_TCI_10m", "AOT", "WVP", "dataMask"])
def test_layers_of_a_product_that_are_no_bands(text):
    assert product.is_other(text) and product.band_of(text) is None


def test_products():
    name = "S2B_MSIL2A_20220706T101031_N0400_R022_T33UVP_20220706T121213"
    assert product.product_folder(f"/harmonised/{name}.SAFE/GRANULE/x.jp2") == f"{name}.SAFE"
    assert product.product_folder(f"/landsat/{name}.tif") == ""
    named = product.product_of([("folder name", f"{name}.SAFE")])
    assert named == product.Product(
        name, "L2A", datetime(2022, 7, 6, 10, 10, 31), 4.0, "folder name"
    )
    patch = product.product_of([("tag SOURCE", "S2A_MSIL2A_20170613T101031_N9999_R022_T34VER_72")])
    assert patch is not None and patch.baseline is None
    assert product.granule_date([("file name", "HLS.S30.T33UVP.2021187T101031.v2.0.B02.tif")]) == (
        datetime(2021, 7, 6, 10, 10, 31),
        "file name",
    )
