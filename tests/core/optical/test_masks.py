"""Clear pixels: masks, classifications, QA bands, polygons, and the margin around clouds."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
from rasterio.warp import transform_bounds
from shapely.geometry import Point, box

from gac_core.contract.errors import SceneError
from gac_core.contract.optical_options import NO_CLOUDS
from gac_core.optical.clouds import SCL_CLEAR
from gac_core.optical.masks import NO_POLYGONS
from gac_core.optical.reference import ALL_CLEAR, NONE_CLEAR
from tests.core.conftest import UTM
from tests.core.optical.conftest import AREA, GRID, SIDE, TEN, clouds, reflectance
from tests.core.optical.test_reference import grown
from tests.problems import notes_with, raises

FOUR = ("B02", "B03", "B04", "B08")


@pytest.fixture
def image(write):
    """A clear image of four bands."""
    return write(reflectance(FOUR), "s2_20210706.tif", names=FOUR)


def refused(opened, *paths, **reading):
    with pytest.raises(SceneError) as caught:
        opened(*paths, **reading)
    assert caught.value.remedy
    return caught.value.problem


def test_an_image_in_which_the_user_sees_no_clouds(opened, image):
    assert refused(opened, image) == "clouds-unknown"
    reference = opened(image, mask=NO_CLOUDS)
    assert reference.clear(AREA).all() and reference.clear_share == 1
    assert not notes_with(reference.warnings, ALL_CLEAR)
    (clouds_of,) = (each for each in reference.decisions if each.name == "optical_clouds")
    assert clouds_of.by == "user"


@pytest.mark.parametrize("margin", [0, 1, 8, 40])
def test_clouds_are_grown_by_a_disc(opened, image, mask, margin):
    reference = opened(image, mask=mask, margin=margin)
    assert (reference.clear(AREA) == ~grown(clouds()[0] > 0, margin)).all()


def test_a_coarse_mask_on_another_grid(write, opened, image):
    """Nearest pixels of a mask in degrees, against rasterio's own lookup."""
    west, south, east, north = transform_bounds("EPSG:32633", "EPSG:4326", *GRID.bounds(AREA))
    side = 25
    transform = rasterio.transform.from_bounds(
        west - 1e-3, south - 1e-3, east + 1e-3, north + 1e-3, side, side
    )
    values = (np.random.default_rng(0).random((1, side, side)) > 0.7).astype(np.uint8)
    path = write(values, "coarse.tif", crs="EPSG:4326", transform=transform)
    clear = opened(image, mask=path, margin=0).clear(AREA)
    rows, cols = np.mgrid[0:SIDE:7, 0:SIDE:7]
    xs, ys = UTM @ (cols.ravel() + 0.5, rows.ravel() + 0.5)
    lons, lats = rasterio.warp.transform("EPSG:32633", "EPSG:4326", xs, ys)
    with rasterio.open(path) as file:
        expected = np.array([v[0] for v in file.sample(zip(lons, lats, strict=True))]) == 0
    assert (clear[rows.ravel(), cols.ravel()] == expected).mean() > 0.999


def test_other_values_by_choice(write, opened, image):
    values = clouds() + np.uint8(7)
    path = write(values, "values.tif")
    assert refused(opened, image, mask=path) == "mask-values-unknown"
    reference = opened(image, mask=path, mask_clear=(7,), margin=0)
    assert (reference.clear(AREA) == (clouds()[0] == 0)).all()
    assert refused(opened, image, mask=path, mask_clear=(3, 4)) == "mask-without-clear"


def test_0_is_clear_even_if_declared_nodata(write, opened, image):
    path = write(clouds(), "values.tif", nodata=0)
    assert (opened(image, mask=path, margin=0).clear(AREA) == (clouds()[0] == 0)).all()
    values = clouds()
    values[0, :10] = 255
    path = write(values, "nodata.tif", nodata=255)
    clear = opened(image, mask=path, margin=3).clear(AREA)
    assert not clear[:10].any() and clear[10].all(), "what is not known is not grown"


@pytest.mark.parametrize(
    "values",
    [
        np.linspace(0, 1, 90_000),
        np.arange(90_000) % 200,
        np.arange(90_000) % 11 + 1,
        np.arange(90_000) % 12,
    ],
    ids=["probabilities", "many", "no 0", "classes"],
)  # fmt: skip
def test_masks_whose_values_are_a_question(write, opened, image, values):
    kind = np.float32 if values.dtype == float else np.uint8
    path = write(values.reshape(1, SIDE, SIDE).astype(kind), "odd.tif")
    assert refused(opened, image, mask=path) == "mask-values-unknown"


