"""Canvas items over the map: conversion of positions, and labels."""

from __future__ import annotations

from qgis.core import QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter


class CanvasItem(QgsMapCanvasItem):
    """An item drawn over the whole map.

    Args:
        canvas: The map.
        height: Stacking order; higher items cover lower ones.
    """

    def __init__(self, canvas: QgsMapCanvas, height: float) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setZValue(height)

    def boundingRect(self) -> QRectF:  # noqa: N802  (Qt names this method)
        """Return the whole canvas."""
        size = self._canvas.viewport().size()
        return QRectF(0.0, 0.0, size.width(), size.height())

    def updatePosition(self) -> None:  # noqa: N802  (QGIS names this method)
        """Keep the position: the item is fixed to the canvas, not to the map."""
        self.prepareGeometryChange()
        self.setPos(0.0, 0.0)


def at(canvas: QgsMapCanvas, point: QgsPointXY) -> QPointF:
    """Return a map point's position on the canvas, in pixels."""
    pixel = canvas.getCoordinateTransform().transform(point)
    return QPointF(pixel.x(), pixel.y())


def placed(canvas: QgsMapCanvas, extent: QgsRectangle) -> QRectF:
    """Return the current position of an image of a map extent, as the map may have moved since."""
    corner = at(canvas, QgsPointXY(extent.xMinimum(), extent.yMaximum()))
    return QRectF(corner, at(canvas, QgsPointXY(extent.xMaximum(), extent.yMinimum())))


def bold(painter: QPainter) -> QFontMetricsF:
    """Make the painter's font bold and return its metrics."""
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    return QFontMetricsF(font)


def draw_label(painter: QPainter, text: str, box: QRectF) -> None:
    """Draw white text on a dark background."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(30, 30, 30, 190))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(255, 255, 255))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
