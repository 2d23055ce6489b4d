"""The panel's optical reference: chosen, told, shown before the run, and sent along with it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gac_qgis_plugin.contract.layout import WORK
from gac_qgis_plugin.contract.optical_options import IGNORED_BAND
from osgeo import gdal, ogr, osr
from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from gac_qgis_plugin.contract import rename, request
from gac_qgis_plugin.core.problems import PluginError, redacted
from gac_qgis_plugin.engine_inputs import mask_source
from gac_qgis_plugin.gui.fill_action import may_be_optical
from gac_qgis_plugin.gui.layer_combo import LayersDialog
from gac_qgis_plugin.gui.optical_group import READING, OpticalGroup
from gac_qgis_plugin.gui.reference_watch import CLEAR_PREFIX
from gac_qgis_plugin.jobs import resumption
from gac_qgis_plugin.runs import DerivedRun, read_entry
from tests.held import Holder
from tests.plugin.runs import add_run

BANDS = ("B02", "B03", "B04", "B08")


@pytest.fixture
def optical(tmp_path: Path) -> Callable[..., QgsRasterLayer]:
    """Makes layers of Sentinel-2 files."""

    def make(
        name: str = "s2",
        bands: tuple[str, ...] = BANDS,
        add: bool = True,
        tags: dict[str, str] | None = None,
    ) -> QgsRasterLayer:
        path = tmp_path / f"{name}.tif"
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(32633)
        file = gdal.GetDriverByName("GTiff").Create(str(path), 32, 32, len(bands), gdal.GDT_UInt16)
        file.SetProjection(crs.ExportToWkt())
        file.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
        file.SetMetadata(tags or {})
        for number, band in enumerate(bands, start=1):
            file.GetRasterBand(number).SetDescription(band)
            file.GetRasterBand(number).Fill(500 * number)
        file = None
        layer = QgsRasterLayer(str(path), name, "gdal")
        if add:
            QgsProject.instance().addMapLayer(layer)
        return layer

    return make


@pytest.fixture
def clouds(tmp_path: Path) -> QgsVectorLayer:
    """A polygon layer of a GeoPackage with two tables."""
    path = tmp_path / "sky.gpkg"
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    for name in ("fog", "clouds"):
        table = source.CreateLayer(name, crs, ogr.wkbPolygon)
        feature = ogr.Feature(table.GetLayerDefn())
        box = "POLYGON((676800 5394700,676900 5394700,676900 5394800,676800 5394700))"
        feature.SetGeometry(ogr.CreateGeometryFromWkt(box))
        table.CreateFeature(feature)
    source = None
    layer = QgsVectorLayer(f"{path}|layername=clouds", "clouds", "ogr")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def log(monkeypatch, tmp_path) -> Path:
    path = tmp_path / "questions"
    monkeypatch.setenv("GAC_FAKE_LOG", str(path))
    return path


def asked(log: Path, method: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [line["params"] for line in lines if line["method"] == method]


def offered(group: OpticalGroup) -> set[str]:
    combo = group.image.layer_combo
    layers = (combo.layer(index) for index in range(combo.count()))
    return {layer.name() for layer in layers if layer is not None}


def test_nothing_is_sent_without_a_reference(panel, radar) -> None:
    radar()
    dock = panel("good").dock
    assert dock.optical.isCollapsed() and dock.optical.is_empty
    assert not dock.optical.clear_button.isEnabled() and not dock.optical.reading.isEnabled()
    assert not [name for name in dock.job().params if name.startswith("optical")]


def test_the_reading_is_told_in_a_line_and_unfolds(panel, radar, optical, wait, log) -> None:
    one = panel("good")
    layer, image = radar(), optical()
    one.dock.open_for(layer)
    one.dock.optical.set_layer(image)
    wait(lambda: "61" in one.dock.optical.note.text())
    line = one.dock.optical.note.text()
    assert "29 January 2018" in line and "0 to 10000" not in line
    assert "winter" in line and "&amp;" in line, "warnings are never folded"
    one.dock.optical.note.linkActivated.emit("unfold")
    assert "0 to 10000" in one.dock.optical.note.text()
    assert "&lt;large&gt;" in one.dock.optical.note.text()
    one.dock.optical.note.linkActivated.emit("unfold")
    assert one.dock.optical.note.text() == line
    assert "PARTLY OBSERVED" in one.dock.footer.notice.text()
    assert asked(log, "inspect")[-1]["optical"] == [image.source()]
    wait(lambda: any(each.get("optical") for each in asked(log, "estimate")))


def test_a_refused_reference_leaves_the_radar_alone(panel, radar, optical, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar())
    wait(lambda: "Unit" in one.text())
    one.dock.optical.set_layer(optical("bad"))
    wait(lambda: "elsewhere" in one.dock.optical.note.text())
    assert "Unit" in one.text() and "elsewhere" not in one.text()
    one.dock.optical.image.set_layer(None)
    assert one.dock.optical.note.text() == "" and not one.dock.optical.clear_button.isEnabled()
    assert "PARTLY OBSERVED" not in one.dock.footer.notice.text()


def test_results_are_never_offered(panel, radar, optical, tmp_path) -> None:
    radar()
    dock = panel("good").dock
    run = add_run(tmp_path / "run")
    optical()
    dock.optical.image.layer_combo._leave_out_results()
    assert offered(dock.optical) == {"s1", "s2"}
    generated = optical("opt_v3", tags={"SYNTHETIC": "PARTLY", "GAC_OBSERVED": "0.4"})
    dock.optical.set_layer(generated)
    with pytest.raises(PluginError):
        dock.optical.params()
    assert run.stages[3].name() not in offered(dock.optical)


def test_every_choice_reaches_the_request(panel, radar, optical, clouds) -> None:
    radar()
    dock = panel("good").dock
    group = dock.optical
    group.set_layer(optical())
    assert group.params() == {
        "optical": [optical(add=False).source()],
        "optical_use": "auto",
        "optical_days": 3,
    }
    group.mask.set_layer(clouds)
    group.days.setValue(10)
    widgets = group.reading.widgets
    assert list(widgets) == [f"optical_{name}" for name in READING]
    widgets["optical_bands"].setText(f"B02,B03,B04,B08,{IGNORED_BAND}")
    widgets["optical_scale"].setCurrentIndex(2)
    widgets["optical_offset"].setCurrentIndex(widgets["optical_offset"].findData(1000))
    widgets["optical_date"].setText("2018-01-30")
    widgets["optical_clear"].setText("4,5")
    widgets["optical_margin"].setValue(0)
    group.use_combo.setCurrentIndex(group.use_combo.findData("guide"))
    assert not group.days.isEnabled(), "the days decide only if the use is automatic"
    params = dock.job().params
    wanted = {
        "optical_mask": clouds.source(),
        "optical_use": "guide",
        "optical_days": 10,
        "optical_bands": "B02,B03,B04,B08,-",
        "optical_scale": "reflectance",
        "optical_offset": 1000,
        "optical_date": "2018-01-30",
        "optical_clear": "4,5",
        "optical_margin": 0,
    }
    assert {name: params[name] for name in wanted} == wanted
    assert set(wanted) | {"optical"} == set(request.OPTICAL_OPTIONS)
    request.RunRequest.from_dict({**params, "out": "."})


def test_several_layers_files_and_a_folder(panel, radar, optical, tmp_path, qgis) -> None:
    radar()
    dock = panel("good").dock
    first, second = optical("B02", ("B02",)), optical("B03", ("B03",))
    add_run(tmp_path / "run")
    dialog = LayersDialog()
    items = {dialog.list.item(row).text(): dialog.list.item(row) for row in range(3)}
    assert dialog.list.count() == 3 and set(items) == {"s1", "B02", "B03"}, "no results"
    for name in ("B02", "B03"):
        items[name].setCheckState(Qt.CheckState.Checked)
    dialog.chosen.connect(dock.optical.image.set_sources)
    dialog.accept()
    assert set(dock.optical.params()["optical"]) == {first.source(), second.source()}
    assert dock.optical.image.layer_combo.currentText().startswith("2 files")
    folder = str(tmp_path / "S2B_MSIL2A.SAFE")
    dock.optical.image.set_sources([folder])
    assert dock.optical.params()["optical"] == [folder]
    assert dock.optical.image.layer_combo.currentText() == "S2B_MSIL2A.SAFE"
    dock.optical.image.layer_combo.setLayer(first)
    assert dock.optical.params()["optical"] == [first.source()]
    assert "SAFE" not in str(dock.optical.image.layer_combo.additionalItems())


def test_masks_of_all_kinds(radar, clouds, qgis) -> None:
    assert mask_source(clouds) == clouds.source()
    assert mask_source(radar("mask", 1)).endswith("mask.tif")
    clouds.setSubsetString("fid = 1")
    with pytest.raises(PluginError):
        mask_source(clouds)
    memory = QgsVectorLayer("Polygon?crs=EPSG:32633", "drawn", "memory")
    with pytest.raises(PluginError) as refused:
        mask_source(memory)
    assert refused.value.remedy


def test_what_is_clear_becomes_a_layer(
    panel, radar, optical, wait, log, tmp_path, monkeypatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    one = panel("good")
    one.dock.open_for(radar())
    one.dock.optical.set_layer(optical())
    for _ in range(2):  # the second takes the first one's place
        one.dock.optical.clear_button.click()
        wait(lambda: one.dock.reference.task is None)
    layers = [each for each in QgsProject.instance().mapLayers().values() if "61" in each.name()]
    (layer,) = layers
    assert Path(layer.source()).parent.name.startswith(CLEAR_PREFIX)
    assert {each.value: each.color.alpha() for each in layer.renderer().classes()} == {
        1: 25,
        2: 150,
    }
    request_ = asked(log, "clear")[-1]
    assert request_["optical"] and Path(request_["out"]).parent == folder
    assert one.dock.optical.clear_button.isEnabled()
    ident = layer.id()
    with monkeypatch.context() as patches:
        holder = Holder(patches, rename)
        one.dock.reference.drop()
        assert holder.refused and not holder.paused
    one.dock.reference.drop()
    assert list(folder.iterdir()) == [] and QgsProject.instance().mapLayer(ident) is None


def test_the_menu_of_layers_that_may_be_optical(
    window, radar, optical, tmp_path, fake_launch, monkeypatch, wait
) -> None:
    from gac_qgis_plugin import plugin_main

    monkeypatch.setattr(plugin_main, "find_launch", lambda: fake_launch("good"))
    before = optical("before")
    plugin = plugin_main.GacPlugin(window)
    plugin.initGui()
    try:
        after, sar = optical("after", ("red", "green", "blue")), radar()
        run = add_run(tmp_path / "run")
        texts = {
            layer_id: [action.text() for action in actions]
            for layer_id, actions in window.actions_of_layers.items()
        }
        assert texts == {each.id(): ["Fill clouds with GAC…"] for each in (before, after)}
        assert not may_be_optical(run.stages[3]) and not may_be_optical(sar)
        assert not may_be_optical(optical("sar4", ("VV", "VH", "angle", "mask"), add=False))
        assert not may_be_optical(optical("old", add=False, tags={"SYNTHETIC": "YES"}))
        window.active = after
        window.actions_of_layers[after.id()][0].trigger()
        assert plugin.dock.optical.image.layer().id() == after.id()
        assert plugin.dock.input.layer.id() == sar.id(), "the image is not its own radar"
        assert not plugin.dock.optical.isCollapsed()
    finally:
        plugin.unload()
    optical("later")
    assert len(window.actions_of_layers) == 2 and not window.layer_actions


def test_the_lens_uses_it(panel, radar, optical) -> None:
    one = panel("good")
    one.dock.open_for(radar())
    image = optical()
    one.dock.optical.set_layer(image)
    params = one.dock.preview_params(QgsPointXY(676900.0, 5394800.0))
    assert params["optical"] == [image.source()] and params["optical_days"] == 3


def test_running_again_fills_the_group(panel, radar, optical, clouds, tmp_path) -> None:
    layer, image = radar(), optical()
    run = add_run(tmp_path / "run", layer)
    settings = {
        "sar": [layer.source()],
        "optical": [image.source()],
        "optical_mask": clouds.source(),
        "optical_use": "guide",
        "optical_days": 7,
        "optical_offset": 1000,
        "optical_margin": 2,
    }
    write_request(run.folder, settings)
    dock = panel("good").dock
    dock.show_derived(read_entry(run.folder), 1)
    assert dock.optical.image.layer().id() == image.id()
    assert dock.optical.mask.layer().id() == clouds.id()
    params = dock.job().params
    assert {name: params[name] for name in settings} == settings
    derived = DerivedRun(read_entry(run.folder), 3).params({"stages": 3, "keep": True})
    assert {name: derived[name] for name in settings} == settings
    gone = ["/gone/B02.tif", "/gone/B03.tif"]
    write_request(run.folder, {"sar": [layer.source()], "optical": gone})
    dock.show_derived(read_entry(run.folder), 1)
    assert dock.job().params["optical"] == gone
    assert "optical_mask" not in dock.job().params
    write_request(run.folder, {"sar": [layer.source()]})
    dock.show_derived(read_entry(run.folder), 1)
    assert dock.optical.is_empty


def test_resuming_sends_it_again(radar, optical, tmp_path) -> None:
    layer, image = radar(), optical()
    out = tmp_path / "unfinished"
    (out / WORK).mkdir(parents=True)
    journal = {
        "format": 1,
        "request": {"sar": [layer.source()], "optical": [image.source()], "optical_days": 5},
        "progress": {"stage": 1, "stages": 3, "tile": 1, "tiles": 9},
        "updated": "2026-11-29T12:00:00+00:00",
    }
    (out / WORK / "journal.json").write_text(json.dumps(journal))
    resumed = resumption(out, QgsProject.instance()).request
    assert resumed["optical"] == [image.source()] and resumed["optical_days"] == 5


def test_secrets_of_addresses_come_back_from_the_layers(radar, tmp_path) -> None:
    """A journal omits them, and only the project's layers have them."""
    layer = radar()
    address = "https://example.org/S2_20180129.tif?sig=hush"
    remote = QgsRasterLayer(address, "s2", "gdal", QgsRasterLayer.LayerOptions(False))
    QgsProject.instance().addMapLayer(remote)
    shown = redacted(f"/vsicurl/{address}")
    assert "hush" not in shown
    out = tmp_path / "unfinished"
    (out / WORK).mkdir(parents=True)
    request_ = {"sar": [layer.source()], "optical": [shown], "optical_mask": shown}
    progress = {"stage": 1, "stages": 3, "tile": 1, "tiles": 9}
    journal = {"format": 1, "request": request_, "progress": progress}
    journal["updated"] = "2026-11-29T12:00:00+00:00"
    (out / WORK / "journal.json").write_text(json.dumps(journal))
    resumed = resumption(out, QgsProject.instance()).request
    assert resumed["optical"] == [f"/vsicurl/{address}"]
    assert resumed["optical_mask"] == f"/vsicurl/{address}"
    QgsProject.instance().removeMapLayer(remote.id())
    assert resumption(out, QgsProject.instance()).request["optical"] == [shown]


def write_request(folder: Path, settings: dict[str, Any]) -> None:
    """Replaces the request in a run's record."""
    record = json.loads((folder / "run.json").read_text())
    record["request"] = {**settings, "out": str(folder), "stages": 3}
    (folder / "run.json").write_text(json.dumps(record))
