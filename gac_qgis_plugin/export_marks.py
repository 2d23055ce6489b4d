"""Files that QGIS's own export writes of a result: they say SYNTHETIC too, and how they were made.

QGIS's Save As copies pixels only. GDAL's tools, and so Processing's, copy tags by themselves.
"""

from __future__ import annotations

from osgeo import gdal
from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer

from gac_qgis_plugin.raster_tags import gac_tags
from gac_qgis_plugin.sar_source import SYNTHETIC_PROPERTY, is_synthetic
from gac_qgis_plugin.toolbelt import log

MARK = " (SYNTHETIC)"


def mark_export(layer: QgsMapLayer, path: str) -> None:
    """Marks a file that was exported from a layer, if that is a result of GAC.

    Args:
        layer: What was exported.
        path: The file; layers of the project that show it are marked too.
    """
    if not isinstance(layer, QgsRasterLayer) or not is_synthetic(layer):
        return
    if not _copy_tags(layer, path):
        log.warning(f"{path} was exported from a SYNTHETIC image, but could not be marked as such.")
    for shown in QgsProject.instance().mapLayers().values():
        if isinstance(shown, QgsRasterLayer) and shown.source() == path:
            shown.setCustomProperty(SYNTHETIC_PROPERTY, True)
            if "SYNTHETIC" not in shown.name():
                shown.setName(shown.name() + MARK)
            shown.setMetadata(layer.metadata())
            shown.saveDefaultMetadata()


def _copy_tags(layer: QgsRasterLayer, path: str) -> bool:
    """Writes a result's tags into another file; False if that cannot be done.

    Into the file itself where its format can hold them, else into GDAL's `.aux.xml` beside it.
    """
    file = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE) or gdal.OpenEx(path, gdal.OF_RASTER)
    if file is None:
        return False
    file.SetMetadata({**file.GetMetadata(), **gac_tags(layer)})
    if file.RasterCount == layer.bandCount():
        for number in range(1, file.RasterCount + 1):
            name = layer.dataProvider().generateBandName(number)
            file.GetRasterBand(number).SetDescription(name.partition(": ")[2])
    file.FlushCache()
    return True
