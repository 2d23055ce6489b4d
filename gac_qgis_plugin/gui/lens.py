"""Preview of one tile, computed by the worker into a temporary folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsDistanceArea,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgisInterface, QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QKeyEvent

from gac_qgis_plugin.core import log
from gac_qgis_plugin.core.i18n import tr, translated
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.core.temporary import TemporaryFolders
from gac_qgis_plugin.display import FITTED, fitted_range, new_range
from gac_qgis_plugin.gui.canvas_items import LayerImage, LensItem
from gac_qgis_plugin.gui.messages import push, show_problem
from gac_qgis_plugin.labels import remarked
from gac_qgis_plugin.layers import make_stage_layer
from gac_qgis_plugin.results import image_of, observed_of
from gac_qgis_plugin.styles import TRUE_COLOUR, apply_style, range_of, update_range
from gac_qgis_plugin.worker.client import WorkerClient
from gac_qgis_plugin.worker.protocol import Event, outcome_of

PREVIEW_PREFIX = "gac-lens-"
ELLIPSOID = "EPSG:7030"

RADAR = 0
_STAGES = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3}
_KEYS = (*_STAGES, Qt.Key.Key_B, Qt.Key.Key_Escape)
BUSY_SECONDS = 6
TILE_M = 2000.0
"""Width of a tile, roughly: bundles differ."""

MIN_TILE_PX, ZOOMED_TILE_PX = 40, 300
"""Width on the screen below which a tile shows nothing; its width after zooming in on it."""

ParamsOfPlace = Callable[[QgsPointXY], dict[str, Any]]
"""Returns the panel's request for a map position, without `out`; may raise PluginError."""


class Preview(QObject):
    """Preview of one tile at a time by the worker; nothing is added to the project.

    Signals:
        stage_ready: Another stage is available; its number.
        progressed: The worker's progress message.
        failed: The PluginError that ended it.
        done: All stages are available.
    """

    stage_ready = pyqtSignal(int)
    progressed = pyqtSignal(str)
    failed = pyqtSignal(object)
    done = pyqtSignal()

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._folder: Path | None = None
        self._folders = TemporaryFolders(PREVIEW_PREFIX)
        self._request = ""
        self._style = TRUE_COLOUR
        self.layers: dict[int, QgsRasterLayer] = {}

    @property
    def is_computing(self) -> bool:
        """True while the worker computes the tile."""
        return bool(self._request)

    def ask(self, params: dict[str, Any], style: str) -> None:
        """Request a tile, replacing the previous one.

        Args:
            params: A run around the position, as fields of the engine's request, without `out`.
            style: Style of its stages.
        """
        self.drop()
        folder = self._folders.make()
        self._folder, self._style = folder, style

        def on_event(event: Event) -> None:
            self._on_event(folder, event)

        request = {**params, "out": str(folder / "tile")}
        self._request = self._client.request("preview", request, on_event)

    def drop(self) -> None:
        """Drop the tile; the worker stops computing it."""
        self.layers = {}
        folder, self._folder = self._folder, None
        request, self._request = self._request, ""
        if request:
            # The folder is removed once the worker has released it. While models load, the worker
            # does not respond; if killed for that, it would have to load them again for the next
            # click.
            self._client.cancel(request, patient=True)
        elif folder is not None:
            self._folders.remove(folder)

    def _on_event(self, folder: Path, event: Event) -> None:
        outcome = outcome_of(event)
        if folder != self._folder:
            if outcome is not None:
                self._folders.remove(folder)
            return
        if event["event"] == "progress":
            self.progressed.emit(translated(str(event.get("message") or "")))
        elif event["event"] == "stage":
            self._add(event)
        if outcome is None:
            return
        self._request = ""
        if outcome.state == "done":
            self._fit_range()
            self.done.emit()
            return
        self.drop()
        if outcome.problem is not None:
            self.failed.emit(outcome.problem)

    def _add(self, event: Event) -> None:
        stage, path = int(event["stage"]), str(event["path"])
        try:
            display = range_of(self.layers) if self.layers else new_range([Path(path)])
            layer = make_stage_layer(path, stage, "", event.get("gac"), display)
            apply_style({stage: layer}, self._style)
        except PluginError as problem:
            log.failure(problem)
            return
        self.layers[stage] = layer
        self.stage_ready.emit(stage)

    def _fit_range(self) -> None:
        """Fit the range to the highest stage, if the default for new results is a fitted range."""
        if self.layers and range_of(self.layers).origin == FITTED:
            highest = image_of(self.layers[max(self.layers)])
            update_range(self.layers, fitted_range([highest]))


