"""Which bands are which: names, colours, order, the user."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import RequestError, SceneError
from tests.core.optical.conftest import AREA, TEN, clouds, reflectance, write_virtual
from tests.problems import notes_with

FOUR = ("B02", "B03", "B04", "B08")


def by(reference, name):
    return next(each for each in reference.decisions if each.name == name)


def same(reference, names, values):
    """Return True if each band of the reference has its values where it is clear."""
    pixels, clear = reference.read(AREA), reference.clear(AREA)
    for name, band in zip(names, values, strict=True):
        if name in S2_BANDS:
            assert (pixels[S2_BANDS.index(name)][clear] == band[clear]).all(), name
    others = [place for place, name in enumerate(S2_BANDS) if name not in reference.bands]
    assert np.isnan(pixels[others]).all()
    return True


def test_names_in_any_order(write, opened, mask):
    names = tuple(reversed(TEN))
    values = reflectance(names)
    reference = opened(write(values, "s2.tif", names=names), mask=mask)
    assert same(reference, names, values)
    assert reference.bands == TEN and by(reference, "optical_bands").by == "file"
    assert not any("order" in text for text in reference.warnings)


def test_common_names(write, opened, mask):
    values = reflectance(("B04", "B03", "B02", "B08"))
    path = write(values, "s2.tif", names=("red", "green", "blue", "nir"))
    assert same(opened(path, mask=mask), ("B04", "B03", "B02", "B08"), values)


@pytest.mark.parametrize("count", [4, 6, 10, 12, 13])
def test_without_names_the_usual_order_is_assumed_and_told(write, opened, mask, count):
    names = {
        4: FOUR, 6: ("B02", "B03", "B04", "B8A", "B11", "B12"), 10: TEN, 12: S2_BANDS,
        13: SENSOR_BANDS,
    }[count]  # fmt: skip
    values = reflectance(names)
    reference = opened(write(values, "s2.tif"), mask=mask)
    assert same(reference, names, values)
    assert by(reference, "optical_bands").by == "assumed"
    assert notes_with(reference.warnings, "s2.tif", ", ".join(names))
    assert ("B08" in reference.bands) and (
        count != 13 or by(reference, "optical_level").value == "L1C"
    )


@pytest.mark.parametrize("count", [3, 5, 7, 9, 11, 14])
def test_without_names_or_usual_order_the_user_is_asked(write, opened, mask, count):
    values = reflectance(("B03",) * count)
    with pytest.raises(SceneError) as caught:
        opened(write(values, "s2.tif"), mask=mask)
    assert caught.value.problem == "optical-bands-unknown" and caught.value.remedy


def test_colours_name_bands_too(write, opened, mask):
    values = reflectance(("B04", "B03", "B02", "B08"))
    path = write(values, "s2.tif")
    with rasterio.open(path, "r+") as file:
        file.colorinterp = (
            ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.undefined,
        )  # fmt: skip
    reference = opened(path, mask=mask)
    assert same(reference, ("B04", "B03", "B02", "B08"), values)
    assert by(reference, "optical_bands").by == "file"


def test_the_narrow_near_infrared_stands_in_and_is_told(write, opened, mask):
    names = ("B02", "B03", "B04", "B8A", "B11", "B12")
    values = reflectance(names)
    reference = opened(write(values, "s2.tif", names=names), mask=mask)
    assert "B08" in reference.bands and any("B8A" in text for text in reference.warnings)
    pixels, clear = reference.read(AREA), reference.clear(AREA)
    assert (pixels[7][clear] == values[3][clear]).all() and same(reference, names, values)


def test_without_near_infrared_it_is_refused(write, opened, mask):
    names = ("B02", "B03", "B04", "B11")
    with pytest.raises(SceneError) as caught:
        opened(write(reflectance(names), "s2.tif", names=names), mask=mask)
    assert caught.value.problem == "optical-bands-missing"
    assert "B08" in caught.value.message


def test_two_bands_of_one_name_are_a_question(write, opened, mask):
    names = ("B02", "B02", "B04", "B08")
    with pytest.raises(SceneError) as caught:
        opened(write(reflectance(names), "s2.tif", names=names), mask=mask)
    assert caught.value.problem == "optical-band-twice"


def test_the_users_names_come_first(write, opened, mask):
    values = reflectance(("B08", "B04", "B03", "B02", "B11"))
    path = write(values, "s2.tif", names=(*FOUR, "B05"))
    asked = ("B08", "B04", "B03", "B02", "-")
    reference = opened(path, mask=mask, bands=asked)
    assert same(reference, asked, values)
    assert by(reference, "optical_bands").by == "user"
    with pytest.raises(RequestError) as caught:
        opened(path, mask=mask, bands=FOUR)
    assert caught.value.problem == "optical-bands-count"


def test_a_file_for_each_band(write, opened, mask):
    values = reflectance(TEN)
    paths = [
        write(band[None], f"T33UVP_20210706T101031_{name}_10m.tif")
        for name, band in zip(TEN, values, strict=True)
    ]
    reference = opened(*paths, mask=mask)
    assert same(reference, TEN, values)
    assert (reference.date, reference.days) == ("2021-07-06T10:10:31", 1)


def test_pictures_are_refused(write, opened, mask):
    values = (reflectance(FOUR) // 20).astype(np.uint8)
    for name in ("tci.tif", "rgb.tif"):
        with pytest.raises(SceneError) as caught:
            opened(write(values, name, names=FOUR), mask=mask)
        assert caught.value.problem == "optical-picture"
    wide = np.clip(reflectance(FOUR) // 8, 0, 255).astype(np.uint16)
    with pytest.raises(SceneError) as caught:
        opened(write(wide, "wide.tif", names=FOUR), mask=mask)
    assert caught.value.problem == "optical-picture"
    with pytest.raises(SceneError) as caught:
        opened(write(values.astype(np.complex64), "slc.tif", names=FOUR), mask=mask)
    assert caught.value.problem == "optical-values"


def test_two_tiles_side_by_side(write, opened, mask):
    values = reflectance(FOUR)
    from tests.core.conftest import UTM

    left = write(values[:, :, :160], "T33UVP_20210706T101031_a.tif", names=FOUR)
    right = write(
        values[:, :, 150:], "T33UVQ_20210706T101031_b.tif", names=FOUR,
        transform=UTM @ UTM.translation(150, 0),
    )  # fmt: skip
    reference = opened(left, right, mask=mask)
    assert same(reference, FOUR, values) and reference.data_share == 1


def test_files_of_two_dates_are_refused(write, opened, mask):
    values = reflectance(FOUR)
    paths = [write(values, f"T33UVP_{day}T101031.tif", names=FOUR) for day in (20210706, 20210709)]
    with pytest.raises(SceneError) as caught:
        opened(*paths, mask=mask)
    assert caught.value.problem == "optical-dates-differ"


def refused(opened, *paths, **reading):
    with pytest.raises(SceneError) as caught:
        opened(*paths, **reading)
    assert caught.value.remedy
    return caught.value.problem


@pytest.mark.parametrize("count", [4, 10, 12])
def test_names_that_only_count_are_a_question(write, opened, mask, count):
    values = reflectance(("B03",) * count)
    path = write(values, "s2.tif", names=[f"b{n}" for n in range(1, count + 1)])
    assert refused(opened, path, mask=mask) == "optical-names-unknown"
    bands = "".join(
        f'<VRTRasterBand dataType="UInt16" band="{n}"><SimpleSource><SourceFilename '
        f'relativeToVRT="1">s2.tif</SourceFilename><SourceBand>{n}</SourceBand></SimpleSource>'
        "</VRTRasterBand>"
        for n in range(1, count + 1)
    )
    virtual = Path(path).with_suffix(".vrt")
    write_virtual(virtual, bands)
    assert refused(opened, str(virtual), mask=mask) == "optical-names-unknown"


@pytest.mark.parametrize("names", [("rojo", "verde", "azul", "irc"), ("VV", "VH", "VV_2", "VH_2")])
def test_names_that_are_not_understood_are_a_question(write, opened, mask, names):
    path = write(reflectance(FOUR), "s2.tif", names=names)
    assert refused(opened, path, mask=mask) == "optical-names-unknown"
    assert opened(path, mask=mask, bands=FOUR).bands == FOUR


def test_neutral_names_are_none(write, opened, mask):
    for names in (("Band 1", "Band 2", "Band 3", "Band 4"), ("s2_1", "s2_2", "s2_3", "s2_4")):
        reference = opened(write(reflectance(FOUR), "s2.tif", names=names), mask=mask)
        assert by(reference, "optical_bands").by == "assumed"


def test_alpha_is_no_band(write, opened, mask):
    values = np.concatenate([reflectance(FOUR), np.full((1, 300, 300), 65535, np.uint16)])
    values[4, :20] = 0
    path = write(values, "s2.tif")
    with rasterio.open(path, "r+") as file:
        file.colorinterp = (*(ColorInterp.undefined,) * 4, ColorInterp.alpha)
    reference = opened(path, mask=mask)
    assert reference.bands == FOUR and not reference.clear(AREA)[:20].any()


def test_a_fourth_band_that_may_be_alpha_is_a_question(write, opened, mask):
    values = reflectance(("B04", "B03", "B02", "B08"))
    path = write(values, "s2.tif", photometric="RGB", alpha="YES")
    assert refused(opened, path, mask=mask) == "optical-bands-missing"
    named = ("B04", "B03", "B02", "B08")
    assert opened(path, mask=mask, bands=named).bands == FOUR


def test_in_forces_stacks_nir_is_the_narrow_one(write, opened, mask):
    names = ("BLUE", "GREEN", "RED", "REDEDGE1", "REDEDGE2", "REDEDGE3", "BROADNIR", "NIR")
    bands = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A")
    values = reflectance(bands)
    reference = opened(write(values, "BOA.tif", names=names), mask=mask)
    assert reference.bands == bands and same(reference, bands, values)


def test_a_red_edge_is_not_red(write, opened, mask):
    values = reflectance(("B02", "B03", "B04", "B05", "B08"))
    names = ("Blue", "Green", "Red", "Red Edge", "Near Infra-Red")
    reference = opened(write(values, "s2.tif", names=names), mask=mask)
    assert reference.bands == FOUR
    assert same(reference, FOUR, values[[0, 1, 2, 4]])


@pytest.mark.parametrize("place", [0, 3])
def test_a_band_that_measures_nothing_is_refused(write, opened, mask, place):
    values = reflectance(FOUR)
    values[place] = 1
    path = write(values, "s2.tif", names=FOUR)
    assert refused(opened, path, mask=mask) == "optical-band-constant"


def test_the_same_band_twice_is_refused(write, opened, mask):
    path = write(reflectance(FOUR)[[2, 2, 2, 3]], "s2.tif", names=FOUR)
    assert refused(opened, path, mask=mask) == "optical-bands-same"


def test_a_mask_alone_is_no_image(write, opened):
    path = write(np.full((1, 300, 300), 4, np.uint8), "T33UVP_20210706T101031_SCL_20m.tif")
    assert refused(opened, path) == "optical-mask-alone"


def test_pictures_beside_a_mask_of_16_bits_are_pictures(write, opened):
    values = (reflectance(FOUR) // 30).astype(np.uint8)
    paths = [
        write(v[None], f"s2_20210706_{name}.tif") for name, v in zip(FOUR, values, strict=True)
    ]
    qa60 = write(np.zeros((1, 300, 300), np.uint16), "QA60.tif")
    assert refused(opened, *paths, qa60) == "optical-picture"


def test_bands_of_several_dates_in_one_file(write, opened, mask):
    names = [f"{day}_{band}" for day in ("20210706T101031", "20210711T101031") for band in FOUR]
    values = np.concatenate([reflectance(FOUR)] * 2)
    path = write(values, "stack.tif", names=names)
    assert refused(opened, path, mask=mask) == "optical-dates-differ"


@pytest.mark.parametrize("fill", [0, 1, np.nan, -9999.0])
@pytest.mark.parametrize("named", [True, False])
def test_an_empty_b10_is_no_level_1c(write, opened, mask, fill, named):
    """Exports of level 2A with 13 places leave B10's empty."""
    values = reflectance(SENSOR_BANDS).astype(np.float32)
    full = opened(write(np.delete(values, 10, 0), "full.tif", names=S2_BANDS), mask=mask)
    values[SENSOR_BANDS.index("B10")] = fill
    names = SENSOR_BANDS if named else ()
    reference = opened(write(values, "s2.tif", names=names), mask=mask)
    level = next(each for each in reference.decisions if each.name == "optical_level")
    assert level.value == "L2A" and "B10" in level.why
    assert not any("1C" in text for text in reference.warnings)
    assert any(text.startswith("B10") for text in reference.warnings)
    assert np.array_equal(reference.read(AREA), full.read(AREA), equal_nan=True)
    bands = next(each for each in reference.decisions if each.name == "optical_bands")
    assert "B10" not in bands.value and "B11" in bands.value


