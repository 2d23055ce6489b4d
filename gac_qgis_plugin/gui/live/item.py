"""Canvas item of a stage's unfinished image."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QImage, QPainter, QPolygonF, QTransform
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gac_qgis_plugin.gui.on_canvas import CanvasItem, at, bold, draw_label

MARGIN = 6.0


class LiveItem(CanvasItem):
    """Canvas item of an image between four corners on the map, with a label.

    Args:
        canvas: The map.
        image: The image; missing parts are transparent.
        corners: Its corners in the map's CRS, from the upper left, clockwise.
        label: The label.
    """

    def __init__(
        self, canvas: QgsMapCanvas, image: QImage, corners: list[QgsPointXY], label: str
    ) -> None:
        super().__init__(canvas, 40)
        self.image, self.corners, self.label = image, corners, label
        self.updatePosition()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem | None = None,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the item. Called by Qt."""
        width, height = self.image.width(), self.image.height()
        outline = QPolygonF(
            [QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)]
        )
        target = QPolygonF([at(self._canvas, corner) for corner in self.corners])
        transform = QTransform()
        if not QTransform.quadToQuad(outline, target, transform):
            return
        painter.save()
        painter.setTransform(transform, True)
        painter.drawImage(QPointF(0, 0), self.image)
        painter.restore()
        size = bold(painter).size(0, self.label)
        box = QRectF(0, 0, size.width() + 12, size.height() + 6)
        around = target.boundingRect().intersected(self.boundingRect())
        if not around.isEmpty():
            box.moveBottomLeft(around.bottomLeft() + QPointF(MARGIN, -MARGIN))
            draw_label(painter, self.label, box)
