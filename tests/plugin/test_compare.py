"""Comparing: blink, swipe, the values under the cursor, badges, the group's menu."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsLayerTreeViewMenuProvider
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QContextMenuEvent, QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMenu

from gac_qgis_plugin.gui.compare.panel import ComparePanel
from gac_qgis_plugin.gui.compare.readout import Probe, as_table, to_db
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.compare.tools import CompareTools
from gac_qgis_plugin.gui.widgets import RADAR_COLOUR, STAGE_COLOURS
from gac_qgis_plugin.layers import RunLayers
from gac_qgis_plugin.results import find_runs, layer_label, radar_layers_of, run_in
from gac_qgis_plugin.styles import apply_style, style_of
from tests.plugin.runs import ORIGIN, SIZE, add_run, value, write_run


class Provider(QgsLayerTreeViewMenuProvider):
    """As QGIS's own, which makes a new menu each time."""

    def createContextMenu(self) -> QMenu:  # noqa: N802  (QGIS names this method)
        return QMenu()


@pytest.fixture
def desk(window):
    desk = ComparisonSession(window)
    yield desk
    desk.close()


@pytest.fixture
def shown(window):
    """A window on the screen whose map shows the runs of these tests."""
    window.mainWindow().resize(800, 600)
    window.mainWindow().show()
    canvas = window.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    x, y = ORIGIN
    canvas.setExtent(QgsRectangle(x, y - 10 * SIZE[1], x + 10 * SIZE[0], y))
    return window


STAGES = ("v1 generate", "v2 refine", "v3 ground")


def visible() -> list[str]:
    layers = QgsProject.instance().layerTreeRoot().checkedLayers()
    return [layer.name() for layer in layers]