def test_other_empty_bands_are_left_out(write, opened, mask):
    values = reflectance(S2_BANDS).astype(np.float32)
    values[[S2_BANDS.index("B01"), S2_BANDS.index("B09")]] = np.nan
    values[S2_BANDS.index("B12")] = 7
    reference = opened(write(values, "s2.tif", names=S2_BANDS), mask=mask)
    assert set(S2_BANDS) - set(reference.bands) == {"B01", "B09", "B12"}
    assert np.isfinite(reference.read(AREA)[1]).mean() > 0.8


def test_b8a_stands_in_for_an_empty_b08(write, opened, mask):
    values = reflectance(S2_BANDS).astype(np.float32)
    values[S2_BANDS.index("B08")] = np.nan
    reference = opened(write(values, "s2.tif", names=S2_BANDS), mask=mask)
    assert any("B8A" in text for text in reference.warnings)
    pixels = reference.read(AREA)
    narrow, wide = S2_BANDS.index("B8A"), S2_BANDS.index("B08")
    assert np.array_equal(pixels[narrow], pixels[wide], equal_nan=True)


def test_an_empty_band_that_is_needed_is_named(write, opened, mask):
    values = reflectance(("B02", "B03", "B04", "B08")).astype(np.float32)
    values[2] = np.nan
    path = write(values, "s2.tif", names=("B02", "B03", "B04", "B08"))
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-band-without-data"
    assert "B04" in caught.value.message.arguments