def metres_per_pixel(canvas: QgsMapCanvas, place: QgsPointXY) -> float:
    """Return the width of a pixel of the map at a position; 0 if the map has no CRS."""
    crs = canvas.mapSettings().destinationCrs()
    if not crs.isValid():
        return 0.0
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsCoordinateTransformContext())
    measure.setEllipsoid(ELLIPSOID)
    step = canvas.mapUnitsPerPixel()
    try:
        return float(measure.measureLine(place, QgsPointXY(place.x() + step, place.y())))
    except QgsCsException:
        return 0.0


class LensTool(QgsMapTool):
    """Map tool of the lens; Escape restores the previous tool.

    Args:
        iface: QGIS's interface.
        preview: Requests tiles from the worker.
        params: Returns the request for a position.
        is_busy: Returns True while a run uses the worker.

    Attributes:
        stage: The displayed stage; 0: the radar beneath.
        item: The canvas item; None while the tool is inactive.
    """

    def __init__(
        self,
        iface: QgisInterface,
        preview: Preview,
        params: ParamsOfPlace,
        is_busy: Callable[[], bool],
    ) -> None:
        self._canvas = iface.mapCanvas()
        super().__init__(self._canvas)
        self._iface, self._params, self._is_busy = iface, params, is_busy
        self.preview = preview
        self.item: LensItem | None = None
        self.stage = 3
        self._before: QgsMapTool | None = None
        self._picture = LayerImage(self._canvas, self, see_through=True)
        self._picture.drawn.connect(self._on_drawn)
        preview.stage_ready.connect(self._on_stage)
        preview.progressed.connect(self._tell)
        preview.failed.connect(self._on_failed)
        preview.done.connect(self.draw)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def begin(self) -> None:
        """Activate the tool."""
        if self.item is None:
            self._before = self._canvas.mapTool()
            self._canvas.setMapTool(self)

    def end(self) -> None:
        """Restore the previous map tool."""
        if self.item is None:
            return
        if self._before is not None and not sip.isdeleted(self._before):
            self._canvas.setMapTool(self._before)
        else:
            self._canvas.unsetMapTool(self)

    def close(self) -> None:
        """Restore the previous map tool and delete this one, a child of the map, which lives on."""
        if not sip.isdeleted(self):
            self.end()
            self._picture.stop()
            self.deleteLater()

    def activate(self) -> None:
        """Start the lens. Called by QGIS when the tool is activated."""
        self.item = LensItem(self._canvas)
        self.item.updatePosition()
        self._canvas.extentsChanged.connect(self.draw)
        self._canvas.rotationChanged.connect(self.draw)
        self._canvas.destinationCrsChanged.connect(self.end)
        self._canvas.installEventFilter(self)
        self._canvas.setFocus()
        super().activate()

    def deactivate(self) -> None:
        """End the lens. Called by QGIS when another tool is activated."""
        item, self.item = self.item, None
        if item is not None:
            self._canvas.extentsChanged.disconnect(self.draw)
            self._canvas.rotationChanged.disconnect(self.draw)
            self._canvas.destinationCrsChanged.disconnect(self.end)
            self._canvas.removeEventFilter(self)
            self._canvas.scene().removeItem(item)
        self._picture.stop()
        self.preview.drop()
        super().deactivate()

    def request_tile(self, place: QgsPointXY) -> None:
        """Request the tile at a map position, abandoning an active one."""
        if self.item is None:
            return
        if self._is_busy():
            words = tr(
                "The worker is busy with a run: the lens works again when the run has ended."
            )
            push(self._iface, words, Qgis.MessageLevel.Info, seconds=BUSY_SECONDS)
            return
        metres = metres_per_pixel(self._canvas, place)
        if metres > TILE_M / MIN_TILE_PX:
            words = tr("The lens shows some {:.0f} km: too small to see at this scale. Zoom in.")
            zoom = (tr("Zoom in"), lambda: self.zoom_to(place))
            text, level = words.format(TILE_M / 1000), Qgis.MessageLevel.Info
            push(self._iface, text, level, (zoom,), BUSY_SECONDS)
            return
        try:
            params = self._params(place)
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        self.stage = int(params.get("stages") or 3)
        self.item.place, self.item.frame, self.item.image = place, [], None
        self.preview.ask(params, PluginSettings.load().style)
        self._tell(tr("Preview: starting…"))

    def zoom_to(self, place: QgsPointXY) -> None:
        """Zoom in on a map position so far that a tile can be seen."""
        share = TILE_M / ZOOMED_TILE_PX / metres_per_pixel(self._canvas, place)
        extent = self._canvas.extent()
        self._canvas.setExtent(
            QgsRectangle.fromCenterAndSize(place, extent.width() * share, extent.height() * share)
        )
        self._canvas.refresh()

    def show_stage(self, stage: int) -> None:
        """Show a stage, or the radar beneath."""
        if stage == RADAR or stage in self.preview.layers:
            self.stage = stage
            self.draw()

    def draw(self) -> None:
        """Render the tile again."""
        if self.item is None:
            return
        self.item.updatePosition()
        layer = self._layer()
        if layer is None:
            self.item.image = None
            if self.preview.layers:
                self._tell(tr("Radar"))
        else:
            self._picture.draw(layer)
        self.item.update()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802  (QGIS's name)
        """Request the tile at the clicked position."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.request_tile(self.toMapCoordinates(event.pos()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Handle the tool's keys before QGIS's shortcuts."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._on_key(event):
                return True
        if event.type() == QEvent.Type.Resize:
            self.draw()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key == Qt.Key.Key_B:
            steps = [RADAR, *sorted(self.preview.layers)]
            index = steps.index(self.stage) if self.stage in steps else 0
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.show_stage(steps[(index + (-1 if back else 1)) % len(steps)])
        elif key in _STAGES:
            self.show_stage(_STAGES[key])
        else:
            return False
        return True

    def _layer(self) -> QgsRasterLayer | None:
        """Return the displayed stage's layer, or the latest before it if it is not ready."""
        available = [stage for stage in self.preview.layers if stage <= self.stage]
        return self.preview.layers[max(available)] if available else None

    def _on_stage(self, stage: int) -> None:
        if self.item is not None:
            self.item.frame = self._frame(self.preview.layers[stage])
            self.draw()

    def _on_drawn(self, image: QImage, extent: QgsRectangle) -> None:
        layer = self._layer()
        if self.item is None or layer is None:
            return
        self.item.image, self.item.extent = image, extent
        stage = next(number for number, each in self.preview.layers.items() if each is layer)
        words = remarked(tr("opt_v{} · SYNTHETIC · preview").format(stage), observed_of(layer))
        if self.preview.is_computing:
            words = f"{words} …"
        self._tell(words)

    def _frame(self, layer: QgsRasterLayer) -> list[QgsPointXY]:
        crs = self._canvas.mapSettings().destinationCrs()
        outline = QgsGeometry.fromRect(layer.extent())
        try:
            outline.transform(QgsCoordinateTransform(layer.crs(), crs, QgsProject.instance()))
        except QgsCsException:
            return []
        return list(outline.asPolygon()[0])

    def _tell(self, words: str) -> None:
        if self.item is not None:
            self.item.label = words
            self.item.update()

    def _on_failed(self, problem: PluginError) -> None:
        if self.item is not None:
            self.item.place, self.item.frame, self.item.image = None, [], None
            self._tell("")
        show_problem(self._iface, problem)
