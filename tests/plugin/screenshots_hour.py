"""An analyst's first hour, from an empty project to an exported figure; runs inside QGIS.

Every step does with the mouse what a user would do, clicks are counted, and after each one the
window must be no taller than the screen and the panel's footer as high as before.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import qgis.utils
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget

PLUGIN = "gac_qgis_plugin"
NARROW = 298
LIMIT_S = 600.0


class Watch:
    """Checks of the window after every step, and the count of clicks."""

    def __init__(self, window: Any, words: list[str]) -> None:
        self._window, self._words = window, words
        self.clicks: list[str] = []
        self.dock: Any = None
        self._footer = 0

    def click(self, widget: Any, name: str) -> None:
        """Click a widget as a user does."""
        self.clicks.append(name)
        if not widget.isVisible() or not widget.isEnabled():
            self._words.append(f"FAILED: {name} cannot be clicked")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def check(self, name: str) -> None:
        """Note whether the window fits the screen and the footer kept its height."""
        QApplication.processEvents()
        window = self._window
        screen = window.screen().geometry().bottom() + 1
        # Not the frame's: window managers report it late.
        bottom = window.mapToGlobal(QPoint(0, window.height())).y()
        least = window.minimumSizeHint().height()
        footer = self.dock.footer.height() if self.dock is not None else 0
        self._words.append(f"{name}: window to {bottom} (at least {least}) of {screen} px")
        if max(bottom, least) > screen:
            self._words.append(f"FAILED: {name}: the window is taller than the screen")
        if footer and self._footer and footer != self._footer:
            self._words.append(f"FAILED: {name}: the footer went from {self._footer} to {footer}")
        self._footer = footer or self._footer


def hour_steps(
    iface: Any, shoot: Callable[[str], None], words: list[str], exports: Path, pictures: Path
) -> Iterator[float]:
    """Go through the hour; gives the seconds to wait after each step.

    Args:
        iface: QGIS's interface.
        shoot: Photographs the screen under a name.
        words: Receives what is to be told, a line each.
        exports: Folder to export into.
        pictures: Folder of the pictures, for a copy of the exported figure.
    """
    window = iface.mainWindow()
    watch = Watch(window, words)

    def tell(name: str) -> None:
        watch.check(name)
        shoot(f"hour-{name}")

    for dock in window.findChildren(QDockWidget):
        if dock.objectName() in ("Browser", "LayerOrder"):
            dock.close()
    qgis.utils.updateAvailablePlugins()
    qgis.utils.loadPlugin(PLUGIN)
    qgis.utils.startPlugin(PLUGIN)
    plugin = qgis.utils.plugins[PLUGIN]
    yield 1
    # A button of the toolbar, which may be folded into its extension at this width.
    watch.clicks.append("GAC in the toolbar")
    plugin._action.trigger()
    dock = watch.dock = plugin.dock
    footer = dock.footer
    layers = window.findChild(QDockWidget, "Layers")
    yield 1
    window.resizeDocks([dock, layers], [NARROW, NARROW], Qt.Orientation.Horizontal)
    yield from until(lambda: "CPU" in footer.worker_line.text())
    yield 1
    tell("1-empty")
    watch.click(dock.start.demo_button, "Open the demo scene")
    yield from until(lambda: dock.area.cost.label.text())
    yield 2
    tell("2-scene")
    outcomes: list[Any] = []
    plugin._controller.ended.connect(outcomes.append)
    watch.click(footer.run_button, "Run GAC")
    yield from until(lambda: "2" in footer.progress.message.text().partition("·")[2][:12])
    yield 1
    tell("3-running")
    yield from until(lambda: outcomes)
    yield 2
    tell("4-done")
    watch.click(footer.compare_button, "Compare")
    yield 3
    tell("5-compare")
    words.append(f"{len(watch.clicks)} clicks to a compared result: {', '.join(watch.clicks)}")
    if dock.compare.swipe.button.isChecked() is False or len(watch.clicks) > 5:
        words.append("FAILED: no swipe within five clicks")
    QTest.keyClick(iface.mapCanvas(), Qt.Key.Key_Escape)
    dock.tabs.setCurrentIndex(0)
    iface.messageBar().clearWidgets()
    dock.input.note.unfold(True)
    dock.model.notes_button.setChecked(True)
    dock.scroll.verticalScrollBar().setValue(0)
    yield 1
    tell("6-unfolded")
    dock.scroll.verticalScrollBar().setValue(dock.scroll.verticalScrollBar().maximum())
    dock.advanced.setCollapsed(False)
    dock.output_group.setCollapsed(False)
    dock.model.season.setCollapsed(False)
    yield 1
    dock.scroll.ensureWidgetVisible(dock.advanced)
    yield 0.5
    tell("7-advanced")
    for group in (dock.advanced, dock.output_group, dock.model.season):
        group.setCollapsed(True)
    dock.input.note.unfold(False)
    dock.model.notes_button.setChecked(False)
    dock.scroll.verticalScrollBar().setValue(0)
    yield 1
    watch.click(dock.area.cost.quick_button, "Quick")
    yield 2
    tell("8-quick")
    outcomes.clear()
    watch.click(footer.run_button, "Run GAC")
    yield from until(lambda: outcomes)
    yield 2
    tell("9-quick-done")
    iface.mapCanvas().setExtent(dock.input.layer.extent())
    dock.tabs.setCurrentIndex(2)
    yield 1
    dock.runs.list.setCurrentItem(dock.runs.list.topLevelItem(1))
    tell("10-runs")
    watch.click(dock.runs.open_button, "Open")
    yield 2
    tell("11-opened")
    dock.tabs.setCurrentIndex(0)
    yield 0.5
    watch.click(footer.export_button, "Export")
    yield 1
    dialog = plugin._tools.export_dialog
    dialog.out.setFilePath(str(exports))
    dialog.figure_box.setChecked(True)
    yield 0.5
    tell("12-export")
    dialog.start()
    yield from until(lambda: dialog.task is None)
    yield 1
    dialog.close()
    written = sorted(path.name for path in exports.iterdir())
    words.append(f"exported: {', '.join(written)}")
    figures = [path for path in exports.iterdir() if path.suffix == ".png"]
    if not figures:
        words.append("FAILED: there is no figure")
    for path in figures:
        copy = pictures / "hour-13-figure.png"
        shutil.copy(path, copy)
        words.append(str(copy))
    QgsProject.instance().setDirty(False)
    words.append("DONE")


def until(holds: Callable[[], object]) -> Iterator[float]:
    """Wait until something holds."""
    end = time.monotonic() + LIMIT_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("it did not happen in time")
        yield 0.3
