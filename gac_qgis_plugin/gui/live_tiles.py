"""Tiles of a run's current stage on the map, until the stage's layer exists."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QPoint, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPainter

from gac_qgis_plugin.controller import RunController
from gac_qgis_plugin.core import log
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.settings import PluginSettings
from gac_qgis_plugin.display import DisplayRange, channels
from gac_qgis_plugin.gui.canvas_items import LiveItem
from gac_qgis_plugin.results import run_in
from gac_qgis_plugin.styles import range_of_run, style_of
from gac_qgis_plugin.worker.protocol import Event

MAX_SIDE = 1024
"""Longer side of the image in pixels."""


class LivePicture:
    """Image that grows with the file; created and used on one thread other than the main one.

    The file is opened for each update and closed again, so that it can be removed at any time.

    Args:
        partial: The protocol's `partial`.
        style: A style; true colour replaces styles that are not composites of three bands.
        display: The range of the run.
    """

    def __init__(self, partial: dict[str, Any], style: str, display: DisplayRange) -> None:
        self.path = str(partial["path"])
        self.style = style, display
        self._height, self._width = (int(side) for side in partial["shape"])
        names = [str(name) for name in partial["bands"]]
        colours = channels(style, display)
        self._lines = len(names)
        self._bands = [names.index(name) for name, _, _ in colours]
        self._scales = [[black, white, 0, 255] for _, black, white in colours]
        self._step = max(1, -(-max(self._height, self._width) // MAX_SIDE))
        size = -(-self._width // self._step), -(-self._height // self._step)
        self.image = QImage(*size, QImage.Format.Format_RGBA8888)
        self.image.fill(0)
        self._rows = 0

    def grow(self, partial: dict[str, Any]) -> bool:
        """Add the pixels that are final now, and return whether there were any.

        Raises:
            RuntimeError: If the file cannot be read: it is gone, as the stage is complete.
        """
        rows, stop, cols = (int(partial[key]) for key in ("rows", "stop_row", "cols"))
        grown = False
        if rows > self._rows:
            grown = self._add(self._rows, rows, self._width)
            self._rows = rows
        if stop > rows and cols > 0:
            grown = self._add(rows, stop, cols) or grown
        return grown

    def _add(self, first: int, stop: int, cols: int) -> bool:
        """Draw columns up to `cols` of rows `first` to `stop`, in whole steps."""
        step = self._step
        first = first // step * step
        stop = stop if stop == self._height else stop // step * step
        cols = cols if cols == self._width else cols // step * step
        if stop <= first or cols <= 0:
            return False
        width, height = -(-cols // step), -(-(stop - first) // step)
        source = self._open(stop)
        piece = gdal.Translate(
            "",
            source,
            format="MEM",
            outputType=gdal.GDT_Byte,
            noData="none",  # the mask band marks nodata, whose value would differ as a byte
            bandList=[1, 2, 3, "mask"],
            srcWin=[0, first, cols, stop - first],
            width=width,
            height=height,
            scaleParams=[*self._scales, [0, 255, 0, 255]],
            resampleAlg="nearest",
        )
        if piece is None:
            raise RuntimeError(f"{self.path} cannot be read")
        data = piece.ReadRaster(
            0, 0, width, height, buf_pixel_space=4, buf_line_space=4 * width, buf_band_space=1
        )
        picture = QImage(bytes(data), width, height, 4 * width, QImage.Format.Format_RGBA8888)
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(QPoint(0, first // step), picture)
        painter.end()
        return True

    def _open(self, rows: int) -> gdal.Dataset:
        """Open the first rows of the working file, which has no header: float32, lines of bands.

        Raises:
            RuntimeError: If it cannot be opened.
        """
        line = 4 * self._width
        order = "LSB" if sys.byteorder == "little" else "MSB"
        bands = [
            f'<VRTRasterBand dataType="Float32" band="{number}" subClass="VRTRawRasterBand">'
            f'<SourceFilename relativeToVRT="0">{escape(self.path, quote=False)}</SourceFilename>'
            f"<ImageOffset>{line * band}</ImageOffset><PixelOffset>4</PixelOffset>"
            f"<LineOffset>{line * self._lines}</LineOffset><ByteOrder>{order}</ByteOrder>"
            "<NoDataValue>nan</NoDataValue></VRTRasterBand>"
            for number, band in enumerate(self._bands, start=1)
        ]
        size = f'rasterXSize="{self._width}" rasterYSize="{rows}"'
        # GDAL allows raw files only beside the VRT's own, which this one does not have.
        gdal.SetThreadLocalConfigOption("GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE", "ALL")
        try:
            source = gdal.OpenEx(f"<VRTDataset {size}>{''.join(bands)}</VRTDataset>")
        finally:
            gdal.SetThreadLocalConfigOption("GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE", None)
        if source is None:
            raise RuntimeError(f"{self.path} cannot be opened")
        return source


class LiveTiles(QObject):
    """Live view of a run's progress; a separate thread reads, the main thread only draws.

    Nothing is added to the project.
    """

    _drawn = pyqtSignal(object, object)

    def __init__(
        self, canvas: QgsMapCanvas, controller: RunController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._pool = ThreadPoolExecutor(1, "gac-live")
        self._picture: LivePicture | None = None
        self._waiting: Event | None = None
        self._reading = False
        self._off = False
        self._folder: Path | None = None
        self._finished_stages: set[object] = set()
        self.item: LiveItem | None = None
        controller.started.connect(self._on_started)
        controller.progressed.connect(self.follow)
        controller.stage_finished.connect(self._on_stage)
        controller.ended.connect(self._on_ended)
        canvas.destinationCrsChanged.connect(self._remove_item)
        QgsProject.instance().cleared.connect(self._on_cleared)
        self._drawn.connect(self._on_drawn)

    def follow(self, event: Event) -> None:
        """Handle a `progress` event."""
        if self._off or not isinstance(event.get("partial"), dict):
            return
        self._waiting = event
        self._read()

    def clear(self) -> None:
        """Remove the image from the map."""
        self._waiting = None
        self._remove_item()

    def close(self) -> None:
        """Remove the image from the map for good."""
        self._off = True
        self.clear()
        self._pool.shutdown(wait=True)
        QgsProject.instance().cleared.disconnect(self._on_cleared)
        self._canvas.destinationCrsChanged.disconnect(self._remove_item)

    def _on_started(self, request: dict[str, Any]) -> None:
        self.clear()
        self._off = False
        self._finished_stages.clear()
        self._folder = Path(request["out"]) if request.get("out") else None

    def _on_stage(self, event: Event) -> None:
        # A read in progress comes too late.
        self._finished_stages.add(event.get("stage"))
        self.clear()

    def _on_ended(self, outcome: object) -> None:
        self._finished_stages.update((1, 2, 3))
        self.clear()

    def _on_cleared(self) -> None:
        # The run continues, but not in this project.
        self._off = True
        self.clear()

    def _read(self) -> None:
        """Read the latest progress, one read at a time."""
        if self._reading or self._waiting is None:
            return
        event, self._waiting = self._waiting, None
        self._reading = True
        self._pool.submit(self._read_file, event, *self._present_style())

    def _present_style(self) -> tuple[str, DisplayRange]:
        """Return style and range of the run's stages; initially those of new results."""
        project = QgsProject.instance()
        run = run_in(project, self._folder) if self._folder else None
        style = style_of(run.stages) if run else PluginSettings.load().style
        # No range is fitted to a stage that is being computed: it would flicker.
        return style, range_of_run(self._folder, project) if self._folder else DisplayRange()

    def _read_file(self, event: Event, style: str, display: DisplayRange) -> None:
        """Read the working file, on the other thread."""
        image = None
        try:
            partial = event["partial"]
            picture = self._picture
            key = str(partial["path"]), (style, display)
            if picture is None or (picture.path, picture.style) != key:
                self._picture = picture = LivePicture(partial, style, display)
            if picture.grow(partial):
                image = picture.image.copy()
        except Exception as error:  # an unreadable image is not shown
            log.info(f"No tiles are shown: {error}")
            self._picture = None
        self._drawn.emit(event, image)

    def _on_drawn(self, event: Event, image: QImage | None) -> None:
        self._reading = False
        if image is not None and not self._off and event.get("stage") not in self._finished_stages:
            if self.item is None:
                map_corners = self._corners(event["partial"])
                label = tr("opt_v{} · SYNTHETIC · being computed").format(event.get("stage"))
                if map_corners:
                    self.item = LiveItem(self._canvas, image, map_corners, label)
            else:
                self.item.image = image
                self.item.update()
        self._read()

    def _corners(self, partial: dict[str, Any]) -> list[QgsPointXY]:
        xmin, ymin, xmax, ymax = (float(edge) for edge in partial["bounds"])
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(f"EPSG:{int(partial['epsg'])}"),
            self._canvas.mapSettings().destinationCrs(),
            QgsProject.instance(),
        )
        places = [(xmin, ymax), (xmax, ymax), (xmax, ymin), (xmin, ymin)]
        try:
            return [transform.transform(QgsPointXY(x, y)) for x, y in places]
        except QgsCsException:
            return []

    def _remove_item(self) -> None:
        item, self.item = self.item, None
        if item is not None:
            self._canvas.scene().removeItem(item)