def test_scene_classification_by_name(write, opened, image):
    half = (np.arange(SIDE // 2) // 13).astype(np.uint8)[None, None].repeat(SIDE // 2, 1)
    classes = half.repeat(2, 1).repeat(2, 2)
    clear = np.isin(classes[0], SCL_CLEAR)
    transform = UTM @ UTM.scale(2.0)
    paths = [
        write(half, "T33UVP_20210706T101031_SCL_20m.tif", transform=transform),
        write(half, "classes.tif", names=("SCL",), transform=transform),
    ]
    for path in paths:
        by_user = opened(image, mask=path, margin=0)
        assert (by_user.clear(AREA) == clear).all()
        beside = opened(image, path, margin=0)
        assert (beside.clear(AREA) == clear).all()
    chosen = opened(image, mask=paths[0], mask_clear=(4, 5), margin=0)
    assert (chosen.clear(AREA) == np.isin(classes[0], (4, 5))).all()
    odd = write(half + np.uint8(90), "SCL.tif", transform=transform)
    assert refused(opened, image, odd) == "mask-class-unknown"


def test_snow_is_clear_and_told(write, opened, image):
    path = write(np.full((1, SIDE, SIDE), 11, np.uint8), "SCL.tif")
    reference = opened(image, path)
    assert reference.clear_share == 1 and any("snow" in text for text in reference.warnings)


def test_a_classification_among_the_bands(write, opened):
    values = np.concatenate([reflectance(FOUR), 4 + 5 * clouds().astype(np.uint16)])
    path = write(values, "s2.tif", names=(*FOUR, "SCL"))
    reference = opened(path, margin=0)
    assert (reference.clear(AREA) == (clouds()[0] == 0)).all()
    named = opened(path, margin=0, bands=(*FOUR, "-"))
    assert (named.clear(AREA) == (clouds()[0] == 0)).all()


def test_qa60_bits(write, opened, image):
    values = np.zeros((1, SIDE, SIDE), np.uint16)
    values[0, :50], values[0, 50:90], values[0, 90:120] = 1 << 10, 1 << 11, 1
    reference = opened(image, write(values, "QA60.tif"), margin=0)
    assert (reference.clear(AREA)[:, 0] == (np.arange(SIDE) >= 90)).all()


def test_an_empty_qa60_of_years_without_one_says_nothing(write, opened):
    path = write(reflectance(FOUR), "s2_20230706.tif", names=FOUR)
    qa = write(np.zeros((1, SIDE, SIDE), np.uint16), "QA60.tif")
    assert refused(opened, path, qa) == "clouds-unknown"
    path = write(reflectance(FOUR), "s2_20210706.tif", names=FOUR)
    assert opened(path, qa).clear_share == 1


def test_fmask_bits(write, opened, image):
    values = np.full((1, SIDE, SIDE), 64, np.uint8)
    values[0, :50], values[0, 50:90], values[0, 90:120] = 2, 8, 255
    reference = opened(
        image, write(values, "HLS.S30.T33UVP.2021187T101031.v2.0.Fmask.tif"), margin=0
    )
    assert (reference.clear(AREA)[:, 0] == (np.arange(SIDE) >= 120)).all()


def polygons(path, shapes, crs="EPSG:32633", **options):
    geopandas.GeoDataFrame(geometry=shapes, crs=crs).to_file(path, engine="pyogrio", **options)
    return str(path)


CLOUD = box(500_595, 5_399_105, 501_195, 5_399_595)
"""A cloud over rows 40 to 89 and columns 59 to 119, by what it touches."""


@pytest.mark.parametrize("name", ["c.gpkg", "c.shp", "c.geojson", "c.fgb"])
def test_polygons(tmp_path, opened, image, name):
    crs = "EPSG:4326" if name.endswith(".geojson") else "EPSG:32633"
    shapes = geopandas.GeoSeries([CLOUD], crs="EPSG:32633").to_crs(crs)
    reference = opened(image, mask=polygons(tmp_path / name, shapes, crs), margin=0)
    hidden = np.argwhere(~reference.clear(AREA))
    assert (hidden.min(axis=0) == (40, 59)).all() and (hidden.max(axis=0) == (89, 119)).all()
    assert len(hidden) == 50 * 61
    reference.inputs.require_unchanged()
    assert any(path.endswith(name) for path in reference.inputs.local)


def test_a_layer_of_a_geopackage_as_qgis_names_it(tmp_path, opened, image):
    path = polygons(tmp_path / "c.gpkg", [box(5e5, 5.3e6, 5.1e5, 5.31e6)], layer="elsewhere")
    polygons(path, [CLOUD], layer="clouds", mode="a")
    reference = opened(image, mask=f"{path}|layername=clouds", margin=0)
    assert (~reference.clear(AREA)).sum() == 50 * 61
    assert notes_with(opened(image, mask=f"{path}|layername=elsewhere").warnings, 1)


def test_points_are_no_clouds(tmp_path, opened, image):
    path = polygons(tmp_path / "p.gpkg", [Point(500_100, 5_399_000)])
    assert refused(opened, image, mask=path) == "mask-not-polygons"


def test_vector_files_that_are_not_what_they_say(tmp_path, opened, image):
    virtual = tmp_path / "v.geojson"
    virtual.write_text("<OGRVRTDataSource></OGRVRTDataSource>")
    pipe = tmp_path / "pipe.shp"
    os.mkfifo(pipe)
    broken = tmp_path / "b.geojson"
    broken.write_text(json.dumps({"type": "FeatureCollection"})[:20])
    for path in (virtual, broken, tmp_path / "none.shp"):
        assert refused(opened, image, mask=str(path)) == "mask-unreadable"
    with pytest.raises(SceneError):
        opened(image, mask=str(pipe))


def test_a_mask_elsewhere_is_refused(write, opened, image):
    path = write(clouds(), "far.tif", transform=UTM @ UTM.translation(5000, 0))
    assert refused(opened, image, mask=path) == "mask-elsewhere"


def test_what_a_mask_leaves_out_is_not_clear_and_told(write, opened, image):
    path = write(clouds()[:, :200], "part.tif")
    reference = opened(image, mask=path, margin=0)
    clear = reference.clear(AREA)
    assert not clear[200:].any() and clear[199, 0]
    assert notes_with(reference.warnings, "33 %")


def test_wholly_cloudy_and_wholly_clear_are_told(write, opened, image):
    cloudy = opened(image, mask=write(np.ones((1, SIDE, SIDE), np.uint8), "all.tif"))
    assert cloudy.clear_share == 0 and NONE_CLEAR in cloudy.warnings
    assert np.isnan(cloudy.read(AREA)).all()
    clear = opened(image, mask=write(np.zeros((1, SIDE, SIDE), np.uint8), "none.tif"))
    assert clear.clear_share == 1 and ALL_CLEAR in clear.warnings


def test_masks_stand_in_the_decisions(opened, image, mask):
    decisions = {each.name: each for each in opened(image, mask=mask).decisions}
    assert decisions["optical_clouds"].by == "user"
    assert {
        "optical_bands", "optical_scale", "optical_offset", "optical_level", "optical_date",
        "optical_spacing", "optical_clouds", "optical_clear",
    } == set(decisions)  # fmt: skip


def test_ten_bands_without_cirrus_are_not_enough_for_the_detector(write, opened):
    assert refused(opened, write(reflectance(TEN), "s2.tif", names=TEN)) == "clouds-unknown"


def test_masks_of_the_product_itself_are_opaque_clouds_and_cirrus(write, opened, image):
    values = np.zeros((3, SIDE, SIDE), np.uint8)
    values[0, :50], values[1, 50:90], values[2, 90:120] = 1, 1, 1
    clear = np.arange(SIDE) >= 90
    path = write(values, "MSK_CLASSI_B00.tif")
    assert (opened(image, path, margin=0).clear(AREA)[:, 0] == clear).all()
    assert (opened(image, mask=path, margin=0).clear(AREA)[:, 0] == clear).all()


def test_a_stack_as_earth_engine_exports_it(write, opened):
    bands = ("B02", "B03", "B04", "B08", "B8A")
    masks = np.zeros((4, SIDE, SIDE), np.uint16)
    masks[0, :50], masks[1, 50:90], masks[2, 90:120], masks[3] = 1, 1, 1, 77
    values = np.concatenate([reflectance(bands), masks])
    names = ("B2", "B3", "B4", "B8", "B8A", "MSK_CLASSI_OPAQUE", "MSK_CLASSI_CIRRUS")
    names += ("MSK_CLASSI_SNOW_ICE", "AOT")
    reference = opened(write(values, "20240706T101031_T33UVP.tif", names=names), margin=0)
    assert reference.bands == bands and reference.date == "2024-07-06T10:10:31"
    assert (reference.clear(AREA)[:, 0] == (np.arange(SIDE) >= 90)).all()


def test_of_several_layers_the_one_with_polygons_is_taken_or_the_user_is_asked(
    tmp_path, opened, image
):
    path = polygons(tmp_path / "c.gpkg", [Point(500_100, 5_399_000)], layer="stations")
    polygons(path, [CLOUD], layer="clouds", mode="a")
    assert (~opened(image, mask=path, margin=0).clear(AREA)).sum() == 50 * 61
    polygons(path, [CLOUD], layer="fields", mode="a")
    with raises(SceneError, "mask-layers", "clouds, fields"):
        opened(image, mask=path)
    chosen = opened(image, mask=f"{path}|layername=fields", margin=0)
    assert (~chosen.clear(AREA)).sum() == 50 * 61


def test_polygons_of_another_place_are_no_clear_sky(tmp_path, opened, image):
    far = polygons(tmp_path / "far.gpkg", [box(0, 0, 1, 1)], crs="EPSG:4326")
    assert refused(opened, image, mask=far) == "mask-elsewhere"
    metres = tmp_path / "metres.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": CLOUD.__geo_interface__}
    metres.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert refused(opened, image, mask=str(metres)) == "mask-elsewhere"


def test_a_file_without_polygons_is_told(tmp_path, opened, image):
    empty = tmp_path / "none.geojson"
    empty.write_text('{"type": "FeatureCollection", "features": []}')
    product = tmp_path / "MSK_CLOUDS_B00.gml"
    product.write_text(
        '<?xml version="1.0"?><eop:Mask xmlns:eop="http://www.opengis.net/eop/2.0" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="S2A">'
        "<gml:name>MSK_CLOUDS</gml:name></eop:Mask>"
    )
    gpkg = polygons(tmp_path / "none.gpkg", [], geometry_type="Polygon")
    for path in (str(empty), str(product), gpkg):
        reference = opened(image, mask=path)
        assert reference.clear_share == 1
        assert notes_with(reference.warnings, Path(path).name, template=NO_POLYGONS)


@pytest.mark.parametrize("name", ["clear_mask.tif", "valid.tif", "cloud-free.tif", "dataMask.tif"])
def test_masks_whose_names_say_clear_are_a_question(write, opened, image, name):
    path = write(1 - clouds(), name)
    assert refused(opened, image, mask=path) == "mask-of-clear"
    chosen = opened(image, mask=path, mask_clear=(1,), margin=0)
    assert (chosen.clear(AREA) == (clouds()[0] == 0)).all()


def test_what_is_clear_is_not_brighter_than_clouds(write, opened):
    hidden = clouds() > 0
    path = write(reflectance(FOUR) + np.uint16(6000) * hidden, "s2_20210706.tif", names=FOUR)
    inverted = write((~hidden).astype(np.uint8), "m.tif")
    assert refused(opened, path, mask=inverted) == "mask-may-be-inverted"
    assert opened(path, mask=inverted, mask_clear=(1,)).clear_share > 0.5
    assert opened(path, mask=inverted, mask_clear=(0,)).clear_share < 0.5
    assert opened(path, mask=write(clouds(), "ok.tif")).clear_share > 0.5


def test_snow_beside_shadows_is_no_inverted_mask(write, opened):
    """Snow is bright as clouds are, but dark in B11."""
    shadows = clouds() > 0
    dn = {"B02": 8500, "B03": 8000, "B04": 7800, "B08": 7000, "B11": 900}
    smooth = reflectance(tuple(dn)) / reflectance(tuple(dn)).mean((1, 2), keepdims=True)
    for offset in (0, 1000):
        values = smooth * np.array([*dn.values()])[:, None, None]
        values = np.where(shadows, values * 0.2, values).astype(np.uint16) + np.uint16(offset)
        path = write(values, "s2_20210706.tif", names=tuple(dn))
        mask = write(clouds(), "m.tif")
        assert opened(path, mask=mask, offset=offset, margin=0).clear_share > 0.9
        four = write(values[:4], "four_20210706.tif", names=FOUR)
        assert refused(opened, four, mask=mask, offset=offset) == "mask-may-be-inverted"
        assert opened(four, mask=mask, offset=offset, mask_clear=(0,)).clear_share > 0.9


def test_an_inverted_mask_is_noticed_with_b11(write, opened):
    names = (*FOUR, "B11")
    hidden = clouds() > 0
    values = reflectance(names) + np.uint16(5000) * hidden
    inverted = write((~hidden).astype(np.uint8), "m.tif")
    path = write(values, "s2_20210706.tif", names=names)
    assert refused(opened, path, mask=inverted) == "mask-may-be-inverted"


def test_of_several_bands_names_tell_the_mask(write, opened, image):
    two = np.concatenate([clouds(), clouds() * np.uint8(80)])
    path = write(two, "two.tif")
    assert refused(opened, image, mask=path) == "mask-bands-unknown"
    assert refused(opened, image, mask=image) == "mask-bands-unknown"
    path = write(two, "named.tif", names=("B02", "MSK_CLDPRB"))
    chosen = opened(image, mask=path, mask_clear=((0.0, 40.0),), margin=0)
    assert (chosen.clear(AREA) == (clouds()[0] == 0)).all()


@pytest.mark.parametrize(("scale", "kind"), [(100, np.uint8), (1, np.float32)])
def test_a_range_of_a_probability_is_clear(write, opened, image, scale, kind):
    rng = np.random.default_rng(0)
    values = (rng.uniform(0, 0.3, clouds().shape) + 0.6 * clouds()) * scale
    path = write(values.astype(kind), "probability.tif")
    with pytest.raises(SceneError) as caught:
        opened(image, mask=path)
    assert caught.value.problem == "mask-values-unknown" and "range" in caught.value.remedy
    chosen = opened(image, mask=path, mask_clear=((0.0, 0.4 * scale),), margin=0)
    assert (chosen.clear(AREA) == (clouds()[0] == 0)).all()
    decision = next(each for each in chosen.decisions if each.name == "optical_clouds")
    assert f"0-{0.4 * scale:g}" in decision.value
    assert refused(opened, image, mask=path, mask_clear=((200.0, 300.0),)) == "mask-without-clear"


@pytest.mark.parametrize("name", ["cs", "cs_cdf"])
def test_cloud_score_plus(write, opened, image, name):
    score = np.where(clouds() > 0, 0.2, 0.9).astype(np.float32)
    stack = write(
        np.concatenate([reflectance(FOUR), score]), "s2_20210706.tif", names=(*FOUR, name)
    )
    assert (opened(stack, margin=0).clear(AREA) == (clouds()[0] == 0)).all()
    path = write(score, "score.tif", names=(name,))
    assert (opened(image, mask=path, margin=0).clear(AREA) == (clouds()[0] == 0)).all()
    percent = write(score * 100, "percent.tif", names=(name,))
    assert refused(opened, image, mask=percent) == "mask-score-unknown"


@pytest.mark.parametrize(
    ("name", "cloud", "shadow", "clear", "fill"),
    [("20210706_LEVEL2_SEN2A_QAI.tif", 4, 8, 64, 1), ("QA_PIXEL.tif", 22280, 23888, 21824, 1)],
)
def test_quality_bits_of_force_and_landsat(write, opened, image, name, cloud, shadow, clear, fill):
    values = np.full((1, SIDE, SIDE), clear, np.uint16)
    values[0, :50], values[0, 50:90], values[0, 90:120] = cloud, shadow, fill
    path = write(values, name)
    for reference in (opened(image, path, margin=0), opened(image, mask=path, margin=0)):
        assert (reference.clear(AREA)[:, 0] == (np.arange(SIDE) >= 120)).all()
    grown = opened(image, path, margin=3).clear(AREA)[:, 0]
    assert grown[120] and not grown[119], "what is not known is not grown"


def test_a_products_mask_of_another_date_is_refused(write, opened, image):
    scl = write(np.full((1, SIDE, SIDE), 4, np.uint8), "T33UVP_20210711T101031_SCL_20m.tif")
    assert refused(opened, image, mask=scl) == "mask-date-differs"
    assert opened(image, mask=scl, date="2021-07-11").clear_share == 1


def test_an_empty_qa60_given_as_the_mask_says_nothing_either(write, opened):
    path = write(reflectance(FOUR), "s2_20230706.tif", names=FOUR)
    qa = write(np.zeros((1, SIDE, SIDE), np.uint16), "QA60.tif")
    assert refused(opened, path, mask=qa) == "clouds-unknown"


def test_an_archive_is_no_mask(tmp_path, opened, image):
    polygons(tmp_path / "c.shp", [CLOUD])
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for part in tmp_path.glob("c.[sdp]*"):
            archive.write(part, part.name)
    assert refused(opened, image, mask=str(tmp_path / "c.zip")) == "mask-not-in-product"
    (tmp_path / "c.kmz").write_bytes(b"PK")
    assert refused(opened, image, mask=str(tmp_path / "c.kmz")) == "optical-archive"


def test_fmask_of_classes_is_a_question_except_where_its_writer_is_known(write, opened, image):
    """2 is a cloud in python-fmask and a shadow in USGS's, and none of them a bit."""
    hidden = clouds() > 0
    classes = np.where(hidden, 2, 1).astype(np.uint8)
    classes[0, :20], classes[0, 280:, :20] = 5, 0
    path = write(classes, "s2_fmask.tif")
    assert refused(opened, image, mask=path) == "mask-values-unknown"
    chosen = opened(image, mask=path, mask_clear=(1, 4, 5), margin=0).clear(AREA)
    assert (~chosen == (hidden[0] | (classes[0] == 0))).all()
    named = write(classes, "ga_s2am_ard_provisional_3-2-1_oa_fmask.tif")
    reference = opened(image, mask=named, margin=0)
    assert (reference.clear(AREA) == chosen).all()
    stack = np.concatenate([reflectance(FOUR), classes.astype(np.uint16)])
    names = ("nbart_blue", "nbart_green", "nbart_red", "nbart_nir_1", "oa_fmask")
    inside = opened(write(stack, "dea_20210706.tif", names=names), margin=0)
    assert (inside.clear(AREA) == chosen).all()


@pytest.mark.parametrize("marks", ["clouds", "clear"])
def test_a_mask_of_one_value_and_nothing_else_is_a_question(write, opened, image, marks):
    is_marked = (clouds() > 0) == (marks == "clouds")
    values = np.where(is_marked, 1, np.nan).astype(np.float32)
    path = write(values, "m.tif", nodata=np.nan)
    assert refused(opened, image, mask=path) == "mask-values-unknown"
    if marks == "clear":
        clear = opened(image, mask=path, mask_clear=(1,), margin=0).clear(AREA)
        assert (clear == (clouds()[0] == 0)).all()


@pytest.mark.parametrize(
    ("name", "cloud", "clear", "nodata", "kind"),
    [
        ("SCL.tif", 9, 4, 255, np.uint8),
        ("SCL.tif", 9, 4, -9999, np.float32),
        ("QA60.tif", 1024, 0, 65535, np.uint16),
        ("CLM.tif", 1, 0, -999, np.float32),
    ],
)
def test_declared_nodata_of_a_products_mask_is_not_grown(
    write, opened, image, name, cloud, clear, nodata, kind
):
    values = np.where(clouds() > 0, cloud, clear).astype(kind)
    values[:, :, :30] = nodata
    reference = opened(image, mask=write(values, name, nodata=nodata))
    expected = ~grown(clouds()[0] > 0, 8)
    expected[:, :30] = False
    assert (reference.clear(AREA) == expected).all()
    assert any("does not cover" in text for text in reference.warnings)


def test_255_in_a_scene_classification_is_no_class(write, opened, image):
    values = np.where(clouds() > 0, 9, 4).astype(np.uint8)
    values[:, :, :30] = 255
    reference = opened(image, mask=write(values, "SCL.tif"), margin=0)
    assert (reference.clear(AREA)[:, :30] == 0).all() and reference.clear_share > 0.8


@pytest.mark.parametrize("name", ["no_clouds.tif", "not_cloudy.tif", "cloudless.tif"])
def test_names_that_deny_clouds_mark_what_is_clear(write, opened, image, name):
    assert refused(opened, image, mask=write(1 - clouds(), name)) == "mask-of-clear"


def test_a_detectors_name_denies_no_clouds(write, opened, image):
    assert opened(image, mask=write(clouds(), "s2cloudless_20210706.tif")).clear_share > 0.8


def test_a_band_of_the_image_named_as_mask_is_the_mask(write, opened):
    values = np.concatenate([reflectance(FOUR), clouds().astype(np.uint16)])
    path = write(values, "s2_20210706.tif", names=(*FOUR, "cloud_mask"))
    assert refused(opened, path) == "clouds-unknown"
    assert (opened(path, mask=path, margin=0).clear(AREA) == (clouds()[0] == 0)).all()
