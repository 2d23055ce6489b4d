"""A user's steps with the zip, in a real QGIS: install, use, upgrade, remove, uninstall.

QGIS runs this by `--code`. GAC_SCENARIO names a JSON file: the zips `old` and `new`, the `report`
to write, with `demo` the folder for a run on the demo scene, and with `wheels` the folder that the
models' environment is made of before, in its window. QGIS's own installer installs and
uninstalls. The report tells what QGIS holds after the steps; test_installing.py judges.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyplugin_installer
import qgis.utils
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsSettings
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QToolBar

PLUGIN = "gac_qgis_plugin"
task: dict[str, Any] = json.loads(Path(os.environ["GAC_SCENARIO"]).read_text())
report: dict[str, Any] = {"steps": {}}
window = qgis.utils.iface.mainWindow()


def held() -> dict[str, Any]:
    """Return plugins' widgets, actions, settings, files, threads and processes in QGIS."""
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    store = QgsSettings()
    store.sync()
    home = Path(os.environ["HOME"])
    return {
        "actions": Counter(each.text() for each in window.findChildren(QAction)),
        "raster menu": [each.text() for each in qgis.utils.iface.rasterMenu().actions()],
        "docks": [each.objectName() for each in window.findChildren(QDockWidget)],
        "toolbar": [
            each.text()
            for bar in window.findChildren(QToolBar)
            for each in bar.actions()
            if bar.objectName() == "mPluginToolBar"
        ],
        "windows": [
            f"{type(each).__name__} {each.windowTitle()}"
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QDialog)
        ],
        "providers": [each.id() for each in QgsApplication.processingRegistry().providers()],
        "shortcuts": [each.objectName() for each in QgsGui.shortcutsManager().listActions()],
        "settings": sorted(store.allKeys()),
        "files": sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file()),
        "threads": [each.name for each in threading.enumerate()],
        "children": children(),
        "modules": sorted(n for n in sys.modules if n.split(".")[0] in (PLUGIN, "gac_core")),
        "objects": Counter(
            f"{type(each).__module__}.{type(each).__name__}"
            for each in gc.get_objects()
            if str(type(each).__module__).startswith(PLUGIN)
        ),
    }


def children() -> list[str]:
    """The programs that this QGIS has started and that still run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = entry.read_text().rpartition(")")[2].split()[1]
            command = (entry.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if int(parent) == os.getpid():
            found.append(command.strip())
    return found


def installed() -> dict[str, Any]:
    """Return the user's state after installing."""
    from gac_qgis_plugin import history
    from gac_qgis_plugin.core import paths
    from gac_qgis_plugin.core.settings import PluginSettings
    from gac_qgis_plugin.environment import state
    from gac_qgis_plugin.environment.plan import managed_home

    return {
        "version": qgis.utils.pluginMetadata(PLUGIN, "version"),
        "own version": paths.version(),
        "active": PLUGIN in qgis.utils.active_plugins,
        "style": PluginSettings.load().style,
        "runs": [str(each) for each in history.run_folders(QgsProject.instance())],
        "environment": state.read_state(managed_home()).condition,
        "marker": state.read_marker(managed_home()) is not None,
    }


def use() -> None:
    """Leaves what a user leaves: choices, a run, an environment, a model, a remembered pace."""
    from gac_qgis_plugin import history
    from gac_qgis_plugin.core.settings import PluginSettings
    from gac_qgis_plugin.environment.plan import managed_home

    settings = PluginSettings.load()
    settings.style = "ndvi"
    settings.save()
    if not task.get("wheels"):
        pretend_environment(managed_home())
    data = Path(os.environ["HOME"], ".local", "share", "gac")
    (data / "bundles" / "mine").mkdir(parents=True)
    (data / "bundles" / "mine" / "card.json").write_text("{}")
    (data / "pace.json").write_text("{}")
    run = Path(os.environ["HOME"], "results", "run_1")
    run.mkdir(parents=True)
    (run / "run.json").write_text('{"synthetic": true}')
    history.remember_run(run, QgsProject.instance())


