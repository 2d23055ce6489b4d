"""Files as the producers name, tag and fill them: unit, bands, kind and date are understood.

One scene's values stand in for the data; names, tags, numbers and layout are the producers' own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from affine import Affine

from gac_core.contract.errors import SceneError
from gac_core.scene import open_scene
from tests.problems import notes_with, raises

Write = Callable[..., str]

OPERA = "OPERA_L2_RTC-S1_T034-071092-IW3_20240102T030405Z_20240303T000000Z_S1A_30_v1.0"
OPERA_TAGS = {
    "LAYER_NAME": "{pol}",
    "LAYER_DESCRIPTION": "RTC-S1 {pol} backscatter image",
    "PRODUCT_TYPE": "RTC-S1",
    "PROCESSING_DATETIME": "2024-03-03T00:00:00.0Z",
    "ZERO_DOPPLER_START_TIME": "2024-01-02T03:04:05.123456Z",
    "PROCESSING_INFORMATION_INPUT_BACKSCATTER_NORMALIZATION_CONVENTION": "beta0",
    "PROCESSING_INFORMATION_OUTPUT_BACKSCATTER_NORMALIZATION_CONVENTION": "gamma0",
    "PROCESSING_INFORMATION_OUTPUT_BACKSCATTER_EXPRESSION_CONVENTION": "linear power/intensity",
    "PROCESSING_INFORMATION_OUTPUT_BACKSCATTER_DECIBEL_CONVERSION_EQUATION": "backscatter_dB = "
    "10*log10(backscatter_linear)",
}
S1TILING_TAGS = {
    "ACQUISITION_DATETIME": "2020:01:08T04:41:50Z",
    "CALIBRATION": "sigma",
    "IMAGE_TYPE": "BACKSCATTERING",
    "INPUT_S1_IMAGES": "S1A_IW_GRDH_1SDV_20200108T044150_20200108T044215_030704_038506_C7F5",
    "POLARIZATION": "{pol}",
    "TIFFTAG_DATETIME": "2023:05:06 07:08:09",
    "TIFFTAG_IMAGEDESCRIPTION": "sigma calibrated orthorectified Sentinel-1A IW GRD",
}
SNAP = "S1A_IW_GRDH_1SDV_20180829T170656_20180829T170721_023459_028DDF_1234_Orb_NR_Cal"
PC = "S1A_IW_GRDH_1SDV_20200727T122412_20200727T122441_033640_03E61B_60B6/measurement"


@dataclass(frozen=True)
class Case:
    """A producer's files and what they are.

    Attributes:
        name: File name, with `{pol}` where there is a file for each polarisation.
        unit: Of the values.
        modality: `S1GRD` or `S1RTC`.
        date: Start of the ISO date, "" for none.
        bands: Names of the bands of a file that holds several; empty ones are unnamed.
        tags: Tags, `{pol}` filled in.
        by: By whom unit and modality are known.
        nodata: Declared.
    """

    name: str
    unit: str
    modality: str
    date: str
    bands: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    by: tuple[str, str] = ("file", "file")
    nodata: float | None = None


CASES = {
    "SNAP dB": Case(
        f"{SNAP}_TC.tif", "db", "S1GRD", "2018-08-29T17:06:56", ("Sigma0_VV_db", "Sigma0_VH_db")
    ),
    "SNAP linear, VH first": Case(
        f"{SNAP}_TC.tif", "power", "S1GRD", "2018-08-29", ("Sigma0_VH", "Sigma0_VV")
    ),
    "SNAP terrain-flattened": Case(
        f"{SNAP}_TF_TC.tif", "power", "S1RTC", "2018-08-29", ("Gamma0_VH", "Gamma0_VV")
    ),
    "SNAP gamma0 of a calibration": Case(
        f"{SNAP}_TC.tif", "power", "S1GRD", "2018-08-29", ("Gamma0_VV", "Gamma0_VH")
    ),
    "SNAP gamma0 by another name": Case(
        "subset.tif", "power", "S1RTC", "", ("Gamma0_VV", "Gamma0_VH"), by=("file", "assumed")
    ),
    "SNAP BEAM-DIMAP": Case(f"{SNAP}_TC.data/Sigma0_{{pol}}.img", "power", "S1GRD", "2018-08-29"),
    "HyP3 power": Case(
        "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_{pol}.tif",
        "power", "S1RTC", "2018-01-28T16:12:01", nodata=0,
    ),
    "HyP3 dB": Case(
        "S1A_IW_20180128T161201_DVR_RTC10_G_gdufem_FD6A_{pol}.tif", "db", "S1RTC", "2018-01-28"
    ),
    "HyP3 amplitude, sigma0": Case(
        "S1B_IW_20180128T161201_DVO_RTC20_G_sauned_FD6A_{pol}.tif",
        "amplitude", "S1RTC", "2018-01-28", nodata=0,
    ),
    "OPERA": Case(f"{OPERA}_{{pol}}.tif", "power", "S1RTC", "2024-01-02T03:04:05", (), OPERA_TAGS),
    "OPERA without tags": Case(f"{OPERA}_{{pol}}.tif", "power", "S1RTC", "2024-01-02T03:04:05"),
    "OPERA turned into dB": Case(
        f"{OPERA}_{{pol}}.tif", "db", "S1RTC", "2024-01-02", by=("values", "file")
    ),
    "Planetary Computer RTC": Case(
        f"{PC}/iw-{{pol}}.rtc.tiff", "power", "S1RTC", "2020-07-27T12:24:12", nodata=-32768
    ),
    "Earth Engine S1_GRD": Case(
        "S1A_IW_GRDH_1SDV_20200607T010203_20200607T010228_032905_03CFBC_0B7E.tif",
        "db", "S1GRD", "2020-06-07T01:02:03", ("VV", "VH", "angle"), by=("values", "file"),
    ),
    "Earth Engine S1_GRD_FLOAT": Case(
        "export.tif", "power", "S1GRD", "", ("VV", "VH", "angle"), by=("values", "assumed")
    ),
    "Sentinel Hub": Case(
        "response.tiff", "power", "S1GRD", "", ("", ""), by=("values", "assumed")
    ),
    "Sentinel Hub with its coefficient": Case(
        "2020-06-07-00_00_2020-06-07-23_59_Sentinel-1_IW_VV+VH_GAMMA0_ELLIPSOID.tiff",
        "power", "S1GRD", "2020-06-07", ("VV", "VH"),
    ),
    "pyroSAR gamma0 dB": Case(
        "S1A__IW___A_20180829T170656_{pol}_gamma0-rtc_db.tif", "db", "S1RTC", "2018-08-29T17:06:56"
    ),
    "pyroSAR gamma0 on the ellipsoid": Case(
        "S1A__IW___D_20210914T191350_{pol}_gamma0-elp.tif", "power", "S1GRD", "2021-09-14"
    ),
    "pyroSAR sigma0": Case(
        "S1A__IW___A_20210914T191350_{pol}_sigma0-elp_db.tif", "db", "S1GRD", "2021-09-14"
    ),
    "pyroSAR before 0.16": Case(
        "S1A__IW___A_20180829T170656_{pol}_Orb_ML_TF_TC_dB.tif", "db", "S1RTC", "2018-08-29"
    ),
    "S1Tiling": Case(
        "s1a_33NWB_{pol}_ASC_007_20200108txxxxxx.tif",
        "power", "S1GRD", "2020-01-08T04:41:50", (), S1TILING_TAGS, nodata=0,
    ),
    "S1Tiling without tags": Case(
        "s1a_33NWB_{pol}_ASC_007_20200108t044150.tif",
        "power", "S1GRD", "2020-01-08T04:41:50", by=("file", "assumed"),
    ),
    "S1Tiling gamma": Case(
        "s1a_33NWB_{pol}_ASC_007_20200108txxxxxx.tif",
        "power", "S1GRD", "2020-01-08", (), {"CALIBRATION": "gamma"},
    ),
    "S1Tiling RTC": Case(
        "s1a_31TCH_{pol}_DES_110_20250205t060110_GammaNaughtRTC.tif",
        "power", "S1RTC", "2025-02-05T06:01:10", (), {"CALIBRATION": "gamma_naught_rtc"},
    ),
    "Copernicus mosaic": Case(
        "Sentinel-1_IW_mosaic_2023_M01_30TXT_0_0/{pol}.tif", "power", "S1RTC", "",
    ),
    "CEOS-ARD NRB": Case(
        "s1a-iw-nrb-20220102t170831-041281-04e84a-32tpr-{pol}-g-lin.tif",
        "power", "S1RTC", "2022-01-02T17:08:31",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_producer(write: Write, tmp_path: Path, db: np.ndarray, case: Case) -> None:
    values = {"db": db, "power": 10 ** (db / 10), "amplitude": 10 ** (db / 20)}[case.unit]
    planes = {"VV": values[0], "VH": values[1], "angle": np.full_like(db[0], 38.5)}

    def put(bands: tuple[str, ...], pol: str, order: tuple[str, ...]) -> str:
        lower = "s1tiling" in case.name or case.name.startswith(("s1", "S1A_IW_GRDH_1SDV_20200727"))
        name = case.name.format(pol=pol.lower() if lower else pol)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        stack = np.stack([planes[one] for one in order]).astype(np.float32)
        tags = {key: value.format(pol=pol.lower()) for key, value in case.tags.items()}
        driver = "ENVI" if name.endswith(".img") else "GTiff"
        return write(stack, name, names=bands, tags=tags, nodata=case.nodata, driver=driver)

    if case.bands:
        order = tuple(
            next((p for p in planes if p in name), ("VV", "VH")[i % 2])
            for i, name in enumerate(case.bands)
        )
        paths: tuple[str, ...] = (put(case.bands, "", order),)
    else:
        paths = (put((), "VV", ("VV",)), put((), "VH", ("VH",)))
    with open_scene(paths) as scene:
        info = scene.info()
        decided = {one["name"]: one for one in info["decisions"]}
        assert list(decided) == ["bands", "unit", "modality", "nodata", "date", "spacing", "crs"]
        assert (scene.unit, scene.modality) == (case.unit, case.modality), decided
        assert (decided["unit"]["by"], decided["modality"]["by"]) == case.by, decided
        assert (info["date"] or "").startswith(case.date) and bool(info["date"]) == bool(case.date)
        np.testing.assert_allclose(scene.read(scene.window), db, atol=1e-4)
        assert len(scene.warnings) == (decided["bands"]["by"] == "values"), scene.warnings
        assert all(set(one) == {"name", "label", "value", "why", "by"} for one in info["decisions"])
        assert all(one["why"] and one["value"] for one in info["decisions"])
        assert {one["by"] for one in info["decisions"]} <= {"user", "file", "values", "assumed"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_rgb.tif",
            ("product-part-not-backscatter", "colour picture"),
        ),
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_dem.tif",
            ("product-part-not-backscatter", "terrain model"),
        ),
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_inc_map.tif",
            ("product-part-not-backscatter", "incidence angle"),
        ),
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_inc_map_ell.tif",
            ("product-part-not-backscatter", "incidence angle"),
        ),
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_ls_map.tif",
            ("product-part-not-backscatter", "layover"),
        ),
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_area.tif",
            ("product-part-not-backscatter", "scattering area"),
        ),
        (
            "S1A_IW_20180128T161201_DVP_RTC30_G_gpuned_FD6A_WM.tif",
            ("product-part-not-backscatter", "water map"),
        ),
        (f"{OPERA}_mask.tif", ("product-part-not-backscatter", "a mask")),
        (
            f"{OPERA.replace('S1_', 'S1-STATIC_')}_number_of_looks.tif",
            ("product-part-not-backscatter", "radar geometry"),
        ),
        (
            f"{OPERA.replace('S1_', 'S1-STATIC_')}_local_incidence_angle.tif",
            ("product-part-not-backscatter", "incidence angle"),
        ),
        (
            "s1a_31TCH_vv_DES_110_20250205t060110_GammaNaughtRTC_BorderMask.tif",
            ("product-part-not-backscatter", "a mask"),
        ),
        ("sin_LIA_33NWB_007.tif", ("product-part-not-backscatter", "radar geometry")),
    ],
)
def test_side_files_are_refused(
    write: Write, db: np.ndarray, name: str, expected: tuple[str, ...]
) -> None:
    with raises(SceneError, *expected) as caught:
        open_scene((write(db[:1], name),))
    assert name in caught.value.message and "_VV" in caught.value.remedy


@pytest.mark.parametrize("name", ["study_area.tif", "dem.tif", "land_mask.tif"])
def test_a_users_own_names_are_no_side_files(write: Write, db: np.ndarray, name: str) -> None:
    with open_scene((write(db, name, names=("VV", "VH")),)) as scene:
        assert scene.unit == "db"


def test_a_mask_by_its_tag(write: Write, db: np.ndarray) -> None:
    with raises(SceneError, "mask-not-backscatter"):
        open_scene((write(db, "m_vv.tif", tags={"IMAGE_TYPE": "MASK"}),))


@pytest.mark.parametrize(
    ("names", "tags"), [(("Beta0_VV", "Beta0_VH"), {}), (("VV", "VH"), {"CALIBRATION": "beta"})]
)
def test_beta0_is_refused_unless_chosen(
    write: Write, db: np.ndarray, names: tuple[str, str], tags: dict[str, str]
) -> None:
    path = write(db, names=names, tags=tags)
    with raises(SceneError, "beta0-not-supported") as caught:
        open_scene((path,))
    assert caught.value.remedy
    with open_scene((path,), modality="S1GRD") as scene:
        assert scene.modality == "S1GRD" and "beta0" in scene.warnings[0]


def test_no_signal_is_dark_and_not_missing(write: Write, db: np.ndarray) -> None:
    """S1Tiling keeps 0 for nodata and writes 1e-7 where noise removal leaves nothing."""
    power = (10 ** (db / 10)).astype(np.float32)
    power[:, :10], power[1, 20:30] = 0, 1e-7
    paths = [
        write(power[i : i + 1], f"s1a_33NWB_{pol}_ASC_007_20200108txxxxxx.tif", nodata=0)
        for i, pol in enumerate(("vv", "vh"))
    ]
    with open_scene(tuple(paths)) as scene:
        values = scene.read(scene.window)
        nodata = scene.info()["decisions"][3]
    assert np.isnan(values[:, :10]).all() and np.isfinite(values[:, 10:]).all()
    np.testing.assert_array_equal(values[1, 20:30], -50)
    assert notes_with([nodata["why"]], "9.1 %", -50) and nodata["by"] == "file"


def test_hdf5_names_the_geotiffs(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    path = tmp_path / f"{OPERA}.h5"
    with h5py.File(path, "w") as file:
        file["data/VV"] = file["data/VH"] = np.ones((20, 20), np.float32)
    with raises(SceneError, "container-not-a-raster") as caught:
        open_scene((str(path),))
    assert "_VV.tif" in caught.value.remedy


def test_thirty_metres_are_warned_about(write: Write, db: np.ndarray) -> None:
    grid = {"transform": Affine(30, 0, 500_000, 0, -30, 5_400_000)}
    with open_scene((write(db, names=("VV", "VH"), **grid),)) as scene:
        spacing = scene.info()["decisions"][5]
        assert spacing["value"] == "30 m" and "resampled" in spacing["why"]
        assert "30 m pixels" in scene.warnings[0]
