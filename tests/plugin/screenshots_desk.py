"""The part of the screenshots that is about the analyst's desk; runs inside QGIS after a run.

Each step does with mouse and keys what a user would do. It says for how long the main thread was
busy without a break, photographs apart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from screenshots_pulse import Pulse
from screenshots_trust import trust_steps

NARROW = 320
"""Width of the panel in these pictures."""


def desk_steps(
    iface: Any, plugin: Any, shoot: Callable[[str], None], words: list[str], exports: Path
) -> Iterator[float]:
    """Compares, exports and looks into the history; gives the seconds to wait after each step."""
    window, canvas, dock = iface.mainWindow(), iface.mapCanvas(), plugin.dock
    pulse = Pulse()

    def tell(name: str, picture: bool = True) -> None:
        words.append(f"{name}: main thread busy for {pulse.take()} ms at most")
        if picture:
            shoot(name)
            pulse.take()

    open_compare(window, dock)
    yield 2
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    pulse.take()
    for step in range(40):
        QTest.mouseMove(canvas.viewport(), middle + QPoint(2 * step, step))
        yield 0.03
    yield 0.5
    tell("desk-compare")
    window.activateWindow()
    canvas.setFocus()
    for name in ("desk-blink-radar", "desk-blink-v1", "desk-blink-v2", "desk-blink-v3"):
        QTest.keyClick(canvas, Qt.Key.Key_B)
        yield 1.5
        tell(name, name == "desk-blink-radar")
    yield from swipe_steps(iface, dock, tell)
    for index, name in ((2, "desk-ndvi"), (1, "desk-false-colour"), (0, "desk-true-colour")):
        choose(dock.compare.style_combo, index)
        yield 2
        tell(name, index != 0)
    dock.compare.differences[3, 2].click()
    yield 2
    tell("desk-difference")
    dock.compare.export_button.click()
    yield 1
    dialog = plugin._tools.export_dialog
    dialog.out.setFilePath(str(exports))
    dialog.figure_box.setChecked(True)
    yield 0.5
    tell("desk-export")
    dialog.start()
    end = time.monotonic() + 120
    while dialog.task is not None and time.monotonic() < end:
        yield 0.2
    yield 1
    tell("desk-exported", False)
    dialog.close()
    written = sorted(path.name for path in exports.iterdir())
    words.append(f"exported: {', '.join(written)}")
    if len(written) < 2:
        words.append("FAILED: the export is not whole")
    dock.tabs.setCurrentIndex(2)
    yield 0.5
    dock.runs.list.setCurrentItem(dock.runs.list.topLevelItem(0))
    yield 0.5
    tell("desk-runs")
    yield from trust_steps(iface, plugin, tell, words)
    QgsProject.instance().setDirty(False)
    QApplication.processEvents()


def open_compare(window: Any, dock: Any) -> None:
    """Open the Compare tab, with panel and layers as narrow as they can be."""
    dock.tabs.setCurrentIndex(1)
    layers = window.findChild(QDockWidget, "Layers")
    window.resizeDocks([dock, layers], [NARROW, NARROW], Qt.Orientation.Horizontal)


def swipe_steps(iface: Any, dock: Any, tell: Callable[[str], None]) -> Iterator[float]:
    """Fill the map with the run, and wipe between radar and opt_v3 in the middle of it."""
    canvas, compare = iface.mapCanvas(), dock.compare
    iface.messageBar().clearWidgets()
    choose(compare.swipe.combos[0], 0)
    choose(compare.swipe.combos[1], compare.swipe.combos[1].findText("opt_v3"))
    yield 1
    _, last = compare.swipe.chosen()
    canvas.setExtent(filling(last.extent(), canvas.width() / canvas.height()))
    compare.swipe.button.click()
    yield 3
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        for _ in range(10):
            QTest.keyClick(canvas, key)
            yield 0.05
    tell("desk-swipe")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def choose(combo: Any, index: int) -> None:
    """Choose an entry of a list as a user does."""
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def filling(extent: Any, aspect: float) -> Any:
    """Return the middle of an extent that a map of this width over height shows without a rim."""
    width = min(extent.width(), extent.height() * aspect)
    return QgsRectangle.fromCenterAndSize(extent.center(), width, width / aspect)
