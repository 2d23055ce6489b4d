"""GAC's page in QGIS's options."""

from __future__ import annotations

from qgis.core import QgsProject

from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.gui.export_dialog import ExportDialog
from gac_qgis_plugin.gui.options import OptionsFactory
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.plugin_main import GacPlugin
from gac_qgis_plugin.styles import style_of
from tests.plugin.runs import add_run, write_image


def test_what_is_applied_is_kept_and_told(qgis, tmp_path) -> None:
    told: list[bool] = []
    factory = OptionsFactory(lambda: told.append(True))
    page = factory.createWidget(None)
    page.style_combo.setCurrentIndex(1)
    page.range_combo.setCurrentIndex(1)
    page.output.setFilePath(str(tmp_path / "runs"))
    page.device.setCurrentIndex(page.device.findData("cpu"))
    assert PluginSettings.load() == PluginSettings(), "nothing is kept before it is accepted"
    page.apply()
    kept = PluginSettings.load()
    assert (kept.style, kept.device) == ("false_colour", "cpu")
    assert kept.display_range == "fitted"
    assert kept.output_folder == str(tmp_path / "runs") and told == [True]
    assert factory.createWidget(None).style_combo.currentIndex() == 1
    assert factory.createWidget(None).range_combo.currentIndex() == 1
    assert not factory.icon().isNull()


def test_an_open_panel_shows_it_at_once_and_keeps_it(panel, tmp_path) -> None:
    one = panel("good")
    page = OptionsFactory(one.dock.reload_settings).createWidget(None)
    page.device.setCurrentIndex(page.device.findData("cpu"))
    page.exports.setFilePath(str(tmp_path / "exports"))
    page.apply()
    assert one.dock.advanced.params()["device"] == "cpu"
    one.dock.start_run()
    assert PluginSettings.load().export_folder == str(tmp_path / "exports"), "not undone by a run"


def test_another_worker_is_asked_when_the_python_changes(panel, radar, wait) -> None:
    one = panel("good", "good")
    one.dock.open_for(radar("s1"))
    wait(lambda: "a fake CPU" in one.dock.footer.worker_line.text())
    before = one.client._process
    page = OptionsFactory(one.dock.reload_settings).createWidget(None)
    page.python.setFilePath("/usr/bin/python3")
    page.apply()
    wait(lambda: one.client._process is not before and one.client.is_alive)


def test_new_results_have_the_chosen_style(window, tmp_path) -> None:
    settings = PluginSettings.load()
    settings.style, settings.export_folder = "ndvi", str(tmp_path / "there")
    settings.save()
    run = add_run(tmp_path / "run")
    assert style_of(run.stages) == "ndvi"
    assert {layer.renderer().type() for layer in run.stages.values()} == {"singlebandpseudocolor"}
    assert ExportDialog(window, run).out.filePath() == str(tmp_path / "there")


def test_a_style_that_cannot_be_had_keeps_no_result_away(qgis, tmp_path, failures) -> None:
    settings = PluginSettings.load()
    settings.style = "ndvi"
    settings.save()
    (tmp_path / ".opt_v1_ndvi_parts.vrt.part").mkdir(parents=True)
    write_image(tmp_path / "opt_v1.tif", 1)
    event = {"stage": 1, "path": str(tmp_path / "opt_v1.tif"), "gac": None}
    layer = RunLayers(QgsProject.instance(), (), "G", "x").add_stage(event)
    assert layer.isValid() and layer.renderer().type() == "multibandcolor"
    assert [failure.problem for failure in failures] == ["run-file-not-written"]


def test_the_plugin_brings_the_page_and_takes_it_away(window) -> None:
    plugin = GacPlugin(window)
    plugin.initGui()
    assert [factory.title() for factory in window.options] == ["GAC"]
    plugin.unload()
    assert window.options == []
