"""Plot of the values under the cursor: spectra of the stages, bars of the radar."""

from __future__ import annotations

from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF, QTextOption
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QWidget

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.gui.compare.colours import RADAR_COLOUR, STAGE_COLOURS
from gac_qgis_plugin.gui.compare.readings import Reading
from gac_qgis_plugin.toolbelt.words import tr

WAVELENGTHS = (492.0, 560.0, 665.0, 833.0)
"""Central wavelengths of B02, B03, B04, B08 in nm (Sentinel-2A)."""

CEILINGS = (0.1, 0.2, 0.4, 0.6, 1.0, 1.6)
"""Possible upper limits of the reflectance axis."""

LOWEST_DB, HIGHEST_DB = -30.0, 0.0
RADAR_SHARE = 0.3
"""Share of the width used by the radar's bars."""


class SpectrumPlot(QLabel):
    """Plot of a reading, or a hint if there is none.

    It is a label because themes give labels a colour, and plain widgets none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self._ceiling = CEILINGS[1]
        self.setMinimumHeight(130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setToolTip(
            tr("Reflectance of each stage by wavelength, and the radar's backscatter in dB.")
        )

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt names this method)
        """Return the plot's preferred size."""
        return QSize(280, 160)

    def show_reading(self, reading: Reading | None) -> None:
        """Show these values."""
        self._reading = reading
        if reading is not None and reading.stages:
            highest = max(max(values) for values in reading.stages.values())
            fitting = [each for each in CEILINGS if each >= highest]
            self._ceiling = fitting[0] if fitting else highest * 1.1
        self.update()

    def paintEvent(self, event: object) -> None:  # noqa: N802  (Qt names this method)
        """Draw the plot. Called by Qt."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        reading = self._reading
        if reading is None or not (reading.stages or reading.backscatter):
            faint = QColor(ink)
            faint.setAlphaF(0.6)
            painter.setPen(faint)
            text = tr("Move the mouse over the run's area on the map.")
            box = QRectF(self.rect()).adjusted(12, 0, -12, 0)
            painter.drawText(box, text, QTextOption(Qt.AlignmentFlag.AlignCenter))
            return
        line = QFontMetricsF(font).height()
        left = QFontMetricsF(font).size(0, f"{self._ceiling:.1f}").width() + 6
        split = self.width() * (1 - RADAR_SHARE)
        area = QRectF(left, line * 0.7, split - left - 14, self.height() - 2.0 * line)
        self._draw_axes(painter, area, ink)
        for stage, values in reading.stages.items():
            self._draw_spectrum(painter, area, stage, values)
        bars = QRectF(split + 8, area.top(), self.width() - split - 12, area.height())
        self._draw_radar(painter, bars, reading.backscatter, ink)

    def _draw_axes(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        metrics = QFontMetricsF(painter.font())
        faint = QColor(ink)
        faint.setAlphaF(0.2)
        for share in (0.0, 0.5, 1.0):
            y = area.bottom() - share * area.height()
            painter.setPen(QPen(faint, 1.0))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(ink)
            text = f"{share * self._ceiling:.2g}"
            box = QRectF(0, y - metrics.height() / 2, area.left() - 5, metrics.height())
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, text)
        for name, wavelength in zip(bands.OUTPUT_BANDS, WAVELENGTHS):
            x = _place(area, wavelength)
            painter.setPen(QPen(faint, 1.0))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(ink)
            box = QRectF(x - 20, area.bottom() + 3, 40, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)

    def _draw_spectrum(
        self, painter: QPainter, area: QRectF, stage: int, values: list[float]
    ) -> None:
        colour = QColor(STAGE_COLOURS[stage])
        points = [
            QPointF(
                _place(area, wavelength),
                area.bottom() - min(value / self._ceiling, 1.0) * area.height(),
            )
            for wavelength, value in zip(WAVELENGTHS, values)
        ]
        painter.setPen(QPen(colour, 2.0))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        for point in points:
            painter.drawEllipse(point, 3.0, 3.0)

    def _draw_radar(
        self, painter: QPainter, area: QRectF, values: dict[str, float], ink: QColor
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        faint = QColor(ink)
        faint.setAlphaF(0.2)
        width = area.width() / 2
        for number, name in enumerate(("VV", "VH")):
            column = QRectF(area.left() + number * width, area.top(), width, area.height())
            label = QRectF(column.left(), area.bottom() + 3, width, metrics.height())
            painter.setPen(ink)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)
            trough = column.adjusted(width * 0.22, 0, -width * 0.22, 0)
            painter.setPen(QPen(faint, 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(trough)
            if name not in values:
                continue
            share = (values[name] - LOWEST_DB) / (HIGHEST_DB - LOWEST_DB)
            height = min(max(share, 0.0), 1.0) * trough.height()
            bar = QRectF(trough.left(), trough.bottom() - height, trough.width(), height)
            painter.fillRect(bar, QColor(RADAR_COLOUR))
            painter.setPen(ink)
            y = max(bar.top() - metrics.height(), area.top())
            box = QRectF(column.left() - 6, y, width + 12, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{values[name]:.0f}")


def _place(area: QRectF, wavelength: float) -> float:
    first, last = WAVELENGTHS[0], WAVELENGTHS[-1]
    inner = area.adjusted(12, 0, -12, 0)
    return inner.left() + (wavelength - first) / (last - first) * inner.width()
