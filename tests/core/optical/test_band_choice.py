"""Which bands are which: names, colours, order, the user."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from rasterio.enums import ColorInterp

from gac_core.band_statistics import S2_BANDS
from gac_core.contract.bands import SENSOR_BANDS
from gac_core.contract.errors import RequestError, SceneError
from tests.core.optical.conftest import AREA, TEN, reflectance
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
