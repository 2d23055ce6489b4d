"""Values under the cursor: read, as a table, as a plot."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html import escape
from typing import Callable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF, QTextOption
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gac_qgis_plugin.contract import bands
from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.gui.widgets import RADAR_COLOUR, STAGE_COLOURS, NoteLabel
from gac_qgis_plugin.layer_metadata import read_record
from gac_qgis_plugin.maps import COLOURS, KindReader, PixelKind
from gac_qgis_plugin.results import ResultRun, radar_layers_of

SCALE = 10000.0
"""DN of reflectance 1 in a result."""
REMOTE = ("/vsicurl", "/vsis3", "/vsiaz", "/vsigs", "http:", "https:", "ftp:", "WCS:")
"""Prefixes of sources whose pixels would be downloaded while the mouse moves."""

WAVELENGTHS = (492.0, 560.0, 665.0, 833.0)
"""Central wavelengths of B02, B03, B04, B08 in nm (Sentinel-2A)."""
CEILINGS = (0.1, 0.2, 0.4, 0.6, 1.0, 1.6)
"""Possible upper limits of the reflectance axis."""
MIN_DB, MAX_DB = -30.0, 0.0
RADAR_SHARE = 0.3
"""Share of the width used by the radar's bars."""

DELAY_MS = 30
"""Interval between readings; the mouse reports more positions than anyone can read."""


@dataclass
class Reading:
    """Values at one position.

    Attributes:
        stages: Reflectance of B02, B03, B04, B08, by stage; stages without data are omitted.
        backscatter: dB, by polarisation; those without data are omitted.
        kind: Kind of the stages' pixel; None if the run keeps no observed pixels.
    """

    stages: dict[int, list[float]] = field(default_factory=dict)
    backscatter: dict[str, float] = field(default_factory=dict)
    kind: PixelKind | None = None


