"""Canvas items over the map: conversion of positions, and labels."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import (
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QObject, QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF, QTransform
from qgis.PyQt.QtWidgets import QStyleOptionGraphicsItem, QWidget

LINE = 3.0
HANDLE = 11.0
MARGIN = 8.0

CROSS = 12.0

TILE_MARGIN = 6.0


class CanvasItem(QgsMapCanvasItem):
    """An item drawn over the whole map.

    Args:
        canvas: The map.
        z: Stacking order; higher items cover lower ones.
    """

    def __init__(self, canvas: QgsMapCanvas, z: float) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setZValue(z)

    def boundingRect(self) -> QRectF:  # noqa: N802  (Qt names this method)
        """Return the whole canvas."""
        size = self._canvas.viewport().size()
        return QRectF(0.0, 0.0, size.width(), size.height())

    def updatePosition(self) -> None:  # noqa: N802  (QGIS names this method)
        """Keep the position: the item is fixed to the canvas, not to the map."""
        self.prepareGeometryChange()
        self.setPos(0.0, 0.0)


def to_pixel(canvas: QgsMapCanvas, point: QgsPointXY) -> QPointF:
    """Return a map point's position on the canvas, in pixels."""
    pixel = canvas.getCoordinateTransform().transform(point)
    return QPointF(pixel.x(), pixel.y())


def to_canvas_rect(canvas: QgsMapCanvas, extent: QgsRectangle) -> QRectF:
    """Return the current position of an image of a map extent, as the map may have moved since."""
    corner = to_pixel(canvas, QgsPointXY(extent.xMinimum(), extent.yMaximum()))
    return QRectF(corner, to_pixel(canvas, QgsPointXY(extent.xMaximum(), extent.yMinimum())))


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
                painter.drawImage(to_canvas_rect(self._canvas, side.extent), side.image, source)
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
            painter.drawImage(to_canvas_rect(self._canvas, self.extent), self.image, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        polygon = QPolygonF([to_pixel(self._canvas, corner) for corner in self.frame])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, colour in ((4.0, QColor(0, 0, 0, 140)), (2.0, QColor(255, 255, 255))):
            painter.setPen(QPen(colour, width))
            if self.frame:
                painter.drawPolygon(polygon)
            elif self.place is not None:
                self._draw_cross(painter, to_pixel(self._canvas, self.place))
        if self.label:
            self._draw_label(painter, polygon.boundingRect())

    def _draw_cross(self, painter: QPainter, middle: QPointF) -> None:
        painter.drawLine(middle - QPointF(CROSS, 0), middle + QPointF(CROSS, 0))
        painter.drawLine(middle - QPointF(0, CROSS), middle + QPointF(0, CROSS))

    def _draw_label(self, painter: QPainter, around: QRectF) -> None:
        size = bold(painter).size(0, self.label)
        box = QRectF(0, 0, size.width() + 12, size.height() + 6)
        if not self.frame and self.place is not None:
            around = QRectF(to_pixel(self._canvas, self.place), to_pixel(self._canvas, self.place))
            around.adjust(-CROSS, -CROSS, CROSS, CROSS)
        box.moveTopLeft(around.bottomLeft() + QPointF(0, 6))
        # Keep the label visible with any part of the tile.
        bounds = self.boundingRect()
        box.moveLeft(max(4.0, min(box.left(), bounds.right() - box.width() - 4)))
        box.moveTop(max(4.0, min(box.top(), bounds.bottom() - box.height() - 4)))
        draw_label(painter, self.label, box)


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
        target = QPolygonF([to_pixel(self._canvas, corner) for corner in self.corners])
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
            box.moveBottomLeft(around.bottomLeft() + QPointF(TILE_MARGIN, -TILE_MARGIN))
            draw_label(painter, self.label, box)


class LayerImage(QObject):
    """Renderer of one layer for the map's current extent, outside the main thread.

    Args:
        canvas: The map.
        see_through: Leave areas outside the layer transparent, instead of the map's background.

    Signals:
        drawn: The image (QImage) and its extent (QgsRectangle).
    """

    drawn = pyqtSignal(object, object)

    def __init__(
        self, canvas: QgsMapCanvas, parent: QObject | None = None, *, see_through: bool = False
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._see_through = see_through
        self._job: QgsMapRendererParallelJob | None = None
        self._dropped: set[QgsMapRendererParallelJob] = set()

    def draw(self, layer: QgsRasterLayer) -> None:
        """Start rendering, dropping an active job."""
        if self._job is not None:
            # Its threads end later: waiting for them would make the mouse stutter.
            self._dropped.add(self._job)
            self._job.cancelWithoutBlocking()
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers([layer])
        if self._see_through:
            settings.setBackgroundColor(QColor(0, 0, 0, 0))
        job = QgsMapRendererParallelJob(settings)
        # A dropped job may still signal its end.
        job.finished.connect(lambda: self._on_finished(job))
        self._job = job
        job.start()

    def stop(self) -> None:
        """Drop all jobs, and wait for their threads to release the layer."""
        jobs = [*self._dropped, *([self._job] if self._job is not None else [])]
        self._job = None
        self._dropped.clear()
        for job in jobs:
            if job.isActive():
                job.cancel()

    def _on_finished(self, job: QgsMapRendererParallelJob) -> None:
        is_wanted = job is self._job
        self._dropped.discard(job)
        if is_wanted:
            self._job = None
            self.drawn.emit(job.renderedImage(), job.mapSettings().visibleExtent())
