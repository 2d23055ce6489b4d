"""Map tool that previews the clicked tile with the panel's current settings."""

from __future__ import annotations

from typing import Any, Callable

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgisInterface, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QImage, QKeyEvent

from gac_qgis_plugin.gui.compare.layer_images import LayerImage
from gac_qgis_plugin.gui.lens.item import LensItem
from gac_qgis_plugin.gui.lens.preview import Preview
from gac_qgis_plugin.gui.messages import push, show_problem
from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.settings import PluginSettings
from gac_qgis_plugin.toolbelt.words import tr

RADAR = 0
_STAGES = {Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3}
_KEYS = (*_STAGES, Qt.Key.Key_B, Qt.Key.Key_Escape)
BUSY_SECONDS = 6

Ask = Callable[[QgsPointXY], dict[str, Any]]
"""Returns the panel's request for a map position, without `out`; may raise PluginError."""


class LensTool(QgsMapTool):
    """Map tool of the lens; Escape restores the previous tool.

    Args:
        iface: QGIS's interface.
        preview: Requests tiles from the worker.
        params: Returns the request for a position.
        is_busy: Returns True while a run uses the worker.

    Attributes:
        shown: The displayed stage; 0: the radar beneath.
        item: The canvas item; None while the tool is inactive.
    """

    def __init__(
        self, iface: QgisInterface, preview: Preview, params: Ask, is_busy: Callable[[], bool]
    ) -> None:
        self._canvas = iface.mapCanvas()
        super().__init__(self._canvas)
        self._iface, self._params, self._is_busy = iface, params, is_busy
        self.preview = preview
        self.item: LensItem | None = None
        self.shown = 3
        self._before: QgsMapTool | None = None
        self._picture = LayerImage(self._canvas, self, see_through=True)
        self._picture.drawn.connect(self._on_drawn)
        preview.stage_found.connect(self._on_stage)
        preview.told.connect(self._tell)
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

    def look_at(self, place: QgsPointXY) -> None:
        """Request the tile at a map position, abandoning an active one."""
        if self.item is None:
            return
        if self._is_busy():
            words = tr("The worker is busy with a run: the lens works again when that is over.")
            push(self._iface, words, Qgis.MessageLevel.Info, seconds=BUSY_SECONDS)
            return
        try:
            params = self._params(place)
        except PluginError as problem:
            show_problem(self._iface, problem)
            return
        self.shown = int(params.get("stages") or 3)
        self.item.place, self.item.frame, self.item.image = place, [], None
        self.preview.ask(params, PluginSettings.load().style)
        self._tell(tr("Preview: starting…"))

    def show_stage(self, stage: int) -> None:
        """Show a stage, or the radar beneath."""
        if stage == RADAR or stage in self.preview.layers:
            self.shown = stage
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
            self.look_at(self.toMapCoordinates(event.pos()))

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
            index = steps.index(self.shown) if self.shown in steps else 0
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.show_stage(steps[(index + (-1 if back else 1)) % len(steps)])
        elif key in _STAGES:
            self.show_stage(_STAGES[key])
        else:
            return False
        return True

    def _layer(self) -> QgsRasterLayer | None:
        """Return the displayed stage's layer, or the latest before it if it is not ready."""
        available = [stage for stage in self.preview.layers if stage <= self.shown]
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
        words = tr("opt_v{} · SYNTHETIC · preview").format(stage)
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
