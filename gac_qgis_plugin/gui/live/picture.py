"""Reduced image of the final part of a stage's working file."""

from __future__ import annotations

from typing import Any

from osgeo import gdal
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtGui import QImage, QPainter

from gac_qgis_plugin.display import DisplayRange, channels

MOST = 1024
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
        self.look = style, display
        self._height, self._width = (int(side) for side in partial["shape"])
        names = [str(name) for name in partial["bands"]]
        colours = channels(style, display)
        self._bands = [names.index(name) + 1 for name, _, _ in colours]
        self._scales = [[black, white, 0, 255] for _, black, white in colours]
        self._step = max(1, -(-max(self._height, self._width) // MOST))
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
        source = gdal.OpenEx(self.path, gdal.OF_RASTER)
        if source is None:
            raise RuntimeError(f"{self.path} cannot be opened")
        piece = gdal.Translate(
            "",
            source,
            format="MEM",
            outputType=gdal.GDT_Byte,
            noData="none",  # the mask band marks nodata, whose value would differ as a byte
            bandList=[*self._bands, "mask"],
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
