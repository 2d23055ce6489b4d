"""Radar opened by the plugin itself: the demo scene, and files that the user chooses."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle

from gac_qgis_plugin.core import paths
from gac_qgis_plugin.core.i18n import tr
from gac_qgis_plugin.core.problems import PluginError
from gac_qgis_plugin.radar_look import set_grey
from gac_qgis_plugin.runs import DECIBELS

DEMO_PLACE = (0.38, 0.46)
"""Town and river of the demo scene, as fractions of its width and height from the lower left."""
DEMO_SIDE_M = 1600.0
"""Side of the square that is shown first: small enough for a first run of about a minute."""


def add_files(files: list[Path], project: QgsProject) -> list[QgsRasterLayer]:
    """Add radar files to the project, the first one on top.

    Raises:
        PluginError: If QGIS cannot read one of them; none is added then.
    """
    options = QgsRasterLayer.LayerOptions()
    layers = [QgsRasterLayer(str(path), path.stem, "gdal", options) for path in files]
    for layer, path in zip(layers, files):
        if not layer.isValid():
            raise PluginError(
                tr("QGIS cannot read {} as a raster.").format(path),
                tr("Choose a GeoTIFF, or another format that QGIS reads."),
                layer.error().summary(),
                problem="raster-unreadable",
            )
    if not project.mapLayers():
        project.setCrs(layers[0].crs())
    project.addMapLayers(layers[::-1])
    return layers


def add_demo(project: QgsProject) -> QgsRasterLayer:
    """Add the demo scene to the project, VV in grey.

    Raises:
        PluginError: If it is not there.
    """
    (layer,) = add_files([paths.resource("demo_scene", "demo_s1.tif")], project)
    set_grey(layer, 1, DECIBELS, is_log=True)
    return layer


def demo_view(layer: QgsRasterLayer) -> QgsRectangle:
    """Return the part of the demo scene to begin with, in its CRS."""
    extent = layer.extent()
    left, lower = DEMO_PLACE
    x = extent.xMinimum() + left * extent.width()
    y = extent.yMinimum() + lower * extent.height()
    half = DEMO_SIDE_M / 2
    return QgsRectangle(x - half, y - half, x + half, y + half)
