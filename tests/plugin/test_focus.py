"""Tab goes from top to bottom, and in a line from left to right, wherever there are fields."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from gac_qgis_plugin import history
from gac_qgis_plugin.gui.export_dialog import ExportDialog
from gac_qgis_plugin.gui.options import OptionsPage
from tests.plugin.runs import add_run

SAME_LINE = 14
"""Pixels by which middles of widgets in one line may differ."""


def walk(inside: QWidget, first: QWidget) -> list[QWidget]:
    """The widgets that Tab leads to from the first, as long as they are inside."""
    inside.window().activateWindow()
    QApplication.processEvents()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    found: list[QWidget] = []
    for _ in range(80):
        widget = QApplication.focusWidget()
        if widget is None or not inside.isAncestorOf(widget) or widget in found:
            break
        found.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        QApplication.processEvents()
    return found


def place(widget: QWidget, inside: QWidget) -> QPoint:
    """Its middle within what may be scrolled, so that scrolling makes no difference."""
    scrolls = [s for s in inside.findChildren(QScrollArea) if s.isAncestorOf(widget)]
    ground = scrolls[0].widget() if scrolls else inside
    middle = widget.mapTo(ground, widget.rect().center())
    # What lies below a scrolled part comes after all of it.
    return middle if scrolls else middle + QPoint(0, 10_000)


def in_order(widgets: list[QWidget], inside: QWidget) -> list[str]:
    """List Tab steps up, or back in a line."""
    wrong = []
    # A group's own place is its title's, above what is in it.
    fields = [widget for widget in widgets if not isinstance(widget, QGroupBox)]
    for one, other in pairwise(fields):
        before, after = place(one, inside), place(other, inside)
        same_line = abs(before.y() - after.y()) <= SAME_LINE
        goes_on = after.x() >= before.x() if same_line else after.y() > before.y()
        if not goes_on:
            wrong.append(f"{name_of(one)} {before} -> {name_of(other)} {after}")
    return wrong


def name_of(widget: QWidget) -> str:
    text: Any = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__}({text or widget.objectName()})"


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_tab_goes_down_the_panel(panel, radar, tmp_path, wait, tab) -> None:
    made = panel("good")
    add_run(tmp_path / "run")
    history.remember_run(tmp_path / "run", QgsProject.instance())
    made.dock.open_for(radar())
    made.dock.advanced.setCollapsed(False)
    wait(lambda: "ready" in made.dock.footer.worker_line.text())
    made.dock.tabs.setCurrentIndex(tab)
    made.dock.compare.refresh()
    runs = made.dock.runs
    runs.refresh()
    if runs.list.topLevelItemCount():
        runs.list.setCurrentItem(runs.list.topLevelItem(0))
    QApplication.processEvents()
    page = made.dock.tabs.widget(tab)
    first = {
        0: made.dock.input.layer_combo,
        1: made.dock.compare.run_combo,
        2: made.dock.runs.list,
    }[tab]
    found = walk(page, first)
    assert len(found) >= {0: 10, 1: 8, 2: 2}[tab], [name_of(each) for each in found]
    assert in_order(found, page) == []


def test_tab_goes_down_the_export(window, tmp_path) -> None:
    window.mainWindow().show()
    dialog = ExportDialog(window, add_run(tmp_path / "run"))
    dialog.show()
    found = walk(dialog, dialog.stages[min(dialog.stages)])
    assert len(found) >= 10, [name_of(each) for each in found]
    assert in_order(found, dialog) == []
    dialog.close()


def test_tab_goes_down_the_options(window) -> None:
    page = OptionsPage(lambda: None)
    page.show()
    found = walk(page, page.style_combo)
    assert len(found) >= 5, [name_of(each) for each in found]
    assert in_order(found, page) == []
    page.close()


def fields_without_tip(inside: QWidget) -> list[str]:
    kinds = (QComboBox, QAbstractSpinBox, QPushButton, QCheckBox, QRadioButton)
    found = []
    for widget in inside.findChildren(QWidget):
        if not isinstance(widget, kinds) or widget.objectName().startswith("qt_"):
            continue
        if widget.isHidden() or isinstance(widget.parent(), QDialogButtonBox):
            continue
        above, tip = widget, ""
        # A field that QGIS made of several shows the tooltip of the whole.
        while above is not None and above is not inside and not tip:
            tip, above = above.toolTip(), above.parentWidget()
        if not tip:
            found.append(f"{name_of(widget)} in {type(widget.parent()).__name__}")
    return found


def test_every_field_has_a_tooltip(panel, window, radar, tmp_path) -> None:
    made = panel("good")
    made.dock.open_for(radar())
    assert fields_without_tip(made.dock.tabs) == []
    assert fields_without_tip(ExportDialog(window, add_run(tmp_path / "run"))) == []
    assert fields_without_tip(OptionsPage(lambda: None)) == []


def test_tooltips_name_units(panel, radar) -> None:
    dock = panel("good").dock
    assert "dB" in dock.input.overrides.unit_combo.toolTip()
    assert "passes" in dock.advanced.timesteps_1.toolTip()
    assert "passes" in dock.advanced.timesteps_3.toolTip()