class Probe:
    """Reader of one run's values; create a new one when layers are added or removed."""

    def __init__(self, run: ResultRun, project: QgsProject) -> None:
        self._project = project
        self._stages = run.stages
        self._kinds = KindReader(run.folder)
        self._radar: dict[str, tuple[QgsRasterLayer, int]] = {}
        scene = read_record(run.folder).get("scene", {})
        self._unit = scene.get("unit") or "db"
        layers = [each for each in radar_layers_of(run, project) if is_local(each)]
        if layers:
            vv, vh = scene.get("vv_band", 0), scene.get("vh_band", 0)
            for name, layer, band in (("VV", layers[0], vv), ("VH", layers[-1], vh)):
                if 1 <= band <= layer.bandCount():
                    self._radar[name] = (layer, band)

    def read(self, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> Reading:
        """Return the values at a point in any CRS."""
        reading = Reading()
        for stage, layer in self._stages.items():
            values = [
                self._sample(layer, n, point, crs) for n in range(1, len(bands.OUTPUT_BANDS) + 1)
            ]
            reflectances = [value / SCALE for value in values if value is not None]
            if len(reflectances) == len(bands.OUTPUT_BANDS):
                reading.stages[stage] = reflectances
        if reading.stages and self._kinds.layer is not None:
            place = self._place(self._kinds.layer, point, crs)
            reading.kind = None if place is None else self._kinds.read(place)
        for name, (layer, band) in self._radar.items():
            value = self._sample(layer, band, point, crs)
            decibels = None if value is None else to_db(value, self._unit)
            if decibels is not None:
                reading.backscatter[name] = decibels
        return reading

    def _sample(
        self, layer: QgsRasterLayer, band: int, point: QgsPointXY, crs: QgsCoordinateReferenceSystem
    ) -> float | None:
        place = self._place(layer, point, crs)
        if place is None or not layer.extent().contains(place):
            return None
        value, is_valid = layer.dataProvider().sample(place, band)
        return float(value) if is_valid and math.isfinite(value) else None

    def _place(
        self, layer: QgsRasterLayer, point: QgsPointXY, crs: QgsCoordinateReferenceSystem
    ) -> QgsPointXY | None:
        """Return a point in a layer's CRS; None if it has no place there."""
        try:
            return QgsCoordinateTransform(crs, layer.crs(), self._project).transform(point)
        except QgsCsException:
            return None


def is_local(layer: QgsRasterLayer) -> bool:
    """Return whether a layer's pixels are on this machine."""
    return layer.providerType() == "gdal" and not layer.source().startswith(REMOTE)


def to_db(value: float, unit: str) -> float | None:
    """Convert backscatter in `db`, `power` or `amplitude` to dB; None if it is not positive."""
    if unit == "db":
        return value
    if value <= 0:
        return None
    return (20.0 if unit == "amplitude" else 10.0) * math.log10(value)


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
        self.setToolTip(tr("Reflectance by wavelength, backscatter in dB"))

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
            text = tr("Point at the run on the map.")
            box = QRectF(self.rect()).adjusted(12, 0, -12, 0)
            painter.drawText(box, text, QTextOption(Qt.AlignmentFlag.AlignCenter))
            return
        line = QFontMetricsF(font).height()
        left = QFontMetricsF(font).size(0, f"{Number(self._ceiling):.1f}").width() + 6
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
            share = (values[name] - MIN_DB) / (MAX_DB - MIN_DB)
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


class Readout(QWidget):
    """Plot and table of the values under the cursor; reads nothing while hidden.

    Args:
        canvas: The map.
        probe: Returns a probe of the current run, or None if there is no run.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        probe: Callable[[], Probe | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._make_probe = probe
        self._probe: Probe | None = None
        self._point: QgsPointXY | None = None
        self.plot = SpectrumPlot()
        self.table = NoteLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.plot, 1)
        column.addWidget(self.table)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.read)
        canvas.xyCoordinates.connect(self._on_mouse)

    def forget(self) -> None:
        """Drop references to layers, which may have changed or be about to be removed."""
        self._probe = None

    def read(self) -> None:
        """Read the values at the last mouse position."""
        if self._point is None or not self.isVisible():
            return
        if self._probe is None:
            self._probe = self._make_probe()
        crs = self._canvas.mapSettings().destinationCrs()
        reading = self._probe.read(self._point, crs) if self._probe is not None else None
        self.plot.show_reading(reading)
        self.table.show_text(as_table(reading) if reading is not None else "")

    def _on_mouse(self, point: QgsPointXY) -> None:
        self._point = point
        if not self._timer.isActive() and self.isVisible():
            self._timer.start()


def as_table(reading: Reading) -> str:
    """Return a reading as HTML: the pixel's kind, a line for each stage, one for the radar."""
    if not reading.stages and not reading.backscatter:
        return ""
    head = "".join(f'<td align="right">&nbsp;{name}</td>' for name in bands.OUTPUT_BANDS)
    rows = [f"<tr><td></td>{head}</tr>"] if reading.stages else []
    for stage, values in reading.stages.items():
        cells = "".join(
            f'<td align="right">&nbsp;&nbsp;{Number(value):.4f}</td>' for value in values
        )
        name = f'<td style="color:{STAGE_COLOURS[stage]}"><b>opt_v{stage}</b></td>'
        rows.append(f"<tr>{name}{cells}</tr>")
    table = f'<table cellspacing="0">{"".join(rows)}</table>' if rows else ""
    radar = " &nbsp; ".join(
        f"{name} {Number(value):.1f} dB" for name, value in reading.backscatter.items()
    )
    line = f"<div>{tr('Radar')}: {radar}</div>" if radar else ""
    return _kind_line(reading.kind) + table + line


def _kind_line(kind: PixelKind | None) -> str:
    if kind is None:
        return ""
    name = f'<b style="color:{COLOURS[kind.number]}">■</b> <b>{escape(kind.name)}</b>'
    return f"<div>{name}{f' · {escape(kind.source)}' if kind.source else ''}</div>"
