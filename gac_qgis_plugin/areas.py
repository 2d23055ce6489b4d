"""Areas as the engine reads them."""

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
    """The engine's `extent` and `extent_crs` for an area; None: the whole layer.

    Raises:
        PluginError: If the area does not meet the layer.
    """
    if extent is None:
        return {"extent": None, "extent_crs": None}
    crs = extent.crs() if extent.crs().isValid() else layer.crs()
    to_layer = QgsCoordinateTransform(crs, layer.crs(), project)
    to_layer.setBallparkTransformsAreAppropriate(True)
    try:
        on_layer = to_layer.transformBoundingBox(extent)
        meets = not extent.isEmpty() and on_layer.intersects(layer.extent())
    except QgsCsException:
        meets = False
    if not meets:
        raise PluginError(
            tr("The chosen area lies outside the radar layer '{}'.").format(layer.name()),
            tr("Choose an area on the layer, or the whole layer."),
        )
    bounds = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    return {"extent": bounds, "extent_crs": crs_text(crs)}


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as the engine reads it: an EPSG code where there is one, else WKT."""
    if crs.authid().startswith("EPSG:"):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))
