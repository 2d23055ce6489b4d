"""A real QGIS without a window on the screen, and fake workers."""

# ruff: noqa: N802, N815  (QGIS names the methods and signals of its interface)

from __future__ import annotations

import functools
import http.server
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "QGIS_CUSTOM_CONFIG_PATH" not in os.environ:
    # The tests must not read or change the profile of whoever runs them.
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = tempfile.mkdtemp(prefix="gac-tests-")

import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsLayerTreeModel,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
)
from qgis.gui import (
    QgsLayerTreeView,
    QgsMapCanvas,
    QgsMessageBar,
    QgsMessageBarItem,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core import log, paths
from gac_qgis_plugin.core.i18n import Language
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.environment.manager import EnvironmentManager
from gac_qgis_plugin.gui.compare.session import ComparisonSession
from gac_qgis_plugin.gui.dock import GacDock
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.engine import Launch
from tests.load import stretched

ROOT = Path(__file__).resolve().parents[2]
FAKE = Path(__file__).with_name("fake_worker.py")

_STATUS = pytest.StashKey[int]()
_APPLICATIONS: list[QgsApplication] = []
"""The application, kept beyond its fixture: widgets that are collected after it crash."""


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Remember how the tests ended, for `pytest_unconfigure`."""
    session.config.stash[_STATUS] = int(session.exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End without the interpreter's teardown.

    It destroys the application and what is left of its widgets and threads in no order, which
    crashes now and then when all is over and reported.
    """
    status = config.stash.get(_STATUS, None)
    if status is not None and _APPLICATIONS:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


class Window(QObject):
    """The part of QGIS's interface that the plugin uses, of real widgets."""

    layerSavedAs = pyqtSignal(QgsMapLayer, str)
    layoutDesignerOpened = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._window = QMainWindow()
        central = QWidget()
        layout = QVBoxLayout(central)
        self._bar = QgsMessageBar()
        self._canvas = QgsMapCanvas()
        layout.addWidget(self._bar)
        layout.addWidget(self._canvas)
        self._window.setCentralWidget(central)
        self._tree = QgsLayerTreeView(self._window)
        self._tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), self._tree))
        self.active: QgsRasterLayer | None = None
        self.toolbar: list[Any] = []
        self.menu: list[Any] = []
        self._raster_menu = QMenu(self._window)
        self.layer_actions: list[Any] = []
        self.actions_of_layers: dict[str, list[Any]] = {}
        self.options: list[Any] = []
        self.designers: list[Any] = []

    def mainWindow(self) -> QMainWindow:
        return self._window

    def messageBar(self) -> QgsMessageBar:
        return self._bar

    def mapCanvas(self) -> QgsMapCanvas:
        return self._canvas

    def layerTreeView(self) -> QgsLayerTreeView:
        return self._tree

    def activeLayer(self) -> QgsRasterLayer | None:
        return self.active

    def addDockWidget(self, area: Any, dock: Any) -> None:
        self._window.addDockWidget(area, dock)

    def removeDockWidget(self, dock: Any) -> None:
        self._window.removeDockWidget(dock)

    def openLayoutDesigners(self) -> list[Any]:
        return self.designers

    def addToolBarIcon(self, action: Any) -> None:
        self.toolbar.append(action)

    def removeToolBarIcon(self, action: Any) -> None:
        self.toolbar.remove(action)

    def rasterMenu(self) -> QMenu:
        return self._raster_menu

    def addPluginToRasterMenu(self, name: str, action: Any) -> None:
        self.menu.append((name, action))

    def removePluginRasterMenu(self, name: str, action: Any) -> None:
        self.menu.remove((name, action))

    def registerOptionsWidgetFactory(self, factory: Any) -> None:
        self.options.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: Any) -> None:
        self.options.remove(factory)

    def addCustomActionForLayerType(self, action: Any, menu: str, kind: Any, all: bool) -> None:  # noqa: A002
        self.layer_actions.append(action)

    def addCustomActionForLayer(self, action: Any, layer: QgsMapLayer) -> None:
        self.actions_of_layers.setdefault(layer.id(), []).append(action)

    def removeCustomActionForLayerType(self, action: Any) -> None:
        self.layer_actions.remove(action)


@pytest.fixture(scope="session")
def qgis() -> QgsApplication:
    """A running QGIS application."""
    application = QgsApplication.instance()
    if application is None:
        application = QgsApplication([], True)
        _APPLICATIONS.append(application)
        application.initQgis()
        # English has singulars and plurals too.
        application.gac_language = Language(paths.resource("i18n"))
    QCoreApplication.setOrganizationName("GAC tests")
    return application


@pytest.fixture
def language(qgis: QgsApplication) -> Iterator[Callable[[str], None]]:
    """Sets QGIS's language, and the plugin's."""
    spoken: list[Language] = []

    def speak(locale: str) -> None:
        QgsSettings().setValue("locale/overrideFlag", True)
        QgsSettings().setValue("locale/userLocale", locale)
        spoken.append(Language(paths.resource("i18n")))

    yield speak
    for each in spoken:
        each.release()
    QgsSettings().remove("locale")


@pytest.fixture(autouse=True)
def fresh(qgis: QgsApplication) -> Iterator[None]:
    """Every test begins with an empty project and the plugin's default settings."""
    QgsProject.instance().clear()
    for group in ("gac", "QgsCollapsibleGroupBox"):
        QgsSettings().remove(group)
    yield
    QgsProject.instance().clear()


