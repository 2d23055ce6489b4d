"""Results whose files were moved or deleted while QGIS shows their layers."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QMenu

from gac_qgis_plugin.gui.compare.panel import ComparePanel
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.compare.tools import CompareTools
from gac_qgis_plugin.gui.compare.trust_group import TrustGroup
from gac_qgis_plugin.results import find_runs, missing_file
from tests.plugin.runs import add_run


@pytest.fixture
def desk(window):
    desk = ComparisonSession(window)
    yield desk
    desk.close()


def panel_of(window, desk, client) -> ComparePanel:
    trust = TrustGroup(window, client("good"), desk)
    panel = ComparePanel(desk, window.mapCanvas(), trust)
    window.mainWindow().show()
    panel.show()
    return panel


def test_what_is_there_is_not_missing(radar, tmp_path) -> None:
    layer = radar("s1")
    run = add_run(tmp_path / "run", layer)
    assert run.files == {1, 2, 3}
    assert [missing_file(each) for each in (layer, *run.stages.values())] == [None] * 4
    remote = QgsRasterLayer("/vsicurl/http://127.0.0.1:1/a.tif", "a", "gdal")
    assert missing_file(remote) is None


def test_buttons_are_off_where_there_is_no_file(window, desk, radar, client, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    panel = panel_of(window, desk, client)
    assert all(button.isEnabled() for button in panel.steps.values())
    (tmp_path / "run" / "opt_v2.tif").unlink()
    panel.hide()
    panel.show()
    assert [n for n, button in panel.steps.items() if button.isEnabled()] == [0, 1, 3]
    assert not any(button.isEnabled() for button in panel.differences.values())
    assert [n for n, b in panel.trust.agreement.items() if b.isEnabled()] == [1, 3]
    assert panel.export_button.isEnabled() and panel.swipe.button.isEnabled()
    assert "opt_v2.tif" in panel.missing.text() and not panel.missing.isHidden()
    for stage in (1, 3):
        (tmp_path / "run" / f"opt_v{stage}.tif").unlink()
    panel.refresh()
    assert not panel.export_button.isEnabled() and not panel.swipe.button.isEnabled()
    assert not panel.trust.spread_button.isEnabled()
    assert find_runs(QgsProject.instance())[0].folder == run.folder


def test_the_swipe_says_that_a_file_is_missing(window, desk, radar, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    Path(run.stages[3].source()).unlink()
    desk.begin_swipe([run.stages[1], run.stages[3]])
    assert desk.swipe.item is None
    (item,) = window.messageBar().items()
    assert str(tmp_path / "run" / "opt_v3.tif") in item.text()


def test_the_swipe_says_that_the_radar_is_missing(window, desk, radar, tmp_path) -> None:
    layer = radar("s1")
    run = add_run(tmp_path / "run", layer)
    Path(layer.source()).unlink()
    desk.begin_swipe([layer, run.stages[3]])
    assert desk.swipe.item is None
    (item,) = window.messageBar().items()
    assert layer.source() in item.text()


def test_the_groups_menu_and_the_export_know_it_too(window, radar, tmp_path) -> None:
    tools = CompareTools(window)
    run = add_run(tmp_path / "run", radar("s1"))
    (tmp_path / "run" / "opt_v1.tif").unlink()
    window.layerTreeView().setCurrentLayer(run.stages[3])
    menu = QMenu()
    tools._menu.extend(menu)
    submenu = next(action.menu() for action in menu.actions() if action.menu() is not None)
    difference = next(
        a
        for a in submenu.actions()
        if a.menu() is not None and not any(each.isCheckable() for each in a.menu().actions())
    ).menu()
    assert [action.isEnabled() for action in difference.actions()] == [False, True]
    tools.session.choose(run.folder)
    tools.open_export()
    assert sorted(tools.export_dialog.stages) == [2, 3]
    tools.export_dialog.close()
    for stage in (2, 3):
        (tmp_path / "run" / f"opt_v{stage}.tif").unlink()
    tools.export_dialog = None
    tools.open_export()
    assert tools.export_dialog is None
    tools.close()
