"""Canvas item of the lens: the tile's image, its frame, and its label."""

from __future__ import annotations

from qgis.core import QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gac_qgis_plugin.gui.on_canvas import CanvasItem, at, bold, draw_label, placed

CROSS = 12.0


class LensItem(CanvasItem):
    """Canvas item of the lens; the radar around the frame and beneath it is the map's own.

    Attributes:
        image: The map's extent with the tile on it; None to show the radar beneath.
        extent: The image's extent, in the map's CRS.
        frame: The tile's corners, in the map's CRS; empty if not known yet.
        place: The position that the user clicked, in the map's CRS.
        label: Text below the frame.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas, 60)
        self.image: QImage | None = None
        self.extent: QgsRectangle | None = None
        self.frame: list[QgsPointXY] = []
        self.place: QgsPointXY | None = None
        self.label = ""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem | None = None,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the item. Called by Qt."""
        if self.image is not None and self.extent is not None:
            source = QRectF(self.image.rect())
            painter.drawImage(placed(self._canvas, self.extent), self.image, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        polygon = QPolygonF([at(self._canvas, corner) for corner in self.frame])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, colour in ((4.0, QColor(0, 0, 0, 140)), (2.0, QColor(255, 255, 255))):
            painter.setPen(QPen(colour, width))
            if self.frame:
                painter.drawPolygon(polygon)
            elif self.place is not None:
                self._draw_cross(painter, at(self._canvas, self.place))
        if self.label:
            self._draw_label(painter, polygon.boundingRect())

    def _draw_cross(self, painter: QPainter, middle: QPointF) -> None:
        painter.drawLine(middle - QPointF(CROSS, 0), middle + QPointF(CROSS, 0))
        painter.drawLine(middle - QPointF(0, CROSS), middle + QPointF(0, CROSS))

    def _draw_label(self, painter: QPainter, around: QRectF) -> None:
        size = bold(painter).size(0, self.label)
        box = QRectF(0, 0, size.width() + 12, size.height() + 6)
        if not self.frame and self.place is not None:
            around = QRectF(at(self._canvas, self.place), at(self._canvas, self.place))
            around.adjust(-CROSS, -CROSS, CROSS, CROSS)
        box.moveTopLeft(around.bottomLeft() + QPointF(0, 6))
        # Keep the label visible with any part of the tile.
        bounds = self.boundingRect()
        box.moveLeft(max(4.0, min(box.left(), bounds.right() - box.width() - 4)))
        box.moveTop(max(4.0, min(box.top(), bounds.bottom() - box.height() - 4)))
        draw_label(painter, self.label, box)
