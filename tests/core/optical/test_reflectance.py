"""Scale and offset of the values, by whatever tells them."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from gac_core.contract.errors import SceneError
from tests.core.optical.conftest import AREA, TEN, reflectance
from tests.problems import notes_with

PRODUCT = "S2A_MSIL2A_{}_N{}_R022_T33UVP_20230101T000000.tif"
OLD = PRODUCT.format("20210706T101031", "0301")
NEW = PRODUCT.format("20220706T101031", "0400")
REPROCESSED = PRODUCT.format("20210706T101031", "0500")
INDEX = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]


def by(reference, name):
    return next(each for each in reference.decisions if each.name == name)


def check(reference, values, tolerance=0.0):
    pixels, clear = reference.read(AREA)[INDEX], reference.clear(AREA)
    assert clear.mean() > 0.5
    assert np.abs(pixels[:, clear] - values[:, clear]).max() <= tolerance


@pytest.mark.parametrize(
    ("name", "offset", "origin"),
    [(OLD, 0, "file"), (NEW, 1000, "file"), (REPROCESSED, 1000, "file"), ("s2.tif", 0, "values"),
     ("s2_new.tif", 1000, "values"), ("S2_20230706.tif", 1000, "values")],
)  # fmt: skip
def test_offset(write, opened, mask, name, offset, origin):
    values = reflectance(TEN)
    reference = opened(write(values + np.uint16(offset), name, names=TEN), mask=mask)
    decision = by(reference, "optical_offset")
    assert reference.info()["offset"] == offset and decision.by == origin
    check(reference, values)


def test_a_harmonised_copy_of_a_new_product_keeps_its_values(write, opened, mask):
    values = reflectance(TEN)
    tags = {"COLLECTION": "COPERNICUS/S2_SR_HARMONIZED"}
    reference = opened(write(values, NEW, names=TEN, tags=tags), mask=mask)
    check(reference, values)
    assert not any("offset" in text for text in reference.warnings)


def test_values_too_low_for_the_offset_that_the_name_states(write, opened, mask):
    values = reflectance(TEN)
    reference = opened(write(values, NEW, names=TEN), mask=mask)
    check(reference, values)
    assert by(reference, "optical_offset").by == "values"
    assert notes_with(reference.warnings, 1000)


def test_values_that_hold_an_offset_against_the_name_are_told(write, opened, mask):
    values = reflectance(TEN) + np.uint16(1000)
    reference = opened(write(values, OLD, names=TEN), mask=mask)
    assert reference.info()["offset"] == 0
    assert any("1000" in text for text in reference.warnings)


def test_an_old_date_and_values_with_an_offset_is_told(write, opened, mask):
    values = reflectance(TEN) + np.uint16(1000)
    reference = opened(write(values, "s2_20190706.tif", names=TEN), mask=mask)
    assert by(reference, "optical_offset").by == "assumed" and reference.warnings


@pytest.mark.parametrize("tag", ["BOA_ADD_OFFSET", "S2_RADIO_ADD_OFFSET"])
def test_tags_state_the_offset(write, opened, mask, tag):
    values = reflectance(TEN)
    path = write(values + np.uint16(1000), "s2.tif", names=TEN, tags={tag: "-1000"})
    reference = opened(path, mask=mask)
    check(reference, values)
    assert by(reference, "optical_offset").by == "file"


def test_the_users_offset_comes_first(write, opened, mask):
    values = reflectance(TEN)
    path = write(values + np.uint16(1000), OLD, names=TEN)
    check(opened(path, mask=mask, offset=1000), values)


def test_negative_reflectance_is_dark_not_missing(write, opened, mask):
    values = reflectance(TEN) + np.uint16(1000)
    values[:, 5, 5] = 990
    reference = opened(write(values, NEW, names=TEN), mask=mask)
    assert (reference.read(AREA)[INDEX, 5, 5] == 1).all() and reference.clear(AREA)[5, 5]


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_reflectance_from_0_to_1(write, opened, mask, kind):
    values = reflectance(TEN)
    path = write((values / 10000).astype(kind), "s2.tif", names=TEN)
    reference = opened(path, mask=mask)
    check(reference, values, tolerance=0.01)
    assert by(reference, "optical_scale").by == "values"


def test_a_declared_scale_and_offset(write, opened, mask):
    values = reflectance(TEN)
    path = write(values + np.uint16(1000), "s2.tif", names=TEN)
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = (0.0001,) * 10, (-0.1,) * 10
    reference = opened(path, mask=mask)
    check(reference, values, tolerance=0.01)
    assert by(reference, "optical_scale").by == "file"
    assert by(reference, "optical_offset").by == "file"


def test_floats_of_an_unknown_scale_are_a_question(write, opened, mask):
    values = (reflectance(TEN) / 100).astype(np.float32) + 0.013
    path = write(values, "percent.tif", names=TEN)
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-scale-unknown"
    assert opened(path, mask=mask, scale="dn", offset=0).info()["scale"] == 1.0


def test_an_offset_taken_off_twice_is_refused_or_told(write, opened, mask):
    values = np.clip(reflectance(TEN).astype(int) - 1000, 0, None).astype(np.uint16)
    with pytest.raises(SceneError) as caught:
        opened(write(values, NEW, names=TEN), mask=mask)
    assert caught.value.problem == "optical-offset-twice"
    slightly = reflectance(TEN)
    slightly[:3, :80] = 0
    slightly[:3, 40:90, 60:120] = 0
    reference = opened(write(slightly, "s2.tif", names=TEN), mask=mask)
    assert any("twice" in text for text in reference.warnings)


def test_an_offset_chosen_for_values_without_one_is_refused(write, opened, mask):
    with pytest.raises(SceneError) as caught:
        opened(write(reflectance(TEN), "s2.tif", names=TEN), mask=mask, offset=1000)
    assert caught.value.problem == "optical-offset-twice" and "0" in caught.value.remedy


def test_night_is_told(write, opened, mask):
    values = (reflectance(TEN) // 60 + 1).astype(np.uint16)
    values[0, 0, 0] = 300
    reference = opened(write(values, "s2.tif", names=TEN), mask=mask)
    assert any("night" in text for text in reference.warnings)


@pytest.mark.parametrize(
    ("fill", "declared"), [(0, None), (0, 0), (65535, None), (9999, 9999)], ids=str
)
def test_holes_are_no_data_in_all_bands(write, opened, mask, fill, declared):
    values = reflectance(TEN)
    values[:, 100:140, 150:] = fill
    reference = opened(write(values, "s2.tif", names=TEN, nodata=declared), mask=mask)
    clear = reference.clear(AREA)
    assert not clear[100:140, 150:].any() and clear[100:140, 130:149].all()
    assert np.isnan(reference.read(AREA)[:, 100:140, 150:]).all()
    assert reference.data_share < 1


def test_a_declared_scale_without_an_offset_has_none(write, opened, mask):
    """As in HLS: bright ground must not be darkened by 1000."""
    values = reflectance(TEN) + np.uint16(1000)
    path = write(values, "s2.tif", names=TEN)
    with rasterio.open(path, "r+") as file:
        file.scales = (0.0001,) * 10
    reference = opened(path, mask=mask)
    assert reference.info()["offset"] == 0
    check(reference, values, tolerance=0.01)
    with rasterio.open(path, "r+") as file:
        file.scales = (0.0001,) * 9 + (0.0002,)
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-scales-differ"


@pytest.mark.parametrize(
    ("kind", "fill"),
    [("int16", -10000), ("int16", -9999), ("int16", 32767), ("float32", -9999), ("float32", -1)],
)
@pytest.mark.parametrize("unit", [1, 10000])
def test_fills_that_no_file_declares(write, opened, mask, kind, fill, unit):
    if kind == "int16" and unit == 10000:
        pytest.skip("whole numbers hold DN")
    values = (reflectance(TEN) / unit).astype(kind)
    values[:, 200:] = fill
    reference = opened(write(values, "s2.tif", names=TEN), mask=mask)
    assert np.isnan(reference.read(AREA)[:, 200:]).all()
    assert reference.data_share == pytest.approx(2 / 3, abs=0.01)
    assert not any("twice" in text for text in reference.warnings)


def test_sixteen_bits_full_are_a_question(write, opened, mask):
    values = np.clip(reflectance(TEN) * 6.5535, 0, 65535).round().astype(np.uint16)
    path = write(values, "s2_20210706.tif", names=TEN)
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-scale-unknown" and "uint16" in caught.value.remedy
    reference = opened(path, mask=mask, scale="uint16", offset=0)
    check(reference, reflectance(TEN), tolerance=0.1)


def test_a_declared_scale_of_values_that_are_scaled_already_is_a_question(write, opened, mask):
    path = write((reflectance(TEN) / 10000).astype(np.float32), "s2.tif", names=TEN)
    with rasterio.open(path, "r+") as file:
        file.scales = (0.0001,) * 10
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-scale-unknown"
    check(opened(path, mask=mask, scale="reflectance", offset=0), reflectance(TEN), tolerance=0.01)


def test_landsats_level_2_has_a_scale_of_its_own(write, opened, mask):
    bands = ("B02", "B03", "B04", "B8A")
    values = reflectance(bands)
    dn = ((values / 10000 + 0.2) / 2.75e-5).round().astype(np.uint16)
    name = "LC09_L2SP_191027_20210706_20210710_02_T1_SR_B{}.TIF"
    paths = [write(v[None], name.format(n)) for n, v in zip((2, 3, 4, 5), dn, strict=True)]
    reference = opened(*paths, mask=mask)
    clear = reference.clear(AREA)
    read = reference.read(AREA)[[1, 2, 3, 8]]
    assert np.abs(read[:, clear] - values[:, clear]).max() < 0.5
    assert reference.date == "2021-07-06T00:00:00"
    assert sum("Landsat" in text for text in reference.warnings) == 1


@pytest.mark.parametrize(
    ("fill", "kind", "scale"), [(-1, np.int16, 1), (-999, np.int16, 1), (-99, np.float32, 1e4)]
)
@pytest.mark.parametrize("files", [1, 4])
def test_one_negative_value_in_all_bands_is_no_ground(
    write, opened, mask, fill, kind, scale, files
):
    """Nobody declares such fills; a dark pixel differs from band to band."""
    names = ("B02", "B03", "B04", "B08")
    values = (reflectance(names) / scale).astype(kind)
    values[0, 200:210] = -7 / scale
    values[:, :, :30] = fill
    if files == 1:
        paths = [write(values, "s2_20210706.tif", names=names)]
    else:
        paths = [write(values[n][None], f"s2_20210706_{b}.tif") for n, b in enumerate(names)]
    covered = opened(*paths, mask=mask).covered(AREA)
    assert not covered[:, :30].any() and covered[:, 30:].all()


def test_a_tenth_of_the_usual_scale_is_told(write, opened, mask):
    names = ("B02", "B03", "B04", "B08")
    values = (reflectance(names) // 10).astype(np.int16)
    reference = opened(write(values, "s2_20210706.tif", names=names), mask=mask)
    assert any("over water alone" in text for text in reference.warnings)
    usual = opened(write(reflectance(names), "u_20210706.tif", names=names), mask=mask)
    assert not any("over water alone" in text for text in usual.warnings)