CLASSES = np.where(clouds() > 0, 9, 4)
WHOLE = np.ones_like(CLASSES)


@pytest.mark.parametrize("scale", [1, 1e4])
@pytest.mark.parametrize(
    ("names", "more"),
    [
        (("B02", "B03", "B04", "B08"), [CLASSES, WHOLE]),  # six, with SCL and dataMask
        (S2_BANDS, [CLASSES]),  # 13, but none of them B10
        (TEN, [WHOLE * 120, WHOLE * 1500]),  # 12, with AOT and WVP
        (("B02", "B03", "B04"), [clouds()]),
        (("B08", "B04", "B03", "B02"), []),
    ],
)
def test_an_order_that_cannot_be_is_not_guessed(write, opened, mask, names, more, scale):
    kind = np.float32 if scale > 1 else np.uint16
    values = np.concatenate([reflectance(names) / scale, *more]).astype(kind)
    path = write(values, "s2_20210706.tif")
    with pytest.raises(SceneError) as caught:
        opened(path, mask=mask)
    assert caught.value.problem == "optical-order-unlikely"
    asked = (*names, *["-"] * len(more))
    if "B08" in names:
        reference = opened(
            path, mask=mask, bands=asked, scale="auto" if scale == 1 else "reflectance"
        )
        same(reference, (), ())


def test_bright_snow_in_the_usual_order_is_no_other_order(write, opened, mask):
    values = reflectance(("B02", "B03", "B04", "B08")).astype(float)
    levels = np.array([9000, 8600, 8500, 7000])[:, None, None]
    values = (values / values.mean((1, 2), keepdims=True) * levels).astype(np.uint16)
    assert opened(write(values, "snow_20210206.tif"), mask=mask).bands == (
        "B02",
        "B03",
        "B04",
        "B08",
    )
