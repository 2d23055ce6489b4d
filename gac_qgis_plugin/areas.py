"""Conversion of areas and CRSs to the engine's format."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
)

from gac_qgis_plugin.toolbelt.problem import PluginError
from gac_qgis_plugin.toolbelt.words import tr


def extent_params(
    extent: QgsReferencedRectangle | None, layer: QgsRasterLayer, project: QgsProject
) -> dict[str, Any]:
    """Return the engine's `extent` and `extent_crs` for an area; None means the whole layer.

    Raises:
        PluginError: If the area does not intersect the layer.
    """
    if extent is None:
        return {"extent": None, "extent_crs": None}
    crs = extent.crs() if extent.crs().isValid() else layer.crs()
    to_layer = QgsCoordinateTransform(crs, layer.crs(), project)
    to_layer.setBallparkTransformsAreAppropriate(True)
    try:
        on_layer = to_layer.transformBoundingBox(extent)
        intersects = not extent.isEmpty() and on_layer.intersects(layer.extent())
    except QgsCsException:
        intersects = False
    if not intersects:
        raise PluginError(
            tr("The chosen area lies outside the radar layer '{}'.").format(layer.name()),
            tr("Choose an area on the layer, or the whole layer."),
        )
    bounds = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    return {"extent": bounds, "extent_crs": crs_text(crs)}


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS in the engine's format: an EPSG code if it has one, else WKT."""
    if crs.authid().startswith("EPSG:"):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))
