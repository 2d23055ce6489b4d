"""Radar layers as the engine needs them: files on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsReferencedRectangle,
)

from gac_qgis_plugin.toolbelt.problem import PluginError

SYNTHETIC_PROPERTY = "gac/synthetic"
"""Custom property that marks a layer that GAC generated."""


def is_synthetic(layer: QgsRasterLayer) -> bool:
    """Whether a layer is itself a result of GAC."""
    return bool(layer.customProperty(SYNTHETIC_PROPERTY, False))


def local_file(layer: QgsRasterLayer) -> str:
    """The file that a raster layer shows.

    Raises:
        PluginError: If the layer is not one file on this machine, or is no radar.
    """
    if is_synthetic(layer):
        raise PluginError(
            f"The layer '{layer.name()}' is an image that GAC generated, not radar.",
            "Choose the Sentinel-1 layer.",
        )
    remedy = "Save the layer as a GeoTIFF (Export, Save As…) and use that layer."
    if layer.providerType() != "gdal":
        raise PluginError(
            f"The layer '{layer.name()}' comes from {layer.providerType()}, not from a file.",
            remedy,
        )
    parts = QgsProviderRegistry.instance().decodeUri("gdal", layer.source())
    path = str(parts.get("path") or "")
    if parts.get("vsiPrefix") or parts.get("layerName"):
        raise PluginError(
            f"The layer '{layer.name()}' lies inside another file ({layer.source()}).", remedy
        )
    if not Path(path).is_file():
        raise PluginError(
            f"The layer '{layer.name()}' is not a file on this machine ({layer.source()}).", remedy
        )
    return str(Path(path).resolve())


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
            f"The chosen area lies outside the radar layer '{layer.name()}'.",
            "Choose an area on the layer, or the whole layer.",
        )
    bounds = [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]
    return {"extent": bounds, "extent_crs": crs_text(crs)}


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as the engine reads it: an EPSG code where there is one, else WKT."""
    if crs.authid().startswith("EPSG:"):
        return str(crs.authid())
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))
