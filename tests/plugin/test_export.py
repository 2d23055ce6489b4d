"""Exports: what is in the files, as plain GDAL reads them."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal, osr
from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QColor, QImage

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import DisplayRange
from gac_qgis_plugin.export.figure import scale_bar
from gac_qgis_plugin.export.parameters import ExportPlan, RadarImage
from gac_qgis_plugin.export.task import ExportCancelled, ExportTask, export
from tests.plugin.runs import BANDS, ORIGIN, SIZE, TAGS, value, write_run
from tests.problems import assert_problem, raises

BOX = (ORIGIN[0] + 43, ORIGIN[1] - 151, ORIGIN[0] + 121, ORIGIN[1] - 62)
"""Columns 4 to 12, rows 6 to 15: an extent counts whole pixels."""

STAC = {
    "type": "Feature",
    "stac_version": "1.1.0",
    "id": "gac-run",
    "geometry": None,
    "bbox": [0, 0, 1, 1],
    "properties": {"title": "SYNTHETIC optical image", "gac:seed": 7, "proj:code": "EPSG:32633"},
    "links": [],
    "assets": {
        f"opt_v{n}": {"href": f"./opt_v{n}.tif", "bands": [{"name": "B02", "description": "blue"}]}
        for n in (1, 2, 3)
    },
}


@pytest.fixture
def plan(qgis, tmp_path) -> ExportPlan:
    write_run(tmp_path / "run")
    (tmp_path / "run" / "stac_item.json").write_text(json.dumps(STAC))
    return ExportPlan(tmp_path / "run", (3,), tmp_path / "out ü", "scene", with_stac=False)


def go_on(done: float, label: str) -> bool:
    return True


def read(plan: ExportPlan, progress: Callable[[float, str], bool] = go_on) -> gdal.Dataset:
    """Exports the only stage of a plan and opens it."""
    files = export(plan, progress)
    return gdal.Open(str(next(file for file in files if file.suffix == ".tif")))


def expected(band: int, column: int, row: int) -> int:
    return value(3, band, column, row)


def test_reflectance_is_the_same_to_the_last_pixel(plan) -> None:
    file = read(plan)
    source = gdal.Open(str(plan.image(3)))
    assert (file.ReadAsArray() == source.ReadAsArray()).all()
    assert file.GetGeoTransform() == source.GetGeoTransform()
    assert file.GetRasterBand(1).DataType == gdal.GDT_UInt16
    crs = osr.SpatialReference(file.GetProjection())
    assert crs.GetAuthorityCode(None) == "32633"
    for number, name in enumerate(BANDS, start=1):
        band = file.GetRasterBand(number)
        assert (band.GetDescription(), band.GetNoDataValue()) == (name, 0.0)
    assert file.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert file.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    tags = file.GetMetadata()
    assert {key: tags[key] for key in TAGS} == TAGS
    assert tags["GAC_EXPORT"] == "reflectance, uint16; not resampled"
    assert Path(file.GetDescription()).name == "scene_opt_v3_SYNTHETIC.tif"
    assert [path.name for path in plan.out.iterdir()] == ["scene_opt_v3_SYNTHETIC.tif"]


@pytest.mark.parametrize("nodata", [math.nan, -9999.0])
def test_float_reflectance_is_a_ten_thousandth(plan, nodata) -> None:
    file = read(replace(plan, kind="float32", nodata=nodata, compression="LZW"))
    data = file.GetRasterBand(4).ReadAsArray()
    assert file.GetRasterBand(4).DataType == gdal.GDT_Float32
    assert data[9, 20] == pytest.approx(expected(4, 20, 9) / 10000, abs=1e-7)
    last, declared = data[0, SIZE[0] - 1], file.GetRasterBand(4).GetNoDataValue()
    assert (math.isnan(last) and math.isnan(declared)) or last == declared == nodata


def test_another_nodata_value_stands_where_nothing_was(plan) -> None:
    file = read(replace(plan, nodata=65535, compression="NONE"))
    data = file.GetRasterBand(2).ReadAsArray()
    assert file.GetRasterBand(2).GetNoDataValue() == 65535
    assert (data[:, -1] == 65535).all() and data[3, 4] == expected(2, 4, 3)


def test_an_extent_takes_whole_pixels_as_they_are(plan) -> None:
    file = read(replace(plan, extent=BOX, extent_crs="EPSG:32633"))
    assert (file.RasterXSize, file.RasterYSize) == (9, 10)
    assert (
        file.GetGeoTransform()[0] == ORIGIN[0] + 40 and file.GetGeoTransform()[3] == ORIGIN[1] - 60
    )
    data = file.ReadAsArray()
    for band, column, row in ((1, 0, 0), (4, 8, 9), (2, 3, 7)):
        assert data[band - 1, row, column] == expected(band, column + 4, row + 6)
    assert "clipped to an extent; not resampled" in file.GetMetadataItem("GAC_EXPORT")


def test_an_extent_may_be_in_another_crs(plan) -> None:
    utm, degrees = osr.SpatialReference(), osr.SpatialReference()
    utm.ImportFromEPSG(32633)
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    turn = osr.CoordinateTransformation(utm, degrees)
    box = turn.TransformBounds(*BOX, 21)
    file = read(replace(plan, extent=box, extent_crs="EPSG:4326"))
    first = round((file.GetGeoTransform()[0] - ORIGIN[0]) / 10)
    row = round((ORIGIN[1] - file.GetGeoTransform()[3]) / 10)
    assert first in (3, 4) and row in (5, 6), "the box around a turned box is a little larger"
    assert file.GetRasterBand(1).ReadAsArray()[2, 2] == expected(1, first + 2, row + 2)


def test_a_polygon_keeps_the_pixels_within(plan) -> None:
    x, y = ORIGIN
    triangle = (
        f"POLYGON(({x + 100} {y - 50},{x + 300} {y - 50},{x + 100} {y - 250},{x + 100} {y - 50}))"
    )
    file = read(replace(plan, cutline=triangle, cutline_crs="EPSG:32633"))
    assert (file.RasterXSize, file.RasterYSize) == (20, 20)
    data = file.GetRasterBand(3).ReadAsArray()
    inside = [(c, r) for r in range(20) for c in range(20) if c + r < 18]
    assert all(data[r, c] == expected(3, c + 10, r + 5) for c, r in inside)
    assert all(data[r, c] == 0 for r in range(20) for c in range(20) if c + r > 21)
    assert "clipped to a polygon; not resampled" in file.GetMetadataItem("GAC_EXPORT")


def test_resampling_is_done_and_told(plan) -> None:
    file = read(replace(plan, crs="EPSG:3857", pixel=30.0, resampling="bilinear"))
    assert osr.SpatialReference(file.GetProjection()).GetAuthorityCode(None) == "3857"
    assert file.GetGeoTransform()[1] == pytest.approx(30.0)
    data = file.GetRasterBand(1).ReadAsArray()
    known = data[data > 0]
    lowest, highest = expected(1, 0, 0), expected(1, SIZE[0] - 2, SIZE[1] - 1)
    assert known.size > 50 and lowest <= known.min() and known.max() <= highest
    assert "resampled (bilinear)" in file.GetMetadataItem("GAC_EXPORT")


def test_a_larger_pixel_on_the_same_crs_is_a_mean(plan) -> None:
    file = read(replace(plan, pixel=20.0, resampling="average"))
    assert (file.RasterXSize, file.RasterYSize) == (24, 16)
    four = [expected(2, c, r) for c in (6, 7) for r in (4, 5)]
    assert file.GetRasterBand(2).ReadAsArray()[2, 3] == pytest.approx(sum(four) / 4, abs=1)


@pytest.mark.parametrize(
    ("style", "bands"), [("true_colour", (3, 2, 1)), ("false_colour", (4, 3, 2))]
)
@pytest.mark.parametrize("display", [DisplayRange(), DisplayRange(300.0, 1300.0, "fitted")])
def test_a_picture_has_the_colours_and_the_range_of_the_run(plan, style, bands, display) -> None:
    file = read(replace(plan, kind="picture", style=style, display=display))
    assert file.RasterCount == 3 and file.GetRasterBand(1).DataType == gdal.GDT_Byte
    data = file.ReadAsArray()
    for number, band in enumerate(bands):
        black, white = display.of_band(BANDS[band - 1])
        share = min(max(expected(band, 30, 10) - black, 0) / (white - black), 1)
        assert data[number, 10, 30] == pytest.approx(1 + 254 * share, abs=1)
    assert (data[:, :, -1] == 0).all() and data[:, :, :-1].min() >= 1
    assert f"reflectance {' to '.join(display.reflectance)}" in file.GetMetadataItem("GAC_EXPORT")
    assert file.GetMetadataItem("SYNTHETIC") == "YES"
    kinds = [file.GetRasterBand(n).GetColorInterpretation() for n in (1, 2, 3)]
    assert kinds == [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand]


def test_the_stac_item_tells_of_what_was_exported(plan) -> None:
    wanted = replace(
        plan,
        stages=(1, 3),
        with_stac=True,
        kind="float32",
        nodata=math.nan,
        extent=BOX,
        extent_crs="EPSG:32633",
    )
    export(wanted, go_on)
    item = json.loads((plan.out / "scene_stac_item.json").read_text())
    assert sorted(item["assets"]) == ["opt_v1", "opt_v3"]
    asset = item["assets"]["opt_v3"]
    path = plan.out / asset["href"]
    assert asset["file:checksum"] == "1220" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert (asset["data_type"], asset["nodata"]) == ("float32", "nan")
    assert [band["name"] for band in asset["bands"]] == list(BANDS)
    assert asset["bands"][0]["description"] == "blue", "what the run says of a band is kept"
    properties = item["properties"]
    assert properties["proj:shape"] == [10, 9] and properties["gac:seed"] == 7
    assert properties["proj:bbox"] == list(map(float, _outward(BOX)))
    west, south, east, north = item["bbox"]
    assert 17.3 < west < east < 17.5 and 48.6 < south < north < 48.8
    assert item["geometry"]["coordinates"][0][0] == item["geometry"]["coordinates"][0][-1]


def _outward(box: tuple[float, float, float, float]) -> list[float]:
    x, y = ORIGIN
    return [x + 40, y - 160, x + 130, y - 60]


def test_a_run_without_a_stac_item_is_exported_without(plan) -> None:
    (plan.run / "stac_item.json").unlink()
    assert [path.suffix for path in export(replace(plan, with_stac=True), go_on)] == [".tif"]


@pytest.mark.parametrize("unit", ["db", "power", "amplitude"])
def test_the_figure_shows_radar_and_result(plan, radar, unit, tmp_path) -> None:
    path = tmp_path / "vv.tif"
    file = gdal.Translate(str(path), str(plan.image(1)), bandList=[1], outputType=gdal.GDT_Float32)
    file.GetRasterBand(1).DeleteNoDataValue()
    file.GetRasterBand(1).Fill({"db": -12.5, "power": 10**-1.25, "amplitude": 10**-0.625}[unit])
    del file
    image = RadarImage(str(path), 1, unit)
    files = export(replace(plan, with_figure=True, radar=image), go_on)
    assert files[-1].name == "scene_before_after_SYNTHETIC.png"
    figure = QImage(str(files[-1]))
    assert figure.text("SYNTHETIC") == "YES" and "not observed" in figure.text("Description")
    assert figure.width() > 1800 and figure.height() > 600
    grey = figure.pixelColor(450, 200)
    assert grey.red() == grey.green() == grey.blue() == pytest.approx(128, abs=2)
    result = figure.pixelColor(1300, 300)
    assert result != grey and result != QColor("white")
    # Who cuts the result's image out keeps a mark in its corner; the radar has none.
    corners = [
        {
            figure.pixelColor(right - x, bottom - y).name()
            for x in range(12, 150)
            for y in range(12, 40)
        }
        for right, bottom in (
            (24 + 900, figure.height() - 24 - 55),
            (figure.width() - 24, figure.height() - 24 - 55),
        )
    ]
    assert "#141414" in corners[1] and "#141414" not in corners[0]
    # The mark is written in a colour that nothing else has.
    colours = {
        figure.pixelColor(x, figure.height() - y).name() for x in range(600) for y in range(20, 70)
    }
    assert "#b04000" in colours


def test_scale_bars_are_round() -> None:
    assert scale_bar(1234.0) == (1000.0, "1 km")
    assert scale_bar(999.0) == (500.0, "500 m")
    assert scale_bar(6400.0) == (5000.0, "5 km")
    assert scale_bar(2000.0) == (2000.0, "2 km")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"stages": ()}, ("no-stage-chosen",)),
        ({"nodata": 300.0}, ("nodata-not-uint16", "300")),
        ({"nodata": math.nan}, ("nodata-not-uint16", "nan")),
        ({"kind": "float32", "nodata": 0.0}, ("nodata-is-reflectance", "0")),
        ({"extent": (0.0, 0.0, 10.0, 10.0), "extent_crs": "EPSG:32633"}, ("area-off-image",)),
    ],
)
def test_what_cannot_be_is_refused_in_words(plan, changes, expected) -> None:
    with raises(PluginError, *expected):
        export(replace(plan, **changes), go_on)
    assert not plan.out.exists() or not list(plan.out.iterdir())


def test_nothing_is_replaced(plan) -> None:
    plan.out.mkdir()
    (plan.out / "scene_opt_v3_SYNTHETIC.tif").write_text("mine")
    with raises(PluginError, "export-already-there", "scene_opt_v3_SYNTHETIC.tif"):
        export(plan, go_on)
    assert (plan.out / "scene_opt_v3_SYNTHETIC.tif").read_text() == "mine"


def test_an_image_that_is_gone_and_one_that_is_broken(plan) -> None:
    plan.image(3).write_bytes(b"no image")
    with raises(PluginError, "stage-not-exported", "opt_v3"):
        export(plan, go_on)
    plan.image(3).unlink()
    with raises(PluginError, "export-image-missing", str(plan.image(3))):
        export(plan, go_on)
    assert not list(plan.out.iterdir())


def test_a_folder_that_cannot_be_made(plan, tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with raises(PluginError, "export-folder-read-only", str(tmp_path / "file" / "out")):
        export(replace(plan, out=tmp_path / "file" / "out"), go_on)


def test_cancelling_leaves_nothing(plan) -> None:
    told: list[float] = []

    def stop(done: float, label: str) -> bool:
        told.append(done)
        return done < 0.6

    with pytest.raises(ExportCancelled):
        export(replace(plan, stages=(1, 2, 3)), stop)
    assert told == sorted(told) and not list(plan.out.iterdir())


def run_task(task: ExportTask, wait: Any) -> list[Any]:
    ends: list[Any] = []
    task.ended.connect(lambda files, problem: ends.append((files, problem)))
    QgsApplication.taskManager().addTask(task)
    wait(lambda: ends)
    return list(ends[0])


def test_the_task_tells_its_progress_and_its_end(plan, wait) -> None:
    task = ExportTask(replace(plan, stages=(1, 2), with_figure=True))
    told: list[float] = []
    task.progressed.connect(lambda percent, label: told.append(percent))
    files, problem = run_task(task, wait)
    assert problem is None and len(files) == 3 and all(path.is_file() for path in files)
    assert told == sorted(told) and told[-1] == 100.0


def test_the_task_tells_what_is_wrong(plan, wait) -> None:
    files, problem = run_task(ExportTask(replace(plan, stages=())), wait)
    assert files == []
    assert_problem(problem, "no-stage-chosen")
