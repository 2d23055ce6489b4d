"""Words on the panel in the states of a first run, counted in a real QGIS with the real worker.

    QT_QPA_PLATFORM=offscreen python tests/plugin/panel_words.py [--text] [CHECKOUT]

Run it with QGIS's Python. CHECKOUT is another checkout of GAC whose panel is counted; GAC_PYTHON
names the worker's Python. With --text it prints the texts as well. Counted is what can be seen
without a click on each tab, scrolled or not: labels, buttons, titles, current entries.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[2]
OPTIONS = [word for word in sys.argv[1:] if word.startswith("--")]
OTHERS = [word for word in sys.argv[1:] if not word.startswith("--")]
ROOT = Path(OTHERS[0]).resolve() if OTHERS else HERE
sys.path.insert(0, str(ROOT))
os.environ.setdefault("GAC_PYTHON", str(HERE / ".venv" / "bin" / "python"))
HOME = tempfile.mkdtemp(prefix="gac-words-")
os.environ["HOME"] = os.environ["QGIS_CUSTOM_CONFIG_PATH"] = HOME

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsRectangle  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication  # noqa: E402
from qgis.PyQt.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QToolButton,
    QTreeWidget,
    QWidget,
)

LIMIT_S = 300.0
SIDE_M = 1200.0
"""Side of the run's area in metres, in the middle of the demo scene."""


def wait(holds: Callable[[], object], least: float = 0.0) -> None:
    """Let QGIS work until something holds, and for `least` seconds."""
    begin = time.monotonic()
    while not holds() or time.monotonic() < begin + least:
        if time.monotonic() > begin + LIMIT_S:
            sys.exit("It did not happen in time.")
        QCoreApplication.processEvents()
        time.sleep(0.005)


def texts(root: QWidget) -> list[str]:
    """Return the texts that can be seen in a widget, tags and entities resolved."""
    texts: list[str] = []
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root):
            texts += _own(widget)
    plain = (unescape(re.sub(r"<[^>]*>", " ", text)).strip() for text in texts)
    return [text for text in plain if text]


def _own(widget: QWidget) -> list[str]:
    if isinstance(widget, QGroupBox):
        return [widget.title()]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QLineEdit):
        is_part = isinstance(widget.parent(), (QComboBox, QSpinBox))
        return [] if is_part else [widget.text() or widget.placeholderText()]
    if isinstance(widget, QSpinBox):
        return [widget.text()]
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        return []
    if isinstance(widget, (QLabel, QAbstractButton)):
        return [widget.text()]
    if isinstance(widget, QTreeWidget):
        rows = [widget.headerItem(), *map(widget.topLevelItem, range(widget.topLevelItemCount()))]
        return [row.text(column) for row in rows for column in range(widget.columnCount())]
    return []


def count(texts: list[str]) -> int:
    """Return the number of words; numbers and signs alone are none."""
    return sum(bool(re.search(r"[^\W\d_]", word)) for text in texts for word in text.split())


def main() -> None:
    """Go through a first run and print the words of each state."""
    application = QgsApplication([], True)
    application.initQgis()
    from gac_qgis_plugin.worker.client import WorkerClient
    from gac_qgis_plugin.worker.engine import find_launch
    from tests.plugin.conftest import Panel, Window

    panel: Any = Panel(Window(), WorkerClient(find_launch), Path(HOME, "results"))
    dock, footer = panel.dock, panel.dock.footer
    total = 0

    def tell(state: str, page: QWidget) -> None:
        nonlocal total
        wait(lambda: True, 0.5)
        shown = texts(page)
        total += count(shown)
        print(f"{state:40} {count(shown):4}", flush=True)
        if "--text" in OPTIONS:
            print("".join(f"    {text}\n" for text in shown))

    run_page, compare_page, runs_page = map(dock.tabs.widget, range(3))
    dock.open_for(None)
    wait(lambda: "ready" in footer.worker_line.text(), 1)
    tell("Run: nothing loaded", run_page)
    layer = QgsRasterLayer(str(ROOT / "resources/demo_scene/demo_s1.tif"), "demo_s1", "gdal")
    QgsProject.instance().addMapLayer(layer)
    canvas = panel.window.mapCanvas()
    canvas.setDestinationCrs(layer.crs())
    middle = layer.extent().center()
    canvas.setExtent(QgsRectangle.fromCenterAndSize(middle, SIDE_M, SIDE_M))
    dock.open_for(layer)
    dock.area.mode_combo.setCurrentIndex(1)
    wait(lambda: "Reading" not in panel.text() and bool(panel.text()), 4)
    if hasattr(dock.area, "cost"):
        wait(lambda: bool(dock.area.cost.label.text()))
    tell("Run: scene read", run_page)
    dock.advanced.timesteps_1.setValue(2)
    dock.advanced.timesteps_3.setValue(2)
    dock.start_run()
    wait(lambda: "tage 2" in footer.progress.message.text())
    tell("Run: stage 2 computes", run_page)
    wait(lambda: bool(panel.outcomes))
    if panel.outcomes[0].state != "done":
        sys.exit(str(panel.outcomes[0]))
    tell("Run: done", run_page)
    dock.tabs.setCurrentIndex(1)
    tell("Compare", compare_page)
    dock.tabs.setCurrentIndex(2)
    dock.runs.list.setCurrentItem(dock.runs.list.topLevelItem(0))
    tell("Runs", runs_page)
    print(f"{'all':40} {total:4}")
    dock.release_map()
    panel.client.close()
    panel.controller.close()
    panel.session.close()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
