"""The lens's time from click to picture, in a real QGIS with the real worker, warm.

    QT_QPA_PLATFORM=offscreen python tests/plugin/measure_lens.py [CLICKS]

Run it with QGIS's Python from the repository; GAC_PYTHON names the worker's.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("GAC_PYTHON", str(ROOT / ".venv" / "bin" / "python"))

from qgis.core import QgsApplication, QgsPointXY, QgsProject, QgsRasterLayer  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication  # noqa: E402

LIMIT_S = 300.0


def wait(holds: Callable[[], object]) -> None:
    """Lets QGIS work until something holds."""
    end = time.monotonic() + LIMIT_S
    while not holds():
        if time.monotonic() > end:
            sys.exit("It did not happen in time.")
        QCoreApplication.processEvents()
        time.sleep(0.002)


def main() -> None:
    """Clicks at several places of the demo scene; the first one warms up."""
    clicks = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    application = QgsApplication([], True)
    application.initQgis()
    from gac_qgis_plugin.worker.client import WorkerClient
    from gac_qgis_plugin.worker.engine import find_launch
    from tests.plugin.conftest import Panel, Window

    layer = QgsRasterLayer(str(ROOT / "resources/demo_scene/demo_s1.tif"), "demo_s1", "gdal")
    QgsProject.instance().addMapLayer(layer)
    panel = Panel(Window(), WorkerClient(find_launch), Path("results"))
    canvas, lens = panel.window.mapCanvas(), panel.dock.lens
    canvas.setDestinationCrs(layer.crs())
    panel.dock.open_for(layer)
    wait(lambda: "ready" in panel.dock.footer.worker_line.text())
    canvas.setExtent(layer.extent())
    lens.begin()
    middle = layer.extent().center()
    taken = []
    for number in range(clicks + 1):
        began = time.monotonic()
        lens.request_tile(QgsPointXY(middle.x() + 610.0 * number, middle.y() - 250.0 * number))
        wait(lambda: lens.item and lens.item.label == "opt_v3 · SYNTHETIC · preview")
        taken.append(time.monotonic() - began)
        print(f"{'warming up' if number == 0 else 'click'}: {taken[-1]:.2f} s", flush=True)
    print(f"median of {clicks}: {statistics.median(taken[1:]):.2f} s from click to picture")
    panel.dock.release_map()
    panel.client.close()
    panel.controller.close()
    panel.session.close()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
