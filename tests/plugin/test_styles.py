"""The look of results, and the formulas of NDVI and differences."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import Qt

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.engine_inputs import is_synthetic
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.maps import show_difference
from gac_qgis_plugin.rasters import difference_raster, ndvi_raster
from gac_qgis_plugin.results import image_of, run_in
from gac_qgis_plugin.styles import apply_style, style_of, styles
from tests.plugin.runs import DATE, ORIGIN, SIZE, add_run, value, write_run
from tests.problems import raises


def at(column: int, row: int) -> QgsPointXY:
    return QgsPointXY(ORIGIN[0] + 10 * column + 5, ORIGIN[1] - 10 * row - 5)


def test_ndvi_is_computed_from_red_and_near_infrared(qgis, tmp_path) -> None:
    write_run(tmp_path / "run")
    file = gdal.Open(str(ndvi_raster(tmp_path / "run", 2)))
    assert [file.GetRasterBand(n).GetDescription() for n in range(1, 6)] == [
        "B02",
        "B03",
        "B04",
        "B08",
        "NDVI",
    ]
    ndvi = file.GetRasterBand(5).ReadAsArray()
    for column, row in ((0, 0), (30, 20)):
        red, nir = value(2, 3, column, row), value(2, 4, column, row)
        assert ndvi[row, column] == pytest.approx((nir - red) / (nir + red), abs=1e-6)
        assert file.GetRasterBand(3).ReadAsArray()[row, column] == red
    assert math.isnan(ndvi[0, SIZE[0] - 1]) and math.isnan(file.GetRasterBand(5).GetNoDataValue())
    assert file.GetMetadataItem("SYNTHETIC") == "YES"
    assert file.GetGeoTransform() == (ORIGIN[0], 10.0, 0.0, ORIGIN[1], 0.0, -10.0)


def test_a_difference_is_later_minus_earlier(qgis, tmp_path) -> None:
    write_run(tmp_path / "run")
    path = difference_raster(tmp_path / "run", 3, 2)
    data = gdal.Open(str(path)).ReadAsArray()
    assert data.shape == (5, SIZE[1], SIZE[0])
    assert (data[:, :, :-1] == 40.0).all()
    assert all(map(math.isnan, data[:, :, -1].ravel()))
    (tmp_path / "run").rename(tmp_path / "moved")
    moved = gdal.Open(str(tmp_path / "moved" / path.name))
    assert moved.GetRasterBand(1).ReadAsArray()[0, 0] == 40.0, "it moves along with its images"


def test_each_style_holds_for_every_stage(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    ids = [layer.id() for layer in run.stages.values()]
    names = [layer.name() for layer in run.stages.values()]
    looks = {}
    for style in styles():
        apply_style(run.stages, style.key)
        assert style_of(run.stages) == style.key
        looks[style.key] = [layer.renderer().type() for layer in run.stages.values()]
        assert run_in(QgsProject.instance(), run.folder).stages.keys() == {1, 2, 3}
        assert [layer.id() for layer in run.stages.values()] == ids
        assert [layer.name() for layer in run.stages.values()] == names
        assert all(is_synthetic(layer) and layer.isValid() for layer in run.stages.values())
        assert [image_of(each).name for each in run.stages.values()] == [
            "opt_v1.tif",
            "opt_v2.tif",
            "opt_v3.tif",
        ]
    assert looks["ndvi"] == ["singlebandpseudocolor"] * 3
    assert looks["false_colour"] == looks["true_colour"] == ["multibandcolor"] * 3


def test_false_colour_shows_near_infrared_as_red_with_one_stretch(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    apply_style(run.stages, "false_colour")
    for layer in run.stages.values():
        renderer = layer.renderer()
        assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (4, 3, 2)
        stretches = (
            renderer.redContrastEnhancement(),
            renderer.greenContrastEnhancement(),
            renderer.blueContrastEnhancement(),
        )
        assert [each.maximumValue() for each in stretches] == [2500.0, 1500.0, 1500.0]


def test_ndvi_style_shows_the_ndvi_band(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    apply_style(run.stages, "ndvi")
    layer = run.stages[3]
    assert layer.renderer().band() == 5
    red, nir = value(3, 3, 4, 5), value(3, 4, 4, 5)
    found, ok = layer.dataProvider().sample(at(4, 5), 5)
    assert ok and found == pytest.approx((nir - red) / (nir + red), abs=1e-6)
    renderer = layer.renderer()
    assert (renderer.classificationMin(), renderer.classificationMax()) == (-0.2, 0.9)


def test_a_stage_that_comes_later_looks_like_those_before(qgis, tmp_path) -> None:
    events = write_run(tmp_path / "run")
    layers = RunLayers(QgsProject.instance(), (), "G", "x")
    layers.add_stage(events[0])
    apply_style(run_in(QgsProject.instance(), tmp_path / "run").stages, "ndvi")
    for event in [*events, events[0]]:
        layers.add_stage(event)
    layers.finish()
    run = run_in(QgsProject.instance(), tmp_path / "run")
    assert len(QgsProject.instance().mapLayers()) == 3, "told again, none is added twice"
    assert [each.renderer().type() for each in run.stages.values()] == ["singlebandpseudocolor"] * 3
    assert "small" in (tmp_path / "run" / "opt_v2.qmd").read_text()


def test_the_style_survives_the_project_file(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    apply_style(run.stages, "ndvi")
    project = QgsProject.instance()
    project.write(str(tmp_path / "p.qgs"))
    project.read(str(tmp_path / "p.qgs"))
    again = run_in(project, tmp_path / "run")
    assert style_of(again.stages) == "ndvi"
    assert all(layer.isValid() for layer in again.stages.values())
    apply_style(again.stages, "true_colour")
    assert Path(again.stages[1].source()) == tmp_path / "run" / "opt_v1.tif"


def test_a_folder_that_cannot_be_written_to_is_told_of(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    (run.folder / ".opt_v1_ndvi_parts.vrt.part").mkdir()
    with raises(PluginError, "run-file-not-written"):
        apply_style(run.stages, "ndvi")
    assert style_of(run.stages) == "true_colour"


def test_layers_have_the_time_of_their_radar(qgis, tmp_path) -> None:
    run = add_run(tmp_path / "run")
    apply_style(run.stages, "ndvi")
    node = show_difference(run, 3, 2, QgsProject.instance())
    for layer in [*run.stages.values(), node.layer()]:
        times = layer.temporalProperties()
        assert (
            times.isActive()
            and times.fixedTemporalRange().begin().toUTC().toString(Qt.DateFormat.ISODate)
            == f"{DATE}Z"
        )


def test_a_layer_of_an_unknown_time_is_always_shown(qgis, tmp_path) -> None:
    events = write_run(tmp_path / "run")
    record = json.loads((tmp_path / "run" / "run.json").read_text())
    record["scene"]["date"] = None
    (tmp_path / "run" / "run.json").write_text(json.dumps(record))
    layers = RunLayers(QgsProject.instance(), (), "G", "x")
    layer = layers.add_stage(events[0])
    layers.finish()
    assert not layer.temporalProperties().isActive()
