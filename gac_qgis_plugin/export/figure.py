"""Before/after figure for reports: radar and generated images side by side, marked as synthetic."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsPointXY,
)
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QTextOption

from gac_qgis_plugin.core.i18n import Number, tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.export.grid import Bounds, bounds_of
from gac_qgis_plugin.export.parameters import PICTURE, ExportPlan, RadarImage, write_values_vrt
from gac_qgis_plugin.labels import stage_name

PANEL = 900
"""Longer side of a panel in pixels."""

GAP, MARGIN, TEXT = 16, 24, 22
DARKEST_DB, BRIGHTEST_DB = -25.0, 0.0
ROUND = (1.0, 2.0, 5.0)

Panel = tuple[str, QImage, str]
"""Title, image, and the mark in its corner; "" for an observation."""


def draw_figure(plan: ExportPlan, grids: dict[int, str], path: Path, scratch: str) -> None:
    """Draw radar and stages and save them as a PNG.

    Args:
        plan: The export.
        grids: The stages' images on the export grid, in GDAL's memory.
        path: Output file.
        scratch: A folder in GDAL's memory.

    Raises:
        PluginError: If it cannot be drawn or saved.
    """
    first = gdal.Open(next(iter(grids.values())))
    bounds, projection = bounds_of(first), first.GetProjection()
    share = PANEL / max(first.RasterXSize, first.RasterYSize)
    width = max(round(first.RasterXSize * share), 1)
    height = max(round(first.RasterYSize * share), 1)
    panels: list[Panel] = []
    if plan.radar is not None:
        radar = _radar(plan.radar, bounds, projection, (width, height), scratch)
        panels.append((tr("Sentinel-1 radar, VV"), radar, ""))
    look = replace(plan, kind=PICTURE)
    for stage, grid in grids.items():
        name = write_values_vrt(look, gdal.Open(grid), f"{scratch}/figure_{stage}.vrt", {})
        image = _image(name, (width, height))
        panels.append((f"opt_v{stage} · {stage_name(stage)} · {plan.mark}", image, plan.mark))
    figure = _compose(panels, _metres(bounds, projection) / width, plan.disclaimer)
    figure.setText("Description", plan.disclaimer)
    figure.setText("SYNTHETIC", plan.tags()["SYNTHETIC"])
    if not figure.save(str(path), "PNG"):
        raise PluginError(
            tr("The figure {} cannot be saved.").format(path), problem="figure-not-saved"
        )


def _image(source: str, size: tuple[int, int]) -> QImage:
    """Return a raster of bytes as an image with nodata in white."""
    small = gdal.Translate(
        "", source, format="MEM", width=size[0], height=size[1], resampleAlg="average"
    )
    if small is None:
        raise PluginError(
            tr("The figure cannot be drawn."),
            tr("Export without it."),
            gdal.GetLastErrorMsg(),
            problem="figure-not-drawn",
        )
    count = small.RasterCount
    data = bytes(
        small.ReadRaster(
            0,
            0,
            *size,
            band_list=[1, 2, 3] if count > 2 else [1, 1, 1],
            buf_type=gdal.GDT_Byte,
            buf_pixel_space=3,
            buf_line_space=3 * size[0],
            buf_band_space=1,
        )
    )
    # 0 always means nodata, in all bands at once.
    white = data.translate(b"\xff" + bytes(range(1, 256)))
    return QImage(white, *size, 3 * size[0], QImage.Format.Format_RGB888).copy()


def _radar(
    radar: RadarImage, bounds: Bounds, projection: str, size: tuple[int, int], scratch: str
) -> QImage:
    """Return the radar on the same ground as a grey image of its dB."""
    path = f"{scratch}/radar.tif"
    band = gdal.Translate("", radar.source, format="VRT", bandList=[radar.band])
    warped = None
    if band is not None:
        warped = gdal.Warp(
            path,
            band,
            format="GTiff",
            dstSRS=projection,
            outputBounds=bounds,
            width=size[0],
            height=size[1],
            resampleAlg="average",
            outputType=gdal.GDT_Float32,
            dstNodata=math.nan,
        )
    if warped is None:
        raise PluginError(
            tr("The radar {} cannot be read for the figure.").format(radar.source),
            tr("Export without the figure."),
            gdal.GetLastErrorMsg(),
            problem="figure-radar-unreadable",
        )
    warped = None
    # GDAL's function is for amplitudes: 20 · log10. For power it yields twice the dB.
    function = "" if radar.unit == "db" else "<PixelFunctionType>dB</PixelFunctionType>"
    kind = "" if radar.unit == "db" else 'subClass="VRTDerivedRasterBand"'
    factor = 2.0 if radar.unit == "power" else 1.0
    decibels = (
        f'<VRTDataset rasterXSize="{size[0]}" rasterYSize="{size[1]}">'
        f'<VRTRasterBand dataType="Float32" band="1" {kind}>'
        f"<NoDataValue>nan</NoDataValue>{function}"
        f"<ComplexSource><SourceFilename>{path}</SourceFilename><SourceBand>1</SourceBand>"
        "</ComplexSource></VRTRasterBand></VRTDataset>"
    )
    grey = (
        f'<VRTDataset rasterXSize="{size[0]}" rasterYSize="{size[1]}">'
        '<VRTRasterBand dataType="Byte" band="1"><NoDataValue>0</NoDataValue>'
        f"<ComplexSource><SourceFilename>{scratch}/decibels.vrt</SourceFilename>"
        f"<SourceBand>1</SourceBand><NODATA>nan</NODATA>"
        f"<LUT>{factor * DARKEST_DB}:1,{factor * BRIGHTEST_DB}:255</LUT>"
        "</ComplexSource></VRTRasterBand></VRTDataset>"
    )
    gdal.FileFromMemBuffer(f"{scratch}/decibels.vrt", decibels.encode())
    gdal.FileFromMemBuffer(f"{scratch}/grey.vrt", grey.encode())
    return _image(f"{scratch}/grey.vrt", size)


def _compose(panels: list[Panel], metres_per_pixel: float, disclaimer: str) -> QImage:
    width, height = panels[0][1].width(), panels[0][1].height()
    figure = QImage(
        2 * MARGIN + len(panels) * width + (len(panels) - 1) * GAP,
        2 * MARGIN + height + 4 * TEXT,
        QImage.Format.Format_RGB32,
    )
    figure.fill(Qt.GlobalColor.white)
    painter = QPainter(figure)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont()
    font.setPixelSize(TEXT)
    font.setBold(True)
    painter.setFont(font)
    for number, (title, image, mark) in enumerate(panels):
        x = MARGIN + number * (width + GAP)
        painter.setPen(QColor(20, 20, 20))
        box = QRectF(x, MARGIN / 2, width, 1.6 * TEXT)
        elided = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        top = MARGIN + 1.5 * TEXT
        painter.drawImage(QPointF(x, top), image)
        if mark:
            _draw_mark(painter, QRectF(x, top, width, height), mark)
        if number == 0:
            _draw_scale(painter, x, top + height, width, metres_per_pixel)
    font.setPixelSize(int(TEXT * 0.85))
    painter.setFont(font)
    painter.setPen(QColor("#b04000"))
    last = QRectF(MARGIN, MARGIN + 1.8 * TEXT + height, figure.width() - 2 * MARGIN, 2.6 * TEXT)
    painter.drawText(last, disclaimer, QTextOption(Qt.AlignmentFlag.AlignLeft))
    painter.end()
    return figure


def _draw_mark(painter: QPainter, image: QRectF, mark: str) -> None:
    """Draw the mark into the image's corner: who cuts the image out keeps it."""
    size = QFontMetricsF(painter.font()).size(0, mark)
    box = QRectF(0, 0, size.width() + 16, size.height() + 8)
    box.moveBottomRight(image.bottomRight() - QPointF(10, 10))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 215))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(QColor(20, 20, 20))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark)


