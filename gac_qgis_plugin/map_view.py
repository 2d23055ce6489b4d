"""The map's view: zooming to layers, and whether they are in view."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsCsException, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer

MARGIN = 1.05
"""Factor by which the view is larger than what it is zoomed to."""


def is_in_view(canvas: QgsMapCanvas, layers: Iterable[QgsRasterLayer]) -> bool:
    """Return whether the map shows any part of these layers."""
    extent = _extent(canvas, layers)
    return not extent.isEmpty() and canvas.extent().intersects(extent)


def zoom_to(canvas: QgsMapCanvas, layers: Iterable[QgsRasterLayer]) -> None:
    """Show all of these layers; layers that the map's CRS cannot hold are left out."""
    extent = _extent(canvas, layers)
    if not extent.isEmpty():
        extent.scale(MARGIN)
        canvas.setExtent(extent)
        canvas.refresh()


def zoom_soon(canvas: QgsMapCanvas, layers: Iterable[QgsRasterLayer]) -> None:
    """Zoom once QGIS has followed the project: to the first layers of one it zooms by itself."""
    ids = [layer.id() for layer in layers]

    def zoom() -> None:
        kept = (QgsProject.instance().mapLayer(each) for each in ids)
        if not sip.isdeleted(canvas):
            zoom_to(canvas, [layer for layer in kept if isinstance(layer, QgsRasterLayer)])

    QTimer.singleShot(0, zoom)


def _extent(canvas: QgsMapCanvas, layers: Iterable[QgsRasterLayer]) -> QgsRectangle:
    """Return the extent of layers in the map's CRS; empty if there is none."""
    whole = QgsRectangle()
    for layer in layers:
        try:
            extent = canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
        except QgsCsException:
            continue
        if extent.isFinite():
            whole.combineExtentWith(extent)
    return whole
