"""Photographs the models' window and a run's memory in the panel: a real engine, a server.

    xvfb-run -a -s "-screen 0 1400x1000x24" python tests/plugin/screenshots_models.py FOLDER

With QGIS's own Python and GAC_PYTHON set, as for the tests. GAC_SHOTS_LANGUAGE is QGIS's language.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import Language
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.gui.models_dialog import ModelsDialog
from gac_qgis_plugin.models import ModelsManager
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.engine import Launch
from tests.core.store.cards import FILE, REPO, write_bundle
from tests.core.store.hub_server import Hub
from tests.plugin.conftest import FAKE, Panel, Window

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 90.0


def main() -> None:
    """Takes the pictures."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="gac-shots-"))
    os.environ["HOME"] = str(home)
    for name in ("HF_ENDPOINT", "HF_TOKEN", "GAC_MODELS", "GAC_BUNDLES", "GAC_WEIGHTS"):
        os.environ.pop(name, None)
    application = QgsApplication([], True, str(home / "profile"))
    application.initQgis()
    QgsSettings().setValue("locale/overrideFlag", True)
    QgsSettings().setValue("locale/userLocale", os.environ.get("GAC_SHOTS_LANGUAGE", "en"))
    language = Language(paths.resource("i18n"))
    with Hub({(REPO, FILE): os.urandom(700_000_000)}) as hub:
        _window(folder, home, hub)
    _panel(folder, home)
    language.release()
    # QGIS's own end needs more of its window than there is here.
    os._exit(0)


def _window(folder: Path, home: Path, hub: Hub) -> None:
    settings = PluginSettings.load()
    settings.models_mirror = hub.endpoint
    settings.save()
    manager = ModelsManager()
    dialog = ModelsDialog(manager)
    dialog.show()
    _shoot(dialog, folder / "models-empty.png")
    _wait(lambda: bool(manager.listing))
    dialog.connection.setCollapsed(True)
    dialog.table.topLevelItem(0).setExpanded(True)
    _shoot(dialog, folder / "models-demo.png")
    dialog.table.topLevelItem(0).setExpanded(False)
    write_bundle(home / ".local/share/gac/bundles/europe")
    count = dialog.table.topLevelItemCount()
    manager.refresh()
    _wait(lambda: dialog.table.topLevelItemCount() > count)
    dialog.choose("europe")
    hub.slow = threading.Event()
    dialog.main_button.click()
    _wait(lambda: dialog.bar.value() > 300)
    _shoot(dialog, folder / "models-downloading.png")
    dialog.main_button.click()
    _wait(lambda: not (manager.is_working or manager.is_listing))
    _shoot(dialog, folder / "models-paused.png")
    hub.slow = None
    hub.token = "hf_secret"
    dialog.main_button.click()
    _wait(lambda: not (manager.is_working or manager.is_listing))
    dialog.connection.setCollapsed(False)
    _shoot(dialog, folder / "models-failed.png")
    manager.close()
    dialog.close()


def _panel(folder: Path, home: Path) -> None:

    launch = Launch("/usr/bin/python3", (str(FAKE), "good"), str(ROOT), dict(os.environ))
    client = WorkerClient(lambda: launch)
    panel = Panel(Window(), client, home)
    layer = QgsRasterLayer(str(ROOT / "resources/demo_scene/demo_s1.tif"), "S1 demo")
    QgsProject.instance().addMapLayer(layer)
    panel.dock.open_for(layer)
    panel.dock.setFloating(True)
    panel.dock.resize(320, 820)
    _wait(lambda: bool(panel.dock.area.cost.label.text()))
    _shoot(panel.dock, folder / "memory-fits.png")
    combo = panel.dock.model.bundle_combo
    combo.setCurrentIndex(combo.count() - 1)
    _wait(lambda: "9.1" in panel.dock.area.cost.shortage.text())
    _shoot(panel.dock, folder / "memory-too-small.png")
    panel.dock.close_tasks()
    client.close()


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not holds():
        if time.monotonic() > end:
            raise SystemExit("it did not happen")
        QCoreApplication.processEvents()
        time.sleep(0.01)


def _shoot(widget: QWidget, path: Path) -> None:
    end = time.monotonic() + 0.7
    while time.monotonic() < end:
        QCoreApplication.processEvents()
    widget.grab().save(str(path))


if __name__ == "__main__":
    main()
