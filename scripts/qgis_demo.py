"""Demo session, run inside QGIS by `qgis --code`: plugin, demo scene and panel opened.

QGIS_PLUGINPATH is the folder of `gac_qgis_plugin`; GAC_DEMO_SCENE the radar files to open instead
of the demo scene (separated like a path list).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import qgis.utils
from qgis.core import (
    QgsContrastEnhancement,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtCore import QTimer

PLUGIN = "gac_qgis_plugin"
DARKEST_DB, BRIGHTEST_DB = -22.0, -2.0


def start_plugin() -> Any:
    """Load the plugin, also in a profile that does not know it."""
    if PLUGIN not in qgis.utils.plugins:
        qgis.utils.updateAvailablePlugins()
        if not (qgis.utils.loadPlugin(PLUGIN) and qgis.utils.startPlugin(PLUGIN)):
            raise RuntimeError(f"QGIS cannot start {PLUGIN}: is QGIS_PLUGINPATH set?")
    return qgis.utils.plugins[PLUGIN]


def scene_files() -> list[str]:
    """Return the radar files to show."""
    named = os.environ.get("GAC_DEMO_SCENE", "")
    if named:
        return [path for path in named.split(os.pathsep) if path]
    root = Path(os.environ["QGIS_PLUGINPATH"].split(os.pathsep)[0]) / PLUGIN
    return [str(path) for path in sorted((root / "resources" / "demo_scene").glob("*.tif"))]


def show_as_radar(layer: QgsRasterLayer) -> None:
    """Show VV in grey; QGIS would show two bands as red and green."""
    stretch = QgsContrastEnhancement(layer.dataProvider().dataType(1))
    stretch.setMinimumValue(DARKEST_DB)
    stretch.setMaximumValue(BRIGHTEST_DB)
    algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    stretch.setContrastEnhancementAlgorithm(algorithm)
    renderer = QgsSingleBandGrayRenderer(layer.dataProvider(), 1)
    renderer.setContrastEnhancement(stretch)
    layer.setRenderer(renderer)


def open_demo() -> None:
    """Prepare QGIS so that a first-time user only has to press Run."""
    plugin = start_plugin()
    layers = [QgsRasterLayer(path, Path(path).stem, "gdal") for path in scene_files()]
    layers = [layer for layer in layers if layer.isValid()]
    for layer in layers:
        if layer.bandCount() > 1:
            show_as_radar(layer)
    # In reverse, so that the first file, the one with VV, is on top.
    QgsProject.instance().addMapLayers(layers[::-1])
    if layers:
        QgsProject.instance().setCrs(layers[0].crs())
        qgis.utils.iface.setActiveLayer(layers[0])
        qgis.utils.iface.mapCanvas().setExtent(layers[0].extent())
        qgis.utils.iface.mapCanvas().refresh()
    plugin.open_dock()


# QGIS runs this before its window is ready.
QTimer.singleShot(0, open_demo)
