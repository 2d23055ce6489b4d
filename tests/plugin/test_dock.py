"""The panel, with real widgets and a fake worker."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsSettings
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QDialog, QPushButton

from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.gui import settings_groups
from gac_qgis_plugin.gui.messages import ProblemDialog
from gac_qgis_plugin.gui.run_footer import RunDetails
from gac_qgis_plugin.gui.scene_note import describe_scene
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Outcome
from tests.load import stretched
from tests.problems import assert_problem, raises


def test_opening_it_tells_what_was_decided_and_why(panel, radar, wait) -> None:
    layer = radar("s1")
    one = panel("good")
    one.dock.open_for(layer)
    assert one.dock.input.layer.id() == layer.id()
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())
    wait(lambda: "most values lie between -30 and 5" in one.text())
    text = one.text()
    assert "2018-01-28 16:12:01" in text
    assert "VV 1, VH 2" in text
    assert text.count("assumed") == 2
    assert "&lt;b&gt;more" in text, "what the worker says is shown as it is, not as HTML"
    assert one.dock.model.month_combo.itemText(0) == "From the layer's date (January)"
    assert one.dock.model.biome_combo.currentText() == (
        "By place (Temperate Broadleaf & Mixed Forests)"
    )
    assert one.dock.job().params["biome"] is None
    for number, text in ((0, "By place (none)"), (None, "By place"), (99, "By place")):
        one.dock.model.show_biome(number)
        assert one.dock.model.biome_combo.itemText(0) == text


def test_an_engine_that_names_no_decisions_is_understood(panel, radar, wait) -> None:
    one = panel("old")
    one.dock.open_for(radar("s1"))
    wait(lambda: "unit: dB" in one.text())
    assert "VV: band 1, VH: band 2" in one.text()
    assert "computed at 10 m in EPSG:32633" in one.text()
    assert "⚠" in one.text()


@pytest.mark.parametrize(("by", "is_there"), [("file", True), ("assumed", True), ("user", False)])
def test_a_choice_of_the_user_needs_no_reason(qgis, by, is_there) -> None:
    decision = {"name": "unit", "label": "unit", "value": "dB", "by": by, "why": "the reason"}
    assert ("the reason" in describe_scene({"decisions": [decision]}, QPalette())) == is_there


def test_what_the_user_says_is_asked_about_again(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    wait(lambda: "VV 1, VH 2" in one.text())
    said = one.dock.input.overrides
    said.unit_combo.setCurrentIndex(3)
    wait(lambda: "<b>amplitude</b>" in one.text())
    assert "set by you" in one.text()
    said.modality_combo.setCurrentIndex(2)
    wait(lambda: "gamma0 (RTC)" in one.text())
    said.nodata.setText("-9999,5")
    said.nodata.editingFinished.emit()
    wait(lambda: "-9999.5" in one.text())
    said.nodata.setText("much")
    said.nodata.editingFinished.emit()
    wait(lambda: "is not a number." in one.text())
    with raises(PluginError, "nodata-not-a-number"):
        one.dock.job()
    said.nodata.clearValue()
    wait(lambda: "the file declares it" in one.text())


@pytest.fixture
def log(tmp_path, monkeypatch) -> Path:
    """Make the fake worker note what it was asked."""
    monkeypatch.setenv("GAC_FAKE_LOG", str(tmp_path / "log"))
    return tmp_path / "log"


def questions(log: Path) -> list[Any]:
    lines = log.read_text().splitlines() if log.exists() else []
    asked = [json.loads(line) for line in lines]
    return [each["params"] for each in asked if each["method"] == "inspect"]


def test_the_area_is_part_of_the_question(panel, radar, wait, pause, log) -> None:
    layer = radar("s1")
    one = panel("good")
    canvas = one.window.mapCanvas()
    canvas.setDestinationCrs(layer.crs())
    one.dock.open_for(layer)
    wait(lambda: "VV 1, VH 2" in one.text())
    assert questions(log)[-1]["extent"] is None
    one.dock.area.mode_combo.setCurrentIndex(settings_groups.VIEW)
    canvas.setExtent(QgsRectangle(676800, 5394650, 676900, 5394750))
    wait(lambda: (questions(log)[-1]["extent"] or [0])[0] > 676700)
    assert questions(log)[-1]["extent_crs"] == "EPSG:32633"
    before = len(questions(log))
    for step in range(40):
        canvas.setExtent(QgsRectangle(676800 + step, 5394650, 676900 + step, 5394750))
    wait(lambda: len(questions(log)) > before)
    pause(0.4)
    assert len(questions(log)) == before + 1, "a pan is one question"
    assert "VV 1, VH 2" in one.text(), "and does not clear what is known"
    # Beside the layer the scene is told about all the same; the run will refuse.
    canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    wait(lambda: questions(log)[-1]["extent"] is None)


def test_a_pan_of_another_area_asks_nothing(panel, radar, wait, pause, log) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    wait(lambda: "VV 1, VH 2" in one.text())
    before = len(questions(log))
    one.window.mapCanvas().setExtent(QgsRectangle(676800, 5394650, 676900, 5394750))
    pause(0.4)
    assert len(questions(log)) == before


def test_questions_do_not_pile_up_behind_a_run(panel, radar, wait, pause, log) -> None:
    one = panel("slow")
    one.dock.open_for(radar("s1"))
    wait(lambda: "VV 1, VH 2" in one.text())
    before = len(questions(log))
    one.dock.footer.run_button.click()
    wait(lambda: "tile 3" in one.dock.footer.progress.message.text())
    for unit in (1, 2, 3):
        one.dock.input.overrides.unit_combo.setCurrentIndex(unit)
        pause(0.25)
    one.dock.footer.cancel_button.click()
    wait(lambda: "<b>amplitude</b>" in one.text())
    assert [each["unit"] for each in questions(log)[before:]] == ["db", "amplitude"]


def test_a_drawn_rectangle_outlives_other_choices(panel, radar) -> None:
    layer = radar("s1")
    dock = panel("good").dock
    dock.input.set_layer(layer)
    dock.area.mode_combo.setCurrentIndex(settings_groups.RECTANGLE)
    drawn = QgsRectangle(676790, 5394600, 676850, 5394700)
    dock.area.rectangle.setOutputExtentFromUser(drawn, layer.crs())
    dock.input.overrides.unit_combo.setCurrentIndex(1)
    assert dock.job().params["extent"] == pytest.approx([676790, 5394600, 676850, 5394700])


def test_a_bundle_that_is_not_ready_says_why(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    combo = one.dock.model.bundle_combo
    wait(lambda: combo.count() == 3)
    assert combo.currentText() == "Demo (small models)"
    assert "demo" in one.dock.footer.notice.text()
    combo.setCurrentIndex(1)
    assert combo.currentText() == "TerraMind base (not ready)"
    assert "weights are not on this machine" in one.dock.model._problem.text()
    assert "SYNTHETIC" in one.dock.footer.notice.text()
    assert "demo" not in one.dock.footer.notice.text()
    combo.setCurrentIndex(2)
    assert one.dock.model.bundle == "toy"
    assert "demo" in one.dock.footer.notice.text(), "what a bundle is, its kind says, not its name"


def test_the_whole_request_comes_from_the_widgets(panel, radar, tmp_path) -> None:
    layer = radar("s1")
    dock = panel("good").dock
    dock.input.set_layer(layer)
    dock.input.overrides.vv_band.setBand(2)
    dock.input.overrides.unit_combo.setCurrentIndex(2)
    dock.model.stages_combo.setCurrentIndex(1)
    dock.model.month_combo.setCurrentIndex(7)
    dock.model.biome_combo.setCurrentIndex(5)
    dock.advanced.timesteps_1.setValue(12)
    dock.advanced.timesteps_3.setValue(9)
    dock.advanced.seed.setValue(5)
    job = dock.job()
    assert job.layer_ids == (layer.id(),)
    assert job.output_parent == tmp_path / "results"
    assert job.params == {
        "sar": [str(tmp_path / "s1.tif")],
        "vv_band": 2,
        "vh_band": None,
        "unit": "power",
        "extent": None,
        "extent_crs": None,
        "bundle": "demo",
        "stages": 2,
        "month": 6,
        "biome": 4,
        "timesteps_1": 12,
        "timesteps_3": 9,
        "seed": 5,
        "device": "auto",
        "keep": True,
    }


def test_a_vh_layer_is_found_by_its_name(panel, radar, tmp_path) -> None:
    vh = radar("scene_VH", bands=1)
    vv = radar("scene_VV", bands=1)
    both = radar("both")
    dock = panel("good").dock
    dock.input.set_layer(vv)
    job = dock.job()
    assert job.params["sar"] == [str(tmp_path / "scene_VV.tif"), str(tmp_path / "scene_VH.tif")]
    assert job.layer_ids == (vv.id(), vh.id())
    dock.input.set_layer(both)
    assert dock.job().params["sar"] == [str(tmp_path / "both.tif")]


def test_the_area_can_be_the_map_or_a_rectangle(panel, radar, window) -> None:
    layer = radar("s1")
    dock = panel("good").dock
    dock.input.set_layer(layer)
    canvas = window.mapCanvas()
    canvas.setDestinationCrs(layer.crs())
    canvas.setExtent(QgsRectangle(676800, 5394650, 676900, 5394750))
    dock.area.mode_combo.setCurrentIndex(settings_groups.VIEW)
    params = dock.job().params
    assert params["extent_crs"] == "EPSG:32633"
    seen = canvas.extent()
    expected = [seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()]
    assert params["extent"] == pytest.approx(expected)
    dock.area.mode_combo.setCurrentIndex(settings_groups.RECTANGLE)
    extent = layer.extent()
    whole = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    assert dock.job().params["extent"] == pytest.approx(whole)
    utm = QgsCoordinateReferenceSystem("EPSG:32633")
    drawn = QgsRectangle(676790, 5394600, 676850, 5394700)
    dock.area.rectangle.setOutputExtentFromUser(drawn, utm)
    assert dock.job().params["extent"] == pytest.approx([676790, 5394600, 676850, 5394700])


def test_a_run_from_the_button_to_the_layers(panel, radar, wait, tmp_path) -> None:
    layer = radar("s1")
    one = panel("good")
    one.dock.open_for(layer)
    before = set(QgsProject.instance().mapLayers())
    one.dock.footer.run_button.click()
    assert not one.dock.footer.run_button.isEnabled()
    assert one.dock.footer.cancel_button.isEnabled()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    added = [QgsProject.instance().mapLayer(i) for i in QgsProject.instance().mapLayers()]
    titles = sorted(each.name() for each in added if each.id() not in before)
    assert [t.split(" ")[0] for t in titles] == ["v1", "v2", "v3"]
    group = QgsProject.instance().layerTreeRoot().children()[0]
    assert re.fullmatch(r"s1 · \d\d:\d\d · SYNTHETIC", group.name())
    assert one.dock.footer.run_button.isEnabled()
    assert "GAC 0.10" in one.dock.footer.progress.stage_labels[1].text()
    assert "not defined" in one.dock.footer.progress.stage_labels[2].text()
    wait(lambda: any("SYNTHETIC" in text for text in one.messages()))
    (folder,) = (tmp_path / "results").iterdir()
    assert (folder / "run.json").is_file()


def test_qgis_stays_responsive(panel, radar, wait, pulse) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert pulse.longest < stretched(1.0)


def test_two_runs_do_not_share_a_folder(panel, radar, wait, tmp_path) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    for number in (1, 2):
        one.dock.footer.run_button.click()
        wait(lambda n=number: len(one.outcomes) == n)
    assert len(list((tmp_path / "results").iterdir())) == 2


def test_cancel(panel, radar, wait) -> None:
    one = panel("slow")
    one.dock.open_for(radar("s1"))
    one.dock.footer.run_button.click()
    wait(lambda: "tile 3" in one.dock.footer.progress.message.text())
    one.dock.footer.cancel_button.click()
    assert not one.dock.footer.cancel_button.isEnabled()
    wait(lambda: one.outcomes, 2.0)
    assert one.outcomes[0].state == "cancelled"
    assert one.dock.footer.run_button.isEnabled()
    assert "Cancelled" in one.dock.footer.progress.message.text()
    assert any("cancelled" in text for text in one.messages()), one.messages()


def test_a_failure_shows_remedy_and_details(panel, radar, wait, window) -> None:
    one = panel("refuse")
    one.dock.open_for(radar("s1"))
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    (item,) = [i for i in one.items() if "upside down" in i.text()]
    assert "Turn it round." in item.text()
    item.findChild(QPushButton).click()
    (dialog,) = window.mainWindow().findChildren(ProblemDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    dialog.copy()
    assert "Traceback: here" in dialog._text
    dialog.close()


def test_a_crash_leaves_the_panel_ready_for_the_next_run(panel, radar, wait) -> None:
    one = panel("crash", "good")
    one.dock.open_for(radar("s1"))
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert_problem(one.outcomes[0].problem, "worker-crashed")
    assert one.outcomes[0].problem.message in " ".join(one.messages())
    one.dock.footer.run_button.click()
    wait(lambda: len(one.outcomes) == 2)
    assert one.outcomes[1].state == "done"
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())


def test_without_a_layer_it_says_so(panel, failures) -> None:
    one = panel("good")
    one.dock.open_for(None)
    one.dock.footer.run_button.click()
    assert_problem(failures[-1], "radar-layer-missing")
    assert failures[-1].message in " ".join(one.messages())


def test_an_unwritable_folder_is_told_at_once(panel, radar, tmp_path, failures) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    (tmp_path / "file").touch()
    one.dock.output.setFilePath(str(tmp_path / "file" / "sub"))
    one.dock.footer.run_button.click()
    assert_problem(failures[-1], "output-folder-not-made")
    assert failures[-1].message in " ".join(one.messages())
    assert one.dock.footer.run_button.isEnabled()


def test_without_an_environment_the_panel_says_what_to_do(panel, radar, wait) -> None:
    def find() -> Any:
        raise PluginError("The environment was not found.", "Run `make env`.")

    one = panel(of=WorkerClient(find))
    one.dock.open_for(radar("s1"))
    wait(lambda: "make env" in one.dock.footer.worker_line.text())
    one.dock.footer.run_button.click()
    wait(lambda: one.outcomes)
    assert any("make env" in text for text in one.messages())


def test_choices_are_remembered(panel, radar) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    one.dock.advanced.timesteps_1.setValue(11)
    combo = one.dock.advanced.device_combo
    combo.setCurrentIndex(combo.findData("cpu"))
    one.dock.start_run()
    settings = PluginSettings.load()
    assert (settings.timesteps_1, settings.device) == (11, "cpu")


def test_steps_of_stage_3_are_the_bundle_s_unless_chosen(panel, radar) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    assert one.dock.advanced.timesteps_3.value() == 0
    assert one.dock.job().params["timesteps_3"] is None
    one.dock.advanced.timesteps_3.setValue(8)
    one.dock.start_run()
    assert PluginSettings.load().timesteps_3 == 8, "a choice of one's own"


@pytest.mark.parametrize(("stored", "steps"), [(8, 0), (5, 5)])
def test_the_former_default_of_stage_3_was_nobodys_choice(qgis, stored, steps) -> None:
    store = QgsSettings()
    store.remove("gac/format")
    store.setValue("gac/timesteps_3", stored)
    assert PluginSettings.load().timesteps_3 == steps


def test_it_fits_into_320_pixels(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1_with_a_rather_long_name_" + 60 * "x"))
    one.dock.advanced.setCollapsed(False)
    one.dock.input.overrides.setCollapsed(False)
    one.dock.area.mode_combo.setCurrentIndex(settings_groups.RECTANGLE)
    wait(lambda: "VV 1, VH 2" in one.text())
    one.dock.footer.progress.begin(3, "s1")
    assert one.dock.minimumSizeHint().width() <= 320


def test_two_files_are_told_apart(qgis) -> None:
    scene = {"paths": ["/a/VV.tif", "/a/VH.tif"], "vv_band": 1, "vh_band": 1}
    assert "VH: band 1 of VH.tif" in describe_scene(scene, QPalette())


def test_notes_are_one_line_each_and_folded(qgis) -> None:
    panel = RunDetails()
    panel.begin(3, "s1")
    panel.end(Outcome("done", {"notes": ["one & <i>two</i>", "three", "of the bundle"]}), ["three"])
    assert panel.message.text().startswith("Done")
    assert panel.notes.label.isHidden()
    panel.notes.button.click()
    expected = "• one &amp; &lt;i&gt;two&lt;/i&gt;<br>• of the bundle"
    assert panel.notes.label.text() == expected, "what the panel says elsewhere is not repeated"
    assert not panel.notes.label.isHidden()
    panel.end(Outcome("done", {}))
    assert panel.notes.isHidden()
