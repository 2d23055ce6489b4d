"""Evidence in names: bands, masks, products, dates."""

from __future__ import annotations

from datetime import datetime

import pytest

from gac_core.optical import names

BANDS = {
    "B02": "B02", "B2": "B02", "b8a": "B8A", "B8A": "B8A", "B08A": "B8A", "B12": "B12",
    "T33UVP_20210706T101031_B04_10m": "B04",
    "S2A_MSIL2A_20210706T101031_N0301_R022_T33UVP_20210706T121213_B03": "B03",
    "2021-07-06-00:00_2021-07-06-23:59_Sentinel-2_L2A_B08_(Raw)": "B08",
    "B11, central wavelength 1610 nm": "B11", "S2 B05": "B05", "blue": "B02", "Red": "B04",
    "nir": "B08", "nir08": "B8A", "rededge1": "B05", "RedEdge3": "B07", "red edge 2": "B06",
    "swir16": "B11", "SWIR 2": "B12", "coastal": "B01", "green_10m": "B03", "Near infrared": "B08",
    "HLS.S30.T33UVP.2021187T101031.v2.0.B8A": "B8A", "BROADNIR": "B08", "NIR broad": "B08",
    "Near Infra-Red": "B08", "near-infrared": "B08", "rhos_492": "B02", "rhot_1614": "B11",
    "Reflectance at 665 nm": "B04", "842.0 nanometers": "B08", "B8_median": "B08",
}  # fmt: skip


@pytest.mark.parametrize("text", BANDS)
def test_bands(text):
    assert names.band_of(text) == BANDS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Band 1",
        "VV",
        "B13",
        "B02 B03",
        "NDVI",
        "B0",
        "S2B_MSIL2A_20210706T101031",
        "AB02",
        "Red Edge",
        "infra-red",
        "300 nm",
        "rhos_667x",
        "665",
    ],
)
def test_no_bands(text):
    assert names.band_of(text) is None


def test_landsats_bands_have_other_numbers():
    assert names.band_of("HLS.L30.T33UVP.2021187T101031.v2.0.B05", landsat=True) == "B8A"
    assert names.band_of("LC08_L2SP_191027_20210706_02_T1_SR_B6", landsat=True) == "B11"
    assert names.is_landsat([("file name", "LC09_L2SP_191027_20210706_02_T1_SR_B2.TIF")])
    assert not names.is_landsat([("file name", "S2A_MSIL2A_20210706T101031.tif")])


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
        ("cs", "cloud_score"),
        ("cs_cdf", "cloud_score"),
        ("field_cs_2021.tif", None),
        ("20210706_LEVEL2_SEN2A_QAI.tif", "qai"),
        ("LC09_L2SP_191027_20210706_20210710_02_T1_QA_PIXEL.TIF", "qa_pixel"),
        ("B02", None),
    ],
)
def test_masks(text, kind):
    assert names.mask_of(text) == kind


@pytest.mark.parametrize("text", ["T33UVP_20210706T101031_TCI_10m", "AOT", "WVP", "dataMask"])
def test_layers_of_a_product_that_are_no_bands(text):
    assert names.is_other(text) and names.band_of(text) is None


def test_statistics_of_bands_are_none():
    assert names.is_other("B8_stdDev") and names.is_other("B2_count")
    assert not names.is_other("B8_median")


def test_products():
    name = "S2B_MSIL2A_20220706T101031_N0400_R022_T33UVP_20220706T121213"
    assert names.product_folder(f"/harmonised/{name}.SAFE/GRANULE/x.jp2") == f"{name}.SAFE"
    assert names.product_folder(f"/landsat/{name}.tif") == ""
    named = names.product_of([("folder name", f"{name}.SAFE")])
    assert named == names.Product(name, "L2A", datetime(2022, 7, 6, 10, 10, 31), 4.0, "folder name")
    patch = names.product_of([("tag SOURCE", "S2A_MSIL2A_20170613T101031_N9999_R022_T34VER_72")])
    assert patch is not None and patch.baseline is None
    assert names.granule_date([("file name", "HLS.S30.T33UVP.2021187T101031.v2.0.B02.tif")]) == (
        datetime(2021, 7, 6, 10, 10, 31),
        "file name",
    )
    item = ("folder name", "S2A_33UVP_20210706_0_L2A")
    assert names.granule_date([item]) == (datetime(2021, 7, 6), "folder name")
    assert names.level_of([item]) == ("L2A", "folder name")
    assert names.product_folder("/data/S2A_33UVP_20210706_0_L2A/red.tif") == item[1]
    assert names.product_folder("/data/sub_20210706.data/B2.img") == "sub_20210706.data"
    landsat = ("file name", "LC09_L2SP_191027_20210706_20210710_02_T1_SR_B2.TIF")
    assert names.granule_date([landsat]) == (datetime(2021, 7, 6), "file name")


def test_names_that_count_are_no_names():
    assert names.only_count([f"b{n}" for n in range(1, 13)])
    assert names.only_count(["B01", "B02", "B03", "B04"])
    assert not names.only_count(["B2", "B3", "B4", "B8"])
    assert not names.only_count(["B1", "B2", None])


def test_what_other_satellites_are_called():
    assert names.other_satellite([("f", "20210706_101931_1034_3B_AnalyticMS_SR.tif")])
    assert names.other_satellite([("f", "T33UVP_20210706T101031_B02.tif")]) is None


def test_marks_of_generated_images():
    assert names.is_generated("field_opt_v3_SYNTHETIC.tif")
    assert not names.is_generated("synthetic_fields_20210706.tif")