def _draw_scale(
    painter: QPainter, left: float, bottom: float, width: int, metres_per_pixel: float
) -> None:
    """Draw a bar in the lower left corner, about a quarter of the panel long."""
    length, label = scale_bar(width * metres_per_pixel / 4)
    pixels = length / metres_per_pixel
    ground = QRectF(left + 10, bottom - 2.6 * TEXT, max(pixels, 60) + 28, 2.2 * TEXT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 215))
    painter.drawRoundedRect(ground, 5, 5)
    painter.setPen(QPen(QColor(20, 20, 20), 3))
    x, y = ground.left() + 14, ground.bottom() - 10
    painter.drawLine(QPointF(x, y), QPointF(x + pixels, y))
    for end in (x, x + pixels):
        painter.drawLine(QPointF(end, y - 6), QPointF(end, y + 6))
    box = QRectF(x, ground.top() + 2, ground.width() - 28, 1.3 * TEXT)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)


def scale_bar(metres: float) -> tuple[float, str]:
    """Return the longest round length up to `metres`, in metres and as a label."""
    power = 10.0 ** math.floor(math.log10(metres))
    length = max(step * power for step in ROUND if step * power <= metres * (1 + 1e-9))
    return length, f"{Number(length / 1000):g} km" if length >= 1000 else f"{Number(length):g} m"


def _metres(bounds: Bounds, projection: str) -> float:
    """Return the width of an area across its middle, on the ellipsoid."""
    measure = QgsDistanceArea()
    crs = QgsCoordinateReferenceSystem.fromWkt(projection)
    measure.setSourceCrs(crs, QgsCoordinateTransformContext())
    measure.setEllipsoid("EPSG:7030")
    y = (bounds[1] + bounds[3]) / 2
    return measure.measureLine(QgsPointXY(bounds[0], y), QgsPointXY(bounds[2], y))