def pretend_environment(home: Path) -> None:
    """The marks of an environment, without its packages."""
    from gac_qgis_plugin.environment.state import Marker, write_marker

    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").write_text("")
    (home / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (home / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    write_marker(home, Marker("old", "worker-py311.txt", "/usr/bin/python3", "3.11.2"))


def steps() -> Iterator[float]:
    """The user's steps; yields how long QGIS is left to itself, in seconds."""
    yield 2
    installer = pyplugin_installer.instance()
    report["qgis"] = qgis.core.Qgis.QGIS_VERSION
    report["steps"]["before"] = held()
    installer.installFromZipFile(task["old"])
    yield 1
    report["old"] = installed()
    plugin = qgis.utils.plugins[PLUGIN]
    plugin.open_dock()
    use()
    yield 1
    report["used"] = installed()
    installer.installFromZipFile(task["new"])
    yield 1
    report["new"] = installed()
    report["steps"]["upgraded"] = held()
    plugin = qgis.utils.plugins[PLUGIN]
    plugin.open_dock()
    yield 1
    if task.get("wheels"):
        yield from make_environment(plugin)
    if task.get("demo"):
        yield from run_demo(plugin)
    page = plugin._options.createWidget(window)
    page.cleanup_button.click()
    kept = plugin._cleanup
    while kept._search is not None:
        yield 0.1
    report["kept"] = {
        each.kind: bool(kept.list.topLevelItem(n).checkState(0))
        for n, each in enumerate(
            kept.list.topLevelItem(n).data(0, Qt.ItemDataRole.UserRole)
            for n in range(kept.list.topLevelItemCount())
        )
    }
    kept.remove()
    while kept._search is not None or plugin._environment.is_working:
        yield 0.1
    report["left"] = kept.message.text()
    kept.close()
    page.apply()
    page.deleteLater()
    del page, kept, plugin
    installer.uninstallPlugin(PLUGIN, quiet=True)
    yield 2
    report["steps"]["after"] = held()


def make_environment(plugin: Any) -> Iterator[float]:
    """Makes the models' environment from wheels, with the PyTorch that its window proposes."""
    plugin.open_environment()
    window = plugin.dock.environment.dialog
    while window.choices._hardware is None:
        yield 0.2
    window.choices.source_combo.setCurrentIndex(1)
    window.choices.wheels_widget.setFilePath(task["wheels"])
    report["torch"] = window.choices.torch.reason
    start = time.monotonic()
    window.main_button.click()
    while plugin._environment.is_working:
        yield 1
    found = plugin._environment.state
    report["made"] = {
        "condition": found.condition,
        "python": found.marker.version if found.marker else "",
        "packages": len(found.marker.packages) if found.marker else 0,
        "seconds": round(time.monotonic() - start),
        "problem": window.message.text(),
    }
    window.close()


def run_demo(plugin: Any) -> Iterator[float]:
    """Runs the three stages on the demo scene that came with the zip."""
    folder = Path(qgis.utils.home_plugin_path, PLUGIN, "resources", "demo_scene")
    layer = QgsRasterLayer(str(next(folder.glob("*.tif"))), "demo_s1", "gdal")
    QgsProject.instance().addMapLayer(layer)
    qgis.utils.iface.setActiveLayer(layer)
    plugin.open_dock()
    plugin.dock.output.setFilePath(task["demo"])
    outcomes: list[Any] = []
    plugin._controller.ended.connect(outcomes.append)
    end = time.monotonic() + 1100
    while "dB" not in plugin.dock.input.note.text() and time.monotonic() < end:
        yield 0.5
    plugin.dock.footer.run_button.click()
    report["children while it runs"] = children()
    while not outcomes and time.monotonic() < end:
        yield 0.5
    report["outcome"] = [str(each.state) for each in outcomes]
    report["layers"] = sorted(each.name() for each in QgsProject.instance().mapLayers().values())
    report["files"] = sorted(p.name for p in Path(task["demo"]).rglob("*.tif"))
    plugin._controller.ended.disconnect(outcomes.append)
    QgsProject.instance().clear()


def go_on() -> None:
    """Takes the next step; when there is none left, writes the report and ends QGIS."""
    try:
        pause = next(walk)
    except StopIteration:
        end()
    except BaseException:
        report["failure"] = traceback.format_exc()
        end()
    else:
        QTimer.singleShot(int(1000 * pause), go_on)


def end() -> None:
    """QGIS may ask whether to save; it is ended without being asked."""
    part = Path(task["report"] + ".part")
    part.write_text(json.dumps(report))
    part.rename(task["report"])
    QgsProject.instance().setDirty(False)
    qgis.utils.iface.actionExit().trigger()


raised: list[str] = []
report["raised"] = raised
sys.excepthook = lambda kind, value, trace: raised.append(
    "".join(traceback.format_exception(kind, value, trace))
)
walk = steps()
QTimer.singleShot(0, go_on)