@pytest.fixture(autouse=True)
def no_exception_in_slots(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An exception in a slot, which Qt would end the process for, fails the test."""
    raised: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, value, trace: raised.append(value))
    yield
    if raised:
        raise raised[0]


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[PluginError]:
    """Failures that the plugin logs: all that it shows, however they are worded."""
    logged: list[PluginError] = []
    log_failure = log.failure

    def record(problem: PluginError) -> None:
        logged.append(problem)
        log_failure(problem)

    monkeypatch.setattr(log, "failure", record)
    return logged


@pytest.fixture
def window(qgis: QgsApplication) -> Iterator[Window]:
    window = Window()
    yield window
    window.mainWindow().deleteLater()
    flush()


@pytest.fixture
def fake_launch() -> Callable[[str], Launch]:
    """Makes the launch of a fake worker."""

    def make(mode: str) -> Launch:
        return Launch(sys.executable, (str(FAKE), mode), str(ROOT), dict(os.environ))

    return make


@pytest.fixture
def client(fake_launch: Callable[[str], Launch]) -> Iterator[Callable[..., WorkerClient]]:
    """Makes clients of fake workers; the modes are used one after another."""
    made: list[WorkerClient] = []

    def make(*modes: str, **options: Any) -> WorkerClient:
        left = list(modes)

        def find() -> Launch:
            return fake_launch(left.pop(0) if len(left) > 1 else left[0])

        made.append(WorkerClient(find, **options))
        return made[-1]

    yield make
    for each in made:
        each.close()
    flush()


class Panel:
    """A panel and what it is connected with."""

    def __init__(self, window: Any, client: WorkerClient, folder: Path) -> None:
        self.window = window
        self.client = client
        self.controller = RunController(window, client)
        self.session = ComparisonSession(window)
        self.environment = EnvironmentManager()
        self.dock = GacDock(window, client, self.controller, self.session, self.environment)
        self.dock.output.setFilePath(str(folder))
        self.outcomes: list[Any] = []
        self.controller.ended.connect(self.outcomes.append)
        window.mainWindow().resize(1200, 900)
        window.mainWindow().show()
        window.addDockWidget(2, self.dock)

    def text(self) -> str:
        """Return the note on the radar."""
        return self.dock.input.note.text()

    def press(self, words: str) -> None:
        """Presses a button of the message bar."""
        buttons = [b for item in self.items() for b in item.findChildren(QPushButton)]
        next(button for button in buttons if button.text() == words).click()

    def messages(self) -> list[str]:
        return [item.text() for item in self.items()]

    def items(self) -> list[QgsMessageBarItem]:
        """The messages above the map, once those that are about to come are there."""
        pending = self.controller._messages._timer
        end = time.monotonic() + 5.0
        while pending.isActive() and time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.005)
        return list(self.window.messageBar().items())


@pytest.fixture
def panel(window, client, tmp_path) -> Iterator[Callable[..., Panel]]:
    """Makes panels, of fake workers unless another client is given."""
    made: list[Panel] = []

    def make(*modes: str, of: WorkerClient | None = None, **options: Any) -> Panel:
        one = of or client(*modes, **options)
        made.append(Panel(window, one, tmp_path / "results"))
        return made[-1]

    yield make
    for each in made:
        each.dock.release_map()
        each.client.close()
        each.controller.close()
        each.session.close()
        each.environment.close()


@pytest.fixture
def radar(tmp_path: Path) -> Callable[..., QgsRasterLayer]:
    """Makes radar layers of real files."""

    def make(name: str = "s1", bands: int = 2, add: bool = True) -> QgsRasterLayer:
        path = tmp_path / f"{name}.tif"
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(32633)
        data = gdal.GetDriverByName("GTiff").Create(str(path), 32, 32, bands, gdal.GDT_Float32)
        data.SetProjection(crs.ExportToWkt())
        data.SetGeoTransform((676780.0, 10.0, 0.0, 5394900.0, 0.0, -10.0))
        for band in range(1, bands + 1):
            data.GetRasterBand(band).Fill(-10.0 * band)
        data = None
        layer = QgsRasterLayer(str(path), name, "gdal")
        if add:
            QgsProject.instance().addMapLayer(layer)
        return layer

    return make


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Serves files in parts, as GDAL wants those that are not small."""

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        path = Path(self.translate_path(self.path))
        if not wanted.startswith("bytes=") or not path.is_file():
            super().do_GET()
            return
        whole = path.read_bytes()
        first, _, last = wanted[len("bytes=") :].partition("-")
        part = whole[int(first) : int(last) + 1 if last else None]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        end = int(first) + len(part) - 1
        self.send_header("Content-Range", f"bytes {first}-{end}/{len(whole)}")
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *words: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path) -> Iterator[str]:
    """Serves the test's folder on this machine; its address."""
    handler = functools.partial(Ranges, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def wait() -> Callable[..., None]:
    """Lets QGIS work until something holds."""

    def until(holds: Callable[[], Any], seconds: float = 10.0) -> None:
        limit = stretched(seconds)
        end = time.monotonic() + limit
        while not holds():
            if time.monotonic() > end:
                pytest.fail(f"did not happen within {limit:.1f} s")
            QCoreApplication.processEvents()
            time.sleep(0.005)

    return until


@pytest.fixture
def pause() -> Callable[[float], None]:
    """Lets QGIS work for a while."""

    def work(seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(0.005)

    return work


class Pulse:
    """Measures how long the main thread was ever busy without a break.

    Attributes:
        longest: Seconds.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(10)

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now


@pytest.fixture
def pulse(qgis: QgsApplication) -> Pulse:
    return Pulse()


def flush() -> None:
    """Carries out what was postponed, deletions above all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
