"""The mark of generated maps in QGIS's layouts."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QPushButton, QToolBar

from gac_qgis_plugin.gui.layout_marks import (
    LayoutMarks,
    add_mark,
    mark_of,
    shows_generated,
    unmarked_maps,
)
from gac_qgis_plugin.labels import MARK
from gac_qgis_plugin.results import run_in
from tests.plugin.runs import add_run


class Designer(QObject):
    """Stand-in for a layout's window, which QGIS alone can make, as far as the plugin uses it."""

    def __init__(self, layout: QgsPrintLayout) -> None:
        super().__init__()
        self._layout, self._window = layout, QMainWindow()
        self._menu, self._bar = QMenu(self._window), QToolBar(self._window)
        self._messages = QgsMessageBar(self._window)

    def layout(self) -> QgsPrintLayout:
        return self._layout

    def window(self) -> QMainWindow:
        return self._window

    def itemsMenu(self) -> QMenu:  # noqa: N802
        return self._menu

    def actionsToolbar(self) -> QToolBar:  # noqa: N802
        return self._bar

    def messageBar(self) -> QgsMessageBar:  # noqa: N802
        return self._messages


@pytest.fixture
def layout(qgis) -> QgsPrintLayout:
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    return layout


def add_map(layout: QgsPrintLayout) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(20, 30))
    item.attemptResize(QgsLayoutSize(100, 80))
    item.zoomToExtent(QgsRectangle(676780.0, 5394500.0, 677100.0, 5394900.0))
    layout.addLayoutItem(item)
    return item


def test_maps_that_show_generated_layers_are_told_apart(layout, radar, tmp_path) -> None:
    item = add_map(layout)
    layer = radar("s1")
    assert not shows_generated(item)
    run = add_run(tmp_path / "run", layer)
    assert shows_generated(item)
    run.group.setItemVisibilityChecked(False)
    assert not shows_generated(item)
    item.setKeepLayerSet(True)
    item.setLayers([run.stages[2]])
    assert shows_generated(item)
    item.setLayers([layer])
    assert not shows_generated(item)


def test_the_mark_lies_in_the_corner_and_follows(window, layout, radar, tmp_path) -> None:
    add_run(tmp_path / "run", radar("s1"))
    item = add_map(layout)
    marks = LayoutMarks(window)
    marks.mark(Designer(layout))
    label = mark_of(item)
    assert label is not None and label.text() == MARK and unmarked_maps(layout) == []
    assert item.sceneBoundingRect().contains(label.sceneBoundingRect())
    corner = label.sceneBoundingRect().bottomRight()
    assert (corner.x(), corner.y()) == pytest.approx((118, 108), abs=0.5)
    item.attemptResize(QgsLayoutSize(60, 40))
    corner = label.sceneBoundingRect().bottomRight()
    assert (corner.x(), corner.y()) == pytest.approx((78, 68), abs=0.5)
    marks.close()
    item.attemptResize(QgsLayoutSize(100, 80))
    corner = label.sceneBoundingRect().bottomRight()
    assert (corner.x(), corner.y()) == pytest.approx((78, 68), abs=0.5), "nothing of it is left"


def test_it_can_be_seen_in_what_is_exported(layout, radar, tmp_path) -> None:
    add_run(tmp_path / "run", radar("s1"))
    item = add_map(layout)
    exporter = QgsLayoutExporter(layout)
    before = exporter.renderPageToImage(0, dpi=96)
    add_mark(item)
    after = exporter.renderPageToImage(0, dpi=96)
    per_mm = after.width() / 297
    changed = [
        (x, y)
        for x in range(after.width())
        for y in range(after.height())
        if after.pixel(x, y) != before.pixel(x, y)
    ]
    assert len(changed) > 200
    assert min(x for x, _ in changed) / per_mm > 80 and max(x for x, _ in changed) / per_mm < 121
    assert min(y for _, y in changed) / per_mm > 95 and max(y for _, y in changed) / per_mm < 111


def offers(designer: Designer) -> list[Any]:
    items = designer.messageBar().items()
    return [button for each in items for button in each.findChildren(QPushButton)]


def test_a_layout_is_offered_the_mark_once_and_only_on_request(
    window, layout, radar, tmp_path, wait
) -> None:
    designer = Designer(layout)
    marks = LayoutMarks(window)
    window.layoutDesignerOpened.emit(designer)
    (action,) = designer.itemsMenu().actions()
    assert action in designer.actionsToolbar().actions()
    radar("plain")
    add_map(layout)
    QCoreApplication.processEvents()
    assert offers(designer) == []
    add_run(tmp_path / "run", radar("s1"))
    second = add_map(layout)
    wait(lambda: offers(designer))
    assert mark_of(second) is None, "not unasked"
    offers(designer)[0].click()
    assert unmarked_maps(layout) == []
    add_map(layout)
    QCoreApplication.processEvents()
    assert len(unmarked_maps(layout)) == 1
    assert len([each for each in offers(designer) if each.isVisibleTo(designer.window())]) <= 1
    action.trigger()
    assert unmarked_maps(layout) == []
    marks.close()


def test_a_mark_is_known_again_when_the_project_is_read(window, radar, tmp_path, wait) -> None:
    project = QgsProject.instance()
    run = add_run(tmp_path / "run", radar("s1"))
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("A4")
    project.layoutManager().addLayout(layout)
    add_mark(add_map(layout))
    project.write(str(tmp_path / "p.qgs"))
    project.read(str(tmp_path / "p.qgs"))
    assert run_in(project, run.folder) is not None
    again = project.layoutManager().layoutByName("A4")
    assert unmarked_maps(again) == []
    designer = Designer(again)
    window.designers.append(designer)
    marks = LayoutMarks(window)
    item = next(each for each in again.items() if isinstance(each, QgsLayoutItemMap))
    item.attemptResize(QgsLayoutSize(60, 40))
    corner = mark_of(item).sceneBoundingRect().bottomRight()
    assert (corner.x(), corner.y()) == pytest.approx((78, 68), abs=0.5)
    marks.close()