def press(canvas: Any, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(canvas, key, modifier)


def test_blinking_shows_one_stage_after_another(window, radar, desk, tmp_path) -> None:
    other = radar("other")
    layer = radar("s1")
    add_run(tmp_path / "run", layer)
    seen = []
    for _ in range(5):
        desk.step(1)
        seen.append([name for name in visible() if name in STAGES])
    assert seen == [[], ["v1 generate"], ["v2 refine"], ["v3 ground"], []]
    assert {"other", "s1"} <= set(visible()), "nothing outside the group is switched"
    desk.step(-1)
    assert [name for name in visible() if name in STAGES] == ["v3 ground"]
    assert QgsProject.instance().layerTreeRoot().findLayer(other.id()).itemVisibilityChecked()


def test_blinking_shows_a_hidden_group(window, radar, desk, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    run.group.setItemVisibilityChecked(False)
    desk.show_step(2)
    assert visible()[0] == "v2 refine"


def test_keys_of_the_window_blink(shown, radar, tmp_path, wait) -> None:
    add_run(tmp_path / "run", radar("s1"))
    tools = CompareTools(shown)
    shown.mainWindow().activateWindow()
    assert tools.actions["GacBlink"].shortcut().toString() == "B"
    assert tools.actions["GacBlinkBack"].shortcut().toString() == "Shift+B"
    tools.actions["GacBlink"].trigger()
    assert visible() == ["s1"]
    tools.actions["GacBlinkBack"].trigger()
    assert visible() == ["v3 ground", "s1"]
    tools.close()
    assert tools.actions["GacBlink"] not in shown.mainWindow().actions()


def test_the_values_are_those_of_the_files(window, radar, tmp_path) -> None:
    layer = radar("s1")
    run = add_run(tmp_path / "run", layer)
    crs = QgsCoordinateReferenceSystem("EPSG:32633")
    for style in ("true_colour", "ndvi"):
        apply_style(run.stages, style)
        place = QgsPointXY(ORIGIN[0] + 125, ORIGIN[1] - 65)
        reading = Probe(run, QgsProject.instance()).read(place, crs)
        for stage in (1, 2, 3):
            expected = [value(stage, band, 12, 6) / 10000 for band in (1, 2, 3, 4)]
            assert reading.stages[stage] == pytest.approx(expected)
        assert reading.backscatter == {"VV": -10.0, "VH": -20.0}
    table = as_table(reading)
    assert f"{value(2, 4, 12, 6) / 10000:.4f}" in table and "VH -20.0 dB" in table


def test_values_are_found_in_another_crs(window, radar, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    utm, degrees = (QgsCoordinateReferenceSystem(f"EPSG:{code}") for code in (32633, 4326))
    place = QgsPointXY(ORIGIN[0] + 125, ORIGIN[1] - 65)
    turned = QgsCoordinateTransform(utm, degrees, QgsProject.instance()).transform(place)
    probe = Probe(run, QgsProject.instance())
    assert probe.read(turned, degrees) == probe.read(place, utm)


def test_no_data_and_no_image_are_left_out(window, radar, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    crs = QgsCoordinateReferenceSystem("EPSG:32633")
    probe = Probe(run, QgsProject.instance())
    last = QgsPointXY(ORIGIN[0] + 10 * SIZE[0] - 5, ORIGIN[1] - 5)
    assert probe.read(last, crs).stages == {}
    outside = probe.read(QgsPointXY(0, 0), crs)
    assert not outside.stages and not outside.backscatter and as_table(outside) == ""


def test_linear_units_are_told_in_db() -> None:
    assert to_db(0.1, "power") == pytest.approx(-10.0)
    assert to_db(0.1, "amplitude") == pytest.approx(-20.0)
    assert to_db(-3.0, "db") == -3.0
    assert to_db(0.0, "power") is None


def test_the_readout_follows_the_mouse(shown, radar, desk, tmp_path, wait, pulse) -> None:
    add_run(tmp_path / "run", radar("s1"))
    panel = ComparePanel(desk, shown.mapCanvas())
    panel.show()
    shown.mapCanvas().xyCoordinates.emit(QgsPointXY(ORIGIN[0] + 125, ORIGIN[1] - 65))
    wait(lambda: f"{value(3, 2, 12, 6) / 10000:.4f}" in panel.readout.table.text())
    picture = panel.readout.plot.grab().toImage()
    places = product(range(picture.width()), range(picture.height()))
    colours = {picture.pixelColor(x, y).name() for x, y in places}
    assert {*STAGE_COLOURS.values(), RADAR_COLOUR} <= colours, "all stages, and the radar"
    panel.close()


def test_a_hidden_readout_reads_nothing(shown, radar, desk, tmp_path, pause) -> None:
    add_run(tmp_path / "run", radar("s1"))
    panel = ComparePanel(desk, shown.mapCanvas())
    shown.mapCanvas().xyCoordinates.emit(QgsPointXY(ORIGIN[0] + 125, ORIGIN[1] - 65))
    pause(0.1)
    assert panel.readout.table.text() == ""


def test_the_swipe_draws_both_layers_and_changes_none(shown, radar, desk, tmp_path, wait) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    desk.show_step(0)
    canvas = shown.mapCanvas()
    before = canvas.mapTool()
    seen = visible()
    desk.begin_swipe([])
    item = desk.swipe.item
    wait(lambda: all(side.image is not None for side in item.sides))
    assert [side.label for side in item.sides] == ["opt_v1 · SYNTHETIC", "opt_v3 · SYNTHETIC"]
    first, second = (side.image for side in item.sides)
    middle = first.width() // 2, first.height() // 2
    assert first.pixelColor(*middle) != second.pixelColor(*middle)
    assert visible() == seen == ["s1"]
    desk.swipe.end()
    assert desk.swipe.item is None and canvas.mapTool() is before
    assert set(run.stages.values()) <= set(QgsProject.instance().mapLayers().values())


def test_what_the_swipe_shows_lies_on_the_canvas(shown, radar, desk, tmp_path, wait) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    desk.show_step(0)
    desk.begin_swipe([run.stages[1], run.stages[3]])
    item = desk.swipe.item
    wait(lambda: all(side.image is not None for side in item.sides))
    canvas = shown.mapCanvas()
    for fraction in (0.9, 0.1):
        desk.swipe.move_to(fraction)
        picture = canvas.viewport().grab().toImage()
        x, y = canvas.width() // 2, canvas.height() * 2 // 3
        side = item.sides[0 if fraction > 0.5 else 1]
        assert picture.pixelColor(x, y) == side.image.pixelColor(x, y)


def test_keys_move_turn_exchange_and_end_the_swipe(shown, radar, desk, tmp_path) -> None:
    add_run(tmp_path / "run", radar("s1"))
    canvas = shown.mapCanvas()
    extent = canvas.extent()
    desk.begin_swipe([])
    item = desk.swipe.item
    press(canvas, Qt.Key.Key_Right)
    assert item.fraction == pytest.approx(0.51)
    press(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert item.fraction == pytest.approx(0.41)
    assert canvas.extent() == extent, "the arrows do not move the map"
    press(canvas, Qt.Key.Key_H)
    assert not item.upright and item.parts()[0].width() == canvas.viewport().width()
    press(canvas, Qt.Key.Key_V)
    assert item.upright
    press(canvas, Qt.Key.Key_X)
    assert [side.label[:6] for side in item.sides] == ["opt_v3", "opt_v1"]
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier)
    override.ignore()
    assert desk.swipe.eventFilter(canvas, override) and override.isAccepted()
    press(canvas, Qt.Key.Key_Escape)
    assert desk.swipe.item is None


def test_the_mouse_drags_the_line(shown, radar, desk, tmp_path) -> None:
    add_run(tmp_path / "run", radar("s1"))
    desk.begin_swipe([])
    canvas = shown.mapCanvas()
    place = QPoint(canvas.width() // 4, 50)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.swipe.item.fraction == pytest.approx(0.25, abs=0.01)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.swipe.set_upright(False)
    place = QPoint(50, canvas.height() * 3 // 4)
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.swipe.item.fraction == pytest.approx(0.75, abs=0.01)


def test_a_removed_layer_ends_the_swipe(shown, radar, desk, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    desk.begin_swipe([run.stages[1], run.stages[3]])
    QgsProject.instance().removeMapLayer(run.stages[1].id())
    assert desk.swipe.item is None


def test_the_swipe_knows_the_radar_and_the_differences(shown, radar, desk, tmp_path) -> None:
    add_run(tmp_path / "run", radar("s1"))
    desk.show_difference(2, 1)
    panel = ComparePanel(desk, shown.mapCanvas())
    combo = panel.swipe.combos[0]
    names = [combo.itemText(i) for i in range(combo.count())]
    assert names == ["Radar: s1", "opt_v1", "opt_v2", "opt_v3", "v2 − v1"]
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    panel.swipe.button.click()
    assert [side.label for side in desk.swipe.item.sides] == ["Radar: s1", "opt_v3 · SYNTHETIC"]
    panel.swipe.exchange_button.click()
    assert [side.label[:5] for side in desk.swipe.item.sides] == ["opt_v", "Radar"]
    panel.swipe.button.click()
    assert desk.swipe.item is None and not panel.swipe.button.isChecked()


def test_a_difference_is_a_marked_layer_on_top(window, radar, desk, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    desk.show_difference(3, 2)
    run = run_in(QgsProject.instance(), run.folder)
    (node,) = run.differences
    layer = node.layer()
    assert run.group.children()[0] == node
    assert "SYNTHETIC" in layer.title() and layer.renderer().type() == "singlebandpseudocolor"
    assert layer.dataProvider().sample(QgsPointXY(ORIGIN[0] + 5, ORIGIN[1] - 5), 1) == (40.0, True)
    assert sorted(run.stages) == [1, 2, 3], "it is no stage"
    node.setItemVisibilityChecked(False)
    desk.show_difference(3, 2)
    assert len(QgsProject.instance().mapLayers()) == 5 and node.itemVisibilityChecked()
    desk.show_step(3)
    assert not node.itemVisibilityChecked(), "a difference on top would hide what is blinked"


def test_every_result_has_a_badge(window, radar, tmp_path, wait) -> None:
    tools = CompareTools(window)
    tree = window.layerTreeView()
    layer = radar("s1")
    run = add_run(tmp_path / "run", layer)
    wait(lambda: len(tree.indicators(run.nodes[1])) == 1)
    (badge,) = tree.indicators(run.nodes[3])
    assert "Stage 3 of 3" in badge.toolTip() and "0.30" in badge.toolTip()
    assert "not observed" in badge.toolTip()
    root = QgsProject.instance().layerTreeRoot()
    assert tree.indicators(root.findLayer(layer.id())) == []
    left: list[int] = []
    root.removedChildren.connect(lambda *_: left.append(len(tools._badges._placed)))
    QgsProject.instance().removeMapLayer(run.stages[2].id())
    assert left == [0], "no badge outlives its entry"
    wait(lambda: len(tree.indicators(run.nodes[1])) == 1)
    wait(lambda: len(find_runs(QgsProject.instance())[0].nodes) == 2)
    tools.close()
    assert tree.indicators(run.nodes[1]) == []


def test_the_groups_menu_switches_the_style(shown, radar, tmp_path) -> None:
    tools = CompareTools(shown)
    run = add_run(tmp_path / "run", radar("s1"))
    tree = shown.layerTreeView()

    tree.setMenuProvider(Provider())
    tree.setCurrentIndex(tree.node2index(run.group))
    place = tree.visualRect(tree.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place)
    menu = tools._menu.menu_at(event)
    (gac,) = [action for action in menu.actions() if action.text() == "GAC"]
    texts = [action.text() for action in gac.menu().actions()]
    assert texts == [
        "Style of all stages",
        "Range of all stages",
        "Difference",
        "Swipe between stages",
        "Export…",
    ]
    choices = gac.menu().actions()[0].menu().actions()
    assert [choice.isChecked() for choice in choices] == [True, False, False]
    choices[2].trigger()
    assert style_of(run.stages) == "ndvi"
    root = QgsProject.instance().layerTreeRoot()
    tree.setCurrentIndex(tree.node2index(root.children()[-1]))
    place = tree.visualRect(tree.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place)
    assert tools._menu.menu_at(event) is None, "the radar's menu is QGIS's own"
    tools.close()


def test_the_panel_follows_the_project(shown, radar, desk, tmp_path, wait) -> None:
    panel = ComparePanel(desk, shown.mapCanvas())
    assert not panel.body.isEnabled() and "No results" in panel.hint.text()
    one = add_run(tmp_path / "one", radar("s1"))
    add_run(tmp_path / "two", stages=2)
    wait(lambda: panel.run_combo.count() == 2)
    assert panel.body.isEnabled() and not panel.hint.text()
    shown.layerTreeView().setCurrentLayer(one.stages[1])
    wait(lambda: panel.run_combo.currentText() == "one")
    assert all(button.isEnabled() for button in panel.steps.values())
    panel.run_combo.setCurrentIndex(panel.run_combo.findText("two"))
    panel.run_combo.activated.emit(panel.run_combo.currentIndex())
    wait(lambda: not panel.steps[3].isEnabled())
    assert not panel.differences[3, 2].isEnabled() and panel.differences[2, 1].isEnabled()
    panel.style_combo.activated.emit(1)
    wait(lambda: panel.style_combo.currentText() == "False colour (NIR)")
    assert style_of(one.stages) == "true_colour", "the other run stays as it is"
    panel.steps[1].click()
    assert panel.steps[1].isChecked() and not panel.steps[2].isChecked()
    QgsProject.instance().clear()
    wait(lambda: not panel.body.isEnabled())


def test_the_panel_is_narrow_enough(shown, radar, desk, tmp_path, wait) -> None:
    add_run(tmp_path / ("a very long name of a run, as scenes have them " * 3), radar("s1"))
    panel = ComparePanel(desk, shown.mapCanvas())
    assert panel.minimumSizeHint().width() <= 300


def test_a_problem_is_told_in_the_message_bar(shown, radar, desk, tmp_path, failures) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    Path(run.folder / "opt_v2.tif").unlink()
    desk.show_difference(3, 2)
    assert "opt_v2.tif" not in str(visible())
    assert failures[-1].problem
    assert any(failures[-1].message in item.text() for item in shown.messageBar().items())


def test_the_sides_grow_with_the_run_until_somebody_chooses(shown, desk, tmp_path, wait) -> None:
    panel = ComparePanel(desk, shown.mapCanvas())
    events = write_run(tmp_path / "run")
    layers = RunLayers(QgsProject.instance(), (), "G", "x")
    sides = []
    for event in events:
        layers.add_stage(event)
        panel.refresh()
        sides.append([combo.currentText() for combo in panel.swipe.combos])
    assert sides[1:] == [["opt_v1", "opt_v2"], ["opt_v1", "opt_v3"]]
    panel.swipe.combos[0].setCurrentIndex(1)
    panel.swipe.combos[0].activated.emit(1)
    panel.refresh()
    assert [combo.currentText() for combo in panel.swipe.combos] == ["opt_v2", "opt_v3"]
    layers.finish()


def test_the_radar_of_a_run_on_its_way_is_known(shown, desk, radar, tmp_path) -> None:
    run = add_run(tmp_path / "run", radar("s1"))
    record = (run.folder / "run.json").read_text()
    (run.folder / "run.json").unlink()
    assert next(layer_label(layer) for layer in desk.layers()) == "opt_v1"
    work = run.folder / ".gac-work"
    work.mkdir()
    journal = {"format": 1, "request": json.loads(record)["request"], "updated": ""}
    (work / "journal.json").write_text(json.dumps(journal))
    assert radar_layers_of(run, QgsProject.instance())[0].name() == "s1"
    (run.folder / "run.json").write_text(record)
    assert next(layer_label(layer) for layer in desk.layers()) == "Radar: s1"
