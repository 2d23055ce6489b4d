"""Polarisation, unit and modality read from names."""

from __future__ import annotations

import pytest

from gac_core.scene import metadata

HYP3 = "S1A_IW_20180128T161201_DVP_RTC30_G_g{}uned_FD6A_VV.tif"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sigma0_VV_db", "VV"),
        ("Gamma0_VH", "VH"),
        ("s1a-iw-grd-vv-20180128t161201-001.tiff", "VV"),
        (HYP3.format("p"), "VV"),
        ("HH", "HH"),
        ("hv", "HV"),
        ("VV/VH", None),
        ("VV+VH", None),
        ("2024-01-09-00_00_2024-01-09-23_59_Sentinel-1_IW_VV+VH_VV_(Raw)", "VV"),
        ("VV, VH: VH", "VH"),
        ("S1_IWGRDVV_20200607", "VV"),
        ("IWGRDHVH", "VH"),
        ("VVdB", "VV"),
        ("sigma0VV", "VV"),
        ("angle", None),
        ("SILVVY", None),
    ],
)
def test_polarisation(text: str, expected: str | None) -> None:
    assert metadata.polarisation(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S1A_IW_GRDH_1SDV_20180128T161201.tif", "VV+VH"),
        ("S1A_EW_GRDM_1SDH_20180128T161201.tif", "HH+HV"),
        ("S1A_IW_GRDH_1SSV_20180128T161201.tif", "VV"),
        (HYP3.format("p"), "VV+VH"),
        ("scene.tif", None),
    ],
)
def test_product_polarisations(text: str, expected: str | None) -> None:
    assert metadata.product_polarisations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HYP3.format("p"), "power"),
        (HYP3.format("d"), "db"),
        (HYP3.format("a"), "amplitude"),
        ("Sigma0_VV_db", "db"),
        ("GRD sigma0 dB", "db"),
        ("backscatter intensity (linear)", "power"),
        ("Intensity_VV_db", "db"),
        ("Amplitude_VV", "amplitude"),
        ("Sigma0_VV", None),
        ("superpowerful", None),
        ("FDB6_VV", None),
    ],
)
def test_unit(text: str, expected: str | None) -> None:
    found = metadata.unit([("file name", text)])
    assert (found and found[0]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HYP3.format("p"), "S1RTC"),
        ("OPERA_L2_RTC-S1_T034-071092-IW3_20240102T030405Z_VV.tif", "S1RTC"),
        ("s1a_iw_grdh_1sdv_20200101_rtc", "S1RTC"),
        ("Gamma0_VV", "S1RTC"),
        ("GAMMA0_ELLIPSOID", "S1GRD"),
        ("Sigma0_VV", "S1GRD"),
        ("", "S1GRD"),
    ],
)
def test_modality(text: str, expected: str) -> None:
    assert metadata.modality([("file name", text)])[0] == expected
