"""Map tool that swipes between two layers."""

from __future__ import annotations

from functools import partial

from qgis.core import QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QKeyEvent

from gac_qgis_plugin.gui.canvas_items import LayerImage, SwipeItem

SMALL_STEP, BIG_STEP = 0.01, 0.1
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_KEYS = (*_BACK, *_FORTH, Qt.Key.Key_H, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Escape)


class SwipeTool(QgsMapTool):
    """Map tool with two layers over the map, separated by a line that follows the mouse.

    The layers and their visibility stay as they are: both are rendered separately.

    Signals:
        changed: The sides or the line's orientation have changed.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._layers: list[QgsRasterLayer] = []
        self._labels: list[str] = []
        self._item: SwipeItem | None = None
        self._images = [LayerImage(canvas, self), LayerImage(canvas, self)]
        for side, image in enumerate(self._images):
            image.drawn.connect(partial(self._on_drawn, side))
        self._before: QgsMapTool | None = None
        self._fraction = 0.5
        self.upright = True
        self.setCursor(Qt.CursorShape.SplitHCursor)

    @property
    def item(self) -> SwipeItem | None:
        """The canvas item; None while the tool is inactive."""
        return self._item

    @property
    def layer_ids(self) -> list[str]:
        """The two layers' ids; empty while the tool is inactive."""
        return [layer.id() for layer in self._layers]

    def begin(self, layers: list[QgsRasterLayer], labels: list[str]) -> None:
        """Activate the tool with these two layers, or change the layers."""
        self._release_layers()
        self._layers, self._labels = layers, labels
        for layer in layers:
            layer.repaintRequested.connect(self.draw)
            layer.willBeDeleted.connect(self.end)
        if self._item is not None:
            self._show_labels()
            self.draw()
            self.changed.emit()
            return
        self._before = self._canvas.mapTool()
        self._canvas.setMapTool(self)

    def end(self) -> None:
        """Restore the previous map tool."""
        if self._item is None:
            return
        if self._before is not None and not sip.isdeleted(self._before):
            self._canvas.setMapTool(self._before)
        else:
            self._canvas.unsetMapTool(self)

    def close(self) -> None:
        """Restore the previous map tool and delete this one, a child of the map, which lives on."""
        if not sip.isdeleted(self):
            self.end()
            self.deleteLater()

    def exchange(self) -> None:
        """Exchange the two sides."""
        self.begin(self._layers[::-1], self._labels[::-1])

    def set_upright(self, upright: bool) -> None:
        """Make the line vertical or horizontal."""
        self.upright = upright
        cursor = Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor
        self.setCursor(cursor)
        if self._item is not None:
            self._canvas.setCursor(cursor)
            self._item.upright = upright
            self._item.update()
        self.changed.emit()

    def move_to(self, fraction: float) -> None:
        """Move the line; 0 is left or above, 1 right or below."""
        self._fraction = min(max(fraction, 0.0), 1.0)
        if self._item is not None:
            self._item.fraction = self._fraction
            self._item.update()

    def activate(self) -> None:
        """Start the swipe. Called by QGIS when the tool is activated."""
        self._item = SwipeItem(self._canvas)
        self._item.upright, self._item.fraction = self.upright, self._fraction
        self._item.updatePosition()
        self._show_labels()
        self._canvas.extentsChanged.connect(self.draw)
        self._canvas.rotationChanged.connect(self.draw)
        self._canvas.installEventFilter(self)
        self._canvas.setFocus()
        super().activate()
        self.draw()

    def deactivate(self) -> None:
        """End the swipe. Called by QGIS when another tool is activated."""
        item, self._item = self._item, None
        self._release_layers()
        for image in self._images:
            image.stop()
        if item is not None:
            self._canvas.extentsChanged.disconnect(self.draw)
            self._canvas.rotationChanged.disconnect(self.draw)
            self._canvas.removeEventFilter(self)
            self._canvas.scene().removeItem(item)
        super().deactivate()

    def draw(self) -> None:
        """Render both layers again."""
        if self._item is not None:
            self._item.updatePosition()
            for layer, image in zip(self._layers, self._images):
                image.draw(layer)

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802  (QGIS's name)
        """Move the line to where the mouse is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._follow(event.pos())

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802  (QGIS's name)
        """Move the line with the mouse while the button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event.pos())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Handle the tool's keys before the map, which would move on arrow keys."""
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
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = BIG_STEP if shift else SMALL_STEP
        if key in _BACK or key in _FORTH:
            self.move_to(self._fraction + (step if key in _FORTH else -step))
        elif key in (Qt.Key.Key_H, Qt.Key.Key_V):
            self.set_upright(key == Qt.Key.Key_V)
        elif key == Qt.Key.Key_X:
            self.exchange()
        elif key == Qt.Key.Key_Escape:
            self.end()
        else:
            return False
        return True

    def _follow(self, place: QPoint) -> None:
        size = self._canvas.viewport().size()
        if self.upright:
            self.move_to(place.x() / max(size.width(), 1))
        else:
            self.move_to(place.y() / max(size.height(), 1))

    def _on_drawn(self, number: int, image: QImage, extent: QgsRectangle) -> None:
        if self._item is not None:
            side = self._item.sides[number]
            side.image, side.extent = image, extent
            self._item.update()

    def _show_labels(self) -> None:
        if self._item is not None:
            for side, label in zip(self._item.sides, self._labels):
                side.label, side.image = label, None
            self._item.update()

    def _release_layers(self) -> None:
        for layer in self._layers:
            if not sip.isdeleted(layer):
                layer.repaintRequested.disconnect(self.draw)
                layer.willBeDeleted.disconnect(self.end)
        self._layers = []
