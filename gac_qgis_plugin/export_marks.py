"""Marking files exported from a result by QGIS itself as SYNTHETIC, with their provenance.

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
    """Mark a file exported from a layer, if that is a result of GAC.

    Args:
        layer: The exported layer.
        path: The file; layers of the project that show it are marked too.
    """
    if not isinstance(layer, QgsRasterLayer) or not is_synthetic(layer):
        return
    if not _copy_tags(layer, path):
        log.warning(f"{path} was exported from a SYNTHETIC image, but could not be marked as such.")
    for other in QgsProject.instance().mapLayers().values():
        if isinstance(other, QgsRasterLayer) and other.source() == path:
            other.setCustomProperty(SYNTHETIC_PROPERTY, True)
            if "SYNTHETIC" not in other.name():
                other.setName(other.name() + MARK)
            other.setMetadata(layer.metadata())
            other.saveDefaultMetadata()


def _copy_tags(layer: QgsRasterLayer, path: str) -> bool:
    """Write a result's tags into another file and return whether that worked.

    They go into the file itself if its format supports them, else into GDAL's `.aux.xml` beside it.
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
