"""What lies on the canvas, over the map: where things of the map are, and labels on any picture."""

from __future__ import annotations

from qgis.core import QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter


class CanvasItem(QgsMapCanvasItem):
    """Something drawn over the whole map.

    Args:
        canvas: The map.
        height: What has more lies over what has less.
    """

    def __init__(self, canvas: QgsMapCanvas, height: float) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setZValue(height)

    def boundingRect(self) -> QRectF:  # noqa: N802  (Qt names this method)
        """The whole canvas."""
        size = self._canvas.viewport().size()
        return QRectF(0.0, 0.0, size.width(), size.height())

    def updatePosition(self) -> None:  # noqa: N802  (QGIS names this method)
        """Stays where it is: it lies on the canvas, not on the map."""
        self.prepareGeometryChange()
        self.setPos(0.0, 0.0)


def at(canvas: QgsMapCanvas, point: QgsPointXY) -> QPointF:
    """Where a point of the map lies on the canvas, in pixels."""
    found = canvas.getCoordinateTransform().transform(point)
    return QPointF(found.x(), found.y())


def placed(canvas: QgsMapCanvas, extent: QgsRectangle) -> QRectF:
    """Where a picture of an extent of the map lies now: the map may have moved since."""
    first = at(canvas, QgsPointXY(extent.xMinimum(), extent.yMaximum()))
    return QRectF(first, at(canvas, QgsPointXY(extent.xMaximum(), extent.yMinimum())))


def bold(painter: QPainter) -> QFontMetricsF:
    """Makes the painter's font bold; its measures."""
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    return QFontMetricsF(font)


def draw_label(painter: QPainter, text: str, box: QRectF) -> None:
    """White words on a dark ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(30, 30, 30, 190))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
