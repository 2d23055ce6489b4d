"""Date and origin of an optical reference: composites, other satellites, generated images."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from affine import Affine

from gac_core.contract.errors import SceneError
from gac_core.optical.acquisition import SEVERAL_DATES
from tests.core.conftest import UTM
from tests.core.optical.conftest import SIDE, reflectance, write_virtual
from tests.problems import notes_with

FOUR = ("B02", "B03", "B04", "B08")


def decision(reference):
    return next(each for each in reference.decisions if each.name == "optical_date")


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("s2_2021-07-01_2021-07-31_median.tif", {}),
        ("2021-07-01-00_00_2021-07-31-23_59_Sentinel-2_L2A_(Raw).tif", {}),
        ("s2_20210706_processed_20230101.tif", {}),
        ("s2.tif", {"DATE": "2021-07-01/2021-07-31"}),
    ],
)
def test_several_dates_are_no_date(write, opened, mask, name, tags):
    reference = opened(write(reflectance(FOUR), name, names=FOUR, tags=tags), mask=mask)
    assert reference.date is None and reference.days is None
    assert decision(reference).by == "assumed" and "2021-07-" in decision(reference).why
    assert notes_with(reference.warnings, template=SEVERAL_DATES)
    chosen = opened(reference.inputs.local[0], mask=mask, date="2021-07-06")
    assert chosen.days == 1 and not notes_with(chosen.warnings, template=SEVERAL_DATES)


@pytest.mark.parametrize(
    "name",
    [
        "20210706T101031_20210706T101712_T33UVP.tif",
        "2021-07-06-00_00_2021-07-06-23_59_Sentinel-2_L2A_(Raw).tif",
        "S2A_MSIL2A_20210706T101031_N0301_R022_T33UVP_20210708T121213.tif",
        "openEO_2021-07-06Z.tif",
    ],
)
def test_one_day_named_twice_is_one(write, opened, mask, name):
    reference = opened(write(reflectance(FOUR), name, names=FOUR), mask=mask)
    assert reference.days == 1


def test_the_time_of_writing_is_no_date(write, opened, mask):
    tags = {"TIFFTAG_DATETIME": "2021:07:06 10:10:31"}
    reference = opened(write(reflectance(FOUR), "s2.tif", names=FOUR, tags=tags), mask=mask)
    assert reference.date is None


@pytest.mark.parametrize("value", ["YES", "PARTLY"])
def test_generated_images_are_no_observation(write, opened, mask, value):
    path = write(reflectance(FOUR), "opt_v3.tif", names=FOUR, tags={"SYNTHETIC": value})
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-generated" and caught.value.remedy


def test_copies_of_generated_images_are_none_either(write, opened, mask, tmp_path):
    path = write(reflectance(FOUR), "field_opt_v3_SYNTHETIC.tif", names=FOUR)
    plain = write(reflectance(FOUR), "opt_v3.tif", names=FOUR, tags={"SYNTHETIC": "YES"})
    bands = "".join(
        f'<VRTRasterBand dataType="UInt16" band="{n}"><Description>{name}</Description>'
        f"<SimpleSource><SourceFilename>{plain}</SourceFilename><SourceBand>{n}</SourceBand>"
        "</SimpleSource></VRTRasterBand>"
        for n, name in enumerate(FOUR, 1)
    )
    virtual = tmp_path / "s2.vrt"
    write_virtual(virtual, bands)
    for each in (path, str(virtual)):
        with pytest.raises(SceneError) as caught:
            opened(each, mask=mask)
        assert caught.value.problem == "optical-generated"


def test_gacs_raster_of_radar_or_an_export_without_generated_pixels_is_not_meant(
    write, opened, mask
):
    path = write(reflectance(FOUR), "s2.tif", names=FOUR, tags={"SYNTHETIC": "NO"})
    assert opened(path, mask=mask).clear_share > 0.5


def test_another_satellite_is_told(write, opened, mask):
    values = np.kron(reflectance(FOUR), np.ones((1, 2, 2), np.uint16))
    path = write(
        values, "20210706_101931_1034_3B_AnalyticMS_SR.tif",
        names=("blue", "green", "red", "nir"), transform=UTM @ UTM.scale(0.5),
    )  # fmt: skip
    reference = opened(path, mask=mask)
    assert any("PlanetScope" in text for text in reference.warnings)


@pytest.mark.parametrize(
    ("name", "tags", "why"),
    [
        ("s2_A2021187.tif", {}, "2021187"),
        ("A2021187.s2.tif", {}, "day 187"),
        ("s2-doy2021-187.tif", {}, "file name"),
        ("s2_18.07.2021.tif", {}, None),
        ("s2.tif", {"DATE": "doy2021-187"}, "tag DATE"),
        ("s2.tif", {"ACQUISITION_DATE": "A2021187"}, "tag ACQUISITION_DATE"),
        ("s2_06.07.2021.tif", {"SENSING_TIME": "2021-07-06"}, "tag SENSING_TIME"),
    ],
)
def test_odd_forms_of_dates(write, opened, mask, name, tags, why):
    reference = opened(write(reflectance(FOUR), name, names=FOUR, tags=tags), mask=mask)
    if why is None:
        assert reference.days == 11 and "18.07.2021" in decision(reference).why
        return
    assert reference.days == 1 and why in decision(reference).why


def test_day_and_month_are_not_guessed(write, opened, mask):
    reference = opened(write(reflectance(FOUR), "s2_06.07.2021.tif", names=FOUR), mask=mask)
    assert reference.date is None and decision(reference).by == "assumed"
    (warning,) = [text for text in reference.warnings if "06.07.2021" in text]
    assert "2021-07-06" in warning and "2021-06-07" in warning


def test_a_virtual_mosaic_of_two_dates_is_of_no_date(write, opened, mask):
    """A band of a virtual raster is described by its first file alone."""
    half = SIDE // 2
    values, moved = reflectance(FOUR), UTM @ Affine.translation(half, 0)
    bands = ""
    for number, name in enumerate(FOUR, start=1):
        sources = ""
        for file, col in (("S2_20210706_a.tif", 0), ("S2_20210711_b.tif", half)):
            at = UTM if not col else moved
            write(values[:, :, col : col + half], file, names=FOUR, transform=at)
            sources += (
                f'<SimpleSource><SourceFilename relativeToVRT="1">{file}</SourceFilename>'
                f'<SourceBand>{number}</SourceBand><SrcRect xOff="0" yOff="0" xSize="{half}" '
                f'ySize="{SIDE}"/><DstRect xOff="{col}" yOff="0" xSize="{half}" ySize="{SIDE}"/>'
                "</SimpleSource>"
            )
        bands += (
            f'<VRTRasterBand dataType="UInt16" band="{number}"><Description>{name}</Description>'
            f"{sources}</VRTRasterBand>"
        )
    path = Path(mask).with_name("mosaic.vrt")
    write_virtual(path, bands)
    with pytest.raises(SceneError) as caught:
        opened(str(path), mask=mask)
    assert caught.value.problem == "optical-dates-differ"
    assert opened(str(path), mask=mask, date="2021-07-06").days == 1
