"""Canvas item of two images separated by a line."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gac_qgis_plugin.gui.on_canvas import CanvasItem, bold, draw_label, placed

LINE = 3.0
HANDLE = 11.0
MARGIN = 8.0


@dataclass
class Side:
    """One side of the line.

    Attributes:
        label: Its name.
        image: The rendered layer; None until it is ready.
        extent: The image's extent, in the map's CRS.
    """

    label: str
    image: QImage | None = None
    extent: QgsRectangle | None = None


class SwipeItem(CanvasItem):
    """Canvas item of the two sides, the line and the labels.

    Attributes:
        sides: Left and right, or above and below.
        upright: True if the line is vertical.
        fraction: The line's position, from 0 (left, above) to 1.
    """

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas, 50)
        self.sides = [Side(""), Side("")]
        self.upright = True
        self.fraction = 0.5

    def parts(self) -> tuple[QRectF, QRectF]:
        """Return the areas of the two sides on the canvas, in pixels."""
        bounds = self.boundingRect()
        if self.upright:
            at = bounds.width() * self.fraction
            first = QRectF(0, 0, at, bounds.height())
            return first, QRectF(at, 0, bounds.width() - at, bounds.height())
        at = bounds.height() * self.fraction
        first = QRectF(0, 0, bounds.width(), at)
        return first, QRectF(0, at, bounds.width(), bounds.height() - at)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem | None = None,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the item. Called by Qt."""
        for side, part in zip(self.sides, self.parts()):
            painter.save()
            painter.setClipRect(part)
            if side.image is not None and side.extent is not None:
                source = QRectF(side.image.rect())
                painter.drawImage(placed(self._canvas, side.extent), side.image, source)
            painter.restore()
        self._draw_line(painter)
        for number, (side, part) in enumerate(zip(self.sides, self.parts())):
            self._draw_label(painter, side.label, part, number)

    def _draw_line(self, painter: QPainter) -> None:
        bounds, part = self.boundingRect(), self.parts()[1]
        middle = QPointF(part.left(), bounds.height() / 2)
        begin, end = QPointF(part.left(), 0), QPointF(part.left(), bounds.height())
        if not self.upright:
            middle = QPointF(bounds.width() / 2, part.top())
            begin, end = QPointF(0, part.top()), QPointF(bounds.width(), part.top())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for width, colour in ((LINE + 2, QColor(0, 0, 0, 120)), (LINE, QColor(255, 255, 255))):
            painter.setPen(QPen(colour, width))
            painter.drawLine(begin, end)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 1.0))
        painter.setBrush(QColor(255, 255, 255))
        painter.drawEllipse(middle, HANDLE, HANDLE)
        painter.setPen(QPen(QColor(60, 60, 60), 2.0))
        for sign in (-1, 1):
            tip, tail = 6.5 * sign, 2.5 * sign
            for across in (-4.0, 4.0):
                points = (QPointF(tip, 0), QPointF(tail, across))
                if not self.upright:
                    points = (QPointF(0, tip), QPointF(across, tail))
                painter.drawLine(middle + points[0], middle + points[1])

    def _draw_label(self, painter: QPainter, text: str, part: QRectF, number: int) -> None:
        size = bold(painter).size(0, text)
        box = QRectF(0, 0, size.width() + 12, size.height() + 6)
        # At the bottom, as QGIS's messages cover the top of the map.
        box.moveBottomLeft(part.bottomLeft() + QPointF(MARGIN, -MARGIN))
        if number == 1 and self.upright:
            box.moveBottomRight(part.bottomRight() + QPointF(-MARGIN, -MARGIN))
        painter.save()
        # Labels belong to their side: the line wipes them away.
        painter.setClipRect(part)
        draw_label(painter, text, box)
        painter.restore()
