"""The panel, with real widgets and a fake worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle
from qgis.gui import QgsMessageBarItem
from qgis.PyQt.QtWidgets import QDialog, QPushButton

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.gui import area_group
from gac_qgis_plugin.gui.dock import GacDock
from gac_qgis_plugin.gui.input_group import describe_scene
from gac_qgis_plugin.gui.messages import ProblemDialog
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.worker.client import WorkerClient


class Panel:
    """A panel and what it is connected with."""

    def __init__(self, window: Any, client: WorkerClient, folder: Path) -> None:
        self.window = window
        self.client = client
        self.controller = RunController(window, client)
        self.dock = GacDock(window, client, self.controller)
        self.dock.output.setFilePath(str(folder))
        self.outcomes: list[Any] = []
        self.controller.ended.connect(self.outcomes.append)
        window.mainWindow().resize(1200, 900)
        window.mainWindow().show()
        window.addDockWidget(2, self.dock)

    def messages(self) -> list[str]:
        return [item.text() for item in self.items()]

    def items(self) -> list[QgsMessageBarItem]:
        return list(self.window.messageBar().items())


@pytest.fixture
def panel(window, client, tmp_path) -> Callable[..., Panel]:
    made: list[Panel] = []

    def make(*modes: str) -> Panel:
        made.append(Panel(window, client(*modes), tmp_path / "results"))
        return made[-1]

    yield make
    for each in made:
        each.controller.cancel()
        each.client.close()
        each.controller.close()


def test_opening_it_tells_what_was_understood(panel, radar, wait) -> None:
    layer = radar("s1")
    one = panel("good")
    one.dock.open_for(layer)
    assert one.dock.input.layer.id() == layer.id()
    wait(lambda: "a fake CPU" in one.dock.worker_line.text())
    wait(lambda: "unit: dB" in one.dock.input._note.text())
    text = one.dock.input._note.text()
    assert "2018-01-28 16:12:01" in text
    assert "VV: band 1, VH: band 2" in text
    assert "&lt;b&gt;more" in text, "what the worker says is shown as it is, not as HTML"
    assert one.dock.model.month_combo.itemText(0) == "From the layer's date (January)"


def test_a_bundle_that_is_not_ready_says_why(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    combo = one.dock.model.bundle_combo
    wait(lambda: combo.count() == 2)
    assert combo.currentText() == "Demo (small models)"
    assert "Demo" in one.dock.notice.text()
    combo.setCurrentIndex(1)
    assert combo.currentText() == "TerraMind base (not ready)"
    assert "weights are not on this machine" in one.dock.model._note.text()
    assert "SYNTHETIC" in one.dock.notice.text()
    assert "Demo" not in one.dock.notice.text()


def test_the_whole_request_comes_from_the_widgets(panel, radar, tmp_path) -> None:
    layer = radar("s1")
    dock = panel("good").dock
    dock.input.set_layer(layer)
    dock.input.vv_band.setBand(2)
    dock.input.unit_combo.setCurrentIndex(2)
    dock.model.stages_combo.setCurrentIndex(1)
    dock.model.month_combo.setCurrentIndex(7)
    dock.model.biome_combo.setCurrentIndex(4)
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
    dock.area.mode_combo.setCurrentIndex(area_group.VIEW)
    params = dock.job().params
    assert params["extent_crs"] == "EPSG:32633"
    seen = canvas.extent()
    expected = [seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()]
    assert params["extent"] == pytest.approx(expected)
    dock.area.mode_combo.setCurrentIndex(area_group.RECTANGLE)
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
    one.dock.run_button.click()
    assert not one.dock.run_button.isEnabled()
    assert one.dock.cancel_button.isEnabled()
    wait(lambda: one.outcomes)
    assert one.outcomes[0].state == "done"
    added = [QgsProject.instance().mapLayer(i) for i in QgsProject.instance().mapLayers()]
    titles = sorted(each.name() for each in added if each.id() not in before)
    assert [t.split(" ")[0] for t in titles] == ["opt_v1", "opt_v2", "opt_v3"]
    group = QgsProject.instance().layerTreeRoot().children()[0]
    assert group.name().startswith("GAC SYNTHETIC · s1 · ")
    assert one.dock.run_button.isEnabled()
    assert "GAC 0.10" in one.dock.progress.stage_labels[1].text()
    assert "not defined" in one.dock.progress.stage_labels[2].text()
    wait(lambda: any("SYNTHETIC" in text for text in one.messages()))
    (folder,) = (tmp_path / "results").iterdir()
    assert (folder / "run.json").is_file()


def test_qgis_stays_responsive(panel, radar, wait, pulse) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    one.dock.run_button.click()
    wait(lambda: one.outcomes)
    assert pulse.longest < 1.0


def test_two_runs_do_not_share_a_folder(panel, radar, wait, tmp_path) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    for number in (1, 2):
        one.dock.run_button.click()
        wait(lambda n=number: len(one.outcomes) == n)
    assert len(list((tmp_path / "results").iterdir())) == 2


def test_cancel(panel, radar, wait) -> None:
    one = panel("slow")
    one.dock.open_for(radar("s1"))
    one.dock.run_button.click()
    wait(lambda: "tile 3" in one.dock.progress.message.text())
    one.dock.cancel_button.click()
    assert not one.dock.cancel_button.isEnabled()
    wait(lambda: one.outcomes, 2.0)
    assert one.outcomes[0].state == "cancelled"
    assert one.dock.run_button.isEnabled()
    assert "Cancelled" in one.dock.progress.message.text()
    assert any("cancelled" in text for text in one.messages()), one.messages()


def test_a_failure_shows_remedy_and_details(panel, radar, wait, window) -> None:
    one = panel("refuse")
    one.dock.open_for(radar("s1"))
    one.dock.run_button.click()
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
    wait(lambda: "a fake CPU" in one.dock.worker_line.text())
    one.dock.run_button.click()
    wait(lambda: one.outcomes)
    assert any("crashed" in text for text in one.messages())
    one.dock.run_button.click()
    wait(lambda: len(one.outcomes) == 2)
    assert one.outcomes[1].state == "done"
    wait(lambda: "a fake CPU" in one.dock.worker_line.text())


def test_without_a_layer_it_says_so(panel) -> None:
    one = panel("good")
    one.dock.open_for(None)
    one.dock.run_button.click()
    assert any("There is no radar layer." in text for text in one.messages())


def test_an_unwritable_folder_is_told_at_once(panel, radar, tmp_path) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    (tmp_path / "file").touch()
    one.dock.output.setFilePath(str(tmp_path / "file" / "sub"))
    one.dock.run_button.click()
    assert any("cannot be made" in text for text in one.messages())
    assert one.dock.run_button.isEnabled()


def test_without_an_environment_the_panel_says_what_to_do(window, radar, wait, tmp_path) -> None:
    def find() -> Any:
        raise PluginError("The environment was not found.", "Run `make env`.")

    one = Panel(window, WorkerClient(find), tmp_path)
    one.dock.open_for(radar("s1"))
    wait(lambda: "make env" in one.dock.worker_line.text())
    one.dock.run_button.click()
    wait(lambda: one.outcomes)
    assert any("make env" in text for text in one.messages())


def test_choices_are_remembered(panel, radar) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1"))
    one.dock.advanced.timesteps_1.setValue(11)
    one.dock.advanced.device_combo.setCurrentIndex(2)
    one.dock.start_run()
    settings = PluginSettings.load()
    assert (settings.timesteps_1, settings.device) == (11, "cpu")


def test_it_fits_into_320_pixels(panel, radar, wait) -> None:
    one = panel("good")
    one.dock.open_for(radar("s1_with_a_rather_long_name_" + 60 * "x"))
    one.dock.advanced.setCollapsed(False)
    one.dock.area.mode_combo.setCurrentIndex(area_group.RECTANGLE)
    wait(lambda: "unit: dB" in one.dock.input._note.text())
    one.dock.progress.begin(3)
    assert one.dock.minimumSizeHint().width() <= 320


def test_two_files_are_told_apart() -> None:
    text = describe_scene({"paths": ["/a/VV.tif", "/a/VH.tif"], "vv_band": 1, "vh_band": 1})
    assert "VH: band 1 of VH.tif" in text
