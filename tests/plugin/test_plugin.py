"""Loading and unloading; where the plugin finds its things."""

from __future__ import annotations

import configparser
from datetime import datetime

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtGui import QIcon

import gac_qgis_plugin
from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from tests.problems import raises

WHEN = datetime(2024, 5, 6, 7, 8, 9)


@pytest.fixture
def fake_plugin(window, monkeypatch, fake_launch):
    from gac_qgis_plugin import plugin_main

    monkeypatch.setattr(plugin_main, "find_launch", lambda: fake_launch("good"))
    plugin = gac_qgis_plugin.classFactory(window)
    plugin.initGui()
    yield plugin
    plugin.unload()


def test_it_comes_and_goes_without_a_trace(fake_plugin, window) -> None:
    assert [action.text() for action in window.toolbar] == ["Run GAC…"]
    assert [name for name, _ in window.menu] == ["GAC"] * 4
    names = ["Run GAC…", "Radar look (GAC)", "Fill clouds with GAC…"]
    assert [action.text() for action in window.layer_actions] == names
    assert QgsApplication.processingRegistry().algorithmById("gac:run")
    assert fake_plugin.dock is None, "nothing starts before it is needed"
    fake_plugin.unload()
    assert not window.toolbar + window.menu + window.layer_actions
    assert QgsApplication.processingRegistry().providerById("gac") is None
    fake_plugin.initGui()


def test_the_layers_menu_opens_the_panel_with_that_layer(fake_plugin, window, radar, wait) -> None:
    radar("other")
    layer = radar("s1")
    window.active = layer
    window.layer_actions[0].trigger()
    assert fake_plugin.dock.input.layer.id() == layer.id()
    wait(lambda: "a fake CPU" in fake_plugin.dock.footer.worker_line.text())
    result = radar("opt_v1")
    result.setCustomProperty("gac/synthetic", True)
    window.active = result
    window.toolbar[0].trigger()
    assert fake_plugin.dock.input.layer.id() == layer.id(), "a result is no radar"


def test_unloading_ends_a_run_and_the_worker(fake_plugin, window, radar, wait, tmp_path) -> None:
    window.active = radar("s1")
    fake_plugin.open_dock()
    fake_plugin.dock.output.setFilePath(str(tmp_path / "results"))
    fake_plugin.dock.footer.run_button.click()
    client = fake_plugin._client
    wait(lambda: client.is_alive)
    fake_plugin.unload()
    assert not client.is_alive
    fake_plugin.initGui()


def test_qgis_process_gets_the_algorithm_without_a_window(qgis) -> None:
    plugin = gac_qgis_plugin.classFactory(None)
    plugin.initProcessing()
    assert QgsApplication.processingRegistry().algorithmById("gac:run")
    plugin.unload()


def test_the_metadata_tells_what_a_user_must_know() -> None:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(paths.engine_root() / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    assert general["hasProcessingProvider"] == "yes"
    assert general["qgisMinimumVersion"] == "3.22"
    assert "NOT OBSERVED" in general["about"]
    assert "PyTorch" in general["about"]
    assert (paths.engine_root() / general["icon"]).is_file()


def test_the_icon_is_one(qgis) -> None:
    icon = QIcon(str(paths.resource("icons", "gac.svg")))
    assert not icon.pixmap(24, 24).isNull()


def test_runs_go_beside_the_project(qgis, tmp_path, monkeypatch) -> None:
    project = QgsProject.instance()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert paths.default_output_folder(project) == tmp_path / "home" / "gac"
    assert paths.short(tmp_path / "home" / "gac") == "~/gac"
    assert paths.short(tmp_path / "gac") == str(tmp_path / "gac")
    project.write(str(tmp_path / "p.qgs"))
    assert paths.default_output_folder(project) == tmp_path / "gac"


def test_no_run_gets_the_folder_of_another(tmp_path) -> None:
    first = paths.new_run_folder(tmp_path, "a/b: c", WHEN)
    second = paths.new_run_folder(tmp_path, "a/b: c", WHEN)
    assert first.name == "a_b_c_20240506-070809"
    assert second.name == "a_b_c_20240506-070809-2"


def test_a_name_of_nothing_usable_still_makes_a_folder(tmp_path) -> None:
    assert paths.new_run_folder(tmp_path, "///", WHEN).name.startswith("run_")


def test_a_folder_that_cannot_be_made(tmp_path) -> None:
    (tmp_path / "file").touch()
    with raises(PluginError, "output-folder-not-made"):
        paths.new_run_folder(tmp_path / "file", "a", WHEN)


def test_settings_come_back_with_their_types(qgis) -> None:
    settings = PluginSettings(timesteps_1=3, device="cpu")
    settings.save()
    assert PluginSettings.load() == settings
