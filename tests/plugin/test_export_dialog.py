"""The export dialog, with real widgets and real files."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path

import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.display import DisplayRange, save_range
from gac_qgis_plugin.export.parameters import RadarImage
from gac_qgis_plugin.gui.compare.tools import CompareTools
from gac_qgis_plugin.gui.export_dialog import ExportDialog
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.styles import apply_range
from tests.plugin.runs import ORIGIN, SIZE, add_run
from tests.problems import raises

X, Y = ORIGIN


@pytest.fixture
def dialog(window, radar, tmp_path):
    run = add_run(tmp_path / "run", radar("s1"))
    dialog = ExportDialog(window, run)
    dialog.out.setFilePath(str(tmp_path / "exports"))
    yield dialog
    dialog.close()


def test_the_default_is_the_last_stage_as_it_is(dialog, tmp_path) -> None:
    plan = dialog.plan()
    assert (plan.stages, plan.kind, plan.nodata) == ((3,), "uint16", 0.0)
    assert (plan.crs, plan.pixel, plan.extent, plan.cutline) == ("", None, None, "")
    assert plan.stem == "run" and plan.out == tmp_path / "exports"
    assert "nothing is resampled" in dialog.note.text()
    assert not dialog.grid.method_combo.isEnabled() and dialog.values.nodata.text() == "0"


def test_what_is_chosen_is_planned(dialog, window) -> None:
    dialog.stages[1].setChecked(True)
    dialog.values.buttons["float32"].setChecked(True)
    dialog.grid.crs.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    dialog.grid.method_combo.setCurrentIndex(1)
    dialog.figure_box.setChecked(True)
    canvas = window.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    canvas.setExtent(QgsRectangle(X + 40, Y - 200, X + 240, Y - 50))
    dialog.area.mode_combo.setCurrentIndex(1)
    plan = dialog.plan()
    assert plan.stages == (1, 3) and plan.kind == "float32" and math.isnan(plan.nodata)
    assert (plan.crs, plan.resampling, plan.extent_crs) == ("EPSG:4326", "bilinear", "EPSG:32633")
    assert plan.pixel == pytest.approx(10 / 111320, abs=1e-7)
    assert plan.extent is not None and plan.extent[0] <= X + 40
    assert isinstance(plan.radar, RadarImage) and plan.radar.band == 1
    assert "are resampled" in dialog.note.text()


def polygons(*boxes: QgsRectangle) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "fields", "memory")
    for box in boxes:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(box))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_the_export_has_the_range_of_the_run(dialog, tmp_path) -> None:
    wanted = DisplayRange(100.0, 900.0, "layer", "s2")
    run = run_in(QgsProject.instance(), tmp_path / "run")
    apply_range(run.stages, wanted)
    assert dialog.plan().display == wanted
    save_range(tmp_path / "run", wanted)
    QgsProject.instance().clear()
    assert dialog.plan().display == wanted, "the layers are gone, the run is not"


def test_polygons_are_joined_or_only_the_selected_ones_taken(dialog) -> None:
    near = QgsRectangle(X + 50, Y - 150, X + 150, Y - 50)
    far = QgsRectangle(X + 120, Y - 150, X + 250, Y - 50)
    layer = polygons(near, far)
    dialog.area.mode_combo.setCurrentIndex(2)
    assert QgsGeometry.fromWkt(dialog.plan().cutline).boundingBox().width() == pytest.approx(200)
    dialog.area.selected_box.setChecked(True)
    with raises(PluginError, "polygon-missing"):
        dialog.plan()
    layer.selectByIds([next(layer.getFeatures()).id()])
    assert QgsGeometry.fromWkt(dialog.plan().cutline).boundingBox().width() == pytest.approx(100)


def test_no_polygons_are_told_of(dialog) -> None:
    dialog.area.mode_combo.setCurrentIndex(2)
    with raises(PluginError, "polygon-layer-missing"):
        dialog.plan()
    polygons()
    dialog.area.layer_combo.setLayer(next(iter(QgsProject.instance().mapLayersByName("fields"))))
    with raises(PluginError, "polygon-missing"):
        dialog.plan()


def test_what_is_wrong_is_said_in_the_dialog(dialog) -> None:
    dialog.values.nodata.setText("much")
    with raises(PluginError, "nodata-not-a-number", "much") as caught:
        dialog.plan()
    dialog.start()
    assert escape(caught.value.message) in dialog.note.text() and dialog.task is None
    dialog.values.nodata.setText("0")
    dialog.name.setText("../elsewhere")
    with raises(PluginError, "export-name-missing") as caught:
        dialog.plan()
    dialog.start()
    assert escape(caught.value.message) in dialog.note.text()


def test_an_export_from_beginning_to_end(dialog, window, wait, tmp_path) -> None:
    dialog.figure_box.setChecked(True)
    dialog.start()
    assert not dialog.form.isEnabled() and dialog.cancel_button.isEnabled()
    wait(lambda: dialog.task is None)
    names = sorted(path.name for path in (tmp_path / "exports").iterdir())
    assert names == ["run_before_after_SYNTHETIC.png", "run_opt_v3_SYNTHETIC.tif"]
    file = gdal.Open(str(tmp_path / "exports" / names[1]))
    assert (file.RasterXSize, file.RasterYSize) == SIZE
    assert dialog.form.isEnabled() and "2 SYNTHETIC files" in dialog.note.text()
    wait(lambda: any("2 SYNTHETIC" in item.text() for item in window.messageBar().items()))
    dialog.start()
    assert "nothing is replaced" in dialog.note.text()


def test_cancelling_in_the_dialog(dialog, wait, tmp_path) -> None:
    dialog.start()
    dialog.cancel()
    wait(lambda: dialog.task is None)
    assert "cancelled" in dialog.note.text()
    assert not list(tmp_path.glob("exports/*"))


def test_the_panel_opens_the_export_of_its_run(window, radar, tmp_path) -> None:
    tools = CompareTools(window)
    tools.session.export_wanted.emit()
    assert tools.export_dialog is None, "there is nothing to export yet"
    add_run(tmp_path / "run", radar("s1"))
    tools.session.export_wanted.emit()
    assert tools.export_dialog.isVisible() and "run" in tools.export_dialog.windowTitle()
    first = tools.export_dialog
    first.out.setFilePath(str(Path(tmp_path) / "exports"))
    first.start()
    tools.session.export_wanted.emit()
    assert tools.export_dialog is first, "the one that is at work is shown again"
    tools.close()
