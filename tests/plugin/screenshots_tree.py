"""Layer tree, radar look, layouts and small windows; runs inside QGIS.

GAC_SHOTS_ONLY=tree GAC_SHOTS_LANG=de python tests/plugin/screenshots.py FOLDER
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QPushButton

LAYERS_PX = 290
LIMIT_S = 900
SIDE_M = 1300.0


QUICK = "GAC_SHOTS_QUICK" in os.environ


def tree_steps(
    iface: Any, plugin: Any, shoot: Callable[[str], None], words: list[str], home: Path
) -> Iterator[float]:
    """Go through what is seen beside the panel; gives the seconds to wait after each step."""
    window, dock, canvas = iface.mainWindow(), plugin.dock, iface.mapCanvas()
    layers = window.findChild(QDockWidget, "Layers")
    window.resizeDocks([layers, dock], [LAYERS_PX, 330], Qt.Orientation.Horizontal)
    yield 1
    words.append(f"language {QgsApplication.instance().translation()}; layers {layers.width()} px")
    shoot("tree-radar-before")
    dock.input.look_button.click()
    yield 3
    shoot("tree-radar-look")
    if QUICK:
        yield from _themes(dock, shoot, words)
        return
    yield from _dialogs(iface, dock, shoot)
    yield from _run(iface, plugin, words)
    dock.tabs.setCurrentIndex(1)
    dock.compare.differences[3, 2].click()
    yield 1
    for buttons in (dock.compare.trust.agreement, dock.compare.trust.doubt):
        buttons[3].click()
        end = time.monotonic() + 120
        while dock.compare.trust.task is not None and time.monotonic() < end:
            yield 0.3
    yield 2
    shoot("tree-names")
    yield from _layout(iface, shoot, words)
    yield from _figure(plugin, shoot, home)
    run = dock.compare._session.run()
    (run.folder / "opt_v2.tif").unlink()
    dock.tabs.setCurrentIndex(0)
    dock.tabs.setCurrentIndex(1)
    first, last = run.stages[1], run.stages[2]
    dock.compare._session.begin_swipe([first, last])
    yield 2
    shoot("tree-missing-files")
    iface.messageBar().clearWidgets()
    dock.tabs.setCurrentIndex(0)
    canvas.setExtent(QgsRectangle.fromCenterAndSize(canvas.extent().center(), 300000, 300000))
    dock.lens.begin()
    dock.lens.request_tile(canvas.extent().center())
    yield 2
    shoot("tree-lens-small-scale")
    dock.lens.end()
    iface.messageBar().clearWidgets()
    yield from _themes(dock, shoot, words)
    words.append("DONE")


def _themes(dock: Any, shoot: Callable[[str], None], words: list[str]) -> Iterator[float]:
    QgsApplication.setUITheme("Night Mapping")
    yield 3
    shoot("tree-theme-switched")
    words.extend(sorted(set(re.findall(r"color:#\w+", dock.input.note.text()))))
    for widget in (dock.input.note, dock.input, QApplication.instance()):
        roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window)
        words.append(str([widget.palette().color(role).name() for role in roles]))
    QgsApplication.setUITheme("default")
    yield 2
    shoot("tree-theme-back")


def _dialogs(iface: Any, dock: Any, shoot: Callable[[str], None]) -> Iterator[float]:
    import processing

    for name in ("run", "batch"):
        dialog = processing.createAlgorithmDialog(f"gac:{name}")
        dialog.show()
        yield 2
        shoot(f"tree-processing-{name}")
        dialog.close()
        yield 0.5
    dock.models.open()
    yield 4
    shoot("tree-models")
    dock.models.dialog.close()
    yield 0.5


def _run(iface: Any, plugin: Any, words: list[str]) -> Iterator[float]:
    dock = plugin.dock
    extent = dock.input.layer.extent()
    x, y = extent.xMinimum() + 0.38 * extent.width(), extent.yMinimum() + 0.46 * extent.height()
    middle = QgsRectangle(x - SIDE_M / 2, y - SIDE_M / 2, x + SIDE_M / 2, y + SIDE_M / 2)
    iface.mapCanvas().setExtent(middle)
    dock.area.mode_combo.setCurrentIndex(1)
    outcomes: list[Any] = []
    plugin._controller.ended.connect(outcomes.append)
    yield 1
    dock.start_run()
    end = time.monotonic() + LIMIT_S
    while not outcomes and time.monotonic() < end:
        yield 0.5
    yield 2
    if not outcomes or outcomes[0].state != "done":
        words.append(f"FAILED {outcomes}")


def _layout(iface: Any, shoot: Callable[[str], None], words: list[str]) -> Iterator[float]:
    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()
    layout.setName("A4")
    QgsProject.instance().layoutManager().addLayout(layout)
    item = QgsLayoutItemMap(layout)
    item.attemptMove(QgsLayoutPoint(10, 10))
    item.attemptResize(QgsLayoutSize(180, 180))
    item.zoomToExtent(iface.mapCanvas().extent())
    layout.addLayoutItem(item)
    legend = QgsLayoutItemLegend(layout)
    legend.attemptMove(QgsLayoutPoint(200, 10))
    layout.addLayoutItem(legend)
    designer = iface.openLayoutDesigner(layout)
    designer.window().resize(1200, 800)
    yield 3
    shoot("tree-layout-offered")
    buttons = designer.messageBar().currentItem()
    if buttons is None:
        words.append("FAILED: the layout is offered no mark")
    else:
        buttons.findChildren(QPushButton)[0].click()
    yield 2
    shoot("tree-layout-marked")
    designer.close()
    yield 1


def _figure(plugin: Any, shoot: Callable[[str], None], home: Path) -> Iterator[float]:
    plugin.dock.compare.export_button.click()
    dialog = plugin._tools.export_dialog
    dialog.out.setFilePath(str(home / "exports"))
    dialog.figure_box.setChecked(True)
    yield 1
    shoot("tree-export")
    dialog.start()
    end = time.monotonic() + 120
    while dialog.task is not None and time.monotonic() < end:
        yield 0.3
    for path in (home / "exports").glob("*.png"):
        shutil.copyfile(path, Path(os.environ["GAC_SHOTS"]) / "tree-figure.png")
    dialog.close()
    QApplication.processEvents()
